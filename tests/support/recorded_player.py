"""Finding the way about in a recording: by chapters, the chat, words, keys."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

from tests.support.scene import eventually


async def state_of(page: Page) -> dict[str, Any]:
    state: dict[str, Any] = await page.evaluate("() => window.__player.state()")
    return state


async def _goes_to(page: Page, name: str, *, exact: bool = True) -> float:
    """A press on what is in the panel; where it led to, in ms of the recording."""
    await page.evaluate("() => window.__player.seek(0)")
    await page.locator(".ppanel").get_by_role("button", name=name, exact=exact).first.click()

    async def has_gone() -> bool:
        return float((await state_of(page))["ms"]) > 0

    await eventually(has_gone, f"a press on {name} goes there")
    return float((await state_of(page))["ms"])


async def finds_the_way(page: Page, *, chapter: str, line: str, word: str) -> None:
    """It stands still meanwhile; a chapter, the line of the chat and the word found lead somewhere,
    and the found line to the same moment as the line itself."""
    if (await state_of(page))["isPlaying"]:
        await page.keyboard.press("k")
    await _goes_to(page, chapter, exact=False)
    panel = page.locator(".ppanel")
    await panel.get_by_text("Chat", exact=True).click()
    said = await _goes_to(page, line, exact=False)
    await page.keyboard.press("/")
    await panel.get_by_role("searchbox").fill(word)
    await panel.get_by_text("1 place", exact=True).wait_for()
    assert await _goes_to(page, word, exact=False) == said
    await panel.get_by_role("searchbox").press("Escape")
    await page.locator(".rplayer h1").click()
    await page.keyboard.press(">")
    assert (await state_of(page))["speed"] == 1.25
    await page.keyboard.press("<")
    await panel.get_by_text("Chapters", exact=True).click()
