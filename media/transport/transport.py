"""Transport: one secured path to one browser, from the first check to the end.

Joins ICE, DTLS and SRTP and decides the state; does not see RTP, which goes from the socket
straight to `opener`. Names and JSON forms are mediasoup's WebRtcTransport.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from media.errors import Refused
from media.ids import Address
from media.transport.certificate import Certificate, Fingerprint
from media.transport.dtls import Dtls, DtlsState
from media.transport.ice import (
    CONSENT_S,
    AddressForgotten,
    AddressSelected,
    AddressValidated,
    FragmentRetired,
    IceAgent,
    IceCredentials,
)
from media.transport.repeats import CALM, HASTY, Answers
from media.transport.srtp import SrtpOpener, SrtpSealer, make_pair
from media.transport.state import TRANSITIONS, Step, TransportState
from media.wire.demux import PacketKind, classify

SILENCE_S = 8.0
"""A peer that sent neither checks nor media for so long is shown as disconnected. Browsers check
each 2.5 s (Chromium) to 6 s (RFC 7675 section 5.1: 5 s, varied by a fifth)."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """`reason` is the DTLS failure that closed the transport, else None."""

    state: TransportState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """Where to send from now on; None: nowhere, the peer's consent ran out."""

    address: Address | None


TransportEvent = (
    StateChanged | AddressChanged | AddressValidated | AddressForgotten | FragmentRetired
)
"""AddressValidated and AddressForgotten say which source addresses are this transport's,
FragmentRetired that a username fragment from before a restart no longer is."""


