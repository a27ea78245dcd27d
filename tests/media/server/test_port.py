"""The UDP port against plain sockets on loopback."""

from __future__ import annotations

import errno
import select
import socket
import time
from collections.abc import Iterator

import pytest

from media.errors import Refused
from media.server.port import MAX_DATAGRAM_BYTES, UdpPort


@pytest.fixture
def port() -> Iterator[UdpPort]:
    made = UdpPort("127.0.0.1", 0)
    yield made
    made.close()


@pytest.fixture
def far() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.settimeout(20)
        yield made


def wait(port: UdpPort) -> None:
    assert select.select([port], [], [], 20)[0]


def received(far: socket.socket, count: int) -> list[bytes]:
    return [far.recv(65536) for _ in range(count)]


def test_datagrams_come_and_go(port: UdpPort, far: socket.socket) -> None:
    assert port.receive(time.monotonic()) is None
    far.sendto(b"hello", port.address)
    wait(port)
    found = port.receive(time.monotonic())
    assert found is not None
    assert (bytes(found[0]), found[1]) == (b"hello", far.getsockname())
    port.datagram(memoryview(b"answer"), found[1])
    assert received(far, 1) == [b"answer"]
    assert not port.dropped


def test_an_oversized_datagram_is_dropped_by_name(port: UdpPort, far: socket.socket) -> None:
    far.sendto(bytes(MAX_DATAGRAM_BYTES + 1), port.address)
    far.sendto(bytes(MAX_DATAGRAM_BYTES), port.address)
    far.sendto(b"", port.address)
    wait(port)
    found = port.receive(time.monotonic())
    assert found is not None
    assert len(found[0]) == MAX_DATAGRAM_BYTES
    found = port.receive(time.monotonic())
    assert found is not None
    assert len(found[0]) == 0
    assert port.dropped == {"port.oversized": 1}


@pytest.mark.parametrize("offload", [True, False])
def test_a_burst_leaves_as_equal_datagrams(
    port: UdpPort, far: socket.socket, offload: bool
) -> None:
    port.offload = offload
    whole = bytes(range(250)) * 4
    port.burst([whole[:7], memoryview(whole)[7:600], whole[600:]], 300, far.getsockname())
    assert received(far, 4) == [whole[0:300], whole[300:600], whole[600:900], whole[900:]]
    assert port.offload is offload
    assert not port.dropped


def test_a_burst_the_kernel_refuses_leaves_one_by_one(
    port: UdpPort, far: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        """The port's socket on a kernel without UDP_SEGMENT."""

        def __init__(self, real: socket.socket) -> None:
            self.real = real
            self.sendto = real.sendto
            self.close = real.close

        def sendmsg(self, *arguments: object) -> int:
            raise OSError(errno.EOPNOTSUPP, "no offload")

    monkeypatch.setattr(port, "_socket", Refusing(port._socket))
    port.burst([b"aa", b"aa", b"b"], 2, far.getsockname())
    assert received(far, 3) == [b"aa", b"aa", b"b"]
    assert not port.offload


def test_a_burst_that_is_itself_at_fault_does_not_end_the_offload(port: UdpPort) -> None:
    port.burst([bytes(70_000)], 1000, ("127.0.0.1", 9))
    assert port.offload


def test_what_cannot_be_sent_is_counted_and_not_raised(port: UdpPort) -> None:
    port.datagram(b"x", ("255.255.255.255", 9))
    port.burst([b"xx", b"xx", b"x"], 2, ("255.255.255.255", 9))
    assert port.dropped == {"port.send_error": 4}


def test_a_port_in_use_is_said_so(port: UdpPort) -> None:
    with pytest.raises(Refused) as caught:
        UdpPort(*port.address)
    assert caught.value.code == "media.port_in_use"
    assert str(port.address[1]) in str(caught.value)


def test_an_address_not_ours_is_said_so() -> None:
    with pytest.raises(Refused) as caught:
        UdpPort("192.0.2.1", 0)
    assert caught.value.code == "media.address"


def test_both_families_speak_in_two_part_addresses() -> None:
    port = UdpPort("::1", 0)
    try:
        assert port.address[0] == "::1"
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as far:
            far.settimeout(20)
            far.sendto(b"six", port.address)
            wait(port)
            found = port.receive(time.monotonic())
            assert found is not None
            assert len(found[1]) == 2
            port.datagram(b"back", found[1])
            assert far.recv(10) == b"back"
    finally:
        port.close()


def let_the_kernel_stamp(port: UdpPort, far: socket.socket) -> None:
    """Until the kernel stamps what comes: it begins some time after it was asked.

    It switches stamping on in a work queue; what came before that gets the time of its reading
    (__sock_recv_timestamp of net/socket.c, "Race occurred between timestamp enabling and packet
    receiving").
    """
    for _ in range(1000):
        far.sendto(b"0", port.address)
        wait(port)
        sent_before = time.monotonic()
        time.sleep(0.002)
        found = port.receive(time.monotonic())
        assert found is not None
        if found[2] < sent_before + 0.001:
            return
    pytest.fail("the kernel stamps nothing")


def test_each_datagram_says_when_the_kernel_took_it(port: UdpPort, far: socket.socket) -> None:
    let_the_kernel_stamp(port, far)
    before = time.monotonic()
    far.sendto(b"1", port.address)
    wait(port)  # it is there, and is not read yet
    between = time.monotonic()
    time.sleep(0.005)
    far.sendto(b"2", port.address)
    now = time.monotonic()
    first = port.receive(now)
    wait(port)
    now = time.monotonic()
    second = port.receive(now)
    assert first is not None
    assert second is not None
    slack = 0.001  # between the two clocks
    assert before - slack < first[2] < between + slack
    assert between + 0.005 - slack < second[2] <= now


@pytest.mark.parametrize("step", [-3600.0, 3600.0])
def test_a_system_clock_that_is_set_says_nothing_about_arrival(
    port: UdpPort, far: socket.socket, step: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    far.sendto(b"stamped before", port.address)
    wait(port)
    clock = time.time
    monkeypatch.setattr(time, "time", lambda: clock() + step)
    now = time.monotonic()
    found = port.receive(now)
    assert found is not None
    assert found[2] == now


def test_a_kernel_without_times_gives_the_turn_s(port: UdpPort, far: socket.socket) -> None:
    port._socket.setsockopt(socket.SOL_SOCKET, 64, 0)
    far.sendto(b"x", port.address)
    wait(port)
    found = port.receive(12.5)
    assert found is not None
    assert found[2] == 12.5
