"""Files in a class: dropped, chosen and pasted, seen and fetched by those they are for."""

from __future__ import annotations

import asyncio
import base64
import io
import wave
import zipfile
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, Download, Locator, Page, Route

from bench.product import Product
from tests.support.looks import TWO_LOOKS, look_at, look_in_both_languages
from tests.support.scene import Person, class_of_two, eventually, person

PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
HUM = io.BytesIO()
with wave.open(HUM, "wb") as sound:
    sound.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
    sound.writeframes(bytes(range(128)) * 32)
NOTES = b"Only for you, Amara.\n" * 20
LONG = b"".join(b"%07d\n" % line for line in range(375_000))
"""Three pieces at least."""

GIVE = """([bytes, name, type]) => {
    const data = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([data], name, { type }));
    return carried;
}"""


def picture() -> bytes:
    """Something to look at: 1600 by 1000."""
    drawn = Image.new("RGB", (1600, 1000), "#f3efe6")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((500, 200, 1100, 800), outline="#12656d", width=14)
    pen.polygon(((560, 680), (1040, 680), (760, 206)), outline="#b4382c", width=10)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def panel(one: Person) -> Locator:
    return one.page.locator(".panel")


async def open_panel(one: Person, name: str) -> None:
    if one.page.viewport_size and one.page.viewport_size["width"] < 600 and name == "Files":
        await one.press("More", exact=False)
        await one.page.get_by_role("menuitem", name=name).click()
    else:
        await one.page.locator(".callbar").get_by_role("button", name=name).click()
    await panel(one).wait_for()


async def drop(one: Person, file: bytes, name: str, kind: str) -> None:
    """Held over the class first, where the page says whom it is for."""
    held = [base64.b64encode(file).decode(), name, kind]
    carried = await one.page.evaluate_handle(GIVE, held)
    await one.page.dispatch_event(".panel .chat", "dragenter", {"dataTransfer": carried})
    await one.page.locator(".drops", has_text="Everyone").wait_for()
    await one.page.dispatch_event(".panel .chat", "drop", {"dataTransfer": carried})
    assert await one.page.locator(".drops").count() == 0


async def choose(one: Person, file: bytes, name: str, kind: str) -> None:
    async with one.page.expect_file_chooser() as choosing:
        await panel(one).get_by_role("button", name="Attach files").click()
    chooser = await choosing.value
    await chooser.set_files({"name": name, "mimeType": kind, "buffer": file})


async def send(one: Person, text: str = "", to: str | None = None) -> None:
    if to is not None:
        await panel(one).locator(".chat-to").click()
        await one.page.get_by_role("menuitemradio", name=to, exact=True).click()
    field = panel(one).locator(".composer textarea")
    await field.fill(text)
    await field.press("Enter")


async def saved(page: Page, button: Locator) -> Download:
    async with page.expect_download() as waiting:
        await button.click()
    return await waiting.value


async def content(download: Download) -> bytes:
    return await asyncio.to_thread(Path(await download.path()).read_bytes)


async def fetched(one: Person, name: str) -> bytes:
    button = panel(one).get_by_role("button", name=f"Download {name}").first
    return await content(await saved(one.page, button))


async def test_files_go_to_those_they_are_for(running: Product, browser: Browser) -> None:
    drawing = picture()
    tutor, lin = await class_of_two(browser, running)
    mei = await person(browser, "Mei Tanaka", size="phone")
    await mei.join(running.link("/r/"))
    await open_panel(tutor, "Chat")
    await open_panel(lin, "Chat")

    # One is dropped, one chosen, and both go with the words.
    await drop(lin, drawing, "circle.png", "image/png")
    await choose(lin, PDF, "homework.pdf", "application/pdf")
    await panel(lin).locator(".way-done").nth(1).wait_for()
    await look_at(lin.page, "files-attached", TWO_LOOKS)
    await send(lin, "Is the angle right?")
    small = panel(tutor).locator(".small-picture img")
    await small.wait_for()
    assert await small.evaluate("it => it.decode().then(() => it.naturalWidth)") == 640
    assert await fetched(tutor, "homework.pdf") == PDF
    await look_at(tutor.page, "files-chat", TWO_LOOKS)
    await seen_large(tutor, drawing)

    await heard(lin, tutor)
    await privately(lin, tutor)
    await cut_and_resumed(lin, tutor)
    await all_at_once(mei, drawing)
    await locked(tutor, lin)
    await open_panel(tutor, "Files")
    await panel(tutor).locator(".file-list li").nth(4).wait_for()
    await look_in_both_languages(tutor.page, "files-panel")
    await pictured(tutor, lin, drawing)
    assert (tutor.faults, lin.faults, mei.faults) == ([], [], [])


