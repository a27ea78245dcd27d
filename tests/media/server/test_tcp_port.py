"""The TCP port against plain sockets on loopback: frames, bounds, and who reads slowly."""

from __future__ import annotations

import fcntl
import select
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from media.errors import Refused
from media.ids import Address
from media.server import crowd as crowd_module
from media.server import tcp_port as tcp_port_module
from media.server.crowd import STRANGER_S
from media.server.framing import MAX_FRAME_BYTES
from media.server.tcp_connection import KEPT_BYTES, SMALL_BYTES, STRANGER_BYTES, UNSENT_BYTES
from media.server.tcp_port import DEAF_S, TcpPort

SIOCOUTQNSD = 0x894B  # linux/sockios.h: bytes the kernel has and did not send
Frames = list[tuple[bytes, Address]]


def everybody(address: Address) -> bool:
    return True


def nobody(address: Address) -> bool:
    return False


def framed(*datagrams: bytes) -> bytes:
    return b"".join(struct.pack("!H", len(one)) + one for one in datagrams)


def address_of(far: socket.socket) -> Address:
    host, port = far.getsockname()[:2]
    return (host, port, "tcp")


class Rig:
    """A port and those who connect to it; time is what the tests say."""

    def __init__(self, stack: ExitStack, host: str = "127.0.0.1") -> None:
        self.port = TcpPort(host, 0)
        self.known: Callable[[Address], bool] = everybody
        self._stack = stack
        stack.callback(self.port.close)

    def connects(self) -> socket.socket:
        far = self._stack.enter_context(socket.create_connection(self.port.address))
        far.settimeout(20)
        return far

    def turn(self, now: float = 0.0, wait: float = 2.0) -> tuple[Frames, list[Address]]:
        """Waits until there is something, and takes all of it."""
        is_there = select.select([self.port], [], [], wait)[0]
        assert is_there or wait < 2.0, "nothing came"
        frames = []
        while (found := self.port.receive(now)) is not None:
            assert found[2] == now
            frames.append((bytes(found[0]), found[1]))
        return frames, self.port.review(self.known, now=now)

    def sharing_port(self, address: tuple[str, int]) -> socket.socket:
        """Not connected yet; a port it has is its own, and of others who share it."""
        far = self._stack.enter_context(socket.socket())
        far.settimeout(20)
        far.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        far.bind(address)
        return far

    def joins(self, far: socket.socket | None = None) -> socket.socket:
        """Somebody connected and known."""
        if far is None:
            far = self.connects()
        else:
            far.connect(self.port.address)
        before = self.port.connections
        while self.port.connections == before:
            self.turn()
        return far


@pytest.fixture
def rig() -> Iterator[Rig]:
    with ExitStack() as stack:
        yield Rig(stack)


def test_frames_come_and_go(rig: Rig) -> None:
    far = rig.connects()
    far.sendall(framed(b"hello", b"there"))
    frames = rig.turn()[0]
    assert frames == [(b"hello", address_of(far)), (b"there", address_of(far))]
    rig.port.datagram(memoryview(b"answer"), address_of(far))
    assert far.recv(100) == framed(b"answer")
    assert rig.port.receive(0.0) is None
    assert not rig.port.dropped


def test_a_frame_in_pieces_is_one_frame(rig: Rig) -> None:
    far = rig.joins()
    stream = framed(b"x" * 300, b"y")
    found: Frames = []
    for piece in (stream[:1], stream[1:2], stream[2:150], stream[150:303], stream[303:]):
        far.sendall(piece)
        found += rig.turn()[0]
    assert found == [(b"x" * 300, address_of(far)), (b"y", address_of(far))]


def test_pieces_of_two_connections_do_not_mix(rig: Rig) -> None:
    ada, ben = rig.joins(), rig.joins()
    ada.sendall(framed(b"a" * 100)[:50])
    ben.sendall(framed(b"b" * 100)[:70])
    assert rig.turn()[0] + rig.turn(wait=0.05)[0] == []
    ada.sendall(framed(b"a" * 100)[50:])
    assert rig.turn()[0] == [(b"a" * 100, address_of(ada))]
    ben.sendall(framed(b"b" * 100)[70:])
    assert rig.turn()[0] == [(b"b" * 100, address_of(ben))]


