"""One DTLS 1.2 association over memory buffers: datagrams in, datagrams out, SRTP keys at the end.

Decides when keys may be used (after the peer's certificate matched its fingerprint) and when a
flight is sent again; the cryptography is OpenSSL's. RFC 6347, RFC 5764 (use_srtp, exporter).

OpenSSL's own timer reads the system's clock and begins at one second. So the newest flight is
kept here and repeated by `now`, as the same records: the peer drops those it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from typing import Literal

from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL

from media.errors import StateError
from media.transport.certificate import MTU_BYTES, Certificate, Fingerprint, matches
from media.transport.keys import (
    SrtpKeys,
    SrtpProfile,
    key_material_bytes,
    split_key_material,
)
from media.transport.repeats import CALM, Pace
from media.wire import record
from media.wire.record import ContentType

Role = Literal["passive", "active"]

_EXPORTER_LABEL = b"EXTRACTOR-dtls_srtp"
_READ_BYTES = 65536
_MAX_READS = 64
"""Records a datagram can lead to; a bound for the reading loop."""


class DtlsState(Enum):
    """The life of an association; it only moves downwards."""

    HANDSHAKING = "handshaking"
    UNVERIFIED = "unverified"
    """The handshake is done, but the control side has not said who the peer should be."""
    SECURED = "secured"
    CLOSED = "closed"


class Dtls:
    """One side of an association.

    Invariant: `keys` is set only in SECURED (and stays in CLOSED only as None). `failure` says why
    it is CLOSED: `dtls.handshake`, `dtls.fingerprint`, `dtls.profile`, `dtls.closed`.
    """

    def __init__(self, certificate: Certificate, role: Role = "passive", pace: Pace = CALM) -> None:
        self.state = DtlsState.HANDSHAKING
        self.keys: SrtpKeys | None = None
        self.failure: str | None = None
        self.drops: Counter[str] = Counter()
        self._role = role
        self._connection = certificate.connection()
        self._fingerprints: tuple[Fingerprint, ...] | None = None
        self._outgoing: list[bytes] = []
        self._flight = _Flight(pace)
        if role == "active":
            self._connection.set_connect_state()
        else:
            self._connection.set_accept_state()

    def start(self, *, now: float) -> None:
        """Active side: prepares the ClientHello."""
        if self._role != "active":
            raise StateError("the passive side waits")
        self._advance(now)

    @property
    def is_expecting(self) -> bool:
        """Whether it was said who the peer must be."""
        return self._fingerprints is not None

    def expect(self, fingerprints: Iterable[Fingerprint]) -> None:
        """Says who the peer must be; an already finished handshake is judged at once."""
        self._fingerprints = tuple(fingerprints)
        if self.state is DtlsState.UNVERIFIED:
            self._verify()

    def receive(self, datagram: bytes | bytearray | memoryview, *, now: float) -> None:
        """Takes one datagram of DTLS records. Never raises for its bytes."""
        raw = bytes(datagram)
        types = record.content_types(raw)
        if self.state is DtlsState.CLOSED or not types:
            self.drops["dtls.malformed" if not types else "dtls.closed"] += 1
            return
        self._connection.bio_write(raw)
        if self.state is DtlsState.HANDSHAKING:
            self._advance(now)
            return
        self._read(now)
        if self._role == "passive" and ContentType.HANDSHAKE in types:
            # The peer repeats its last flight, so it lacks ours (RFC 6347 section 4.2.4).
            self._outgoing += self._flight.again(now)

    def settle(self) -> None:
        """Protected media came: the peer has our last flight."""
        if self.state is not DtlsState.HANDSHAKING:
            self._flight.stop()

    def handle_timer(self, *, now: float) -> None:
        """Repeats the newest flight when it is due."""
        self._outgoing += self._flight.due(now)

    def next_timer(self) -> float | None:
        """When `handle_timer` has something to do."""
        return self._flight.repeat_at

    def datagrams_to_send(self) -> list[bytes]:
        """Datagrams for the peer, in order, each at most `MTU_BYTES` long."""
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def close(self) -> None:
        """Ends the association, telling the peer."""
        self._close("dtls.closed")

    def _advance(self, now: float) -> None:
        try:
            self._connection.do_handshake()
        except SSL.WantReadError:
            self._collect(now)
            return
        except SSL.Error:
            self._collect(now)
            self._close("dtls.handshake")
            return
        self._flight.stop()
        self._collect(now)
        if self._role == "passive":
            self._flight.limit()
        self.state = DtlsState.UNVERIFIED
        if self._fingerprints is not None:
            self._verify()

    def _read(self, now: float) -> None:
        """Lets OpenSSL see records after the handshake: repeats and alerts."""
        for _ in range(_MAX_READS):
            try:
                self._connection.recv(_READ_BYTES)
            except SSL.WantReadError:
                break
            except SSL.ZeroReturnError:
                self._close("dtls.closed")
                return
            except SSL.Error:
                self.drops["dtls.record"] += 1
                break
            self.drops["dtls.application_data"] += 1
        self._collect(now)

    def _verify(self) -> None:
        """Compares the peer's certificate with its fingerprint and releases the keys."""
        certificate = self._connection.get_peer_certificate(as_cryptography=True)
        der = certificate.public_bytes(Encoding.DER) if certificate is not None else b""
        if not matches(der, self._fingerprints or ()):
            self._close("dtls.fingerprint")
            return
        try:
            profile = SrtpProfile(self._connection.get_selected_srtp_profile().decode())
        except ValueError:
            self._close("dtls.profile")
            return
        material = self._connection.export_keying_material(
            _EXPORTER_LABEL, key_material_bytes(profile)
        )
        self.keys = split_key_material(profile, material, is_client=self._role == "active")
        self.state = DtlsState.SECURED

    def _close(self, failure: str) -> None:
        if self.state is DtlsState.CLOSED:
            return
        if self.state is not DtlsState.HANDSHAKING:
            try:
                self._connection.shutdown()
            except SSL.Error:
                self.drops["dtls.shutdown"] += 1
            self._outgoing += record.datagrams(self._drain(), MTU_BYTES)
        self.state, self.failure, self.keys = DtlsState.CLOSED, failure, None
        self._flight.stop()

    def _collect(self, now: float) -> None:
        """Takes what OpenSSL wants to send; handshake records are a new flight."""
        datagrams = record.datagrams(self._drain(), MTU_BYTES)
        if any(ContentType.HANDSHAKE in record.content_types(sent) for sent in datagrams):
            self._flight.begin(datagrams, now)
        self._outgoing += datagrams

    def _drain(self) -> bytes:
        parts: list[bytes] = []
        while True:
            try:
                parts.append(self._connection.bio_read(_READ_BYTES))
            except SSL.WantReadError:
                return b"".join(parts)


