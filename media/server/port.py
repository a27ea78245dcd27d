"""The UDP socket of one media worker: datagrams in, with the time they came, and out in bursts.

Runs of equal datagrams to one address leave as one `sendmsg` with UDP generic segmentation offload
(Linux 4.18, UDP_SEGMENT in udp(7)); where the kernel refuses it, one `sendto` each. Sending never
waits and never raises: what the kernel does not take is dropped and counted, as the network would.
"""

from __future__ import annotations

import errno
import socket
import struct
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from media.endpoint.outlet import Buffer
from media.errors import Refused
from media.ids import Address, UdpAddress

BUFFER_BYTES = 4 * 1024 * 1024
"""Socket buffers: a default one of 208 kB overflows at 50 receivers (measured)."""

MAX_DATAGRAM_BYTES = 2048
"""Longer than any datagram of WebRTC (path MTU 1500); longer ones are dropped unread."""

_UDP_SEGMENT = 103  # linux/udp.h; not in the socket module of Python 3.11
_SEGMENT = struct.Struct("=H")
_NO_OFFLOAD = frozenset({errno.EIO, errno.ENOPROTOOPT, errno.EOPNOTSUPP, errno.EINVAL})

_SO_TIMESTAMPNS = 64  # SO_TIMESTAMPNS_NEW of asm-generic/socket.h (Linux 5.1): 64 bits everywhere
_TIMESTAMP = struct.Struct("=qq")  # seconds and nanoseconds of the system's clock
_CONTROL_BYTES = 64
OLDEST_S = 5.0
"""Datagrams do not wait longer in the socket: what seems to was stamped before the system's clock
was set."""


class UdpPort:
    """One bound, non-blocking UDP socket; an `Outlet` for the core."""

    def __init__(self, host: str, port: int) -> None:
        """Bind; Refused("media.port_in_use" | "media.address") when that cannot be."""
        self._socket = _bind(host, port)
        self._buffer = memoryview(bytearray(MAX_DATAGRAM_BYTES))
        self._buffers = [self._buffer]
        self._turn_at = 0.0
        self._clocks_apart = 0.0
        self.offload = True
        self.dropped: Counter[str] = Counter()

    @property
    def address(self) -> UdpAddress:
        """The bound host and port."""
        host, port = self._socket.getsockname()[:2]
        return str(host), int(port)

    def fileno(self) -> int:
        """For the event loop's reader."""
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def receive(self, now: float) -> tuple[memoryview, Address, float] | None:
        """The next datagram, its sender, and when the kernel took it, on the clock of `now`.

        None when there is none now. The view lives until the next call. The time is `now` where
        the kernel tells none, and never later.
        """
        while True:
            try:
                length, control, _, address = self._socket.recvmsg_into(
                    self._buffers, _CONTROL_BYTES, socket.MSG_TRUNC
                )
            except (BlockingIOError, InterruptedError):
                return None
            except OSError:
                self.dropped["port.receive_error"] += 1
                return None
            if length <= MAX_DATAGRAM_BYTES:
                arrival = self._arrival(control[0][2], now) if control else now
                return self._buffer[:length], address[:2], arrival
            self.dropped["port.oversized"] += 1

    def _arrival(self, stamp: bytes, now: float) -> float:
        if now != self._turn_at:
            self._turn_at = now
            self._clocks_apart = time.monotonic() - time.time()
        seconds, nanoseconds = _TIMESTAMP.unpack(stamp)
        arrival = seconds + nanoseconds * 1e-9 + self._clocks_apart
        return arrival if now - OLDEST_S < arrival < now else now

    def datagram(self, data: Buffer, address: Address) -> None:
        """Send one datagram."""
        try:
            self._socket.sendto(data, address)
        except OSError as error:
            self._drop(error, 1)

    def burst(self, buffers: Sequence[Buffer], segment_bytes: int, address: Address) -> None:
        """Send the joined buffers cut into datagrams of `segment_bytes`, the last maybe shorter.

        The caller keeps to the bounds said in `endpoint.outlet`."""
        if not self.offload:
            self._one_by_one(buffers, segment_bytes, address)
            return
        control = [(socket.IPPROTO_UDP, _UDP_SEGMENT, _SEGMENT.pack(segment_bytes))]
        try:
            self._socket.sendmsg(buffers, control, 0, address)
        except OSError as error:
            if error.errno in _NO_OFFLOAD:
                self.offload = error.errno == errno.EINVAL  # which may be this burst's own fault
                self._one_by_one(buffers, segment_bytes, address)
            else:
                self._drop(error, -(-sum(map(len, buffers)) // segment_bytes))

    def _one_by_one(self, buffers: Sequence[Buffer], segment_bytes: int, address: Address) -> None:
        joined = memoryview(b"".join(buffers))
        for start in range(0, len(joined), segment_bytes):
            self.datagram(joined[start : start + segment_bytes], address)

    def _drop(self, error: OSError, count: int) -> None:
        full = error.errno in (errno.EAGAIN, errno.ENOBUFS)
        self.dropped["port.full" if full else "port.send_error"] += count


def _bind(host: str, port: int) -> socket.socket:
    """No SO_REUSEADDR: on UDP it would let two workers share a port, and each lose half."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    try:
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            _enlarge(bound, option)
        with suppress(OSError):  # an older kernel: everything of a turn came just now
            bound.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise Refused("media.port_in_use", f"UDP port {port} of {host} is in use") from error
        raise Refused("media.address", f"cannot bind UDP {host}:{port}: {error}") from error
    return bound


def _enlarge(bound: socket.socket, option: int) -> None:
    """Ask for it all: past net.core.[rw]mem_max where we may (SO_*BUFFORCE), else up to it."""
    force = {socket.SO_RCVBUF: 33, socket.SO_SNDBUF: 32}[option]  # asm-generic/socket.h
    try:
        bound.setsockopt(socket.SOL_SOCKET, force, BUFFER_BYTES)
    except OSError:
        bound.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)
