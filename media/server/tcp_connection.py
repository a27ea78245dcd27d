"""One browser's TCP connection: frames in, frames out, always in step.

Writing never waits. The kernel holds at most `UNSENT_BYTES` that it has not sent; of what does not
fit, the end of a frame that was begun and a few small frames are kept (sound, answers to checks:
they leave before all else when there is room), and the others are lost, as on a network that is
full.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress

from media.endpoint.outlet import Buffer
from media.errors import Malformed
from media.ids import TcpAddress
from media.server.framing import MAX_FRAME_BYTES, PREFIX_BYTES, cut, framed

READ_BYTES = 32 * 1024
"""At once from one connection: 25 Mbit/s on the slowest tick."""
SCRATCH_BYTES = READ_BYTES + PREFIX_BYTES + MAX_FRAME_BYTES
STRANGER_READ_BYTES = PREFIX_BYTES + MAX_FRAME_BYTES
STRANGER_BYTES = 16 * 1024
"""From somebody who did not prove anything: a hundred checks, as many as fit into the time."""

UNSENT_BYTES = 64 * 1024
"""Half a second at 1 Mbit/s, and every packet in it is late: the congestion control keeps the
queue shorter than that, this is where it ends when that fails (TCP_NOTSENT_LOWAT, tcp(7))."""
SMALL_BYTES = 400
"""A frame of sound has 100 to 200, an answer to a check 100, feedback seldom more than this."""
KEPT_BYTES = 8 * 1024
"""Of small frames: a second of sound."""
BUFFER_BYTES = 256 * 1024
"""Sent and unacknowledged, and received and unread: 20 Mbit/s over 100 ms. Bounds what the kernel
keeps for a connection, which by itself grows to several megabytes."""


class TcpConnection:
    """See the module. `is_open` until `close`; the socket's errors are for the owner."""

    __slots__ = ("_received", "_rest", "_socket", "_unsent", "address", "is_open")

    def __init__(self, accepted: socket.socket, address: TcpAddress) -> None:
        accepted.setblocking(False)
        self.address = address
        self.is_open = True
        self._socket = accepted
        self._rest = b""
        self._unsent = b""
        self._received = 0

    @property
    def waits_for_room(self) -> bool:
        """Whether something was kept."""
        return bool(self._unsent)

    def fileno(self) -> int:
        """For the selector."""
        return self._socket.fileno()

    def close(self) -> None:
        self.is_open = False
        self._socket.close()

    def read(self, scratch: memoryview, *, is_known: bool) -> list[memoryview] | None:
        """The frames that came, in `scratch`; None when the peer ended the connection.

        Malformed for what no browser sends, and for a stranger who talks too much.
        """
        kept = len(self._rest)
        scratch[:kept] = self._rest
        limit = READ_BYTES if is_known else STRANGER_READ_BYTES
        try:
            got = self._socket.recv_into(scratch[kept : kept + limit])
        except (BlockingIOError, InterruptedError):
            return []
        except OSError:
            return None
        if not got:
            return None
        frames, used = cut(scratch[: kept + got])
        self._rest = bytes(scratch[used : kept + got])
        if not is_known:
            self._received += got
            if self._received > STRANGER_BYTES:
                raise Malformed("tcp.stranger", "much said and nothing proven")
        return frames

    def write(self, buffers: Sequence[Buffer], segment_bytes: int) -> int:
        """Send the joined buffers cut into frames; how many of them were lost. OSError when the
        connection is broken."""
        datagrams = buffers[0] if len(buffers) == 1 else b"".join(buffers)
        pieces = framed(datagrams, segment_bytes)
        taken = 0
        if not self._unsent or self.finish():
            with suppress(BlockingIOError, InterruptedError):
                taken = self._socket.sendmsg(pieces)
            if taken == len(datagrams) + PREFIX_BYTES * len(pieces) // 2:
                return 0
        return self._keep(pieces, taken, PREFIX_BYTES + segment_bytes)

    def _keep(self, pieces: list[Buffer], taken: int, frame_bytes: int) -> int:
        """Keeps what may not be lost of the frames behind `taken` bytes; counts the others."""
        first, begun = divmod(taken, frame_bytes)
        lost = 0
        for index in range(2 * first, len(pieces), 2):
            prefix, datagram = pieces[index : index + 2]
            if begun or (len(datagram) <= SMALL_BYTES and len(self._unsent) < KEPT_BYTES):
                self._unsent += b"".join((prefix, datagram))[begun:]
                begun = 0
            else:
                lost += 1
        return lost

    def finish(self) -> bool:
        """Send what was kept; whether all of it is out. OSError as above."""
        with suppress(BlockingIOError, InterruptedError):
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        return not self._unsent