class _Flight:
    """The newest flight and when it is sent again."""

    def __init__(self, pace: Pace) -> None:
        self.repeat_at: float | None = None
        self._pace = pace
        self._datagrams: list[bytes] = []
        self._begun_at = self._sent_at = 0.0
        self._interval = pace.first_s
        self._left: int | None = None

    def begin(self, datagrams: list[bytes], now: float) -> None:
        """A new flight was sent: the peer has received the one before."""
        self._datagrams, self._begun_at, self._sent_at = datagrams, now, now
        self._interval, self._left = self._pace.first_s, None
        self.repeat_at = now + self._interval

    def limit(self) -> None:
        """It was the last one: repeats only so often."""
        self._left = self._pace.finals

    def stop(self) -> None:
        """No more repeats but those asked for."""
        self.repeat_at = None

    def due(self, now: float) -> list[bytes]:
        """The flight, when its time has come."""
        if self.repeat_at is None or now < self.repeat_at:
            return []
        if now - self._begun_at >= self._pace.hurry_s:
            self._interval = min(2 * self._interval, self._pace.longest_s)
        self._sent_at, self.repeat_at = now, now + self._interval
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                self.repeat_at = None
        return self._datagrams

    def again(self, now: float) -> list[bytes]:
        """The flight because the peer asks for it, once per flight of the peer's."""
        if now - self._sent_at < self._pace.first_s / 2:
            return []
        self._sent_at = now
        return self._datagrams
