"""What must not hurt: garbage, strangers, moved and restarted paths, a relay in between."""

from __future__ import annotations

import random
import secrets
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.client import LoadClient, Remote
from bench.load import AUDIO_SSRC, VIDEO_SSRC, video_parameters
from bench.product import free_port
from bench.relay import UdpRelay
from media.ids import ConsumerId, EndpointId
from media.transport.certificate import Certificate
from media.wire import rtp
from tests.support.calls import Call
from tests.support.wired import media_server


@pytest.fixture
async def call() -> AsyncIterator[Call]:
    async with media_server() as (media, _):
        made = Call(media, await media.create_router(), Certificate.generate(datetime.now(UTC)))
        await made.join("ada")
        await made.join("ben")
        await made.talk()
        await made.is_working()
        yield made
        made.close()


async def test_garbage_from_strangers_is_counted_and_nothing_else(call: Call) -> None:
    chance = random.Random(7)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.connect(("127.0.0.1", call.media.ports[0]))
        for first in range(256):
            stranger.send(bytes([first]) + chance.randbytes(chance.randrange(200)))
        stranger.send(b"")
        stranger.send(bytes(5000))
        await call.is_working()
        stranger.setblocking(False)
        with pytest.raises(BlockingIOError):
            stranger.recv(100)
    metrics = await call.metrics()
    assert not metrics["faults"]
    assert sum(metrics["dropped"].values()) >= 256
    assert metrics["port_dropped"] == {"port.oversized": 1}


async def test_garbage_from_a_member_is_counted_and_nothing_else(call: Call) -> None:
    chance = random.Random(8)
    ada = call.clients[0]
    for first in range(256):
        ada.send(bytes([first]) + chance.randbytes(chance.randrange(200)))
    await call.is_working()
    metrics = await call.metrics()
    assert not metrics["faults"]
    assert metrics["dropped"]["srtp.auth"] > 0


async def test_authentic_nonsense_is_counted_and_nothing_else(call: Call) -> None:
    """Well sealed, so it reaches the parsers behind SRTP."""
    chance = random.Random(9)
    producer = await call.media.produce(call.transports[0]["id"], "camera", video_parameters())
    consumer = await call.media.consume(
        call.transports[1]["id"], producer, call.media.capabilities()
    )
    await call.media.resume_consumers([ConsumerId(consumer["id"])])
    sealer = call.clients[0].sealer
    assert sealer is not None
    for number in range(1, 200):
        for ssrc, payload_type in ((VIDEO_SSRC, 96), (AUDIO_SSRC + 1, 111), (77, 5)):
            header = rtp.pack_header(
                payload_type=payload_type,
                sequence=number,
                timestamp=chance.getrandbits(32),
                ssrc=ssrc,
                padding=bool(number & 1),
                extension=(0xBEDE, chance.randbytes(8)) if number & 2 else None,
            )
            payload = chance.randbytes(chance.randrange(60))
            call.clients[0].send(sealer.seal_rtp(header, payload, ssrc, number))
        compound = bytes([0x80 | chance.randrange(32), chance.randrange(192, 224)])
        call.clients[0].send(sealer.seal_rtcp(compound + chance.randbytes(30)))
    await call.is_working()
    metrics = await call.metrics()
    assert not metrics["faults"]
    assert any(reason.startswith("rtcp.") for reason in metrics["dropped"])


async def test_a_check_with_a_wrong_password_gets_no_answer(call: Call) -> None:
    before = (await call.metrics())["dropped"].get("stun.integrity", 0)
    transport = await call.media.create_transport(call.router_id, EndpointId("eve"))
    guess = replace(Remote.from_json(transport), password=secrets.token_hex(12))
    eve = LoadClient(guess, call.certificate)
    list(eve.poll(time.monotonic()))
    await call.is_working()
    assert list(eve.poll(time.monotonic())) == []
    assert not eve._is_answered
    eve.close()
    assert (await call.metrics())["dropped"]["stun.integrity"] > before


def move(client: LoadClient, remote: Remote | None = None) -> None:
    """Another network: a new socket, from which the client checks again."""
    peer = client.socket.getpeername()
    client.socket.close()
    client.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    client.socket.connect(peer)
    client._remote = remote or client._remote
    client._is_answered, client._check_at = False, 0.0


@pytest.mark.parametrize("index", [0, 1])
async def test_a_member_may_move_to_another_network(call: Call, index: int) -> None:
    move(call.clients[index])
    await call.serve_until(lambda: call.clients[index]._is_answered)
    await call.is_working()
    assert call.clients[index].joined_at is not None


async def test_ice_restarts_with_new_credentials(call: Call) -> None:
    ben, transport = call.clients[1], call.transports[1]
    ice = await call.media.restart_ice(transport["id"])
    await call.is_working()  # the old path works until the new one does
    move(ben, Remote.from_json({**transport, "iceParameters": ice}))
    await call.serve_until(lambda: ben._is_answered)
    await call.is_working()


async def test_a_relay_with_a_port_of_its_own_is_announced() -> None:
    relay = UdpRelay(("127.0.0.1", 9))
    relay.port = free_port(socket.SOCK_DGRAM)
    async with media_server(announced=[f"127.0.0.1:{relay.port}"]) as (media, _), relay:
        relay.target = ("127.0.0.1", media.ports[0])
        call = Call(media, await media.create_router(), Certificate.generate(datetime.now(UTC)))
        await call.join("ada")
        await call.join("ben", port=media.ports[0])
        assert call.transports[0]["iceCandidates"][0]["port"] == relay.port
        assert relay.clients
        await call.talk()
        await call.is_working()
        call.close()


async def test_a_load_client_can_leave_and_another_takes_its_address(call: Call) -> None:
    """Ports are used again by other people: an address belongs to whoever checked last."""
    ben = call.clients.pop()
    call.transports.pop()
    address = ben.socket.getsockname()
    await call.media.close_endpoint(EndpointId("ben"))
    ben.close()
    transport = await call.media.create_transport(call.router_id, EndpointId("cleo"))
    fingerprints = [call.certificate.fingerprint.to_json()]
    await call.media.connect_transport(
        transport["id"], {"role": "client", "fingerprints": fingerprints}
    )
    cleo = LoadClient(Remote.from_json(transport), call.certificate)
    peer = cleo.socket.getpeername()
    cleo.socket.close()
    cleo.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    cleo.socket.bind(address)
    cleo.socket.connect(peer)
    call.clients.append(cleo)
    call.transports.append(transport)
    await call.serve_until(lambda: cleo.joined_at is not None)
    await call.talk()
    await call.is_working()
