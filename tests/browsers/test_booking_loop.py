"""The whole way of an appointment, from the booking page to the next one, when clocks change."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from playwright.async_api import Browser, Page

from bench.browser import SHARE_TAB, chromium
from tests.support.booked import ANA, BERLIN, HELEN, NEW_YORK, answer
from tests.support.booking_scene import (
    FIRST_S,
    Scene,
    Visitor,
    at_desk,
    booking_scene,
    visitor,
    without_hours,
)
from tests.support.clocked import MovedClock
from tests.support.consultation import NOTE, consults
from tests.support.database import postgresql
from tests.support.handed_out import text_of
from tests.support.mailbox import Arrived
from tests.support.scene import Person, eventually

FRIDAY = datetime(2027, 3, 26, 12, tzinfo=UTC)
"""Two days before the clocks of Berlin go forward, two weeks after those of New York."""
MONDAY_NINE = datetime(2027, 3, 29, 7, tzinfo=UTC)
TUESDAY_NINE = datetime(2027, 3, 30, 7, tzinfo=UTC)


async def arrives(scene: Scene, subject: str, count: int = 1) -> Arrived:
    return await asyncio.to_thread(scene.mail.wait_for, ANA, subject, count=count)


def begins(letter: Arrived) -> datetime:
    """As a second reader of calendars understands it."""
    event = vobject.readOne(letter.calendar).vevent
    at = event.dtstart.value
    assert isinstance(at, datetime)
    return at.astimezone(UTC)


async def opens_the_week(scene: Scene, page: Page) -> None:
    """Nobody can book before; Monday is opened, copied to the other working days, and kept."""
    monday = (MONDAY_NINE, MONDAY_NINE + timedelta(hours=1))
    assert await asyncio.to_thread(scene.practice.free, *monday, offer="Check") == []
    await page.goto(scene.address("/offers/hours"))
    await page.get_by_role("button", name="Add time on Monday").click()
    await page.get_by_role("button", name="Copy Monday").click()
    await page.get_by_role("menuitem", name="To Monday to Friday").click()
    assert await page.get_by_label("Friday until").input_value() == "17:00"
    await page.get_by_label("Clients will see").get_by_text("09:00").first.wait_for()
    await page.get_by_role("button", name="Save hours").click()
    await page.get_by_text("Hours are saved.").first.wait_for()


async def books_from_new_york(scene: Scene, ana: Visitor) -> str:
    """Monday at nine in Berlin, the first day after the change. Her private link."""
    page = ana.page
    await page.goto(scene.address(scene.practice.page()))
    await ana.sees("What would you like to talk about?")
    await scene.look(page, "book-offers")
    await page.get_by_role("link", name="Check").click()
    await ana.chooses_day("2027-03-29")
    await ana.chooses_time("03:00")
    await ana.sees("Times in New York")
    await scene.look(page, "book-times")
    await ana.button("Next").click()
    await ana.sees("Helen sees it at 09:00 in Berlin.")
    await ana.fills_in("Ana", ANA)
    await scene.look(page, "book-details")
    await page.get_by_role("button", name="Book Mon").click()
    await ana.sees("You are booked")
    await scene.look(page, "book-done")
    return page.url


async def comes_too_late(scene: Scene, ben: Visitor) -> None:
    """Somebody else had the same time open: nothing typed is lost, and the next ones are there."""
    await ben.page.get_by_role("button", name="Book Mon").click()
    await ben.sees("Just taken")
    assert await ben.page.get_by_role("button", name="Book Mon").count() == 0
    assert await ben.page.get_by_label("Your name").input_value() == "Ben"
    assert await ben.page.locator(".gone-times button").count() >= 3
    await scene.look(ben.page, "book-taken")


async def stands_before(scene: Scene, ben: Visitor) -> None:
    """By keys alone from the month to the details, and over another zone: the moment stays."""
    page = ben.page
    path = f"{scene.practice.page()}/{scene.practice.helen.offer_ids['Check']}"
    await page.goto(scene.address(path))
    await page.locator("button.day[data-day='2027-03-26']").press("ArrowDown")  # the month ends
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowDown")
    await page.locator("button.day.is-free[data-day='2027-03-29']").press("Enter")
    await page.locator(".slot", has_text="09:00").press("Enter")
    await ben.button("Change the time zone").press("Enter")
    await page.get_by_label("City or zone").fill("kathm")
    await page.keyboard.press("Enter")
    await ben.sees("Times in Kathmandu")
    assert await page.locator(".slot[aria-pressed=true]").inner_text() == "12:45"
    await scene.look(page, "book-other-zone")
    await ben.button("Change the time zone").press("Enter")
    await page.get_by_label("City or zone").fill("\u67cf\u6797")
    await page.keyboard.press("Enter")
    await ben.button("Next").press("Enter")
    await ben.fills_in("Ben", "ben@example.org")
    await page.reload()
    assert await page.get_by_label("Your name").input_value() == "Ben"
    await page.wait_for_timeout(FIRST_S * 1000)


async def books_after_all(scene: Scene, ben: Visitor) -> str:
    """The line is lost in the middle of a press; nothing is, and it is one booking."""
    page = ben.page
    await page.locator(".gone-times button").first.click()
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Book Mon").click()
    await ben.sees("Everything you wrote is kept")
    await page.context.set_offline(False)
    await page.get_by_role("button", name="Book Mon").click()
    await ben.sees("You are booked")
    link = page.url
    await page.go_back()
    await page.go_forward()
    await page.reload()
    await ben.sees("Remind me")  # known here, after all that
    asked = f"/api/bookings?org={scene.practice.org_id}&q=Ben"
    told = answer(await asyncio.to_thread(scene.practice.helen.desk.get, asked))
    assert len(told["bookings"]) == 1
    return link


async def a_forwarded_link_tells_little(scene: Scene, browser: Browser, link: str) -> None:
    """Whoever gets it learns when and with whom; with the digits from the letter everything."""
    other = await visitor(browser, BERLIN, language="zh-CN")
    page = other.page
    await page.goto(link)
    await other.sees("\u4ec5\u51ed\u94fe\u63a5")
    shown = await page.evaluate("() => document.body.innerText")
    assert "Ben" not in shown
    assert "example.org" not in shown
    await scene.look(page, "mine-ticket-zh")
    await page.set_viewport_size({"width": 320, "height": 640})
    wide = "() => document.documentElement.scrollWidth - innerWidth"
    assert await page.evaluate(wide) <= 0
    await page.goto(link.replace("/k/k.", "/k/k.x"))
    await other.sees("\u94fe\u63a5\u65e0\u6548")
    await page.goto(scene.address(scene.practice.page()))
    assert await page.evaluate(wide) <= 0
    await page.goto(scene.address(f"/b/{scene.practice.slug}"))
    await other.sees("Amara")
    await scene.look(page, "book-people-zh")
    await page.context.close()


async def moves(scene: Scene, ana: Visitor, link: str) -> None:
    """By her link, to Tuesday at the same hour."""
    await ana.page.goto(link)
    await ana.button("Move").click()
    await ana.chooses_day("2027-03-30")
    await ana.chooses_time("03:00")
    await scene.look(ana.page, "mine-move")
    await ana.button("Move here").click()
    await ana.sees("Tuesday, March 30, 2027")


async def comes_and_waits(scene: Scene, ana: Visitor, link: str) -> None:
    """Ten minutes before, by the link: the check, and then her place."""
    page = ana.page
    await page.goto(link)
    await ana.button("Check and wait").click()
    await ana.sees("Can we see and hear you?")
    await scene.look(page, "wait-check")
    await page.get_by_role("button", name=re.compile("I am ready|Go on without the rest")).click()
    await ana.sees("You are next")
    await scene.look(page, "wait-place")


async def lets_in(scene: Scene, helen: Person, ana: Visitor) -> Person:
    """Helen sees who waits, and one press brings both into the room."""
    await helen.page.locator("a.nav[href='/week']").click()  # a number may stand beside its name
    await helen.page.locator(".desk-tabs a[href='/queue']").click()
    await helen.sees("Ana")
    await scene.look(helen.page, "queue-one")
    await helen.press("Admit")
    await helen.is_inside()
    client = Person("Ana", ana.page)
    await client.is_inside()
    return client


async def talks(scene: Scene, helen: Person, client: Person) -> None:
    """Both see each other, have a board, a screen and a note, and twenty minutes pass."""
    await asyncio.gather(helen.decodes("Ana"), client.decodes("Helen"))
    await consults(scene, helen, client)
    scene.clock.forward(timedelta(minutes=20))
    await helen.press("Leave")
    await helen.press("End for everyone")


async def follows_up(scene: Scene, helen: Person) -> None:
    """The next appointment in one more press; a summary; it was held."""
    chips = helen.page.locator(".next-chips button")
    await chips.first.wait_for()
    await scene.look(helen.page, "follow-up")
    await chips.first.click()
    await helen.sees("Booked:")
    held = helen.page.get_by_role("radio", name="Held")
    if not await held.is_checked():
        await helen.page.get_by_text("Held", exact=True).click()
    await helen.page.get_by_label("Summary for the client").fill("Three universities, one plan.")
    await helen.press("Send summary")
    await helen.sees("The summary is on its way.")
    await arrives(scene, "Summary")
    await helen.press("Done")


async def is_paid_by_hand(scene: Scene, helen: Person) -> None:
    """It is paid afterwards, and not through a company."""
    await helen.page.goto(scene.address("/money"))
    await helen.sees("€60")
    await scene.look(helen.page, "money-open")
    await helen.press("Mark paid")
    await helen.sees("is marked as paid")


async def finds_the_note(scene: Scene, helen: Person) -> None:
    """Where everything of a client is, and nowhere the client comes."""
    await helen.page.goto(scene.address("/clients"))
    await helen.page.get_by_role("link", name="Ana").first.click()
    await helen.page.get_by_label("Notes").get_by_text(NOTE).wait_for()
    await scene.look(helen.page, "client-note")


async def looks_back(scene: Scene, ana: Visitor, link: str) -> None:
    """By the same link: it was held, it is rated, and the rating is there for good."""
    page = ana.page
    scene.clock.set(TUESDAY_NINE + timedelta(minutes=45))
    await page.goto(link)
    await eventually_held(page)
    await ana.sees("Three universities, one plan.")
    await ana.sees("Paid: €60")
    async with page.expect_download() as receipt:
        await page.get_by_role("link", name="Receipt").click()
    text = text_of((await (await receipt.value).path()).read_bytes(), 0)
    assert "60.00" in text
    assert "Ana" in text
    await page.locator(".rating-stars label").nth(4).click()
    await page.get_by_label("A few words").fill("Clear, and kind.")
    await scene.look(page, "mine-rate")
    await ana.button("Send the rating").click()
    await ana.sees("Thank you for your rating.")
    await page.get_by_role("link", name="All your appointments").click()
    await ana.sees("Held")
    await scene.look(page, "mine-all")


async def eventually_held(page: Page) -> None:
    async def is_held() -> bool:
        if await page.get_by_text("Thank you for coming").count():
            return True
        await page.reload()
        await page.locator(".mine-look").wait_for()
        return bool(await page.get_by_text("Thank you for coming").count())

    await eventually(is_held, "it was held")


async def the_loop(scene: Scene, browser: Browser) -> None:
    terms = {"terms": {"hours": 12}}
    path = f"/api/organisations/{scene.practice.org_id}"
    answer(await asyncio.to_thread(scene.practice.helen.desk.send, "PATCH", path, terms))
    page = await at_desk(browser, scene, HELEN, zone=BERLIN)
    await asyncio.to_thread(without_hours, scene.practice)
    await opens_the_week(scene, page)
    ana = await visitor(browser, NEW_YORK)
    ben = await visitor(browser, BERLIN, size="laptop")
    await stands_before(scene, ben)
    link = await books_from_new_york(scene, ana)
    await comes_too_late(scene, ben)
    forwarded = await books_after_all(scene, ben)
    await a_forwarded_link_tells_little(scene, browser, forwarded)
    await ben.page.context.close()
    letter = await arrives(scene, "Booked")
    assert begins(letter) == MONDAY_NINE
    assert "03:00" in letter.text
    assert "New York" in letter.text
    assert letter.link() == link
    scene.clock.set(MONDAY_NINE - timedelta(hours=24) + timedelta(seconds=5))
    await arrives(scene, "Reminder")
    await moves(scene, ana, link)
    moved = await arrives(scene, "Moved")
    assert begins(moved) == TUESDAY_NINE
    assert vobject.readOne(moved.calendar).vevent.sequence.value == "1"
    scene.clock.set(TUESDAY_NINE - timedelta(minutes=59))
    await arrives(scene, "Reminder", 2)
    scene.clock.set(TUESDAY_NINE - timedelta(minutes=10))
    await comes_and_waits(scene, ana, link)
    helen = Person("Helen", page)  # signed in since Friday
    client = await lets_in(scene, helen, ana)
    await talks(scene, helen, client)
    await follows_up(scene, helen)
    await is_paid_by_hand(scene, helen)
    await finds_the_note(scene, helen)
    await looks_back(scene, ana, link)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_the_loop(database: str, tmp_path: Path) -> None:
    began = time.monotonic()
    clock = MovedClock(tmp_path / "clock")
    clock.set(FRIDAY)
    async with AsyncExitStack() as stack:
        url = stack.enter_context(postgresql()).new_database() if database != "sqlite" else ""
        browser = await stack.enter_async_context(chromium(SHARE_TAB, consent=False))
        scene = await stack.enter_async_context(booking_scene(tmp_path, clock, url))
        scene.has_camera = not url  # the same pictures are taken once
        await the_loop(scene, browser)
    print(f"{database}: {time.monotonic() - began:.1f} s")
