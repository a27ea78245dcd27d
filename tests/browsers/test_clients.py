"""A client who wrote with two addresses becomes one; and a browser forgets who used it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from bench.browser import chromium, open_page
from bench.product import Product, product
from tests.support.booked import BERLIN, HELEN, NEW_YORK, Booked, Practice, open_practice
from tests.support.booking_scene import signs_in
from tests.support.looks import TWO_LOOKS, look_at

WORK = "ana@work.example"


@pytest_asyncio.fixture(loop_scope="session")
async def practice(tmp_path: Path) -> AsyncIterator[tuple[Product, Practice]]:
    async with product(tmp_path / "data") as running:
        yield running, await asyncio.to_thread(open_practice, running.http_port)


def books_twice(rows: Practice) -> list[Booked]:
    """Two days that are free, with two addresses, from two browsers."""
    now = datetime.now(UTC)
    free = rows.free(now + timedelta(days=7), now + timedelta(days=21))
    times = [datetime.fromisoformat(free[at]) for at in (0, -1)]
    first = rows.books(times[0], phone="+49 30 1")
    return [first, rows.books(times[1], email=WORK, name="Ana Ruiz")]


async def merges(page: Page, address: str) -> None:
    await page.goto(f"{address}/clients")
    await page.get_by_role("link", name="Ana ana@example.org").click()
    await page.get_by_role("button", name="Merge with …").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name, address or telephone").fill("work")
    await dialog.get_by_role("button", name="Compare with Ana Ruiz").click()
    await dialog.get_by_label(WORK).check()
    await look_at(page, "client-merge", TWO_LOOKS)
    await dialog.get_by_role("button", name="Merge for good").click()
    await expect(dialog).to_be_hidden()
    await expect(page.locator(".client-facts")).to_contain_text(WORK)


async def test_two_who_are_one(practice: tuple[Product, Practice]) -> None:
    running, rows = practice
    made = await asyncio.to_thread(books_twice, rows)
    async with chromium() as browser:
        helen = await open_page(browser, zone=BERLIN)
        await signs_in(helen, running.address, HELEN)
        await helen.goto(f"{running.address}/")
        await expect(helen.get_by_role("heading", name="Today", exact=True)).to_be_visible()
        await expect(helen.get_by_text("No classes yet")).to_have_count(0)
        await look_at(helen, "home-desk", TWO_LOOKS)
        await merges(helen, running.address)
        await look_at(helen, "client-merged", TWO_LOOKS)
        # A private link of an earlier letter still opens its appointment.
        ana = await open_page(browser, zone=NEW_YORK, size="phone")
        await ana.goto(f"{running.address}/k/{made[1].token}")
        await expect(ana.get_by_role("button", name="Forget me on this browser")).to_be_visible()


async def test_a_computer_that_is_not_ones_own(practice: tuple[Product, Practice]) -> None:
    running, rows = practice
    made = (await asyncio.to_thread(books_twice, rows))[0]
    async with chromium() as browser:
        ana = await open_page(browser, zone=NEW_YORK, size="phone")
        await ana.goto(f"{running.address}/k/{made.token}")
        await ana.evaluate("localStorage.setItem('classroom.name', 'Ana')")
        await ana.get_by_role("button", name="Forget me on this browser").click()
        await look_at(ana, "mine-forget", TWO_LOOKS)
        dialog = ana.get_by_role("dialog")
        await dialog.get_by_role("button", name="Forget me on this browser").click()
        await ana.wait_for_url("**/mine?forgotten")
        await expect(ana.get_by_role("status").first).to_contain_text("does not know you any more")
        await look_at(ana, "mine-forgotten", TWO_LOOKS)
        assert await ana.evaluate("sessionStorage.length") == 0
        assert await ana.evaluate("localStorage.getItem('classroom.name')") is None
        await ana.go_back()
        assert made.token not in ana.url
