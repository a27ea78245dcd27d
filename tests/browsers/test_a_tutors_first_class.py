"""From nothing to a class: the first account, a room, its link, a lesson, its end."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.async_api import Browser

from bench.product import Product, product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, eventually, person

PASSWORD = "seven quiet owls"
NOTES = b"The angle at the centre is twice as large.\n"


async def test_from_the_first_account_to_the_end_of_a_class(
    tmp_path: Path, browser: Browser
) -> None:
    async with product(tmp_path) as running:
        tutor = await person(browser, "Amara Okafor")
        await tutor.page.goto(running.link("/setup/"))
        await tutor.page.get_by_label("Your name").fill(tutor.name)
        await tutor.page.get_by_label("E-mail").fill("amara@example.org")
        await tutor.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await tutor.press("Create the first account")
        await tutor.sees("Amara")

        await tutor.page.goto(f"{running.address}/rooms")
        await tutor.press("New room", exact=False)
        await tutor.page.get_by_label("What is taught here?").fill("Geometry, Year 8")
        await tutor.press("Create the room")
        await tutor.sees("Geometry, Year 8")
        rooms = await tutor.page.evaluate("fetch('/api/rooms').then(answer => answer.json())")
        assert [room["title"] for room in rooms] == ["Geometry, Year 8"]
        link = f"{running.address}/r/{rooms[0]['code']}"

        await tutor.join(link)
        assert (await tutor.state())["rights"]["may_end"] is True
        student = await person(browser, "Lin Yue")
        await student.join(link)
        assert (await student.state())["rights"]["may_end"] is False
        await student.press("Chat", exact=False)
        async with student.page.expect_file_chooser() as choosing:
            await student.press("Attach files")
        notes = {"name": "notes.txt", "mimeType": "text/plain", "buffer": NOTES}
        await (await choosing.value).set_files(notes)
        await student.page.get_by_label("Message to everyone").fill("Good morning")
        await student.page.keyboard.press("Enter")
        await tutor.press("Chat", exact=False)
        await tutor.sees("Good morning")
        await tutor.sees("notes.txt")

        await tutor.press("Leave", exact=False)
        await tutor.press("End for everyone")
        await student.sees("The class has ended")
        await files_stay(tutor, f"{running.address}/rooms")
        assert (student.faults, tutor.faults) == ([], [])


async def files_stay(tutor: Person, rooms: str) -> None:
    """What was sent in the class is the room's: its owner fetches it, and makes space."""
    await tutor.page.goto(rooms)
    await tutor.page.get_by_role("button", name="Geometry, Year 8").click()
    await tutor.page.get_by_role("menuitem", name="Files").click()
    await tutor.sees("Files of Geometry, Year 8")
    row = tutor.page.locator(".rows li", has_text="notes.txt")
    await row.get_by_text("Lin Yue").wait_for()
    await look_at(tutor.page, "room-files", TWO_LOOKS)
    async with tutor.page.expect_download() as waiting:
        await row.get_by_role("link", name="Download notes.txt").click()
    download = await waiting.value
    assert download.suggested_filename == "notes.txt"
    assert await asyncio.to_thread(Path(await download.path()).read_bytes) == NOTES
    await row.get_by_role("button", name="Remove notes.txt").click()
    await tutor.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await tutor.sees("No files")


async def test_signing_out_ends_the_session_and_signing_in_begins_one(
    running: Product, browser: Browser
) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.page.goto(f"{running.address}/sign-up")
    await tutor.page.get_by_label("Your name").fill(tutor.name)
    await tutor.page.get_by_label("E-mail").fill("amara@example.org")
    await tutor.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await tutor.press("Create an account")

    async def account() -> str:
        found = await tutor.page.evaluate(
            "fetch('/api/session').then(answer => answer.json()).then(it => it.account?.email)"
        )
        return str(found or "")

    await eventually(account, "the new account is signed in")
    await tutor.page.goto(f"{running.address}/settings")
    await tutor.press("Sign out", exact=True)

    async def nobody() -> bool:
        return await account() == ""

    await eventually(nobody, "nobody is signed in")
    await tutor.page.goto(f"{running.address}/sign-in")
    await tutor.page.get_by_label("E-mail").fill("amara@example.org")
    await tutor.page.get_by_label("Password", exact=True).fill("not the password")
    await tutor.press("Sign in")
    await tutor.sees("E-mail and password do not fit together.")
    await tutor.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await tutor.press("Sign in")
    await eventually(account, "the account is signed in again")