async def seen_large(tutor: Person, drawing: bytes) -> None:
    """As large as the window, whole, and Escape leads back to where one was."""
    await panel(tutor).locator(".small-picture").click()
    box = tutor.page.locator("dialog.light-box")
    whole = box.locator("img[data-whole=yes]")
    await whole.wait_for()
    assert await whole.evaluate("it => it.decode().then(() => it.naturalWidth)") == 1600
    await look_at(tutor.page, "files-large", TWO_LOOKS)
    download = await saved(tutor.page, box.get_by_role("button", name="Download"))
    assert download.suggested_filename == "circle.png"
    assert await content(download) == drawing
    await tutor.page.keyboard.press("Escape")
    await box.wait_for(state="hidden")
    await panel(tutor).locator(".small-picture:focus").wait_for()


async def heard(lin: Person, tutor: Person) -> None:
    """Sound is played where it stands."""
    await choose(lin, HUM.getvalue(), "hum.wav", "audio/wav")
    await send(lin)
    await panel(tutor).get_by_role("button", name="Play").click()
    player = panel(tutor).locator("audio")
    await player.wait_for()

    async def plays() -> bool:
        return bool(await player.evaluate("it => it.duration > 0.5 && it.currentTime > 0"))

    await eventually(plays, "the sound is played")


async def privately(lin: Person, tutor: Person) -> None:
    await choose(lin, NOTES, "secret.txt", "text/plain")
    await send(lin, to="Amara Okafor")
    await panel(tutor).get_by_text("Only to you").wait_for()
    assert await fetched(tutor, "secret.txt") == NOTES


async def cut_and_resumed(lin: Person, tutor: Person) -> None:
    """The second piece is lost on the way; the file goes on by itself and arrives whole."""
    pieces: list[str] = []

    async def cut(route: Route) -> None:
        pieces.append(route.request.url.rsplit("=", 1)[1])
        if len(pieces) == 2:
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await lin.page.route("**/files/*?offset=*", cut)
    await choose(lin, LONG, "long.txt", "text/plain")
    await send(lin, to="Everyone")
    await panel(lin).get_by_text("Waits for the network").wait_for()
    await panel(tutor).locator(".file", has_text="long.txt").wait_for()
    assert len(pieces) >= 3
    assert len(set(pieces)) == len(pieces) - 1, "one piece was sent again from where it stopped"
    assert await fetched(tutor, "long.txt") == LONG


async def all_at_once(mei: Person, drawing: bytes) -> None:
    """On a phone: everything that is for everybody in one zip, and no word of what is not."""
    await open_panel(mei, "Files")
    await panel(mei).locator(".file-list li").nth(3).wait_for()
    assert await panel(mei).get_by_text("secret.txt").count() == 0
    await look_at(mei.page, "files-phone", TWO_LOOKS)
    await mei.page.set_viewport_size({"width": 390, "height": 844})
    everything = panel(mei).get_by_role("button", name="Download all")
    packed = zipfile.ZipFile(io.BytesIO(await content(await saved(mei.page, everything))))
    assert sorted(packed.namelist()) == ["circle.png", "homework.pdf", "hum.wav", "long.txt"]
    assert packed.read("circle.png") == drawing


async def locked(tutor: Person, lin: Person) -> None:
    """The clip says why; it is not gone."""
    await open_panel(tutor, "People")
    await panel(tutor).get_by_role("button", name="Files", exact=True).click()
    clip = panel(lin).locator(".clip.is-locked")
    await clip.wait_for()
    await clip.click()
    await lin.sees("Sending files is off right now.")

    async def stays() -> bool:
        return await panel(lin).locator(".file", has_text="homework.pdf").count() == 1

    await eventually(stays, "what was sent stays")


async def pictured(tutor: Person, lin: Person, drawing: bytes) -> None:
    """A question that is answered with a picture, also under the lock, and put before all."""
    await open_panel(tutor, "Ask")
    await panel(tutor).get_by_role("button", name="Photo").click()
    await lin.page.locator(".banner").get_by_role("button", name="Answer").click()
    async with lin.page.expect_file_chooser() as choosing:
        await panel(lin).get_by_role("button", name="Take or choose a picture").click()
    sketch = {"name": "sketch.png", "mimeType": "image/png", "buffer": drawing}
    await (await choosing.value).set_files(sketch)
    await panel(lin).get_by_role("button", name="Send", exact=True).click()
    await panel(lin).get_by_text("Your answer was taken").wait_for()
    given = panel(tutor).get_by_role("button", name="Show sketch.png large")
    await given.locator("img").wait_for()
    await look_at(tutor.page, "ask-pictures", TWO_LOOKS)
    await given.click()
    await tutor.page.get_by_role("button", name="What to do with sketch.png").click()
    await tutor.page.get_by_role("menuitem", name="Put on the board").click()
    await lin.page.locator(".board-host").wait_for()

    async def lies_there() -> bool:
        items = await lin.page.evaluate("() => window.__classroom.board()")
        return [item["t"] for item in items] == ["img"]

    await eventually(lies_there, "the picture is on everybody's board")
