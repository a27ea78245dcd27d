"""Four people write to each other: privately, to all, in answer; and order is kept."""

from __future__ import annotations

from playwright.async_api import Browser, Locator

from bench.product import Product
from tests.support.frames import Frames
from tests.support.looks import TWO_LOOKS, look_at
from tests.support.scene import Person, eventually, person

SECRET = "I am lost since $x^2+1$"
ANSWER = "Look at page two"


def chat(one: Person) -> Locator:
    return one.page.locator(".panel")


async def open_chat(one: Person) -> None:
    await one.button("Chat", exact=False).first.click()
    await chat(one).locator(".composer textarea").wait_for()


async def write(one: Person, text: str, to: str | None = None) -> None:
    if to is not None:
        await chat(one).locator(".chat-to").click()
        await one.page.get_by_role("menuitemradio", name=to, exact=True).click()
    field = chat(one).locator(".composer textarea")
    await field.fill(text)
    await field.press("Enter")


async def act(one: Person, text: str, action: str) -> None:
    line = chat(one).locator(".msg", has_text=text).last
    await line.hover()
    await line.locator(".msg-menu").click()
    await one.page.get_by_role("menuitem", name=action, exact=True).click()


async def speak_chinese(one: Person) -> None:
    await one.page.locator(".ctl[aria-haspopup=menu]").click()
    await one.page.get_by_role("menuitemradio", name="简体中文").click()


async def test_private_lines_are_private_and_order_is_kept(
    running: Product, browser: Browser
) -> None:
    tutor = await person(browser, "Amara Okafor")
    await tutor.join(running.link("/enter/"))
    lin = await person(browser, "Lin Yue")
    await lin.join(running.link("/r/"))
    tomas = await person(browser, "Tomas Herrera")
    frames = Frames(tomas.page)
    await tomas.join(running.link("/r/"))
    mei = await person(browser, "Mei Tanaka", size="phone")
    await mei.join(running.link("/r/"))
    for one in (tutor, lin, tomas):
        await open_chat(one)

    # A student writes to the teacher alone, who answers in the same way.
    await write(lin, SECRET, "Amara Okafor")
    await chat(tutor).get_by_text("Only to you").wait_for()
    await chat(tutor).locator(".msg math").wait_for()
    await act(tutor, "I am lost", "Reply")
    await chat(tutor).get_by_text("Reply to Lin Yue").wait_for()
    await look_at(tutor.page, "chat-private", TWO_LOOKS)
    await write(tutor, ANSWER)
    await chat(lin).locator(".msg-quote", has_text="I am lost").wait_for()
    await chat(lin).get_by_text("Only to you").wait_for()

    # Then to everybody: with a reaction, and deleted by the teacher.
    await write(lin, "Is it 42?", "Everyone")
    await act(tomas, "Is it 42?", "Thumbs up")
    await chat(lin).get_by_role("button", name="Thumbs up, 1").wait_for()
    await write(tomas, "Something rude")
    await act(tutor, "Something rude", "Delete")
    await tutor.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await chat(lin).get_by_text("This message was deleted").wait_for()
    assert await chat(lin).get_by_text("Something rude").count() == 0

    # The third page was never sent a word of the private lines.
    assert "Is it 42?" in frames.text
    assert "I am lost" not in frames.text
    assert ANSWER not in frames.text

    await comes_back(lin)
    await on_a_phone(mei)
    await speak_chinese(tutor)
    await chat(tutor).get_by_text("只有你看得到").wait_for()
    await look_at(tutor.page, "chat-private-zh", TWO_LOOKS)
    assert (tutor.faults, lin.faults, tomas.faults, mei.faults) == ([], [], [], [])


async def comes_back(lin: Person) -> None:
    """After a refresh the private lines are there, and what was read is not new."""
    await lin.page.reload()
    await lin.is_inside()
    await open_chat(lin)
    await chat(lin).get_by_text(ANSWER).wait_for()
    assert await chat(lin).locator(".chat-new").count() == 0


async def on_a_phone(mei: Person) -> None:
    """Two lines to all are unread, also after a refresh, and none of the private ones."""

    async def counts() -> bool:
        return await mei.page.locator(".ctl .badge").filter(has_text="1").count() == 1

    await eventually(counts, "the phone counts what it has not read")
    await mei.page.reload()
    await mei.is_inside()
    await eventually(counts, "the phone still counts it")
    await open_chat(mei)
    await chat(mei).locator(".chat-new").wait_for()
    assert await chat(mei).locator(".msg").count() == 2
    await look_at(mei.page, "chat-phone", TWO_LOOKS)
