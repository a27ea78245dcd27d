"""Where no datagrams get through: the same call over TCP, and what must not hurt it."""

from __future__ import annotations

import os
import random
import resource
import signal
import socket
import struct
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from bench.client import LoadClient
from bench.load import plan, video_parameters
from media.ids import ConsumerId
from media.server.crowd import MAX_STRANGERS_OF_HOST
from media.server.events import WorkerReady
from media.transport.certificate import Certificate
from media.wire import rtp
from tests.support.calls import Call
from tests.support.framed import SlowClient, TcpClient
from tests.support.wired import media_server, until

HOSTILE = 1000


@pytest.fixture
async def call() -> AsyncIterator[Call]:
    """Nobody is in it yet."""
    async with media_server() as (media, _):
        made = Call(media, await media.create_router(), Certificate.generate(datetime.now(UTC)))
        yield made
        made.close()


@pytest.fixture
def crowd() -> Iterator[ExitStack]:
    """Room for as many sockets as a test opens, and their end."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = HOSTILE + 500
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(wanted, hard)), hard))
    with ExitStack() as sockets:
        yield sockets
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def connect(call: Call, sockets: ExitStack) -> socket.socket:
    far = sockets.enter_context(socket.socket())
    far.connect(("127.0.0.1", call.media.ports[0]))
    far.setblocking(False)
    return far


def is_ended(far: socket.socket) -> bool:
    try:
        return far.recv(1000) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def opens(client: LoadClient, packet: memoryview) -> bool:
    """Whether a packet is media; media that is not whole fails."""
    if 192 <= packet[1] <= 223:
        return False
    header = rtp.parse_header(packet)
    assert client.opener is not None
    length, number = header.header_length, header.sequence
    assert client.opener.open_rtp(packet, length, header.ssrc, number) is not None
    return True


@pytest.mark.parametrize(
    ("speaker", "listener"),
    [(TcpClient, TcpClient), (TcpClient, LoadClient), (LoadClient, TcpClient)],
)
async def test_a_call_works_over_tcp_and_between_tcp_and_udp(
    call: Call, speaker: type[LoadClient], listener: type[LoadClient]
) -> None:
    await call.join("ada", client=speaker)
    await call.join("ben", client=listener)
    await call.talk()
    for _ in range(20):
        await call.is_working()
    metrics = await call.metrics()
    assert metrics["tcp_connections"] == (speaker is TcpClient) + (listener is TcpClient)
    assert not metrics["faults"]
    assert not metrics["port_dropped"]


async def test_the_candidates_tell_both_ways_on_one_number(call: Call) -> None:
    transport = await call.media.create_transport(call.router_id, "ada")
    udp, tcp = transport["iceCandidates"]
    assert (udp["protocol"], udp["port"]) == ("udp", call.media.ports[0])
    assert (tcp["protocol"], tcp["tcpType"], tcp["port"]) == ("tcp", "passive", udp["port"])


@pytest.mark.parametrize("index", [0, 1])
async def test_a_connection_that_breaks_is_replaced_and_the_call_goes_on(
    call: Call, index: int
) -> None:
    clients = [await call.join(name, client=TcpClient) for name in ("ada", "ben")]
    await call.talk()
    await call.is_working()
    moved = clients[index]
    assert isinstance(moved, TcpClient)
    moved.socket.reset()
    moved.connect()
    await call.serve_until(lambda: moved._is_answered)
    await call.is_working()
    metrics = await call.metrics()
    assert (metrics["tcp_connections"], metrics["faults"]) == (2, {})


async def test_who_does_not_read_loses_packets_by_name_and_harms_nobody(call: Call) -> None:
    await call.join("ada")
    await call.join("ben")
    await call.talk()
    slow = await call.join("slow", client=SlowClient)
    producer = await call.media.produce(call.transports[0]["id"], "screen", video_parameters())
    consumer = await call.media.consume(
        call.transports[2]["id"], producer, call.media.capabilities()
    )
    await call.media.resume_consumers([ConsumerId(consumer["id"])])
    slow.socket.reads = False
    assert call.publisher is not None
    lost = 0
    start = time.monotonic()
    packets = plan(10)
    while not lost:
        while time.monotonic() < start + (planned := next(packets)).at:
            await call.is_working()  # ben goes on hearing
        call.clients[0].send(call.publisher.packet(planned, now=time.monotonic()))
        lost = (await call.metrics())["port_dropped"].get("tcp.full", 0)
    before = len(call.heard)
    for _ in range(20):
        await call.is_working()
    assert len(call.heard) >= before + 20
    slow.socket.reads = True
    opened = 0

    def catches_up() -> bool:
        nonlocal opened
        opened += sum(opens(slow, packet) for packet in slow.poll(time.monotonic()))
        return opened >= 30

    await until(catches_up)  # what the kernel had kept comes whole and in order
    assert not (await call.metrics())["faults"]


async def test_hostile_connections_do_not_keep_anybody_out(call: Call, crowd: ExitStack) -> None:
    """A thousand at once, silent or babbling; people talk and come in meanwhile."""
    await call.join("ada", client=TcpClient)
    await call.join("ben")
    await call.talk()
    chance = random.Random(5)
    babble = [b"", b"\0", struct.pack("!H", 60000) + b"x", b"GET / HTTP/1.1\r\n\r\n", bytes(900)]
    far = []
    for index in range(HOSTILE):
        far.append(connect(call, crowd))
        far[-1].send(babble[index % len(babble)] or b"\0")
        if index % 100 == 99:
            await call.is_working()
            noise = chance.randbytes(300)
            far[-1].send(struct.pack("!H", len(noise)) + noise)
    await call.join("cleo", client=TcpClient)
    await call.is_working()
    metrics = await call.metrics()
    assert metrics["tcp_connections"] <= MAX_STRANGERS_OF_HOST + 2
    assert metrics["port_dropped"]["tcp.crowd"] > 0
    assert metrics["port_dropped"]["tcp.frame_length"] > 0
    assert metrics["port_dropped"]["tcp.crumbs"] > 0
    assert not metrics["faults"]
    await until(lambda: sum(map(is_ended, far)) >= HOSTILE - MAX_STRANGERS_OF_HOST)


async def test_garbage_from_a_member_is_counted_and_nothing_else(call: Call) -> None:
    chance = random.Random(8)
    ada = await call.join("ada", client=TcpClient)
    await call.join("ben", client=TcpClient)
    await call.talk()
    for first in range(256):
        ada.send(bytes([first]) + chance.randbytes(30 + chance.randrange(200)))
    await call.is_working()
    metrics = await call.metrics()
    assert not metrics["faults"]
    assert metrics["dropped"]["srtp.auth"] > 0
    assert metrics["tcp_connections"] == 2


async def test_a_dead_worker_frees_its_number_on_tcp_too() -> None:
    async with media_server() as (media, events):
        call = Call(media, await media.create_router(), Certificate.generate(datetime.now(UTC)))
        await call.join("ada", client=TcpClient)
        port = media.ports[0]
        os.kill((await call.metrics())["pid"], signal.SIGKILL)
        await events.wait(WorkerReady)
        assert media.ports == [port]
        again = Call(media, await media.create_router(), call.certificate)
        await again.join("ada", client=TcpClient)
        call.close()
        again.close()
