"""A screen in AV1 or VP9 while everybody can show it, and in VP8 without a break after that."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.async_api import WebSocketRoute

from bench.browser import SHARE_TAB, SHARED_TITLE, chromium
from bench.product import Product
from tests.support.notices import SOCKET, makes_plain
from tests.support.scene import KEEP_PEERS, Person, eventually, person

WIDTH, HEIGHT = 800, 450  # of no layer of a camera
MOST_S = 1.0
"""Without a new frame, at somebody who watches while the codec changes."""
LESSON = (
    f"<title>{SHARED_TITLE}</title><h1>Angles</h1><p id=n></p>"
    "<script>setInterval(() => n.textContent = Date.now(), 60)</script>"
)
NEW_CODECS = re.compile("VP9|AV1")
CODECS = f"""async () => {{
    const found = [];
    for (const peer of window.peers) {{
        const stats = await peer.getStats();
        for (const one of stats.values()) {{
            if (one.type === "inbound-rtp" && one.frameWidth === {WIDTH}) {{
                found.push([stats.get(one.codecId)?.mimeType, one.framesDecoded]);
            }}
        }}
    }}
    return found;
}}"""
WATCH = """() => {
    const seen = new Map();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [8, 8];
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    const isWhite = (video) => {
        paper.clearRect(0, 0, 8, 8);
        paper.drawImage(video, 0, 0, 8, 8);
        return paper.getImageData(4, 7, 1, 1).data[0] > 200;
    };
    window.watched = { longest_s: 0, blank: 0, last: performance.now() };
    const look = (now) => {
        const videos = [...document.querySelectorAll(".stage video")];
        const above = videos.findLast((one) => one.readyState >= 2);  // has a frame
        if (!above || !isWhite(above)) window.watched.blank += 1;
        const frames = above?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
        if (frames > (seen.get(above) ?? 0)) {
            const { last, longest_s } = window.watched;
            window.watched.longest_s = Math.max(longest_s, (now - last) / 1000);
            window.watched.last = now;
        }
        seen.set(above, frames);
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""


async def codecs(viewer: Person) -> dict[str, int]:
    """In which codecs the screen arrives, and how many frames were decoded of each."""
    found: list[Any] = await viewer.page.evaluate(CODECS)
    return dict(found)


def as_an_old_browser(route: WebSocketRoute) -> None:
    """What it says to the server names none of the new codecs."""
    if makes_plain(route):
        return
    server = route.connect_to_server()
    route.on_message(lambda said: server.send(without_new_codecs(said)))


def without_new_codecs(said: str | bytes) -> str | bytes:
    if not isinstance(said, str) or "rtp_capabilities" not in said:
        return said
    at = said.index("[")
    event = json.loads(said[at:])
    given = event[1]["rtp_capabilities"]
    given["codecs"] = [one for one in given["codecs"] if not NEW_CODECS.search(one["mimeType"])]
    return said[:at] + json.dumps(event)


async def shows(viewer: Person, *wanted: str) -> None:
    """Frames of the screen arrive in one of these, and in nothing else."""
    before = await codecs(viewer)

    async def so() -> bool:
        nonlocal before
        found = await codecs(viewer)
        gained = {name for name, frames in found.items() if frames > before.get(name, 0)}
        enough = gained <= set(wanted) and any(found.get(name, 0) > 10 for name in gained)
        before = found
        return bool(gained and enough)

    await eventually(so, f"{viewer.name} gets the screen in {' or '.join(wanted)}")


async def test_the_codec_changes_without_a_break_when_somebody_cannot_show_it(
    running: Product,
) -> None:
    async with (
        chromium(SHARE_TAB, devices=False, consent=False) as sharing,
        chromium(devices=False) as browser,
    ):
        tutor = await person(sharing, "Amara Okafor")
        lin, tomas = [await person(browser, name) for name in ("Lin Yue", "Tomas Herrera")]
        for viewer in (lin, tomas):
            await viewer.page.add_init_script(KEEP_PEERS)
        await tomas.page.route_web_socket(SOCKET, as_an_old_browser)
        lesson = await tutor.page.context.new_page()
        await lesson.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        await lesson.set_content(LESSON)
        await tutor.page.bring_to_front()
        await tutor.join(running.link("/enter/"))
        await lin.join(running.link("/r/"))
        await tutor.press("Share", exact=False)
        await tutor.press("Choose what to share")
        await shows(lin, "video/AV1", "video/VP9")

        await lin.page.evaluate(WATCH)
        await tomas.join(running.link("/r/"))
        await shows(tomas, "video/VP8")
        await shows(lin, "video/VP8")
        watched = await lin.page.evaluate("() => window.watched")
        assert watched["blank"] == 0
        assert watched["longest_s"] < MOST_S
        assert [one.faults for one in (tutor, lin, tomas)] == [[], [], []]
