"""One student's network is narrow: the shared text stays sharp, sound whole, others unchanged."""

from __future__ import annotations

import base64
import io
import math
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.async_api import Locator, Page

from bench.browser import SHARE_TAB, SHARED_TITLE, chromium
from bench.link import Link, Shape
from bench.pipe import Pipe
from bench.product import free_port, product
from bench.relay import UdpRelay
from tests.support.scene import Person, eventually, person

NARROW_BPS = 500_000
WIDE_BPS = 10_000_000
SIZE = (1200, 720)
"""Of the shared tab; no camera is as wide."""
LESSON = f"""<title>{SHARED_TITLE}</title>
<style>body {{ margin: 24px; font: 15px/1.35 monospace; columns: 2 }}</style><pre id=code></pre>
<script>
  const words = "if else for return while lambda yield class import angle side sum".split(" ");
  window.turnTo = (page) => {{
    let seed = page * 7919 + 1;
    const next = () => (seed = (seed * 48271) % 2147483647);
    code.textContent = Array.from({{ length: 60 }}, (_, line) =>
      `${{page}}.${{line}} ` + Array.from({{ length: 6 }}, () => words[next() % 12]).join(" ")
    ).join("\\n");
  }};
  window.turnTo(0);
</script>"""
FRAME = """() => {
  const shown = [...document.querySelectorAll("video")].find((one) => one.videoWidth === 1200);
  if (!shown) return null;
  const canvas = document.createElement("canvas");
  canvas.width = shown.videoWidth;
  canvas.height = shown.videoHeight;
  canvas.getContext("2d").drawImage(shown, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""


@dataclass(frozen=True)
class Lesson:
    """A tutor who shares pages of code, one student on a fast and one on a narrow line."""

    tutor: Person
    lin: Person
    tomas: Person
    shared: Page
    pipe: Pipe

    async def turn_to(self, page: int) -> Image.Image:
        """The tutor shows another page of code; what it looks like."""
        await self.shared.evaluate("(page) => window.turnTo(page)", page)
        return _opened(await self.shared.screenshot())


@asynccontextmanager
async def lesson(folder: Path) -> AsyncIterator[Lesson]:
    """The tutor shares; what Tomas receives goes through a narrow link."""
    relay_port, media_port = free_port(socket.SOCK_DGRAM), free_port(socket.SOCK_DGRAM)
    settings = {"CLASSROOM_ANNOUNCE": f"127.0.0.1:{relay_port}"}
    async with (
        product(folder, settings, media_port=media_port) as running,
        UdpRelay(("127.0.0.1", media_port), port=relay_port) as media,
        chromium(SHARE_TAB, consent=False) as sharing,
        chromium(devices=False) as browser,  # encoding cameras would take the processor
    ):
        tutor = await person(sharing, "Amara Okafor", granted=("camera", "microphone"))
        shared = await tutor.page.context.new_page()
        await shared.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
        await shared.set_content(LESSON)
        await tutor.page.bring_to_front()
        await tutor.join(running.link("/enter/"))
        lin, tomas = [await person(browser, name) for name in ("Lin Yue", "Tomas Herrera")]
        await lin.join(running.link("/r/"))
        await lin.decodes(tutor.name)  # so that all her paths are known
        before = set(media.clients)
        await tomas.join(running.link("/r/"))
        await tomas.decodes(tutor.name)
        pipe = Pipe(Link(Shape(rate_bps=NARROW_BPS, delay_s=0.02)))
        media.narrow(set(media.clients) - before, pipe)
        try:
            await tutor.press("Share", exact=False)
            await tutor.press("Choose what to share")
            await eventually(partial(_seen, lin), "Lin has a picture of the screen")
            await eventually(partial(_seen, tomas), "Tomas has a picture of the screen")
            yield Lesson(tutor, lin, tomas, shared, pipe)
        finally:
            pipe.close()


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


async def _seen(viewer: Person) -> Image.Image | None:
    """The screen's frame as a viewer has it now."""
    found = await viewer.page.evaluate(FRAME)
    return None if found is None else _opened(base64.b64decode(found))


def likeness_db(one: Image.Image, other: Image.Image) -> float:
    """Peak signal to noise ratio of two grey pictures."""
    (square,) = ImageStat.Stat(ImageChops.difference(one, other)).rms
    return math.inf if square == 0 else 20 * math.log10(255 / square)


def blurred(picture: Image.Image) -> Image.Image:
    """What half the resolution would leave of it."""
    half = (picture.width // 2, picture.height // 2)
    return picture.resize(half).resize(picture.size)


async def _reads(viewer: Person, source: Image.Image, page: int) -> None:
    """Waits until the viewer's picture is sharper than half the resolution could be."""
    need = likeness_db(source, blurred(source)) + 3

    async def sharp() -> bool:
        seen = await _seen(viewer)
        return seen is not None and seen.size == source.size and likeness_db(seen, source) > need

    await eventually(sharp, f"{viewer.name} reads page {page}", within_s=10)


def _notice(viewer: Person) -> Locator:
    """What is said about the network (and not what a screen reader was told of it before)."""
    return viewer.page.locator("b").filter(has_text="Weak network").first


async def test_a_narrow_line_keeps_the_text_sharp_and_changes_nothing_for_others(
    tmp_path: Path,
) -> None:
    async with lesson(tmp_path) as one:
        for page in range(1, 6):
            source = await one.turn_to(page)
            for viewer in (one.lin, one.tomas):
                await _reads(viewer, source, page)
        reduced = _notice(one.tomas)
        await reduced.wait_for(state="visible", timeout=10_000)
        assert await _notice(one.lin).count() == 0
        row = await one.tomas.received(one.tutor.name, "screen")
        assert (row["frameWidth"], row["frameHeight"]) == SIZE
        await one.tomas.hears(one.tutor.name)
        await one.lin.decodes(one.tutor.name)

        # The network gets better: faces come back by themselves.
        one.pipe.change(rate_bps=float(WIDE_BPS))
        await one.tomas.decodes(one.tutor.name)
        await reduced.wait_for(state="hidden", timeout=20_000)