@pytest.mark.parametrize("cuts", [(), (7, 600)])
def test_a_burst_leaves_as_frames(rig: Rig, cuts: tuple[int, ...]) -> None:
    far = rig.joins()
    whole = bytes(range(250)) * 4
    ends = [*cuts, len(whole)]
    buffers = [memoryview(whole)[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    rig.port.burst(buffers, 300, address_of(far))
    expected = framed(whole[:300], whole[300:600], whole[600:900], whole[900:])
    assert far.recv(2000) == expected


def test_a_peer_that_closes_is_told_once(rig: Rig) -> None:
    far = rig.joins()
    address = address_of(far)
    far.close()
    assert rig.turn() == ([], [address])
    assert rig.port.review(everybody, now=0.0) == []
    assert rig.port.connections == 0
    rig.port.datagram(b"late", address)
    assert rig.port.dropped == {"tcp.gone": 1}


def test_a_peer_that_resets_is_told_once(rig: Rig) -> None:
    far = rig.joins()
    address = address_of(far)
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    far.close()
    rig.port.datagram(b"into the void", address)
    assert rig.turn() == ([], [address])
    assert set(rig.port.dropped) <= {"tcp.send_error"}


@pytest.mark.parametrize(
    ("noise", "reason"),
    [
        (struct.pack("!H", MAX_FRAME_BYTES + 1), "tcp.frame_length"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "tcp.frame_length"),
        (b"\0\0" * 500, "tcp.crumbs"),
    ],
)
def test_what_no_browser_sends_ends_the_connection(rig: Rig, noise: bytes, reason: str) -> None:
    far, other = rig.joins(), rig.joins()
    far.sendall(noise)
    assert rig.turn() == ([], [address_of(far)])
    assert rig.port.dropped == {reason: 1}
    assert far.recv(10) == b""
    other.sendall(framed(b"fine"))
    assert rig.turn()[0] == [(b"fine", address_of(other))]


def test_a_stranger_may_not_say_much(rig: Rig) -> None:
    rig.known = nobody
    far = rig.joins()
    count = STRANGER_BYTES // 1002 + 1
    far.sendall(framed(*[bytes(1000)] * count))
    frames: Frames = []
    ended: list[Address] = []
    while not ended:
        found, ended = rig.turn()
        frames += found
    assert ended == [address_of(far)]
    assert 0 < len(frames) < count
    assert rig.port.dropped == {"tcp.stranger": 1}


def test_a_stranger_may_not_stay(rig: Rig) -> None:
    rig.known = nobody
    far = rig.joins()
    assert rig.port.next_review() is not None
    assert rig.turn(now=STRANGER_S, wait=0) == ([], [address_of(far)])
    assert far.recv(10) == b""
    assert rig.port.dropped == {"tcp.stranger": 1}
    assert rig.port.next_review() is None


def test_a_crowd_makes_room_for_newcomers(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd_module, "MAX_STRANGERS_OF_HOST", 3)
    rig.known = nobody
    people = [rig.joins() for _ in range(3)]
    last = rig.connects()
    assert rig.turn() == ([], [address_of(people[0])])
    last.sendall(framed(b"I am one"))
    assert rig.turn()[0] == [(b"I am one", address_of(last))]
    assert rig.port.connections == 3
    assert rig.port.dropped == {"tcp.crowd": 1}


def test_a_full_port_turns_newcomers_away(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd_module, "MAX_OF_HOST", 1)
    rig.joins()
    late = rig.connects()
    rig.turn()
    assert late.recv(10) == b""
    assert (rig.port.connections, dict(rig.port.dropped)) == (1, {"tcp.crowd": 1})


def reads(rig: Rig, far: socket.socket) -> list[bytes]:
    """Everything somebody who did not read for long still gets, frame by frame."""
    got = b""
    far.setblocking(False)
    while select.select([far], [], [], 0.1)[0]:
        got += far.recv(1 << 20)
        rig.turn(wait=0)  # sends what was kept
    frames = []
    while got:
        (length,) = struct.unpack_from("!H", got)
        assert len(got) >= 2 + length
        frames.append(got[2 : 2 + length])
        got = got[2 + length :]
    return frames


def test_who_reads_slowly_loses_packets_by_name_and_stays_in_step(rig: Rig) -> None:
    """More than the kernel takes, then a reader again: whole frames, in order, none torn."""
    slow, other = rig.joins(), rig.joins()
    sent, was_torn = 0, False
    while rig.port.dropped["tcp.full"] < 50:
        burst = b"".join(struct.pack("!I", sent + index) * 250 for index in range(60))
        rig.port.burst([burst], 1000, address_of(slow))
        sent += 60
        was_torn = was_torn or rig.port._connections[address_of(slow)].waits_for_room
        assert sent < 20_000, "the kernel took it all"
    assert was_torn, "no frame had to be finished"
    rig.port.datagram(b"unharmed", address_of(other))
    assert other.recv(100) == framed(b"unharmed")
    numbers = []
    for frame in reads(rig, slow):
        numbers.append(struct.unpack_from("!I", frame)[0])
        assert frame == struct.pack("!I", numbers[-1]) * 250
    assert numbers == sorted(set(numbers))
    assert len(numbers) + rig.port.dropped["tcp.full"] == sent
    rig.port.datagram(b"and on", address_of(slow))
    assert select.select([slow], [], [], 20)[0]
    assert slow.recv(100) == framed(b"and on")


def test_sound_goes_on_where_pictures_are_lost(rig: Rig) -> None:
    """Behind a picture in one burst, or alone: small frames wait for room."""
    slow = rig.joins()
    sounds = 0
    while rig.port.dropped["tcp.full"] < 500:
        rig.port.burst([bytes(50_000), struct.pack("!I", sounds) * 20], 1000, address_of(slow))
        rig.port.datagram(struct.pack("!I", sounds + 1) * 20, address_of(slow))
        sounds += 2
    heard = [struct.unpack_from("!I", frame)[0] for frame in reads(rig, slow) if len(frame) == 80]
    assert heard == list(range(sounds))


def test_little_is_kept_for_who_does_not_read(rig: Rig) -> None:
    slow = rig.joins()
    while rig.port.dropped["tcp.full"] < 500:
        rig.port.burst([bytes(50_000)], 1000, address_of(slow))
    lost = rig.port.dropped["tcp.full"]
    count = KEPT_BYTES // 80 + 1
    for _ in range(2 * count):
        rig.port.datagram(bytes(80), address_of(slow))
    assert count <= rig.port.dropped["tcp.full"] - lost <= count + 20
    connection = rig.port._connections[address_of(slow)]
    assert len(connection._unsent) <= KEPT_BYTES + SMALL_BYTES + 1002


def test_the_kernel_is_given_little_that_it_cannot_send(rig: Rig) -> None:
    slow = rig.joins()
    while not rig.port.dropped["tcp.full"]:
        rig.port.datagram(bytes(1000), address_of(slow))
    unsent = bytearray(4)
    fcntl.ioctl(rig.port._connections[address_of(slow)], SIOCOUTQNSD, unsent)
    assert UNSENT_BYTES / 2 < int.from_bytes(unsent, "little") < 2 * UNSENT_BYTES


def test_without_descriptors_it_listens_again_later(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Exhausted:
        def __init__(self, real: socket.socket) -> None:
            self.real = real
            self.fileno = real.fileno
            self.close = real.close

        def accept(self) -> None:
            raise OSError(24, "too many open files")

    real = rig.port._listener
    far = rig.connects()
    far.sendall(framed(b"patient"))
    monkeypatch.setattr(rig.port, "_listener", Exhausted(real))
    assert rig.turn(now=1.0) == ([], [])
    assert rig.port.dropped == {"tcp.accept": 1}
    assert not select.select([rig.port], [], [], 0)[0], "it would spin"
    assert rig.port.next_review() == 1.0 + DEAF_S
    monkeypatch.setattr(rig.port, "_listener", real)
    assert rig.turn(now=1.0 + DEAF_S, wait=0) == ([], [])
    assert rig.turn(now=3.0)[0] == [(b"patient", address_of(far))]
    assert tcp_port_module.ACCEPTED_AT_ONCE > 1


def test_a_port_in_use_is_said_so(rig: Rig) -> None:
    with pytest.raises(Refused) as caught:
        TcpPort(*rig.port.address)
    assert caught.value.code == "media.port_in_use"
    assert f"TCP port {rig.port.address[1]}" in str(caught.value)


def test_an_address_not_ours_is_said_so() -> None:
    with pytest.raises(Refused) as caught:
        TcpPort("192.0.2.1", 0)
    assert caught.value.code == "media.address"


def test_version_six_speaks_in_three_part_addresses() -> None:
    with ExitStack() as stack:
        rig = Rig(stack, "::1")
        far = rig.joins()
        far.sendall(framed(b"six"))
        assert rig.turn()[0] == [(b"six", ("::1", far.getsockname()[1], "tcp"))]


def test_who_resets_and_connects_again_from_the_same_port_is_one(rig: Rig) -> None:
    for _ in range(5):
        other = rig.connects()  # so that the newcomer is taken before the old end is read
        far = rig.joins(rig.sharing_port(("127.0.0.1", 0)))
        again = rig.sharing_port(far.getsockname())  # before another process takes the port
        far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        far.close()
        again.connect(rig.port.address)
        again.sendall(framed(b"again"))
        frames: Frames = []
        while not any(data == b"again" for data, _ in frames):
            frames += rig.turn()[0]
        again.close()
        other.close()
        while rig.port.connections:
            rig.turn()
