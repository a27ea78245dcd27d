"""A host's week by mouse and by keys: hours with what they come to, a calendar from elsewhere,
blocks, booking for somebody, a series over a change of clocks, moving; two people at one week."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bench.browser import chromium, open_page
from bench.product import product
from tests.support.booked import BERLIN, HELEN, SHANGHAI, Practice, open_practice
from tests.support.booking_scene import signs_in
from tests.support.clocked import MovedClock
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.radicale import Radicale, radicale
from tests.support.scene import eventually

FRIDAY = datetime(2027, 3, 26, 12, tzinfo=UTC)
"""Two days before the clocks of Berlin go forward."""
MONDAY = datetime(2027, 3, 29, tzinfo=UTC)
TABLET = (*TWO_LOOKS, ("tablet", "light"))
DENTIST = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Tests//EN\r
BEGIN:VEVENT\r
UID:dentist\r
DTSTAMP:20270301T000000Z\r
DTSTART;TZID=Europe/Berlin:20270329T090000\r
DTEND;TZID=Europe/Berlin:20270329T100000\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""


@asynccontextmanager
async def signed_in(
    browser: Browser, address: str, *, language: str = "en-US", zone: str = BERLIN
) -> AsyncIterator[Page]:
    page = await open_page(browser, language=language, zone=zone)
    await signs_in(page, address, HELEN)
    yield page
    await page.context.close()


def entry(page: Page, name: str) -> Locator:
    return page.locator(".week-entry", has_text=name)


async def drags(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """By hand, in steps, as a hand does."""
    await page.mouse.move(*start)
    await page.mouse.down()
    await page.mouse.move(start[0] + 6, start[1] + 6)
    await page.mouse.move(*end, steps=5)
    await page.mouse.up()


async def place(page: Page, column: int, minute: int) -> tuple[float, float]:
    """In the middle of a day, a little below a minute of its wall."""
    box = await page.locator(".week-columns").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * (column + 0.5) / 7, box["y"] + minute + 4


async def writes_hours(page: Page, address: str, calendar: str) -> None:
    """Saturday by a stroke, the Tuesday closed, a journey; tried before it is kept."""
    await page.goto(f"{address}/offers/hours")
    bar = page.locator("[data-bar=Saturday]")
    await bar.scroll_into_view_if_needed()
    box = await bar.bounding_box()
    assert box is not None
    hour, middle = box["width"] / 24, box["y"] + box["height"] / 2
    await drags(page, (box["x"] + 9 * hour + 2, middle), (box["x"] + 13 * hour - 3, middle))
    assert await page.get_by_label("Saturday until").input_value() == "13:00"
    await page.get_by_text("Not saved yet").wait_for()
    preview = page.get_by_label("Clients will see")
    saturday = preview.locator(".hours-preview-day", has_text="Saturday")
    await saturday.get_by_text("09:00").wait_for()
    await page.get_by_label("Day", exact=True).fill("2027-03-30")
    await page.get_by_role("button", name="Close this day").click()
    await page.get_by_text("Closed: nothing can be booked on this day.").wait_for()
    journeys = page.locator("section", has=page.get_by_role("heading", name="Travel"))
    await journeys.get_by_label("First day").fill("2027-04-01")
    await journeys.get_by_label("Last day").fill("2027-04-01")
    await journeys.get_by_label("Time zone there").select_option("Asia/Tokyo")
    await journeys.get_by_role("button", name="Add travel").click()
    await page.get_by_text("09:00 is 09:00 in Tokyo on these days.").wait_for()
    await page.reload()
    await page.get_by_text("Not saved yet").wait_for()
    await page.get_by_role("button", name="Save hours").click()
    await page.get_by_text("Hours are saved.").first.wait_for()
    await page.get_by_label("Address of a calendar").fill(calendar)
    await page.get_by_role("button", name="Add calendar").click()
    await page.get_by_text(re.compile(r"^Read .*, one entry")).wait_for()
    monday = preview.locator(".hours-preview-day", has_text="Monday")
    await monday.get_by_text(re.compile("is busy")).wait_for()
    # While it asks anew, the preview is pale.
    await expect(preview.locator("[aria-busy=true]")).to_have_count(0)
    await look_at(page, "week-hours", TWO_LOOKS)


async def draws_a_block(page: Page) -> None:
    """By a stroke over empty time; taken back, and drawn again."""
    for keep in (False, True):
        await drags(page, await place(page, 2, 14 * 60), await place(page, 2, 15 * 60 - 15))
        await entry(page, "Blocked").wait_for()
        if not keep:
            await page.get_by_role("button", name="Undo").last.click()
            await entry(page, "Blocked").wait_for(state="detached")


async def books_a_series(page: Page) -> None:
    """Four Saturdays for somebody new, the first before the clocks change."""
    await page.get_by_role("button", name="Book", exact=True).click()
    await page.get_by_role("button", name="Somebody new").click()
    await page.get_by_label("Name").fill("Lin Yue")
    await page.get_by_label("Mail address").fill("lin@example.org")
    await page.get_by_role("button", name="Next", exact=True).click()
    await page.get_by_label("Day", exact=True).fill("2027-03-27")
    await page.get_by_label("Time in Berlin").fill("10")
    await page.get_by_label("Time in Berlin").press("Tab")
    await page.get_by_label("Repeat").select_option("week")
    await page.get_by_label("How often").select_option("4")
    dates = page.get_by_label("Dates of the series").locator("li")
    await dates.nth(3).wait_for()
    assert all("10:00" in text for text in await dates.all_inner_texts())
    await look_at(page, "week-series", TWO_LOOKS)
    await page.get_by_role("button", name="Book 4").click()
    await page.get_by_text("4 appointments with Lin Yue are booked.").first.wait_for()


async def drags_a_booking(page: Page, other: Page) -> None:
    """From ten to half past eleven; what is said is what is mailed, and the other page sees it."""
    box = await entry(page, "Ana").bounding_box()
    assert box is not None
    start = (box["x"] + 20, box["y"] + 10)
    await drags(page, start, (start[0], start[1] + 90))
    await page.get_by_text("Ana gets a letter that says:").wait_for()
    await page.get_by_text(re.compile("05:30 in New York .*11:30 in Berlin")).wait_for()
    await look_at(page, "week-move", TWO_LOOKS)
    await page.get_by_role("button", name="Move", exact=True).last.click()
    await page.get_by_text(re.compile("Ana is moved to .*11:30")).first.wait_for()

    async def seen() -> bool:
        label = await entry(other, "Ana").get_attribute("aria-label")
        return label is not None and "11:30" in label

    await eventually(seen, "the other page shows the new time", within_s=2)


async def is_refused(page: Page) -> None:
    """Onto another booking: it springs back, and why is said."""
    ana, ben = await entry(page, "Ana").bounding_box(), await entry(page, "Ben").bounding_box()
    assert ana is not None
    assert ben is not None
    end = (ben["x"] + 20, ben["y"] + 20)
    await drags(page, (ana["x"] + 20, ana["y"] + 10), end)
    await page.get_by_text("Something stands there").first.wait_for()
    assert await entry(page, "Ana").bounding_box() == ana


async def moves_by_keys(page: Page) -> None:
    """Without a mouse: arrows to it, M, arrows, Enter."""
    cursor = page.locator(".week-cursor")
    await cursor.focus()

    async def stands_on(text: str) -> bool:
        return text in (await cursor.get_attribute("aria-label") or "")

    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    for _ in range(96):
        if await stands_on("Blocked"):
            break
        await page.keyboard.press("ArrowDown")
    assert await stands_on("Blocked")
    await page.keyboard.press("m")
    for _ in range(4):
        await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.get_by_text(re.compile("Blocked now 15:00")).first.wait_for()


async def agrees_with_the_page(page: Page, practice: Practice) -> None:
    """What the week shows as free is what the public page offers."""
    path = f"/api/hosts/{practice.helen.host_id}/week?from=2027-03-29&days=7&offer_id="
    shown = await page.evaluate(
        "async (path) => (await (await fetch(path)).json())",
        path + practice.helen.offer_ids["Planning"],
    )
    days = MONDAY - timedelta(hours=2)
    offered = await asyncio.to_thread(practice.free, days, days + timedelta(days=7))
    assert [one["at"] for one in shown["free"]] == offered
    assert len(shown["busy"]) == 1
    assert "Dentist" not in str(shown)


async def keeps_offers(page: Page, address: str) -> None:
    await page.goto(f"{address}/offers/new")
    await page.get_by_label("Name", exact=True).fill("Circle")
    await page.get_by_text("A group", exact=True).click()
    await page.get_by_text("Pay after", exact=True).click()
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.get_by_text("Write an amount").wait_for()
    await page.get_by_label("Price in EUR").fill("12.50")
    await page.get_by_role("button", name="Save", exact=True).click()
    row = page.locator(".offer-list li", has_text="Circle")
    await row.get_by_text("8 seats").wait_for()
    await row.get_by_role("link", name="Circle").click()
    await _only_at_certain_hours(page)
    await row.get_by_text("hours of its own").wait_for()
    await row.get_by_role("link", name="Circle").click()
    await _reminds_otherwise(page)
    await row.get_by_role("button", name="More for Circle").click()
    await page.get_by_role("menuitem", name="Move up").click()
    await page.get_by_text("Circle is number 2 now.").first.wait_for()
    await look_at(page, "week-offers", TWO_LOOKS)


async def _only_at_certain_hours(page: Page) -> None:
    """From the host's hours to two: what is typed is kept, and Enter does not save without it."""
    own = page.get_by_role("switch", name="Only at certain hours")
    await own.check()
    monday = page.get_by_label("Monday from")
    await monday.fill("18")
    await monday.press("Enter")
    await expect(monday).to_have_value("18:00")
    await look_at(page, "week-offer-hours", TWO_LOOKS)
    await own.uncheck()
    await own.check()
    await expect(monday).to_have_value("18:00")
    await page.get_by_role("button", name="Save", exact=True).click()


