"""Turns the core of a worker: drains the ports, flushes, keeps its one timer.

Asleep, the event loop watches the sockets and a turn happens at once; under load the driver stops
watching and takes a turn per tick (see `pace`). The driver decides only when, never what.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from media.endpoint.event import Event
from media.endpoint.outlet import Buffer
from media.ids import Address
from media.server.pace import Pace

log = logging.getLogger(__name__)

MAX_DRAINED = 2048
"""Datagrams of one turn and port, 20 ms of the highest rate measured; others wait for a flush."""


class Core(Protocol):
    """What the driver turns (`endpoint.exchange.Exchange`)."""

    def receive(
        self, datagram: Buffer, address: Address, *, now: float, arrival: float | None = None
    ) -> None: ...
    def is_validated(self, address: Address) -> bool: ...
    def forget_address(self, address: Address, *, now: float) -> None: ...
    def flush(self, *, now: float) -> None: ...
    def handle_timer(self, *, now: float) -> None: ...
    def next_timer(self) -> float | None: ...
    def take_events(self) -> Sequence[Event]: ...

    @property
    def handshake_at(self) -> float | None: ...
    @property
    def sent(self) -> int: ...


class Socket(Protocol):
    """Where its datagrams come from (`port.UdpPort`), and when they came."""

    def fileno(self) -> int: ...
    def receive(self, now: float) -> tuple[Buffer, Address, float] | None: ...


class Streams(Socket, Protocol):
    """Where those on connections come from (`tcp_port.TcpPort`)."""

    def review(
        self, is_validated: Callable[[Address], bool], *, now: float
    ) -> Sequence[Address]: ...
    def next_review(self) -> float | None: ...


class Driver:
    """One core on two ports. Invariant: while it runs, either they are watched or a tick is
    scheduled, and the core's next timer is never later than the next turn."""

    def __init__(
        self, core: Core, udp: Socket, tcp: Streams, on_event: Callable[[Event], None]
    ) -> None:
        self._core = core
        self._udp = udp
        self._tcp = tcp
        self._on_event = on_event
        self._loop = asyncio.get_running_loop()
        self._pace = Pace(now=time.monotonic(), cpu=time.process_time())
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0
        self._tick_at: float | None = None
        self.faults: Counter[str] = Counter()
        self.turns = 0

    def start(self) -> None:
        """Begin to watch the ports."""
        self._watch()
        self._arm(time.monotonic())

    def stop(self) -> None:
        """Touch neither ports nor core again."""
        self._look_away()
        if self._timer is not None:
            self._timer.cancel()

    @property
    def tick_ms(self) -> float:
        """The tick it runs on, but for the faster one of a handshake; 0 when it turns at once."""
        return self._pace.tick_s * 1000

    def attend(self) -> None:
        """After a control verb: let out what it caused."""
        now = time.monotonic()
        self._guard(self._core.flush, now)
        self._tell()
        if self._tick_at is None:
            self._arm(now)

    def _watch(self) -> None:
        self._loop.add_reader(self._udp.fileno(), self._turn_udp)
        self._loop.add_reader(self._tcp.fileno(), self._turn)

    def _look_away(self) -> None:
        for port in (self._udp, self._tcp):
            self._loop.remove_reader(port.fileno())

    def _turn_udp(self) -> None:
        """The UDP socket woke us: nothing else has anything, and asking costs as much again."""
        now = time.monotonic()
        self._finish(self._drain(self._udp, now), 0, now)

    def _turn(self) -> None:
        now = time.monotonic()
        of_udp, of_tcp = self._drain(self._udp, now), self._drain(self._tcp, now)
        self._guard(self._review, now)
        self._finish(of_udp, of_tcp, now)

    def _finish(self, of_udp: int, of_tcp: int, now: float) -> None:
        """What follows in a turn that found so many datagrams."""
        timer = self._core.next_timer()
        if timer is not None and timer <= now:
            self._guard(self._core.handle_timer, now)
        self._guard(self._core.flush, now)
        self._tell()
        self.turns += 1
        if self._core.handshake_at == now:
            self._pace.hasten(now)
        self._pace.turned(of_udp + of_tcp, now=now)
        if self._pace.due(now):
            self._pace.measure(now=now, cpu=time.process_time(), sent=self._core.sent)
        self._schedule(now, full=MAX_DRAINED in (of_udp, of_tcp))

    def _drain(self, port: Socket, now: float) -> int:
        receive, take = self._core.receive, port.receive
        for count in range(MAX_DRAINED):
            try:
                found = take(now)
                if found is None:
                    return count
                receive(found[0], found[1], now=now, arrival=found[2])
            except Exception as error:  # a bug of ours must not cost the other rooms their class
                self._fault(error)
        return MAX_DRAINED

    def _review(self, *, now: float) -> None:
        """Connections that ended are no way to anybody any more."""
        for address in self._tcp.review(self._core.is_validated, now=now):
            self._core.forget_address(address, now=now)

    def _guard(self, step: Callable[..., None], now: float) -> None:
        try:
            step(now=now)
        except Exception as error:  # as above
            self._fault(error)

    def _fault(self, error: Exception) -> None:
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        line = f"{where.tb_frame.f_code.co_qualname}:{where.tb_lineno}" if where else "?"
        key = f"{type(error).__name__}@{line}"
        self.faults[key] += 1
        if self.faults[key] == 1:
            log.error("core fault %s, counted from now on", key, exc_info=error)

    def _tell(self) -> None:
        for event in self._core.take_events():
            self._on_event(event)

    def _schedule(self, now: float, *, full: bool) -> None:
        tick = self._pace.tick(now)
        if not tick:
            if self._tick_at is not None:
                self._tick_at = None
                self._watch()
            if full:  # frames that were read already make no descriptor readable
                self._set_timer(now, now)
            else:
                self._arm(now)
            return
        if self._tick_at is None:
            self._look_away()
            self._tick_at = now
        self._tick_at = now if full else max(self._tick_at + tick, now)
        self._set_timer(self._tick_at, now)

    def _arm(self, now: float) -> None:
        times = [at for at in (self._core.next_timer(), self._tcp.next_review()) if at is not None]
        if times:
            at = min(times)
            # Between datagrams it is mostly the same, and setting one is a third of a small turn.
            if self._timer is None or at != self._timer_at:
                self._set_timer(at, now)
        elif self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_timer(self, at: float, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = at
        self._timer = self._loop.call_later(max(at - now, 0.0), self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._turn()
