"""A recording in its owner's library: shared, cut, taken back by one, taken away, and deleted."""

from __future__ import annotations

import asyncio
import io
import json
import time
from pathlib import Path

import av
from playwright.async_api import Browser, Page

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.recorded_scene import (
    KINDS,
    answers,
    asks,
    everything_told,
    is_marked,
    painted,
    plays,
    remember_sessions,
    session_of,
    told_of,
    writes,
)
from tests.support.scene import Person, person
from tests.support.standing import OWNER

PASSWORD = "six small otters"
HER_LINE = "Only mine"


async def records(running: Product, browser: Browser) -> tuple[Person, str]:
    """A short class of two, over; who owns the room, and the student's own link."""
    tutor = await painted(browser, "Amara Okafor", "#2040c0", flashes=True)
    await tutor.join(running.link("/enter/"))
    lin = await painted(browser, "Lin Yue", "#ff8000")
    await lin.join(running.link("/r/"))
    await asks(tutor, "To look at the class again")
    await answers(lin, *KINDS)
    await tutor.page.get_by_role("status").get_by_role("button", name="Start now").click()
    await asyncio.gather(is_marked(tutor), is_marked(lin))
    await asyncio.sleep(1)  # what she agreed to is stored before the first word of hers
    await writes(lin, HER_LINE)
    await asyncio.sleep(4)
    await writes(tutor, "See you tomorrow")
    link = await lin.page.evaluate(
        "() => Object.entries(sessionStorage)"
        ".find(([key]) => key.startsWith('classroom.consent.'))[1]"
    )
    await tutor.press("Leave")
    await tutor.press("End for everyone")
    await tutor.sees("The class has ended")
    await asyncio.gather(tutor.page.context.close(), lin.page.context.close())
    return await owner_of(browser, running), f"{running.address}{link}"


async def owner_of(browser: Browser, running: Product) -> Person:
    """Who owns the rooms of the house, signed in."""
    owner = await person(browser, OWNER["name"])
    remember_sessions(owner.page)
    await owner.page.goto(f"{running.address}/sign-in")
    await owner.page.get_by_label("E-mail").fill(OWNER["email"])
    await owner.page.get_by_label("Password", exact=True).fill(OWNER["password"])
    await owner.page.locator("form button[type=submit]").click()
    await owner.page.get_by_role("link", name="Recordings", exact=True).click()
    return owner


async def the_card(owner: Person) -> None:
    """The newest recording can be watched."""
    await owner.page.locator(".recording-card[data-state=ready]").first.wait_for()


async def chooses(owner: Person, what: str) -> None:
    await owner.page.locator(".recording-card .icon-btn").first.click()
    await owner.page.get_by_role("menuitem", name=what, exact=True).click()


async def shares(owner: Person) -> str:
    """A link with a password; its address, which is told once."""
    await chooses(owner, "Share")
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_label("Password").fill(PASSWORD)
    await look_at(owner.page, "library-share", TWO_LOOKS)
    await dialog.get_by_role("button", name="Make a link").click()
    address = str(await dialog.locator("code.secret").inner_text())
    await dialog.get_by_role("button", name="Close").click()
    return address


async def watches(browser: Browser, address: str) -> Person:
    """In a fresh profile: a wrong password first, then the right one."""
    guest = await person(browser, "Somebody")
    remember_sessions(guest.page)
    await guest.page.goto(address)
    for word, sees in (("no such owls", "That is not the password."), (PASSWORD, "")):
        await guest.page.get_by_label("Password", exact=True).fill(word)
        await guest.page.get_by_role("button", name="Watch").click()
        if sees:
            await guest.sees(sees)
    await plays(guest.page)
    assert await guest.page.get_by_role("navigation").count() == 0
    return guest


async def the_link_ends(owner: Person, guest: Person) -> None:
    """Whoever watches by it gets nothing more, from the next request on."""
    session = session_of(guest.page)
    await chooses(owner, "Share")
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="End the link", exact=False).click()
    await owner.sees("The link was ended.")
    await dialog.get_by_role("button", name="Close").click()
    assert await told_of(guest.page, f"/recorded/{session}/mix.webm") == 404
    await guest.page.reload()
    await guest.sees("Nothing to watch here")