async def _reminds_otherwise(page: Page) -> None:
    """The organisation's two reminders are where its own begin; one goes, and that is kept."""
    own = page.get_by_role("group", name="Reminders of its own")
    await page.get_by_role("switch", name="Reminders of its own").check()
    await own.get_by_role("button", name="Remove").nth(1).click()
    assert await own.get_by_label("How long before").count() == 1
    await page.get_by_role("button", name="Save", exact=True).click()
    await page.locator(".offer-list li", has_text="Circle").get_by_role("link").first.click()
    await own.get_by_label("How long before").wait_for()
    assert await own.get_by_label("How long before").count() == 1
    await page.get_by_role("link", name="Cancel").click()


async def test_a_host_keeps_a_week(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock")
    clock.set(FRIDAY)
    settings = {"CLASSROOM_HOOKS_PRIVATE": "true"}
    with radicale(tmp_path / "radicale") as server:
        server.create("helen")
        server.put("helen", "dentist", DENTIST)
        async with (
            product(tmp_path / "data", settings, program=clock.program) as running,
            chromium(devices=False) as browser,
        ):
            practice = await asyncio.to_thread(open_practice, running.http_port)
            await asyncio.to_thread(practice.books, MONDAY + timedelta(hours=8))
            await asyncio.to_thread(
                practice.books, MONDAY + timedelta(hours=12), name="Ben", email="ben@example.org"
            )
            await _walks(browser, running.address, practice, server)


async def _walks(browser: Browser, address: str, practice: Practice, server: Radicale) -> None:
    async with (
        signed_in(browser, address) as page,
        signed_in(browser, address, language="zh-CN", zone=SHANGHAI) as other,
    ):
        await writes_hours(page, address, server.feed("helen"))
        await page.goto(f"{address}/week")
        await page.locator(".week-box").wait_for()
        await books_a_series(page)
        await look_at(page, "week-of-the-change", TABLET)
        for one, later in ((page, "Week after"), (other, "下一周")):
            if one is other:
                await one.goto(f"{address}/week")
            await one.get_by_role("button", name=later).click()
            await entry(one, "Ana").wait_for()
        await page.locator(".week-busy").first.wait_for()
        await draws_a_block(page)
        await drags_a_booking(page, other)
        await is_refused(page)
        await moves_by_keys(page)
        await agrees_with_the_page(page, practice)
        await look_at(page, "week", TABLET)
        await look_at(other, "week-zh", TWO_LOOKS)
        await other.goto(f"{address}/offers/hours")
        await other.locator(".hours-preview-day").first.wait_for()
        await look_at(other, "week-hours-zh", TWO_LOOKS)
        await keeps_offers(page, address)
        await other.goto(f"{address}/offers")
        await other.get_by_role("link", name="Circle").click()
        await other.get_by_role("group", name="仅在特定时间").wait_for()
        await look_at(other, "week-offer-hours-zh", TWO_LOOKS)
        await page.goto(address)
        await page.get_by_role("heading", name="Today", exact=True).wait_for()
        await look_at(page, "week-home", TWO_LOOKS)
