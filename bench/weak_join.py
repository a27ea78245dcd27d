"""Joining over a network that loses most of what is sent: from the click to sound both ways.

    python -m bench.weak_join [--loss 0.7] [--joins 10] [--early] [--plain] [--json FILE]

The whole computer of a student sits behind a lossy line (see `lossy_net`, which needs root), TCP of
the real kernel included; the tutor's does not. The page with the green room is loaded over a clean
line, and the losses begin when Join is pressed; with `--early` they begin before the first byte of
the page, and the time does too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page
from playwright.async_api import Error as PageFault

from bench.browser import chromium, find_chromium, open_page
from bench.join import join
from bench.lossy_net import NEAR, LossyNet, NoNetwork, lossy_net
from bench.product import Product, product
from bench.voice import write_voice
from bench.weak_call import AWAKE
from bench.weak_probe import INBOUND, KEEP_PEERS, SMALL_CAMERA

Json = dict[str, Any]
GOAL_S = 5.0
PATIENCE_S = 30.0
EARLY_S = 90.0
"""With the page itself over the lossy line."""
PACKETS_HEARD = 10
"""So many packets of somebody's sound are a voice."""
_POLL_S = 0.1
_CALM_S = 3.0


@dataclass(frozen=True, slots=True)
class Joined:
    """Seconds after the click; infinite for what did not happen in time."""

    hears: float
    is_heard: float
    sees: float

    @property
    def both_ways(self) -> float:
        return max(self.hears, self.is_heard)


@dataclass
class Ground:
    """The product and the tutor on the near side, a browser on the far one."""

    net: LossyNet
    running: Product
    tutor: Page
    far: Browser
    is_early: bool = False

    async def one_join(self, number: int, loss: float) -> Joined:
        """One student comes, is measured, and is gone again."""
        page = await open_page(self.far)
        await page.add_init_script(KEEP_PEERS % (0, 0) + SMALL_CAMERA)
        page.set_default_timeout(EARLY_S * 1000)
        heard_before = set(await _sound(self.tutor))
        try:
            if self.is_early:
                await self.net.change(down={"loss": loss}, up={"loss": loss})
            start = time.monotonic()
            await page.goto(self.running.link("/r/"))
            await page.get_by_text("Looking good").wait_for()
            await page.get_by_role("textbox").first.fill(f"Student {number}")
            if not self.is_early:
                await asyncio.sleep(_CALM_S)
                await self.net.change(down={"loss": loss}, up={"loss": loss})
                start = time.monotonic()
            await page.locator("form.join-form button[type=submit]").click(no_wait_after=True)
            return await self._watch(page, start, heard_before)
        except PageFault:
            if not self.is_early:
                raise
            return Joined(*[float("inf")] * 3)
        finally:
            await self.net.change(down={"loss": 0.0}, up={"loss": 0.0})
            await page.context.close()
            await asyncio.sleep(_CALM_S)

    async def _watch(self, page: Page, start: float, before: set[str]) -> Joined:
        """Looks at both pages until all has happened, or the patience is over."""
        never = float("inf")
        hears = is_heard = sees = never
        patience = EARLY_S if self.is_early else PATIENCE_S
        while (at := time.monotonic() - start) < patience and never in (hears, is_heard, sees):
            rows = await _rows(page)
            if any(row["kind"] == "video" and row.get("framesDecoded") for row in rows):
                sees = min(sees, at)
            if await _sound(page):
                hears = min(hears, at)
            if set(await _sound(self.tutor)) - before:
                is_heard = min(is_heard, at)
            await asyncio.sleep(_POLL_S)
        return Joined(hears, is_heard, sees)


async def _rows(page: Page) -> list[Json]:
    found: list[Json] = json.loads(await page.evaluate(INBOUND))
    return found


async def _sound(page: Page) -> list[str]:
    """The streams of sound somebody's packets come in."""
    return [
        str(row["ssrc"])
        for row in await _rows(page)
        if row["kind"] == "audio" and row["packetsReceived"] >= PACKETS_HEARD
    ]


