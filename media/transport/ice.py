"""ICE-lite agent: answers connectivity checks and knows the peer's address.

Checks integrity before it answers and never sends a check of its own. Does not own timers: asks
of `expired` are its caller's. RFC 8445 sections 2.5, 7.3 and 8.2 (lite), RFC 7675 (consent).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from media.errors import Malformed
from media.ids import Address
from media.wire import stun
from media.wire.stun import StunClass, StunMessage

CONSENT_S = 30.0
"""Without a valid check for so long we may no longer send (RFC 7675 section 5.1)."""
MAX_ADDRESSES = 16
"""Validated addresses remembered; a browser with four networks has fewer."""


@dataclass(frozen=True, slots=True)
class IceCredentials:
    """Our half of the short-term credentials; 4 and 22 characters or more (RFC 8445 s. 5.3)."""

    username_fragment: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AddressValidated:
    """A check from `address` was authentic: what comes from there is this peer's. Said at every
    check, so that an address somebody else got hold of comes back.
    """

    address: Address


@dataclass(frozen=True, slots=True)
class AddressForgotten:
    """`address` was not checked for long, or gave way to newer ones."""

    address: Address


@dataclass(frozen=True, slots=True)
class AddressSelected:
    """What we send goes to `address` from now on."""

    address: Address


@dataclass(frozen=True, slots=True)
class FragmentRetired:
    """The username fragment from before a restart means nobody any more."""

    username_fragment: str


IceEvent = AddressValidated | AddressForgotten | AddressSelected | FragmentRetired


class IceAgent:
    """The controlled, lite side of one ICE session.

    Invariant: `selected` is None or one of `addresses`. `drops` counts datagrams refused:
    `stun.integrity`, `stun.username`, `stun.unexpected` and the codes of `media.wire.stun.parse`.
    """

    def __init__(self, credentials: IceCredentials) -> None:
        self.credentials = credentials
        self.selected: Address | None = None
        self.checked_at: float | None = None
        """When the last valid check came."""
        self.drops: Counter[str] = Counter()
        self._previous: IceCredentials | None = None
        self._addresses: dict[Address, tuple[float, float]] = {}
        """When the first and the last check came from each, sorted by the last."""
        self._replies: list[tuple[bytes, Address]] = []
        self._events: list[IceEvent] = []

    @property
    def addresses(self) -> frozenset[Address]:
        """Addresses a valid check came from."""
        return frozenset(self._addresses)

    def is_validated(self, address: Address) -> bool:
        """Whether a valid check came from `address`, so that other packets from it are ours."""
        return address in self._addresses

    def held(self, address: Address) -> tuple[float, float] | None:
        """When the first and the last valid check came from `address`; None if none did.

        The first of those that came without half a minute's pause (`CONSENT_S`).
        """
        return self._addresses.get(address)

    def expired(self, now: float) -> bool:
        """Whether the peer's consent ran out; False before the first check."""
        # The sum its owner waits for: a difference may be rounded to less, and never be due.
        return self.checked_at is not None and now >= self.checked_at + CONSENT_S

    def receive(
        self, datagram: bytes | bytearray | memoryview, address: Address, *, now: float
    ) -> bool:
        """Takes one STUN datagram and prepares the answer. True: it was a valid check."""
        try:
            message = stun.parse(datagram)
        except Malformed as error:
            self.drops[error.code] += 1
            return False
        if message.message_class is StunClass.INDICATION:
            return False  # a keepalive, RFC 8445 section 11
        if message.message_class is not StunClass.REQUEST:
            self.drops["stun.unexpected"] += 1
            return False
        credentials = self._authenticated(datagram, message)
        if credentials is None:
            return False
        answer = self._answer(message, address)
        self._replies.append((stun.pack(answer, password=credentials.password), address))
        if answer.message_class is StunClass.ERROR:
            return False
        self._accept(message, address, credentials, now)
        return True

    def restart(self, credentials: IceCredentials) -> None:
        """New credentials; the old ones hold until the first check with the new (RFC 8445 s. 9)."""
        self._retire()
        self._previous, self.credentials = self.credentials, credentials

    def forget(self, address: Address, *, now: float) -> None:
        """`address` is gone. If it was the selected one, the newest of the others that still has
        the peer's consent is, until the peer nominates another.
        """
        if address not in self._addresses:
            return
        self._forget(address)
        others = list(self._addresses.items())
        if self.selected is None and others and now - others[-1][1][1] < CONSENT_S:
            self._select(others[-1][0])

    def forget_addresses(self) -> None:
        """Consent ran out: nothing is sent until the next valid check."""
        for address in list(self._addresses):
            self._forget(address)

    def replies_to_send(self) -> list[tuple[bytes, Address]]:
        """Answers to checks, each to where its check came from."""
        replies, self._replies = self._replies, []
        return replies

    def take_events(self) -> list[IceEvent]:
        """What happened since the last call, in order."""
        events, self._events = self._events, []
        return events

    def _authenticated(
        self, datagram: bytes | bytearray | memoryview, message: StunMessage
    ) -> IceCredentials | None:
        """The credentials `message` was made with; None after counting why there are none."""
        for credentials in (self.credentials, self._previous):
            if credentials and message.local_fragment == credentials.username_fragment:
                if stun.has_integrity(datagram, message, credentials.password):
                    return credentials
                self.drops["stun.integrity"] += 1
                return None
        self.drops["stun.username"] += 1
        return None

    def _answer(self, message: StunMessage, address: Address) -> StunMessage:
        identity = message.transaction_id
        if message.unknown:
            error = (stun.UNKNOWN_ATTRIBUTE, "Unknown Attribute")
            return StunMessage(StunClass.ERROR, identity, error=error, unknown=message.unknown)
        if message.controlled is not None:
            # A lite agent cannot take the controlling role, so the peer must (section 7.3.1.1).
            error = (stun.ROLE_CONFLICT, "Role Conflict")
            return StunMessage(StunClass.ERROR, identity, error=error)
        return StunMessage(StunClass.SUCCESS, identity, mapped_address=_mapped(address))

    def _accept(
        self, message: StunMessage, address: Address, credentials: IceCredentials, now: float
    ) -> None:
        self.checked_at = now
        is_new_session = self._previous is not None and credentials is self.credentials
        if is_new_session:
            self._retire()
        self._validate(address, now)
        if message.use_candidate or is_new_session or self.selected is None:
            self._select(address)

    def _retire(self) -> None:
        if self._previous is not None:
            self._events.append(FragmentRetired(self._previous.username_fragment))
            self._previous = None

    def _validate(self, address: Address, now: float) -> None:
        held = self._addresses.pop(address, None)
        since = now if held is None or now - held[1] >= CONSENT_S else held[0]
        self._addresses[address] = since, now  # last in order: the dictionary stays sorted
        self._events.append(AddressValidated(address))
        if held is not None:
            return
        for old, (_, checked_at) in list(self._addresses.items()):
            is_stale = now - checked_at >= CONSENT_S or len(self._addresses) > MAX_ADDRESSES
            if is_stale and old not in (self.selected, address):
                self._forget(old)

    def _forget(self, address: Address) -> None:
        del self._addresses[address]
        self._events.append(AddressForgotten(address))
        if address == self.selected:
            self.selected = None

    def _select(self, address: Address) -> None:
        if address != self.selected:
            self.selected = address
            self._events.append(AddressSelected(address))


def _mapped(address: Address) -> tuple[str, int]:
    """What the peer knows as its own: a socket of both families has IPv4 inside IPv6."""
    host = address[0]
    return (host.removeprefix("::ffff:") if "." in host else host), address[1]
