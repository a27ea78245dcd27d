"""Sound goes with its own past, from browsers to the server and from there to browsers."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import Browser

from bench.product import Product
from tests.support.scene import KEEP_PEERS, Person, eventually, person

SOUND = """async () => {
    const found = [];
    for (const peer of window.peers) {
        for (const entry of (await peer.getStats()).values()) {
            if (entry.kind === "audio" && /bound-rtp$/.test(entry.type)) found.push(entry);
        }
    }
    return JSON.stringify(found);
}"""
SENDERS = """() => window.peers.flatMap((peer) => peer.getSenders())
    .filter((sender) => sender.track?.kind === "audio" && sender.transform).length"""
KEEP_WORKERS = """
window.workers = [];
window.Worker = class extends Worker {
    constructor(...given) { super(...given); window.workers.push(this); }
};"""
FRAME_BYTES = 80
"""What a frame of 20 ms has on average, at most, at the 32 kbit/s a browser chooses by itself."""


async def sound(one: Person, kind: str) -> dict[str, Any]:
    """The statistics of the page's one sound of this kind; empty while there is none."""
    rows = [row for row in json.loads(await one.page.evaluate(SOUND)) if row["type"] == kind]
    return rows[0] if rows else {}


async def test_sound_carries_the_frame_before_it_in_both_directions(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await person(browser, "Amara Okafor"), await person(browser, "Lin Yue")
    for one in (tutor, lin):
        await one.page.add_init_script(KEEP_PEERS)
    await tutor.join(running.link("/enter/"))
    await lin.join(running.link("/r/"))
    await lin.hears(tutor.name)
    assert await tutor.page.evaluate(SENDERS) == 1

    async def is_protected() -> bool:
        # A frame that came by itself is discarded when it comes along with the next one.
        return bool((await sound(lin, "inbound-rtp")).get("packetsDiscarded", 0) > 50)

    await eventually(is_protected, "Lin's sound carries earlier frames")

    async def is_packed() -> bool:
        sent = await sound(tutor, "outbound-rtp")
        return bool(
            sent["packetsSent"] > 50 and sent["bytesSent"] > FRAME_BYTES * sent["packetsSent"]
        )

    await eventually(is_packed, "the tutor's sound carries earlier frames")
    assert (tutor.faults, lin.faults) == ([], [])


async def test_a_voice_goes_on_when_the_worker_that_packs_it_ends(
    running: Product, browser: Browser
) -> None:
    tutor, lin = await person(browser, "Amara Okafor"), await person(browser, "Lin Yue")
    for one in (tutor, lin):
        await one.page.add_init_script(KEEP_PEERS + KEEP_WORKERS)
    await tutor.join(running.link("/enter/"))
    await lin.join(running.link("/r/"))
    await lin.hears(tutor.name)
    assert await tutor.page.evaluate(SENDERS) == 1

    await tutor.page.evaluate("() => window.workers.forEach((one) => one.terminate())")

    async def is_plain() -> bool:
        return bool(await tutor.page.evaluate(SENDERS) == 0)

    await eventually(is_plain, "the tutor's sound leaves without the worker")
    heard = (await sound(lin, "inbound-rtp")).get("packetsReceived", 0)

    async def is_heard() -> bool:
        return bool((await sound(lin, "inbound-rtp")).get("packetsReceived", 0) > heard + 50)

    await eventually(is_heard, "Lin hears the tutor again")
    await lin.hears(tutor.name)
    assert (tutor.faults, lin.faults) == ([], [])
