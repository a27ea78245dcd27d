"""A call whose people each have a line of their own: the product, a lossy relay, real Chromium."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from bench.browser import chromium, open_page
from bench.join import join
from bench.lossy_relay import LossyRelay
from bench.product import Product, free_port, product
from bench.voice import write_voice
from bench.weak_probe import INBOUND, KEEP_PEERS, OPEN, SMALL_CAMERA, Look

Json = dict[str, Any]
ONE_WAY_S = 0.03
LOOK_S = 1.0
FLOW_S = 20.0
TRANSPORTS = 2
AWAKE = (
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
)
PITCHES_HZ = (210.0, 120.0, 165.0)
"""Of the voices, so that a listener can tell them apart."""
NAMES = ("Amara Okafor", "Lin Yue", "Tomas Herrera")


@dataclass
class Caller:
    """One person: their page, and what it counted since they were first looked at."""

    name: str
    page: Page
    looks: list[Look] = field(default_factory=list)

    async def look(self) -> Look:
        """Reads the counters now, and keeps them."""
        rows = json.loads(await self.page.evaluate(INBOUND))
        found = Look(asyncio.get_running_loop().time(), rows)
        self.looks.append(found)
        return found

    def between(self, start: float, end: float) -> list[Look]:
        """The looks of a span of loop time."""
        return [look for look in self.looks if start <= look.at <= end]

    async def standing(self) -> str:
        """Empty while nothing is wrong: else what is."""
        found = await self.page.evaluate("() => window.__classroom?.state().standing ?? 'gone'")
        if found != "inside":
            return f"{self.name} is {found}"
        there = await self.page.evaluate(OPEN)
        return "" if there == TRANSPORTS else f"{self.name} has {there} transports"


@dataclass
class Call:
    """Everybody in it, and the network."""

    running: Product
    relay: LossyRelay
    callers: list[Caller]

    async def watch(self, seconds: float) -> tuple[float, float]:
        """Looks at everybody each second; the loop times of the first and the last look."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        await self._look()
        for place in range(1, round(seconds / LOOK_S) + 1):
            await asyncio.sleep(max(start + place * LOOK_S - loop.time(), 0))
            await self._look()
        return start, loop.time()

    async def _look(self) -> None:
        await asyncio.gather(*(caller.look() for caller in self.callers))

    async def faults(self) -> list[str]:
        """What is not as it should be with anybody."""
        said = await asyncio.gather(*(caller.standing() for caller in self.callers))
        return [each for each in said if each]


@asynccontextmanager
async def call(
    folder: Path, *, people: int = 2, remedies: bool = True, seed: int = 1, seen: bool = True
) -> AsyncIterator[Call]:
    """People who talk all the time, and show their cameras if they are `seen`, on clean lines of
    60 ms there and back. Without `remedies` the product does nothing special about loss."""
    settings = {"CLASSROOM_REMEDIES": "on" if remedies else "off"}
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(product(folder, settings))
        relay = await stack.enter_async_context(LossyRelay(running.media_port, seed=seed))
        one = Call(running, relay, [])
        for name, pitch_hz in list(zip(NAMES, PITCHES_HZ, strict=True))[:people]:
            voice = write_voice(folder / f"{name.split()[0]}.wav", pitch_hz=pitch_hz)
            one.callers.append(await _come(stack, one, name, voice))
        await _flows(one, seen=seen)
        yield one


async def _come(stack: AsyncExitStack, one: Call, name: str, voice: Path) -> Caller:
    """Somebody with a browser of their own joins over a line of their own, and speaks."""
    flags = (f"--use-file-for-fake-audio-capture={voice}", *AWAKE)
    browser = await stack.enter_async_context(chromium(*flags, fps=15))
    page = await open_page(browser)
    port = free_port(socket.SOCK_DGRAM)
    await one.relay.lay(name, port, delay_s=ONE_WAY_S)
    await page.add_init_script(KEEP_PEERS % (one.running.media_port, port) + SMALL_CAMERA)
    link = one.running.link("/r/" if one.callers else "/enter/")
    await join(page, link, name)
    if not await page.evaluate("() => window.__classroom.state().microphone"):
        await page.locator("button.ctl[aria-label^=Unmute]").click()
    return Caller(name, page)


async def _flows(one: Call, *, seen: bool) -> None:
    """Waits until everybody hears, and sees if they are `seen`, everybody else."""
    wanted = {"audio"} | ({"video"} if seen else set())
    deadline = asyncio.get_running_loop().time() + FLOW_S
    while asyncio.get_running_loop().time() < deadline:
        looks = await asyncio.gather(*(caller.look() for caller in one.callers))
        if all(_has(look.rows, kind, len(looks) - 1) for look in looks for kind in wanted):
            return
        await asyncio.sleep(LOOK_S)
    raise TimeoutError(f"not everybody got {' and '.join(sorted(wanted))}")


def _has(rows: Sequence[Json], kind: str, streams: int) -> bool:
    name = "totalAudioEnergy" if kind == "audio" else "framesDecoded"
    return sum(row["kind"] == kind and row.get(name, 0) > 0 for row in rows) >= streams
