"""A practice in a running product with a moved clock and a real mail server, for scenes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bench.browser import open_page
from bench.product import Product, product
from tests.support.booked import BERLIN, Practice, answer, open_practice
from tests.support.clocked import MovedClock
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.mailbox import MailServer, mail_server
from tests.support.people import GOOD_PASSWORD

NO_HOURS = {
    "zone": BERLIN,
    "hours": [],
    "specials": [],
    "away": [],
    "stays": [],
    "bounds": {"notice_min": 60, "horizon_days": 120, "daily_max": 0, "step_min": 15},
}
FIRST_S = 1.6
"""Nobody fills in the form faster: what is sent sooner is taken for a program."""


@dataclass
class Scene:
    """What the people of a scene meet."""

    running: Product
    practice: Practice
    clock: MovedClock
    mail: MailServer
    has_camera: bool = True

    async def look(self, page: Page, name: str) -> None:
        """Photograph a screen, and check what a machine can."""
        if self.has_camera:
            await look_at(page, name, TWO_LOOKS)

    def address(self, path: str) -> str:
        return f"{self.running.address}{path}"


@asynccontextmanager
async def booking_scene(
    folder: Path, clock: MovedClock, database: str = ""
) -> AsyncIterator[Scene]:
    """The practice is open; `database` is another than the product's own file."""
    with mail_server(folder / "mail") as mail:
        settings = {"CLASSROOM_MAIL_URL": mail.url}
        if database:
            settings["CLASSROOM_DATABASE_URL"] = database
        async with product(folder / "data", settings, program=clock.program) as running:
            practice = await asyncio.to_thread(open_practice, running.http_port)
            yield Scene(running, practice, clock, mail)


def without_hours(practice: Practice) -> None:
    """Helen has not said yet when she can be booked."""
    path = f"/api/hosts/{practice.helen.host_id}/hours"
    answer(practice.helen.desk.send("PUT", path, NO_HOURS))


@dataclass
class Visitor:
    """A client in front of the public pages."""

    page: Page

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def chooses_day(self, day: str) -> None:
        """`2027-03-29`, on the visitor's wall."""
        await self.page.locator(f"button.day.is-free[data-day='{day}']").click()

    async def chooses_time(self, time: str) -> None:
        await self.page.locator(".slot", has_text=time).first.click()

    async def fills_in(self, name: str, email: str) -> None:
        """As fast as nobody does, but slow enough to be somebody."""
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_label("E-mail").fill(email)
        await self.page.wait_for_timeout(FIRST_S * 1000)

    async def sees(self, text: str) -> None:
        await self.page.get_by_text(text).first.wait_for(state="visible")


async def visitor(
    browser: Browser, zone: str, *, size: str = "phone", language: str = "en-US"
) -> Visitor:
    """Somebody new, in another zone, with camera and microphone."""
    devices = ("camera", "microphone")
    page = await open_page(browser, size=size, language=language, zone=zone, granted=devices)
    return Visitor(page)


async def at_desk(browser: Browser, scene: Scene, email: str, *, zone: str) -> Page:
    """A host, signed in, with camera and microphone."""
    page = await open_page(browser, granted=("camera", "microphone"), zone=zone)
    await signs_in(page, scene.running.address, email)
    return page


async def signs_in(page: Page, address: str, email: str) -> None:
    """Somebody of the practice, in any language, until they see that they have a desk."""
    await page.goto(f"{address}/sign-in")
    await page.locator("input[type=email]").fill(email)
    await page.locator("input[type=password]").fill(GOOD_PASSWORD)
    await page.locator("form button[type=submit]").click()
    await page.locator("a.nav[href='/week']").wait_for()


async def at_the_queue(page: Page, address: str, email: str) -> None:
    """They look at their waiting room, in which nobody is."""
    await signs_in(page, address, email)
    await page.goto(f"{address}/queue")
    await expect(page.get_by_text("Nobody is waiting.")).to_be_visible()
