"""UDP and TCP on one number: each address its own way, and the same datagrams on every way."""

from __future__ import annotations

import select
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Refused
from media.ids import Address, protocol_of
from media.server.framing import cut
from media.server.ports import Ports
from media.server.tcp_port import TcpPort


def framed(*datagrams: bytes) -> bytes:
    return b"".join(struct.pack("!H", len(one)) + one for one in datagrams)


class Far:
    """Both ports, and one who is reached on either."""

    def __init__(self, stack: ExitStack) -> None:
        self.ports = Ports("127.0.0.1", 0)
        stack.callback(self.ports.close)
        self.stream = stack.enter_context(socket.create_connection(self.ports.address))
        self.stream.settimeout(20)
        self.datagrams = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self.datagrams.bind(("127.0.0.1", 0))
        self.datagrams.settimeout(20)
        while not self.ports.tcp.connections:
            select.select([self.ports.tcp], [], [], 20)
            self.ports.tcp.receive(0.0)

    @property
    def by_tcp(self) -> Address:
        host, port = self.stream.getsockname()
        return (host, port, "tcp")

    @property
    def by_udp(self) -> Address:
        host, port = self.datagrams.getsockname()
        return (host, port)

    def datagrams_got(self, count: int) -> list[bytes]:
        return [self.datagrams.recv(4096) for _ in range(count)]

    def frames_got(self, count: int) -> list[bytes]:
        stream, frames = b"", list[memoryview]()
        while len(frames) < count:
            stream += self.stream.recv(1 << 20)
            frames, _ = cut(memoryview(stream))
        return [bytes(frame) for frame in frames]


@pytest.fixture(scope="module")
def far() -> Iterator[Far]:
    with ExitStack() as stack:
        yield Far(stack)


def test_both_ports_have_one_number_and_each_address_its_own_way(far: Far) -> None:
    ports = far.ports
    assert ports.udp.address == ports.tcp.address == ports.address
    assert (protocol_of(far.by_udp), protocol_of(far.by_tcp)) == ("udp", "tcp")
    for address in (far.by_tcp, far.by_udp):
        ports.datagram(b"one", address)
        ports.burst([b"twotwo"], 3, address)
    assert far.frames_got(3) == far.datagrams_got(3) == [b"one", b"two", b"two"]
    ports.datagram(b"x", ("127.0.0.1", 9, "tcp"))
    assert ports.dropped == {"tcp.gone": 1}


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=1, max_size=3000), st.integers(100, 1400), st.data())
def test_every_way_out_carries_the_same_datagrams(
    far: Far, joined: bytes, segment: int, data: st.DataObject
) -> None:
    ends = sorted(data.draw(st.sets(st.integers(1, len(joined)), max_size=5)) | {len(joined)})
    buffers = [memoryview(joined)[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    expected = [joined[at : at + segment] for at in range(0, len(joined), segment)]
    for offload in (True, False):
        far.ports.udp.offload = offload
        far.ports.burst(buffers, segment, far.by_udp)
        assert far.datagrams_got(len(expected)) == expected
    far.ports.burst(buffers, segment, far.by_tcp)
    assert far.frames_got(len(expected)) == expected


def test_a_number_in_use_on_tcp_only_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(Refused) as caught:
        Ports("127.0.0.1", other.getsockname()[1])
    assert caught.value.code == "media.port_in_use"
    assert "TCP port" in str(caught.value)


def test_when_the_kernel_chooses_another_number_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    class Busy(TcpPort):
        def __init__(self, host: str, port: int) -> None:
            tried.append(port)
            if len(tried) < 3:
                raise Refused("media.port_in_use", "taken")
            super().__init__(host, port)

    monkeypatch.setattr("media.server.ports.TcpPort", Busy)
    ports = Ports("127.0.0.1", 0)
    assert ports.tcp.address[1] == tried[-1]
    ports.close()
    assert len(tried) == 3
