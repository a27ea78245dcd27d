"""A class of four is recorded by consent and watched again seconds later.

The tutor flashes and beeps; of the students one declines, one comes late and agrees to voice and
ink alone, and one takes everything back. Who said no is nowhere in it.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.recorded_player import finds_the_way
from tests.support.recorded_scene import (
    KINDS,
    LISTEN,
    answers,
    asks,
    difference,
    everything_told,
    is_marked,
    page_picture,
    painted,
    plays,
    remember_sessions,
    session_of,
    share_of,
    shot_of,
    sync_of,
    writes,
)
from tests.support.scene import Person, eventually
from tests.support.sheet import Sheet, give_pens, show_board

PURPOSE = "For those who are absent today"
FLASHES, DECLINES, WITHDRAWS, LATE = "#2040c0", "#ff00ff", "#ff8000", "#00ff00"
MAGENTA, ORANGE, GREEN = (255, 0, 255), (255, 128, 0), (0, 255, 0)
STROKES = (
    [(200.0, 500.0), (420.0, 180.0), (640.0, 500.0), (200.0, 500.0)],
    [(700.0, 200.0), (1000.0, 200.0), (1000.0, 420.0)],
    [(300.0, 600.0), (900.0, 600.0)],
)
HIS = [(100.0, 100.0), (240.0, 100.0)]
READY_S = 10.0


async def look_twice(page: Page, name: str) -> None:
    """In English and in Chinese, and English again; what lies open stays open."""
    await look_at(page, name, TWO_LOOKS)
    for language, tag in (("简体中文", "-zh"), ("English", "")):
        await page.locator(".callbar button[aria-haspopup=menu]").last.click()
        await page.get_by_role("menuitemradio", name=language).click()
        if tag:
            await look_at(page, f"{name}{tag}", TWO_LOOKS)


async def recorded_ms(one: Person) -> float:
    """Where the recording is now, in its own time."""
    return float((await one.state())["recording"]["ms"])


async def is_playing(page: Page) -> bool:
    state: dict[str, Any] = await page.evaluate("() => window.__player.state()")
    return bool(state["isPlaying"]) and state["ms"] > 200


async def everybody_answers(tutor: Person, lin: Person, tomas: Person) -> None:
    """All but who comes late; the numbers come in, and it begins."""
    await asks(tutor, PURPOSE)
    await lin.sees("May this class be recorded?")
    await look_twice(lin.page, "recording-asked")
    await asyncio.gather(answers(lin, *KINDS), answers(tomas))
    await tutor.sees("2 of 3 agreed, 1 said no")
    await look_twice(tutor.page, "recording-answers")
    await tutor.page.get_by_role("status").get_by_role("button", name="Start now").click()
    await asyncio.gather(*(is_marked(one) for one in (tutor, lin, tomas)))


async def draws_at_three_moments(tutor: Person, lin: Person) -> list[tuple[float, Image.Image]]:
    """The board as a student sees it, and the recording's time then."""
    hers, theirs = await show_board(tutor, lin)
    await hers.pick("pen")
    moments = []
    for count, stroke in enumerate(STROKES, start=1):
        await hers.draw(stroke)
        await hers.until_saved()
        await theirs.until_items(count)
        await tutor.page.mouse.move(5, 5)  # its cursor leaves the board
        await theirs.until(lambda board: board["cursors"] == 0, "no cursor on the board")
        moments.append((await recorded_ms(lin), await page_picture(lin.page, is_played=False)))
    return moments


async def withdraws(one: Person) -> None:
    """Everything, also what was recorded of it so far."""
    await one.page.locator(".topbar .rec-button").click()
    await one.page.get_by_role("menuitem", name="My recording answers").click()
    dialog = one.page.get_by_role("dialog", name="What is recorded of you")
    for kind in KINDS:
        await dialog.get_by_role("group", name=kind).get_by_text("No", exact=True).click()
    await dialog.get_by_role("switch", name="Also erase", exact=False).click()
    await look_at(one.page, "recording-mine", TWO_LOOKS)
    await dialog.get_by_role("button", name="Save").click()
    await one.sees("What was recorded of you is erased.")


