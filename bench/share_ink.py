"""Ink on a shared screen: how soon the others have what one of them draws.

Everybody draws live messages at 15 a second and finishes a stroke each second. A message is timed
from the moment it is written to its socket to the moment another one has read it; the class and its
clock are in this process.
"""

from __future__ import annotations

import asyncio
import random
from time import monotonic

from bench.board_writer import BoardWriter
from bench.handwriting import Writer
from bench.join import percentile
from bench.load import video_parameters
from bench.product import Product
from bench.seat import Json
from media.ortc.capabilities import ROUTER_CAPABILITIES
from whiteboard import frame
from whiteboard.frame_writing import encode

LIVE_PER_S = 15
SETTLE_S = 1.0


class ShareWriter(BoardWriter):
    """Somebody who draws on the share. `stroke_delays` are those of others' finished strokes."""

    finished: dict[bytes, float]
    stroke_delays: list[float]

    async def draw(self, seconds: float) -> int:
        """Live messages at a steady rate, a finished stroke in place of the last of each second;
        how many there were."""
        loop, client = asyncio.get_running_loop(), random.getrandbits(30) + 1
        await asyncio.sleep(random.random() / LIVE_PER_S)
        hand, start = Writer(self.author, self._client_id, seed=client), loop.time()
        count = int(LIVE_PER_S * seconds)
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / LIVE_PER_S - loop.time()))
            if number % LIVE_PER_S < LIVE_PER_S - 1:
                await self.live(number // LIVE_PER_S + 1)
            else:
                await self.finish(hand.stroke())
        return count

    async def finish(self, update: bytes) -> None:
        """One finished stroke, remembered by its bytes."""
        self.finished[update] = monotonic()
        self._sent += 1
        await self._line.send(encode(frame.Update(0, self._sent, update)))

    def _take(self, one: frame.ServerFrame, now: float) -> None:
        if isinstance(one, frame.Apply) and one.update in self.finished:
            self.stroke_delays.append(now - self.finished[one.update])
        super()._take(one, now)


async def measure_share(running: Product, people: int, seconds: float) -> dict[str, float]:
    """A tutor shares a screen, and so many people, the tutor too, draw on it."""
    writers = await _gather(running, people)
    tutor, drawn = writers[0], dict[bytes, float]()
    for writer in writers:
        writer.finished, writer.stroke_delays = drawn, []
    await tutor.room.ask("board.give_pen", {"participant_id": None, "pen": "own"})
    page = await _page_over_the_share(tutor)
    await asyncio.gather(*(writer.open(page) for writer in writers))
    sent = sum(await asyncio.gather(*(writer.draw(seconds) for writer in writers)))
    await asyncio.sleep(SETTLE_S)
    live = [delay for writer in writers for delay in writer.delays]
    strokes = [delay for writer in writers for delay in writer.stroke_delays]
    await asyncio.gather(*(writer.close() for writer in writers))
    return {
        "share_people": people,
        "share_arrived_part": round((len(live) + len(strokes)) / (sent * (people - 1)), 4),
        "share_live_p95_ms": round(percentile(live, 0.95) * 1000, 1),
        "share_stroke_p50_ms": round(percentile(live + strokes, 0.5) * 1000, 1),
        "share_stroke_p95_ms": round(percentile(live + strokes, 0.95) * 1000, 1),
        "share_finished_p95_ms": round(percentile(strokes, 0.95) * 1000, 1),
    }


async def _gather(running: Product, people: int) -> list[ShareWriter]:
    writers = list[ShareWriter]()
    for number in range(people):
        link = running.link("/r/" if writers else "/enter/")
        writers.append(await ShareWriter.come(running.address, link, f"Writer {number}"))
    return writers


async def _page_over_the_share(tutor: BoardWriter) -> Json:
    """The tutor's screen is announced (no pictures of it flow), and its page of ink is begun."""
    media = await tutor.room.ask("media.join", {"rtp_capabilities": ROUTER_CAPABILITIES})
    await tutor.room.ask(
        "media.produce",
        {
            "transport_id": media["send"]["transport_id"],
            "source": "screen",
            "kind": "video",
            "rtp_parameters": video_parameters(),
        },
    )
    page_id = (await tutor.room.ask("ink.begin", {}))["page_id"]
    pages = (await tutor.room.ask("room.sync", {}))["reserved"]["pages"]
    return next(page for page in pages if page["id"] == page_id)
