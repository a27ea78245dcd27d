"""What two people do in a talk: a board both look at, a screen that is shown, a note for later."""

from __future__ import annotations

from playwright.async_api import Page, expect

from bench.browser import SHARED_TITLE
from tests.support.booking_scene import Scene
from tests.support.scene import Person
from tests.support.sheet import show_board

NOTE = "Wants to teach, does not want to give up the cello."
LINE = [(300.0, 200.0), (300.0, 300.0), (300.0, 400.0)]
THIN = 190
"""The marker's yellow; its width does not hang on how fast the hand was, as a pen's does."""
SHARED = f"""<title>{SHARED_TITLE}</title><h1>Three universities</h1><p id=n></p><script>
    setInterval(() => n.textContent = Date.now(), 100);
</script>"""


async def draws(helen: Person, client: Person) -> None:
    """Helen draws on the board, and the client sees it, kept."""
    hers, theirs = await show_board(helen, client)
    await hers.pick("hl")
    await hers.draw(LINE)
    found = await theirs.until_items(1)
    assert found[0]["t"] == "hl"
    await theirs.sees_ink_at(LINE[1], below=THIN)
    await hers.until_saved()


async def begins_to_share(helen: Person, client: Person) -> Page:
    """The tab Helen shows; the client sees it move."""
    tab = await helen.page.context.new_page()
    await tab.set_content(SHARED)
    await helen.page.bring_to_front()
    await helen.press("Share", exact=False)
    await helen.press("Choose what to share")
    await client.decodes(helen.name, "screen")
    return tab


async def writes_a_note(scene: Scene, helen: Person, client: Person) -> None:
    """Beside the picture, while the client talks; only she has it."""
    panel = helen.page.locator(".visit-panel")
    await panel.get_by_label("Private note").fill(NOTE)
    await expect(panel.get_by_text("Saved")).to_be_visible()
    await scene.look(helen.page, "consultation")
    await scene.look(client.page, "consultation-client")
    assert NOTE not in await client.page.content()
    assert await client.page.locator(".visit-panel").count() == 0


async def consults(scene: Scene, helen: Person, client: Person) -> None:
    """Board, screen, note; what was shown is taken away again."""
    await draws(helen, client)
    tab = await begins_to_share(helen, client)
    await writes_a_note(scene, helen, client)
    await helen.press("Stop share")
    await tab.close()
