"""Two experts and one client: notes beside the call, screens both ways, and what comes after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from bench.browser import SHARE_TAB, SHARED_TITLE, chromium, open_page
from bench.product import Product, product
from tests.support.booked import AMARA, HELEN, NEW_YORK, Practice, answer, open_practice
from tests.support.booking_scene import at_the_queue
from tests.support.decks import plain_pdf
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, eventually
from tests.support.served import Visitor
from tests.support.sheet import Sheet

DEVICES = ("camera", "microphone")
NOTE = "Wants to teach, does not want to give up the cello."
SHARED = f"<title>{SHARED_TITLE}</title><h1>Three schools</h1>"


@pytest_asyncio.fixture(loop_scope="session")
async def practice(tmp_path: Path) -> AsyncIterator[tuple[Product, Practice]]:
    async with product(tmp_path / "data") as running:
        yield running, await asyncio.to_thread(open_practice, running.http_port)


async def comes_now(page: Page, running: Product, rows: Practice) -> None:
    await page.goto(f"{running.address}{rows.page()}")
    await page.locator(".now-head button").click()
    fields = page.locator(".now-card input.input")
    await fields.nth(0).fill("Ana")
    await fields.nth(1).fill("Which school?")
    await page.locator(".now-card button[type=submit]").click()
    await page.wait_for_url("**/wait/*")
    await page.get_by_role("button", name="Go on without the rest").click()


async def shows_a_tab(one: Person, other: Person) -> None:
    """Their screen, until they take it away."""
    tab = await one.page.context.new_page()
    await tab.set_content(SHARED)
    await one.page.bring_to_front()
    await one.page.keyboard.press("Escape")
    await one.page.keyboard.press("s")
    dialog = one.page.get_by_role("dialog")
    await dialog.locator("button.btn-primary, button[type=submit]").click()
    await other.decodes(one.name, "screen")
    await one.page.keyboard.press("s")
    await tab.close()


async def sends_a_plan(ana: Person) -> None:
    """By the chat, to everybody."""
    await ana.page.locator(".callbar").get_by_role("button", name="Chat").click()
    async with ana.page.expect_file_chooser() as choosing:
        await ana.page.locator(".panel").get_by_role("button", name="Attach files").click()
    plan = {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": plain_pdf(2)}
    await (await choosing.value).set_files(plan)  # type: ignore[arg-type]
    await ana.page.locator(".panel .way-done").wait_for()
    await ana.page.locator(".panel .composer textarea").press("Enter")


async def shows_to_all(helen: Person, ana: Person, amara: Person) -> None:
    """What the client sent stands on the stage of all, until Helen puts it away."""
    await sends_a_plan(ana)
    panel = helen.page.locator(".visit-panel")
    await panel.get_by_text("Files", exact=True).click()
    show = panel.get_by_role("button", name="Show Plan.pdf to all")
    await show.wait_for()
    await look_at(helen.page, "talk-files", TWO_LOOKS)
    await show.click()
    for one in (helen, ana, amara):
        await eventually(partial(has_slides, one), f"{one.name} has the plan")
        await Sheet(one).opened()
        await eventually(partial(sees_the_disc, one), f"{one.name} sees the plan")
    away = panel.get_by_role("button", name="Put Plan away")
    await away.wait_for()
    await look_at(helen.page, "talk-document", TWO_LOOKS)
    await look_at(ana.page, "talk-document-client", TWO_LOOKS)
    await away.click()
    await show.wait_for()
    await eventually(partial(has_no_slides, ana), "the plan is away")


async def sees_the_disc(one: Person) -> bool:
    """The blue one that every page of the plan has."""
    picture = await Sheet(one).picture()
    colours = picture.getcolors(picture.width * picture.height) or []
    return sum(n for n, (red, _, blue) in colours if blue - red > 100) > 1_000  # type: ignore[misc]


async def has_no_slides(one: Person) -> bool:
    return not await has_slides(one)


async def has_slides(one: Person) -> bool:
    board = (await one.state())["board"]
    return bool(board["shown"]) and board["classPage"].endswith("-1-0")


async def adds_a_colleague(helen: Person, page: Page) -> Person:
    await helen.page.keyboard.press("k")
    await helen.page.locator(".visit-panel").get_by_text("Experts").click()
    await look_at(helen.page, "talk-experts", TWO_LOOKS)
    await helen.button("Ring Amara").click()
    await page.get_by_role("button", name="Come in").click()
    await page.wait_for_url("**/r/*")
    await page.locator("form.join-form button[type=submit]").click()
    amara = Person("Amara", page)
    await amara.is_inside()
    return amara


async def looks_round(page: Page, address: str) -> None:
    """Where she is stays in sight among the places, also on a phone."""
    for path in ("clients", "organisation/people", "organisation/audit", "organisation/intake"):
        await page.goto(f"{address}/{path}")
        await page.locator(".card").first.wait_for()
        await look_at(page, path.replace("/", "-"), TWO_LOOKS[:1])
        await page.set_viewport_size({"width": 390, "height": 844})
        for here in await page.locator(".tab-row a[aria-current]").all():
            await expect(here).to_be_in_viewport(ratio=1)
        await page.set_viewport_size({"width": 1440, "height": 900})


def team(rows: Practice) -> Visitor:
    """Somebody at the reception."""
    path = f"/api/organisations/{rows.org_id}/invitations"
    made = answer(rows.helen.desk.post(path, {"role": "reception", "name": "Rosa"}), 201)
    visitor = rows.guest()
    answer(visitor.signs_up("rosa@example.org", name="Rosa"), 201)
    answer(visitor.post(f"/api/invitations/{made['link'].rpartition('/')[2]}"))
    return visitor


async def test_two_experts_and_one_client(practice: tuple[Product, Practice]) -> None:
    running, rows = practice
    on = {"org": rows.org_id, "host_id": rows.helen.host_id, "on": True}
    async with chromium(SHARE_TAB, consent=False) as browser:
        pages = [await open_page(browser, granted=DEVICES) for _ in range(2)]
        client = await open_page(browser, granted=DEVICES, zone=NEW_YORK)
        await at_the_queue(pages[0], running.address, HELEN)
        await at_the_queue(pages[1], running.address, AMARA)
        await asyncio.to_thread(lambda: answer(rows.helen.desk.post("/api/desk/free", on)))
        await comes_now(client, running, rows)
        await pages[0].get_by_role("button", name="Admit", exact=True).click()
        helen, ana = Person("Helen", pages[0]), Person("Ana", client)
        for one in (helen, ana):
            await one.page.wait_for_url("**/r/*")
        await helen.decodes("Ana")

        panel = helen.page.locator(".visit-panel")
        await expect(panel).to_contain_text("New York")
        await panel.get_by_label("Private note").fill(NOTE)
        await expect(panel.get_by_text("Saved")).to_be_visible()
        await look_at(helen.page, "talk-notes", TWO_LOOKS)
        assert await ana.page.locator(".visit-panel").count() == 0

        await shows_a_tab(helen, ana)
        await shows_a_tab(ana, helen)

        amara = await adds_a_colleague(helen, pages[1])
        for one, other in ((helen, amara), (amara, ana), (ana, amara)):
            await one.decodes(other.name)
        assert NOTE not in await amara.page.content()

        await shows_to_all(helen, ana, amara)

        await helen.button("Leave").click()
        await helen.page.get_by_role("dialog").get_by_role("button", name="End").click()
        sheet = helen.page.get_by_role("dialog")
        await sheet.locator(".next-chips button").first.wait_for()
        await look_at(helen.page, "follow-up", TWO_LOOKS)
        await sheet.locator(".next-chips button").first.click()
        await expect(sheet.get_by_text("The letter is on its way")).to_be_visible()
        await sheet.get_by_role("button", name="Done").click()
        await helen.page.get_by_role("link", name="Ana").click()
        await expect(helen.page.get_by_text(NOTE)).to_be_visible()
        await look_at(helen.page, "client", TWO_LOOKS)
        client_id = helen.page.url.rpartition("/")[2]
        await looks_round(helen.page, running.address)

    def reception() -> None:
        rosa = team(rows)
        assert rosa.get(f"/api/clients/{client_id}").status == 200
        assert rosa.get(f"/api/clients/{client_id}/notes").json["code"] == "right.missing"
        found = rows.helen.desk.get(f"/api/notes?org={rows.org_id}&q=cello")
        assert [one["body"] for one in answer(found)] == [NOTE]
        hidden = rows.amara.desk.get(f"/api/clients/{client_id}")
        assert hidden.json["code"] == "client.unknown"

    await asyncio.to_thread(reception)