async def is_cut(owner: Person) -> None:
    """Two seconds go; others see it so."""
    await chooses(owner, "Cut")
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_label("From", exact=True).fill("0:01")
    await dialog.get_by_label("To", exact=True).fill("0:03")
    await dialog.get_by_role("button", name="Cut out", exact=True).click()
    await look_at(owner.page, "library-cut", TWO_LOOKS)
    await dialog.get_by_role("button", name="Save").click()
    await owner.sees("The cuts were saved")


async def is_taken_back(browser: Browser, link: str) -> None:
    """Lin erases what she wrote and showed, without an account."""
    lin = await person(browser, "Lin Yue")
    await lin.page.goto(link)
    await lin.sees("Recorded as Lin Yue")
    await look_at(lin.page, "consent-page", TWO_LOOKS)
    for kind in ("Chat", "Camera"):
        await lin.page.get_by_text(kind, exact=True).last.click()
    await lin.press("Take back and erase")
    await lin.page.get_by_role("dialog").get_by_role("button", name="Take back and erase").click()
    await lin.sees("It is being erased.")


async def told_to(page: Page) -> str:
    return await everything_told(page, session_of(page))


async def is_removed(owner: Person) -> None:
    """What is left of Lin."""
    await chooses(owner, "Remove a person")
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_label("Who?").select_option(label="Lin Yue")
    await look_at(owner.page, "library-person", TWO_LOOKS)
    await dialog.get_by_role("button", name="Remove").click()
    await owner.sees("Lin Yue is being removed.")


async def is_taken_away(owner: Person) -> None:
    """One film that another program opens."""
    await chooses(owner, "Download")
    dialog = owner.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Make: Film, 720p").click()
    row = dialog.get_by_role("listitem").filter(has_text="Film, 720p")
    save = row.get_by_role("button", name="Save")
    await save.wait_for(timeout=30_000)
    async with owner.page.expect_download() as saved:
        await save.click()
    path = Path(await (await saved.value).path())
    film = await asyncio.to_thread(path.read_bytes)
    with av.open(io.BytesIO(film), "r") as opened:
        picture, sound = opened.streams.video[0], opened.streams.audio[0]
        assert (picture.codec_context.name, picture.height) == ("h264", 720)
        assert sound.codec_context.name == "aac"
        frames = sum(1 for _ in opened.decode(video=0))
        print(f"\nfilm: {len(film)} bytes, {frames} frames, {opened.duration / 1e6:.1f} s")
        assert frames > 25
    await dialog.get_by_role("button", name="Close").click()


async def test_a_recording_in_the_library(running: Product, browser: Browser) -> None:
    owner, link = await records(running, browser)
    began = time.monotonic()
    await the_card(owner)
    print(f"\nin the library after {time.monotonic() - began:.1f} s")
    await look_at(owner.page, "library-real", TWO_LOOKS)
    guest = await watches(browser, await shares(owner))
    assert HER_LINE in await told_to(guest.page)
    await the_link_ends(owner, guest)
    await is_cut(owner)
    await is_taken_back(browser, link)
    await the_card(owner)
    await is_removed(owner)
    await the_card(owner)
    await is_taken_away(owner)

    await chooses(owner, "Who watched")
    await owner.sees("by a link")
    await owner.press("Close")
    await owner.page.locator(".recording-cover").first.click()
    await plays(owner.page)
    told = await told_to(owner.page)
    assert "Lin Yue" not in told
    assert HER_LINE not in told
    assert "See you tomorrow" in told
    cuts = json.loads(told.splitlines()[0])["cuts"]
    assert cuts == [[1000, 3000]]
    address, session = owner.page.url, session_of(owner.page)
    await owner.page.go_back()
    await the_card(owner)
    await chooses(owner, "Delete")
    await owner.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await owner.sees("was deleted")
    assert await told_of(owner.page, f"/recorded/{session}/manifest.json") == 404
    await owner.page.goto(address)
    await owner.sees("There is no such recording, or it is not for you.")
    assert owner.faults == []
