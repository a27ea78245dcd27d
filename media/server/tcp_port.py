"""The TCP port of one media worker, for browsers whose network lets no datagrams through.

Listens on the number of the UDP port: ICE-TCP, passive side (RFC 6544). To the core a connection is
an address like any other and a frame a datagram; `Crowd` decides who may stay. All connections are
watched through one selector, whose own descriptor the event loop watches.
"""

from __future__ import annotations

import errno
import selectors
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from media.endpoint.outlet import Buffer
from media.errors import Malformed, Refused
from media.ids import Address, TcpAddress, UdpAddress
from media.server.crowd import Crowd
from media.server.tcp_connection import (
    BUFFER_BYTES,
    SCRATCH_BYTES,
    UNSENT_BYTES,
    TcpConnection,
)

BACKLOG = 128
ACCEPTED_AT_ONCE = 64
"""Connections of one turn; the kernel keeps the others."""
DEAF_S = 1.0
"""Without accepting after the system had no descriptor left: a ready listener would spin."""


class TcpPort:
    """A listening socket and its connections; an `Outlet` for their addresses."""

    def __init__(self, host: str, port: int) -> None:
        """Bind; Refused("media.port_in_use" | "media.address") when that cannot be."""
        self.dropped: Counter[str] = Counter()
        self._listener = _listen(host, port)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._is_deaf = False
        self._hear_at: float | None = None
        self._crowd = Crowd()
        self._connections: dict[Address, TcpConnection] = {}
        self._scratch = memoryview(bytearray(SCRATCH_BYTES))
        self._frames = self._read_all()
        self._ended: list[Address] = []

    @property
    def address(self) -> UdpAddress:
        """The bound host and port."""
        host, port = self._listener.getsockname()[:2]
        return str(host), int(port)

    @property
    def connections(self) -> int:
        """How many there are."""
        return len(self._connections)

    def fileno(self) -> int:
        """For the event loop's reader: readable when any connection is, or a new one waits."""
        return self._selector.fileno()

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._listener.close()
        self._selector.close()

    # In

    def receive(self, now: float) -> tuple[memoryview, Address, float] | None:
        """The next frame and whose it is; None when all who had something were asked once.

        The view lives until the next call. The time it came is `now`: the kernel joins segments,
        and gives those behind a lost one when that was repeated.
        """
        found = next(self._frames, None)
        if found is None:
            self._frames = self._read_all()
            return None
        return found[0], found[1], now

    def _read_all(self) -> Iterator[tuple[memoryview, Address]]:
        for key, events in self._selector.select(0):
            connection: TcpConnection | None = key.data
            if connection is None:
                for newcomer in self._accept():
                    yield from self._frames_of(newcomer)
                continue
            if events & selectors.EVENT_WRITE and connection.is_open:
                self._finish(connection)
            if events & selectors.EVENT_READ:
                yield from self._frames_of(connection)

    def _frames_of(self, connection: TcpConnection) -> Iterator[tuple[memoryview, Address]]:
        """Between two of them a review may let the connection go."""
        frames = iter(self._read(connection) if connection.is_open else ())
        while connection.is_open and (frame := next(frames, None)) is not None:
            yield frame, connection.address

    def _read(self, connection: TcpConnection) -> list[memoryview]:
        is_known = self._crowd.is_known(connection.address)
        try:
            frames = connection.read(self._scratch, is_known=is_known)
        except Malformed as error:
            self.dropped[error.code] += 1
            frames = None
        if frames is None:
            self._end(connection)
            return []
        if frames:
            self._crowd.heard(connection.address)
        return frames

    def _accept(self) -> Iterator[TcpConnection]:
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                accepted, address = self._listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                self.dropped["tcp.accept"] += 1
                if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    self._selector.unregister(self._listener)
                    self._is_deaf = True
                    return
                continue
            connection = self._admit(accepted, (str(address[0]), int(address[1]), "tcp"))
            if connection is not None:
                yield connection

    def _admit(self, accepted: socket.socket, address: TcpAddress) -> TcpConnection | None:
        before = self._connections.get(address)
        if before is not None:  # reset and connected again, before its end was read
            self._end(before)
        leaving = self._crowd.enter(address)
        if leaving is not None:
            self.dropped["tcp.crowd"] += 1
        if leaving == address:
            accepted.close()
            return None
        if leaving is not None:
            self._end(self._connections[leaving])
        connection = TcpConnection(accepted, address)
        self._connections[address] = connection
        self._selector.register(connection, selectors.EVENT_READ, connection)
        return connection

    # Out

    def datagram(self, data: Buffer, address: Address) -> None:
        """Send one frame."""
        self.burst((data,), len(data), address)

    def burst(self, buffers: Sequence[Buffer], segment_bytes: int, address: Address) -> None:
        """Send the joined buffers as frames of `segment_bytes`, the last maybe shorter."""
        connection = self._connections.get(address)
        if connection is None:
            self.dropped["tcp.gone"] += 1
            return
        try:
            lost = connection.write(buffers, segment_bytes)
        except OSError:  # its end is read where all ends are
            self.dropped["tcp.send_error"] += 1
            return
        if lost:
            self.dropped["tcp.full"] += lost
        if connection.waits_for_room:
            self._watch(connection, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def _finish(self, connection: TcpConnection) -> None:
        try:
            is_done = connection.finish()
        except OSError:
            self._end(connection)
            return
        if is_done:
            self._watch(connection, selectors.EVENT_READ)

    def _watch(self, connection: TcpConnection, events: int) -> None:
        if self._selector.get_key(connection).events != events:
            self._selector.modify(connection, events, connection)

    # Who may stay

    def review(self, is_validated: Callable[[Address], bool], *, now: float) -> list[Address]:
        """Lets go who may not stay; all connections that ended since the last call."""
        for address, reason in self._crowd.review(is_validated, now=now):
            self.dropped[reason] += 1
            self._end(self._connections[address])
        if self._is_deaf:
            self._listen_again(now)
        ended, self._ended = self._ended, []
        return ended

    def next_review(self) -> float | None:
        """When `review` is wanted at the latest; None for never."""
        times = (self._crowd.next_review(), self._hear_at)
        return min((at for at in times if at is not None), default=None)

    def _listen_again(self, now: float) -> None:
        if self._hear_at is None:
            self._hear_at = now + DEAF_S
        elif now >= self._hear_at:
            self._selector.register(self._listener, selectors.EVENT_READ)
            self._is_deaf, self._hear_at = False, None

    def _end(self, connection: TcpConnection) -> None:
        if self._connections.get(connection.address) is not connection:
            return  # ended already: its place was taken
        self._selector.unregister(connection)
        connection.close()
        del self._connections[connection.address]
        self._crowd.leave(connection.address)
        self._ended.append(connection.address)


def _listen(host: str, port: int) -> socket.socket:
    """SO_REUSEADDR: connections of an ended worker linger, and on TCP no two can listen anyway.
    Connections inherit the other options."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Refused("media.port_in_use", f"TCP port {port} of {host} is in use") from error
        raise Refused("media.address", f"cannot bind TCP {host}:{port}: {error}") from error
    return listener