@asynccontextmanager
async def ground(folder: Path, *, remedies: bool, seed: int) -> AsyncIterator[Ground]:
    """NoNetwork where namespaces are not allowed."""
    async with AsyncExitStack() as stack:
        net = await stack.enter_async_context(lossy_net(seed=seed, delay_s=0.03))
        settings = {
            "CLASSROOM_HOST": NEAR,
            "CLASSROOM_SEAT_GRACE_S": "1",
            "CLASSROOM_REMEDIES": "on" if remedies else "off",
        }
        running = await stack.enter_async_context(
            product(folder, settings, prefix=net.inside(net.near))
        )
        voice = write_voice(folder / "voice.wav")
        flags = (
            f"--use-file-for-fake-audio-capture={voice}",
            f"--unsafely-treat-insecure-origin-as-secure=http://{NEAR}:{running.http_port}",
            *AWAKE,
        )
        near, far = [
            await stack.enter_async_context(
                chromium(*flags, fps=15, program=_wrapped(folder, net, side))
            )
            for side in (net.near, net.far)
        ]
        tutor = await open_page(near)
        await tutor.add_init_script(KEEP_PEERS % (0, 0) + SMALL_CAMERA)
        await join(tutor, running.link("/enter/"), "Amara Okafor")
        if not await tutor.evaluate("() => window.__classroom.state().microphone"):
            await tutor.locator("button.ctl[aria-label^=Unmute]").click()
        yield Ground(net, running, tutor, far)


def _wrapped(folder: Path, net: LossyNet, namespace: str) -> str:
    """A program that is Chromium inside a namespace."""
    file = folder / f"chromium-{namespace}"
    command = " ".join(net.inside(namespace, find_chromium()))
    file.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="ascii")
    file.chmod(0o755)
    return str(file)


async def measure(
    joins: int, loss: float, *, remedies: bool, seed: int, is_early: bool = False
) -> list[Joined]:
    """Every join, printed as it comes; the first is over a clean line and not counted."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        async with ground(Path(folder), remedies=remedies, seed=seed) as one:
            one.is_early = is_early
            for number in range(joins + 1):
                joined = await one.one_join(number, loss if number else 0.0)
                found.append(joined)
                _say(number, joined)
    return found[1:]


def _say(number: int, joined: Joined) -> None:
    kind = f"join {number}" if number else "clean"
    sys.stdout.write(
        f"{kind}: hears {joined.hears:.1f} s, is heard {joined.is_heard:.1f} s,"
        f" sees {joined.sees:.1f} s, load {os.getloadavg()[0]:.1f}\n"
    )
    sys.stdout.flush()


def figures(found: list[Joined]) -> dict[str, float]:
    """`join_within_5s_of_10`: of ten, how many hear and are heard within five seconds."""
    if not found:
        raise ValueError("no join was measured")
    within = sum(one.both_ways <= GOAL_S for one in found)
    times = sorted(min(one.both_ways, PATIENCE_S) for one in found)
    return {
        "join_within_5s_of_10": round(within * 10 / len(found), 1),
        "join_median_s": round(times[len(times) // 2], 2),
        "join_worst_s": round(times[-1], 2),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--loss", type=float, default=0.7, help="of both directions, 0 to 1")
    parser.add_argument("--joins", type=int, default=10)
    parser.add_argument("--early", action="store_true", help="losses from the first byte")
    parser.add_argument("--plain", action="store_true", help="with all remedies off")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the losses")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    try:
        found = asyncio.run(
            measure(
                options.joins,
                options.loss,
                remedies=not options.plain,
                seed=options.seed,
                is_early=options.early,
            )
        )
    except NoNetwork as error:
        sys.exit(f"NOT MEASURED: joining needs namespaces, and so root ({error})")
    told = figures(found)
    for name, value in told.items():
        sys.stdout.write(f"{name} {value}\n")
    if options.json:
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