class Transport:
    """One path. `opener`, `sealer` are set from CONNECTED on, `address` while it may be sent to."""

    def __init__(
        self, credentials: IceCredentials, certificate: Certificate, *, is_hasty: bool = False
    ) -> None:
        """A hasty one says again what is easily lost before the first packet of media came."""
        self.state = TransportState.NEW
        self.address: Address | None = None
        self.opener: SrtpOpener | None = None
        self.sealer: SrtpSealer | None = None
        self.is_lossy = False
        """Whether answers to checks are repeated though media flows: the path loses half of them,
        and a browser that gets none of them stops sending for a while."""
        self._is_hasty = is_hasty
        self._answers = Answers()
        self._certificate = certificate
        self._ice = IceAgent(credentials)
        self._dtls = Dtls(certificate, pace=HASTY if is_hasty else CALM)
        self._silent_at: float | None = None
        self._opened_before = 0
        self._drops: Counter[str] = Counter()
        self._outgoing: list[tuple[bytes, Address]] = []
        self._events: list[TransportEvent] = []

    @property
    def username_fragment(self) -> str:
        """What the peer's checks are addressed to."""
        return self._ice.credentials.username_fragment

    @property
    def drops(self) -> Counter[str]:
        """Datagrams and packets refused so far, by reason."""
        opened = self.opener.drops if self.opener is not None else Counter[str]()
        return self._drops + self._ice.drops + self._dtls.drops + opened

    def held(self, address: Address) -> tuple[float, float] | None:
        """When the first and the last valid check came from `address`; None if none did."""
        return self._ice.held(address)

    def ice_parameters(self) -> dict[str, str | bool]:
        """mediasoup's IceParameters."""
        credentials = self._ice.credentials
        return {
            "usernameFragment": credentials.username_fragment,
            "password": credentials.password,
            "iceLite": True,
        }

    def dtls_parameters(self) -> dict[str, str | list[dict[str, str]]]:
        """mediasoup's DtlsParameters. Role "server" makes mediasoup-client the active side."""
        return {"role": "server", "fingerprints": [self._certificate.fingerprint.to_json()]}

    def connect(self, remote_fingerprints: Iterable[Fingerprint]) -> None:
        """Says who the peer is, once. Refused: `transport.connected`, `transport.closed`."""
        if self.state is TransportState.CLOSED:
            raise Refused("transport.closed")
        if self._dtls.is_expecting:
            raise Refused("transport.connected", "connected already")
        self._advance(Step.ASKED)
        self._dtls.expect(remote_fingerprints)
        self._follow_dtls()

    def restart_ice(self, credentials: IceCredentials) -> None:
        """New ICE credentials; media goes on meanwhile. Refused: `transport.closed`."""
        if self.state is TransportState.CLOSED:
            raise Refused("transport.closed")
        self._ice.restart(credentials)
        self._follow_ice()

    def forget_address(self, address: Address, *, now: float) -> None:
        """`address` is gone: its TCP connection ended."""
        self._ice.forget(address, now=now)
        self._follow_ice()

    def close(self) -> None:
        """Ends the path; the last datagrams tell the peer."""
        self._dtls.close()
        self._follow_dtls()

    def receive(
        self, datagram: bytes | bytearray | memoryview, address: Address, *, now: float
    ) -> None:
        """Takes a STUN or DTLS datagram. Never raises for its bytes."""
        if self.state is TransportState.CLOSED:
            self._drops["transport.closed"] += 1
            return
        match classify(datagram):
            case PacketKind.STUN:
                if self._ice.receive(datagram, address, now=now):
                    self._silent_at = now + SILENCE_S
                    self._advance(Step.CHECKED)
                self._follow_ice(now)
            case PacketKind.DTLS if self._ice.is_validated(address):
                self._dtls.receive(datagram, now=now)
                self._follow_dtls()
            case PacketKind.DTLS:
                self._drops["dtls.address"] += 1
            case _:
                self._drops["transport.kind"] += 1

    def datagrams_to_send(self, now: float) -> list[tuple[bytes, Address]]:
        """Datagrams and where they go: answers to checks, DTLS, in order."""
        del now  # part of the five verbs; nothing here waits for its time
        self._collect_dtls()
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def next_timer(self) -> float | None:
        """When `handle_timer` is wanted, None for never."""
        if self.state is TransportState.CLOSED:
            return None
        answer_at = self._answers.next_at()
        deadlines: tuple[float | None, ...] = (self._silent_at, answer_at)
        if self.address is not None:  # else nothing can be sent, but somebody waits for the verdict
            deadlines += (self._dtls.next_timer(), self._consent_ends_at())
        return min((at for at in deadlines if at is not None), default=None)

    def handle_timer(self, *, now: float) -> None:
        """Repeats flights, notices silence and the end of consent."""
        if self.state is TransportState.CLOSED:
            return
        opened = self.opener.opened if self.opener is not None else 0
        if opened:
            self._dtls.settle()
        self._outgoing += self._answers.due(now)
        self._dtls.handle_timer(now=now)
        if self._silent_at is not None and now >= self._silent_at:
            # Packets have no clock on their path: any since the last look postpone the verdict.
            is_silent = opened == self._opened_before
            self._opened_before = opened
            self._silent_at = None if is_silent else now + SILENCE_S
            if is_silent:
                self._advance(Step.SILENT)
        if self._ice.expired(now):
            self._ice.forget_addresses()
            self._follow_ice()
            self._silent_at = None
            self._advance(Step.SILENT)

    def take_events(self) -> list[TransportEvent]:
        """What happened since the last call, in order."""
        events, self._events = self._events, []
        return events

    def _consent_ends_at(self) -> float | None:
        checked_at = self._ice.checked_at
        return None if checked_at is None else checked_at + CONSENT_S

    def _advance(self, step: Step, reason: str | None = None) -> None:
        state = TRANSITIONS[self.state].get(step, self.state)
        if state is not self.state:
            self.state = state
            self._events.append(StateChanged(state, reason))

    def _follow_ice(self, now: float | None = None) -> None:
        replies = self._ice.replies_to_send()
        self._outgoing += replies
        is_new = self.opener is None or not self.opener.opened
        if now is not None and self._is_hasty and (is_new or self.is_lossy):
            for answer, address in replies:
                self._answers.said(answer, address, now=now)
        for event in self._ice.take_events():
            if not isinstance(event, AddressSelected):
                self._events.append(event)
        if self.address != self._ice.selected:
            self.address = self._ice.selected
            self._events.append(AddressChanged(self.address))

    def _follow_dtls(self) -> None:
        self._collect_dtls()
        if self._dtls.state is DtlsState.CLOSED and self.state is not TransportState.CLOSED:
            self._end(self._dtls.failure)
        elif self._dtls.keys is not None and self.opener is None:
            self.opener, self.sealer = make_pair(self._dtls.keys)
            self._advance(Step.SECURED)

    def _collect_dtls(self) -> None:
        """DTLS goes to the selected address; without one it is lost, and repeated later."""
        datagrams = self._dtls.datagrams_to_send()
        if self.address is not None:
            self._outgoing += [(datagram, self.address) for datagram in datagrams]

    def _end(self, reason: str | None) -> None:
        if self.opener is not None:
            self._drops += self.opener.drops
        self.opener = self.sealer = None
        self._answers.clear()
        self._ice.forget_addresses()
        self._follow_ice()
        self._advance(Step.CLOSE, reason)
