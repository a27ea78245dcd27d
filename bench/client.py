"""A light media client: ICE checks, active DTLS, SRTP, on one UDP socket. No codecs, no event loop.

Enough of a browser to join the real worker and to send and receive packets; cheap enough that one
process is fifty of them. RFC 8445 (one candidate pair; answers checks where the other side makes
them), RFC 5764.
"""

from __future__ import annotations

import itertools
import secrets
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from OpenSSL import SSL

from media.transport.certificate import Certificate
from media.transport.keys import SrtpProfile, key_material_bytes, split_key_material
from media.transport.srtp import SrtpOpener, SrtpSealer, make_pair
from media.wire.stun import StunClass, StunMessage, pack, parse

CHECK_S = 2.5  # libwebrtc's interval of checks on a stable path
RETRY_S = 0.05  # RFC 8445 section 14.2: Ta is 50 ms
_BUFFER_BYTES = 2 * 1024 * 1024
_PRIORITY = 0x6E7F1EFF  # RFC 8445 section 5.1.2: peer-reflexive type, component 1
_DTLS_HEADER_BYTES = 13
_BINDING_REQUEST = b"\x00\x01"
_BINDING_SUCCESS = b"\x01\x01"
_tie_breaker = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Remote:
    """What the server told about one transport (mediasoup's parameters).

    `local` are our fragment and password where the other side was told them beforehand, to check
    us; it then has the controlling role (RFC 8445 section 6.1.1) when `is_controlling`.
    """

    host: str
    port: int
    username_fragment: str
    password: str
    local: tuple[str, str] | None = None
    is_controlling: bool = False

    @classmethod
    def from_json(cls, transport: dict[str, Any]) -> Remote:
        """From the answer to `create_transport`; its first candidate is used."""
        candidate, ice = transport["iceCandidates"][0], transport["iceParameters"]
        return cls(
            candidate["ip"],
            candidate["port"],
            ice["usernameFragment"],
            ice["password"],
            tuple(transport["local"]) if "local" in transport else None,
            transport.get("isControlling", False),
        )


class LoadClient:
    """One transport's client end. `joined_at` is set once keys exist; times are monotonic."""

    def __init__(self, remote: Remote, certificate: Certificate) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
        self.socket.bind(("127.0.0.1" if remote.host.startswith("127.") else "0.0.0.0", 0))
        self.socket.connect((remote.host, remote.port))
        self.opener: SrtpOpener | None = None
        self.sealer: SrtpSealer | None = None
        self.joined_at: float | None = None
        self._remote = remote
        self._fragment, self._password = remote.local or (secrets.token_hex(4), "")
        self._dtls = certificate.connection()
        self._dtls.set_connect_state()
        self._is_answered = False
        self._check_at = 0.0
        self._tie_breaker = next(_tie_breaker)
        self._buffer = bytearray(2048)
        self._view = memoryview(self._buffer)

    def close(self) -> None:
        self.socket.close()

    def poll(self, now: float) -> Iterator[memoryview]:
        """Do what is due, then yield each RTP or RTCP datagram that waits, valid until the next."""
        if now >= self._check_at:
            self._check_at = now + (CHECK_S if self.joined_at is not None else RETRY_S)
            self._send_check()
        if self.joined_at is None and self._is_answered:
            self._step(now)
        while (packet := self._receive()) is not None:
            first = packet[0] if packet else 0
            if first >= 128:
                yield packet
            elif 20 <= first < 64:
                self._dtls.bio_write(bytes(packet))
                self._step(now)
            elif packet[:2].tobytes() == _BINDING_REQUEST:
                self._answer(bytes(packet))
            elif packet[:2].tobytes() == _BINDING_SUCCESS and not self._is_answered:
                self._is_answered = True
                self._check_at = now + CHECK_S
                self._step(now)

    def send(self, packet: bytes) -> None:
        """Send a protected packet; a full socket drops it, as a network would."""
        try:
            self.socket.send(packet)
        except OSError:
            return

    def _receive(self) -> memoryview | None:
        try:
            length = self.socket.recv_into(self._buffer)
        except OSError:
            return None
        return self._view[:length]

    def _send_check(self) -> None:
        remote = self._remote
        check = StunMessage(
            StunClass.REQUEST,
            secrets.token_bytes(12),
            username=f"{remote.username_fragment}:{self._fragment}",
            priority=_PRIORITY,
            use_candidate=not remote.is_controlling,
            controlling=None if remote.is_controlling else self._tie_breaker,
            controlled=self._tie_breaker if remote.is_controlling else None,
        )
        self.send(pack(check, password=remote.password))

    def _answer(self, request: bytes) -> None:
        """To a check of the other side; we trust it, being on one machine."""
        address = self.socket.getsockname()[:2]
        identity = parse(request).transaction_id
        answer = StunMessage(StunClass.SUCCESS, identity, mapped_address=address)
        self.send(pack(answer, password=self._password))

    def _step(self, now: float) -> None:
        """Take the handshake as far as it goes."""
        if self.joined_at is not None:
            return
        try:
            self._dtls.do_handshake()
        except SSL.WantReadError:
            self._dtls.DTLSv1_handle_timeout()
        else:
            self._finish(now)
        self._flush()

    def _flush(self) -> None:
        """One datagram a record: a memory buffer does not keep datagrams apart."""
        try:
            records = self._dtls.bio_read(65536)
        except SSL.WantReadError:
            return
        while records:
            end = _DTLS_HEADER_BYTES + int.from_bytes(records[11:13])
            self.send(records[:end])
            records = records[end:]

    def _finish(self, now: float) -> None:
        profile = SrtpProfile(self._dtls.get_selected_srtp_profile().decode())
        material = self._dtls.export_keying_material(
            b"EXTRACTOR-dtls_srtp", key_material_bytes(profile)
        )
        self.opener, self.sealer = make_pair(split_key_material(profile, material, is_client=True))
        self.joined_at = now
