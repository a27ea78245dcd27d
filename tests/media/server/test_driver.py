"""The driver on a real socket with a core that only writes down what it is told."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import pytest

from media.endpoint.event import ConsumerLayersChanged, Event
from media.endpoint.outlet import Buffer
from media.ids import Address, ConsumerId
from media.server import crowd
from media.server import driver as driver_module
from media.server.driver import Driver
from media.server.pace import EMPTY_TICKS, HASTE_TICK_S, TICK_S
from media.server.ports import Ports


@dataclass
class Core:
    """A core that records; `timer` is when it wants to be called."""

    datagrams: list[bytes] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    timer: float | None = None
    events: list[Event] = field(default_factory=list)
    fault: Exception | None = None
    handshake_at: float | None = None
    sent: int = 1000
    known: set[Address] = field(default_factory=set)
    addresses: list[Address] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    forgotten: list[Address] = field(default_factory=list)

    def receive(
        self, datagram: Buffer, address: Address, *, now: float, arrival: float | None = None
    ) -> None:
        assert arrival is not None
        assert arrival <= now
        self.arrivals.append(arrival)
        self.addresses.append(address)
        self.calls.append("receive")
        self.datagrams.append(bytes(datagram))
        if datagram[0] == 22:
            self.handshake_at = now
        if self.fault is not None:
            raise self.fault

    def is_validated(self, address: Address) -> bool:
        return address in self.known

    def forget_address(self, address: Address, *, now: float) -> None:
        self.forgotten.append(address)

    def flush(self, *, now: float) -> None:
        self.calls.append("flush")

    def handle_timer(self, *, now: float) -> None:
        assert self.timer is not None
        assert now >= self.timer
        self.calls.append("timer")
        self.timer = None

    def next_timer(self) -> float | None:
        return self.timer

    def take_events(self) -> Sequence[Event]:
        taken, self.events = self.events, []
        return taken


@dataclass
class Rig:
    core: Core
    driver: Driver
    far: socket.socket
    ports: Ports
    told: list[Event]

    def send(self, *datagrams: bytes) -> None:
        for datagram in datagrams:
            self.far.sendto(datagram, self.ports.address)


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    core, ports, told = Core(), Ports("127.0.0.1", 0), list[Event]()
    driver = Driver(core, ports.udp, ports.tcp, told.append)
    driver.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far:
        yield Rig(core, driver, far, ports, told)
    driver.stop()
    ports.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - the driver has no event to wait for
            await asyncio.sleep(0.002)


def make_busy(driver: Driver) -> None:
    """As if the load had been measured above the bound."""
    driver._pace.tick_s = TICK_S


async def test_all_that_waits_is_drained_before_one_flush(rig: Rig) -> None:
    rig.send(b"1", b"2", b"3")
    await until(lambda: len(rig.core.datagrams) == 3)
    assert rig.core.datagrams == [b"1", b"2", b"3"]
    assert rig.core.calls == ["receive"] * 3 + ["flush"]


async def test_a_timer_comes_when_it_is_due_and_the_driver_sleeps_till_then(rig: Rig) -> None:
    rig.core.timer = time.monotonic() + 0.05
    rig.driver.attend()
    await until(lambda: "timer" in rig.core.calls)
    assert rig.core.calls == ["flush", "timer", "flush"]
    assert rig.driver.turns == 1


async def test_a_timer_that_moves_forward_is_kept(rig: Rig) -> None:
    rig.core.timer = time.monotonic() + 60
    rig.driver.attend()
    rig.core.timer = time.monotonic() + 0.01
    rig.send(b"x")
    await until(lambda: "timer" in rig.core.calls)


async def test_under_load_it_ticks_and_falls_asleep_when_nothing_comes(rig: Rig) -> None:
    make_busy(rig.driver)
    rig.send(b"1")
    await until(lambda: rig.driver.turns > 3)
    assert rig.driver.tick_ms == TICK_S * 1000
    rig.send(b"2", b"3")
    await until(lambda: len(rig.core.datagrams) == 3)
    await until(lambda: rig.driver.tick_ms == 0)
    asleep_at = rig.driver.turns
    assert asleep_at > EMPTY_TICKS
    await asyncio.sleep(3 * TICK_S)
    assert rig.driver.turns == asleep_at
    rig.send(b"4")
    await until(lambda: rig.core.datagrams[-1] == b"4")


async def test_a_handshake_shortens_the_ticks(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    arm = rig.driver._set_timer

    def note(at: float, now: float) -> None:
        waits.append(at - now)
        arm(at, now)

    monkeypatch.setattr(rig.driver, "_set_timer", note)
    make_busy(rig.driver)
    rig.send(b"1")
    await until(lambda: len(waits) > 1)
    before = len(waits)
    rig.send(b"\x16")
    await until(lambda: rig.core.handshake_at is not None and len(waits) > before + 3)
    assert max(waits) > HASTE_TICK_S
    assert max(waits[-2:]) <= HASTE_TICK_S + 1e-6
    assert rig.driver.tick_ms == TICK_S * 1000


async def test_timers_come_while_it_ticks(rig: Rig) -> None:
    make_busy(rig.driver)
    rig.send(b"1")
    await until(lambda: rig.driver.turns > 1)
    rig.core.timer = time.monotonic()
    await until(lambda: "timer" in rig.core.calls)


async def test_a_full_drain_flushes_and_goes_on_at_once(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_module, "MAX_DRAINED", 2)
    make_busy(rig.driver)
    rig.send(*[b"x"] * 5)
    await until(lambda: len(rig.core.datagrams) == 5)
    assert rig.core.calls[:3] == ["receive", "receive", "flush"]


async def test_events_are_told_after_a_turn_and_after_a_verb(rig: Rig) -> None:
    events = [ConsumerLayersChanged(ConsumerId(cause), 0, 0) for cause in ("packet", "verb")]
    rig.core.events.append(events[0])
    rig.send(b"1")
    await until(lambda: bool(rig.told))
    rig.core.events.append(events[1])
    rig.driver.attend()
    assert rig.told == events


async def test_a_fault_of_the_core_is_logged_once_and_costs_one_datagram(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    rig.core.fault = ZeroDivisionError("a bug")
    rig.send(b"1", b"2", b"3")
    await until(lambda: len(rig.core.datagrams) == 3)
    rig.core.fault = None
    assert list(rig.driver.faults.values()) == [3]
    assert len(caplog.records) == 1
    rig.send(b"4")
    await until(lambda: rig.core.datagrams[-1] == b"4")


async def test_a_fault_of_a_port_does_not_end_the_ticking(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_busy(rig.driver)
    rig.send(b"1")
    await until(lambda: rig.driver.turns > 1)

    def fails(*given: object, **named: object) -> None:
        raise KeyError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(driver_module, "MAX_DRAINED", 3)
        broken.setattr(rig.ports.tcp, "receive", fails)
        broken.setattr(rig.ports.tcp, "review", fails)
        await until(lambda: sum(rig.driver.faults.values()) > 8)
    rig.send(b"2")
    await until(lambda: rig.core.datagrams[-1] == b"2")


async def test_after_stop_nothing_is_touched(rig: Rig) -> None:
    rig.core.timer = time.monotonic() + 0.01
    rig.driver.attend()
    rig.driver.stop()
    rig.core.calls.clear()
    rig.send(b"late")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.05):
            await until(lambda: bool(rig.core.calls))
    assert rig.core.calls == []


async def test_frames_of_a_connection_are_datagrams_of_its_address(rig: Rig) -> None:
    with socket.create_connection(rig.ports.address) as stream:
        stream.sendall(b"\0\x011\0\x012")
        await until(lambda: len(rig.core.datagrams) == 2)
        assert rig.core.datagrams == [b"1", b"2"]
        assert rig.core.addresses == [(*stream.getsockname(), "tcp")] * 2
        make_busy(rig.driver)
        rig.send(b"u")
        await until(lambda: rig.driver.turns > 5)
        stream.sendall(b"\0\x013")
        await until(lambda: rig.core.datagrams[-1] == b"3")
        address = (*stream.getsockname(), "tcp")
    await until(lambda: rig.core.forgotten == [address])


async def test_more_frames_than_a_turn_takes_wait_for_the_next(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_module, "MAX_DRAINED", 2)
    monkeypatch.setattr(crowd, "REVIEW_S", 60.0)  # nothing else wakes it
    with socket.create_connection(rig.ports.address) as stream:
        stream.sendall(b"\0\x01x" * 5)
        await until(lambda: len(rig.core.datagrams) == 5)
    calls = "".join(call[0] for call in rig.core.calls)
    assert "rrfrrfrf" in calls


async def test_a_silent_connection_is_looked_at_again_without_any_datagram(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "REVIEW_S", 0.01)
    monkeypatch.setattr(crowd, "STRANGER_S", 0.03)
    with socket.create_connection(rig.ports.address) as stream:
        address = (*stream.getsockname(), "tcp")
        await until(lambda: rig.core.forgotten == [address])
        stream.settimeout(20)
        assert stream.recv(1) == b""
    turns = rig.driver.turns
    await asyncio.sleep(0.05)
    assert rig.driver.turns == turns, "nobody is left to look at"


async def test_datagrams_of_one_turn_came_at_their_own_times(rig: Rig) -> None:
    """Two of one turn, until the kernel stamps what comes: see `let_the_kernel_stamp`."""
    for _ in range(100):
        rig.core.datagrams.clear()
        rig.core.arrivals.clear()
        rig.core.calls.clear()
        rig.send(b"1")
        time.sleep(0.02)  # noqa: ASYNC251 - the driver is not to turn meanwhile
        rig.send(b"2")
        await until(lambda: len(rig.core.datagrams) == 2)
        assert rig.core.calls[:2] == ["receive", "receive"]
        if rig.core.arrivals[1] - rig.core.arrivals[0] > 0.015:
            return
    pytest.fail("all of a turn came at the same time")
