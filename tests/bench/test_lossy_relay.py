"""The relay in a process of its own: each port a line, as lossy as it is told."""

from __future__ import annotations

import asyncio
import socket
from typing import cast

import pytest

from bench.child import ChildFault
from bench.lossy_relay import LossyRelay
from bench.product import free_port

WITHIN_S = 20.0


class Echo(asyncio.DatagramProtocol):
    """Sends everything back."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.transport.sendto(data, addr)


class Asker(asyncio.DatagramProtocol):
    """Keeps what comes."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[bytes] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.got.put_nowait(data)


async def test_each_line_is_as_lossy_as_it_was_told() -> None:
    loop = asyncio.get_running_loop()
    target, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
    port = target.get_extra_info("sockname")[1]
    ports = [free_port(socket.SOCK_DGRAM) for _ in "ab"]
    async with LossyRelay(port, seed=1) as relay:
        asked = []
        for name, own in zip("ab", ports, strict=True):
            await relay.lay(name, own, delay_s=0.0)
            asked.append(await loop.create_datagram_endpoint(Asker, remote_addr=("127.0.0.1", own)))
        await relay.change("a", down={"loss": 1.0}, up={})
        for transport, _ in asked:
            for number in range(20):
                transport.sendto(bytes([number]))
        async with asyncio.timeout(WITHIN_S):
            got = [await asked[1][1].got.get() for _ in range(20)]
            counts = await relay.counts()
            while counts["a"]["down"].get("lost", 0) < 20:
                counts = await relay.counts()
        assert sorted(got) == [bytes([number]) for number in range(20)]
        assert asked[0][1].got.empty()
        assert counts["a"]["up"]["passed"] == counts["b"]["down"]["passed"] == 20
        assert counts["b"]["up"]["offered"] == 20 * 29
        with pytest.raises(ChildFault, match="Unreachable"):
            await relay.change("a", down={"loss": 0.7, "mean_burst": 1.5}, up={})
        for transport, _ in asked:
            transport.close()
    target.close()