async def the_class(
    tutor: Person, lin: Person, tomas: Person, link: str, browser: Browser
) -> list[tuple[float, Image.Image]]:
    """What happens in class while it is recorded."""
    moments = await draws_at_three_moments(tutor, lin)
    mia = await painted(browser, "Mia Berg", LATE, size="phone")
    await mia.join(link)
    await mia.sees("This class is being recorded")
    await is_marked(mia)
    await look_at(mia.page, "recording-late", TWO_LOOKS)
    await answers(mia, "Voice", "Ink")
    his = Sheet(tomas)
    await give_pens(tutor, "own", his)
    await his.pick("pen")
    await his.draw(HIS)
    await his.until_saved()
    await Sheet(lin).until_items(len(STROKES) + 1)
    # What he drew is on everybody's board, and on no recorded one.
    moments.append((await recorded_ms(lin), moments[-1][1]))
    await tutor.page.keyboard.press("a")
    await tutor.page.get_by_role("button", name="Yes / No").click()
    await lin.page.get_by_role("complementary", name="Ask").wait_for()
    await writes(tutor, "The centre is at the middle")
    await writes(tomas, "Not to be kept")
    await writes(lin, "Thank you for the proof")
    await tutor.page.locator(".topbar .rec-button").click()
    await tutor.page.get_by_role("menuitem", name="Add a chapter here").click()
    await tutor.page.get_by_role("textbox", name="Its name").fill("Homework")
    await tutor.press("Add")
    await tutor.sees("The chapter “Homework” begins here.")
    await tutor.page.keyboard.press("s")
    await tutor.press("Choose what to share", exact=False)
    await lin.decodes(tutor.name, "screen")
    await withdraws(lin)
    await asyncio.sleep(3)  # the share is seen in the recording
    return moments


async def ends(tutor: Person) -> float:
    """The class is over for everybody; the recording plays. Seconds from one to the other."""
    await tutor.press("Leave")
    await tutor.press("End for everyone")
    over = time.monotonic()
    await tutor.page.get_by_role("link", name="Watch the recording").click()
    await plays(tutor.page)
    await tutor.press("Play")
    await eventually(lambda: is_playing(tutor.page), "it plays")
    return time.monotonic() - over


async def the_board_is_as_it_was(
    page: Page, moments: list[tuple[float, Image.Image]]
) -> list[float]:
    """Mean differences of the played page from the one that a student saw."""
    found = []
    for ms, seen in moments:
        await page.evaluate("(ms) => window.__player.seek(ms)", ms)
        await page.locator(".pboard-words").wait_for(state="attached")
        await page.wait_for_timeout(400)  # the page is drawn in the next frames
        found.append(difference(seen, await page_picture(page, is_played=True)))
    return found


async def test_a_class_is_recorded_by_consent(running: Product, browser: Browser) -> None:
    tutor = await painted(browser, "Amara Okafor", FLASHES, flashes=True)
    await tutor.page.add_init_script(f"({LISTEN})()")
    remember_sessions(tutor.page)
    await tutor.join(running.link("/enter/"))
    lin, tomas = await asyncio.gather(
        painted(browser, "Lin Yue", WITHDRAWS), painted(browser, "Tomas Herrera", DECLINES)
    )
    await asyncio.gather(*(one.join(running.link("/r/")) for one in (lin, tomas)))
    await everybody_answers(tutor, lin, tomas)
    moments = await the_class(tutor, lin, tomas, running.link("/r/"), browser)
    seconds = await ends(tutor)
    page = tutor.page
    print(f"\nfrom the end of the class to playing: {seconds:.1f} s")

    sync = await sync_of(page, f"{tutor.name}, camera", 7)
    print(f"flash and beep: median {sync.median:.0f} ms, worst {sync.worst:.0f} ms")
    await look_at(page, "player-recorded", TWO_LOOKS)
    differences = await the_board_is_as_it_was(page, moments)
    print("board, mean difference of 255:", [round(one, 2) for one in differences])
    await finds_the_way(page, chapter="Homework", line="The centre is at the middle", word="centre")
    told = await everything_told(page, session_of(page))
    for word in ("Tomas", "Not to be kept", "Lin Yue", "Thank you for the proof"):
        assert word not in told, word
    for word in ("Amara Okafor", "Mia Berg", "The centre is at the middle", "Homework", "poll"):
        assert word in told, word
    length = float((await page.evaluate("() => window.__player.state()"))["lengthMs"])
    for part in (0.1, 0.3, 0.5, 0.7, 0.95):
        await page.evaluate("(ms) => window.__player.seek(ms)", part * length)
        await page.wait_for_timeout(300)
        shot = await shot_of(page)
        for colour in (MAGENTA, ORANGE, GREEN):
            assert share_of(shot, colour) < 0.001, (part, colour)
    assert seconds < READY_S
    assert abs(sync.median) < 120
    assert sync.worst < 250, "a busy machine looks and listens late"
    assert max(differences) < 4
    assert tutor.faults == []
