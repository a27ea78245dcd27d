"""Loss between the worker and aiortc: NACK and RTX of two implementations that never met."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from media.server.worker import MediaServer
from tests.support.wired import Browser, Colour, Watching, Wire, luma, media_server

LOSS = 0.1
FRAMES = 90
SIZE = (640, 480)


class Lossy:
    """Loses every tenth RTP datagram of one wire; RTCP, STUN and DTLS pass."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lost = 0

    def loses(self, datagram: bytes) -> bool:
        is_rtp = 128 <= datagram[0] < 192 and not 192 <= datagram[1] <= 223
        lost = is_rtp and self.chance.random() < LOSS
        self.lost += lost
        return lost

    def on_the_way_in(self, wire: Wire) -> None:
        receive: Callable[[], Awaitable[bytes]] = wire.dtls.transport._recv

        async def recv() -> bytes:
            while self.loses(datagram := await receive()):
                pass
            return datagram

        wire.dtls.transport._recv = recv

    def on_the_way_out(self, wire: Wire) -> None:
        send: Callable[[bytes], Awaitable[None]] = wire.dtls.transport._send

        async def lossy_send(datagram: bytes) -> None:
            if not self.loses(datagram):
                await send(datagram)

        wire.dtls.transport._send = lossy_send


async def decode(sees: Watching, count: int) -> list[int]:
    """Times of so many decoded pictures, in the sender's clock."""
    times = []
    async with asyncio.timeout(20):
        while len(times) < count:
            frame = await sees.frame()
            assert abs(luma(frame) - 120) < 12
            times.append(frame.pts)
    return times


@pytest.mark.parametrize("way", ["in", "out"])
async def test_what_is_lost_is_sent_again(way: str) -> None:
    async with media_server() as (media, _):
        ada, ben, lossy = *(await join(media)), Lossy(3)
        if way == "in":
            lossy.on_the_way_in(ben.receive)
        else:
            lossy.on_the_way_out(ada.send)
        sees = await ben.watch(await ada.publish(Colour(120, SIZE), "screen"))
        times = await decode(sees, FRAMES)
        (metrics,) = await media.metrics()
        await ada.close()
        await ben.close()
    assert lossy.lost > 5
    assert metrics["rtx" if way == "in" else "nacks_sent"] > 0
    # 30 a second in a clock of 90 kHz; without repair every loss would end the picture for long
    expected = (times[-1] - times[0]) / 3000 + 1
    assert len(times) > 0.9 * expected


async def join(media: MediaServer) -> tuple[Browser, Browser]:
    router_id = await media.create_router()
    return (
        await Browser.join(media, router_id, "ada"),
        await Browser.join(media, router_id, "ben"),
    )
