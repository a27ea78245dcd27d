"""A light client on TCP: the same packets, framed (RFC 4571), from the active side (RFC 6544)."""

from __future__ import annotations

import socket
import struct

from bench.client import LoadClient, Remote
from media.transport.certificate import Certificate


class FramedStream:
    """A connection that looks like a datagram socket. `reads` may be turned off."""

    def __init__(self, address: tuple[str, int], *, buffer_bytes: int | None = None) -> None:
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.stream = socket.socket(family, socket.SOCK_STREAM)
        if buffer_bytes is not None:
            self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        self.stream.connect(address)
        self.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream.setblocking(False)
        self.reads = True
        self.is_ended = False
        self._got = b""
        self._waiting = b""

    def send(self, packet: bytes) -> None:
        self._waiting += struct.pack("!H", len(packet)) + packet
        try:
            self._waiting = self._waiting[self.stream.send(self._waiting) :]
        except BlockingIOError:
            return

    def recv_into(self, buffer: bytearray) -> int:
        """The next frame; BlockingIOError when there is none yet."""
        while self.reads:
            length = int.from_bytes(self._got[:2])
            if 2 <= 2 + length <= len(self._got):
                frame, self._got = self._got[2 : 2 + length], self._got[2 + length :]
                buffer[:length] = frame
                return length
            piece = self.stream.recv(65536)
            if not piece:
                self.is_ended = True
                break
            self._got += piece
        raise BlockingIOError

    def getsockname(self) -> tuple[str, int]:
        host, port = self.stream.getsockname()[:2]
        return host, port

    def close(self) -> None:
        self.stream.close()

    def reset(self) -> None:
        """Ends it as a router does that forgot it: without a word to the other side's reader."""
        self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.stream.close()


class TcpClient(LoadClient):
    """Connects where the candidate says."""

    buffer_bytes: int | None = None

    def __init__(self, remote: Remote, certificate: Certificate) -> None:
        super().__init__(remote, certificate)
        self.socket.close()
        self.connect()

    def connect(self) -> None:
        """A new connection, from which the client checks again."""
        address = (self._remote.host, self._remote.port)
        self.socket = FramedStream(address, buffer_bytes=self.buffer_bytes)
        self._is_answered, self._check_at = False, 0.0


class SlowClient(TcpClient):
    """Has little room for what it does not read."""

    buffer_bytes = 4096
