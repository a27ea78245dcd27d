"""Hosts, offers, clients, appointments and bookings as plain values, and the change of one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, cast

from classroom.booking.diary import Diary, read_diary, read_hours
from classroom.booking.slot import Lengths
from classroom.booking.states import HOLDING, Deed, State
from classroom.booking.terms import Terms, read_terms
from classroom.store import booking_tables, practice_tables
from classroom.store.organisations import OrganisationRow
from classroom.store.seen import Seen

ByKind = Literal["client", "account", "list", "gateway", "clock"]
MadeBy = Literal["client", "host", "reception", "list"]
Pay = Literal["free", "before", "after"]


@dataclass(frozen=True, slots=True)
class By:
    """Who does something: a client, an account of the organisation, the waiting list, a payment
    gateway, or the clock. Of the gateway and the clock the id is a word."""

    kind: ByKind
    id: str = ""

    def text(self) -> str:
        """As it stands in the log."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class HostRow:
    """Somebody appointments are made with. `diary` is JSON."""

    id: str
    org_id: str
    member_id: str | None
    slug: str
    name: str
    title: str
    about: str
    picture: str
    zone: str
    diary: str
    feed_number: int
    is_listed: bool
    is_free: bool
    free_since: datetime | None
    created_at: datetime
    removed_at: datetime | None

    def hours(self) -> Diary:
        """When they can be booked."""
        return _diary(self.diary, self.zone)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What can be booked. `price` in minor units; `hours` None: the host's own."""

    id: str
    host_id: str
    kind: Literal["talk", "group"]
    name: str
    about: str
    minutes: int
    before_min: int
    after_min: int
    seats: int
    hours: list[Any] | None
    price: int
    currency: str
    pay: Pay
    intake: list[dict[str, Any]]
    cancel: Mapping[str, Any] | None
    form_ids: tuple[str, ...]
    position: int
    is_on: bool
    created_at: datetime

    def lengths(self) -> Lengths:
        """What decides when it can begin."""
        own = None if self.hours is None else tuple(read_hours(one) for one in self.hours)
        return Lengths(
            self.minutes, self.before_min, self.after_min, self.seats, self.id, hours=own
        )

    def terms(self, org: OrganisationRow) -> Terms:
        """Until when a client may change it."""
        return read_terms(org.terms, self.cancel)


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One time of a host; seconds since 1970."""

    id: str
    host_id: str
    kind: Literal["talk", "group", "class", "block"]
    offer_id: str | None
    room_id: str | None
    series: str
    title: str
    from_s: int
    to_s: int
    busy_from_s: int
    busy_to_s: int
    zone: str
    wall: str
    seats: int
    taken: int
    state: Literal["open", "over", "cancelled"]
    sequence: int


@dataclass(frozen=True, slots=True)
class ClientRow:
    """Somebody who books; erased ones have no name and no address."""

    id: str
    org_id: str
    name: str
    email: str
    phone: str
    locale: str
    zone: str
    account_id: str
    link_number: int
    wants_reminders: bool
    is_proved: bool
    enrolments: tuple[str, ...]
    code_number: int
    code_until: datetime | None
    code_tries: int
    erased_at: datetime | None
    created_at: datetime

    @property
    def standing(self) -> int:
        """Changes with a new link, and when the address is proved: then a browser that was known
        before is not any more."""
        return self.link_number * 2 + int(self.is_proved)


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A client's part in an appointment."""

    id: str
    appointment_id: str
    client_id: str
    org_id: str
    state: State
    revision: int
    moves: int
    intake: Mapping[str, Any]
    price: int
    currency: str
    pay: Pay
    link_number: int
    hold_until: datetime | None
    made_by: MadeBy
    once: str | None
    held_ms: int | None
    stars: int | None
    comment: str
    may_show: bool
    is_shown: bool
    rated_at: datetime | None
    summary: str
    files: tuple[Mapping[str, Any], ...]
    created_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it holds its time."""
        return self.state in HOLDING


@dataclass(frozen=True, slots=True)
class Change:
    """What was done with a booking, told inside the transaction that does it.

    `before` is None for `make`. `was` is the appointment before a move, else None; a move of
    somebody in a group leads to another appointment. `offer` is None when it was removed. `body` is
    what came with the deed: why, voucher, held_ms. `returned` is filled by who follows the money,
    for those who follow later: how much goes back, in minor units of the booking's currency.
    """

    deed: Deed
    before: BookingRow | None
    after: BookingRow
    appointment: AppointmentRow
    was: AppointmentRow | None
    client: ClientRow
    host: HostRow
    offer: OfferRow | None
    org: OrganisationRow
    by: By
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)
    returned: list[int] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)


Follower = Callable[[Change], Awaitable[None]]
"""Awaited inside the transaction, in order, database only: no network, no thread, no task. What it
refuses undoes everything."""


@lru_cache(maxsize=256)
def _diary(text: str, zone: str) -> Diary:
    """Read once for as long as it stays the same: every look at free times needs it."""
    stored = json.loads(text or "{}")
    return read_diary(stored) if stored else Diary(zone)


def host_row(row: practice_tables.Host) -> HostRow:
    """As a value."""
    return HostRow(
        id=row.id,
        org_id=row.org_id,
        member_id=row.member_id,
        slug=row.slug,
        name=row.name,
        title=row.title,
        about=row.about,
        picture=row.picture,
        zone=row.zone,
        diary=row.diary,
        feed_number=row.feed_number,
        is_listed=row.is_listed,
        is_free=row.is_free,
        free_since=row.free_since,
        created_at=row.created_at,
        removed_at=row.removed_at,
    )


def offer_row(row: practice_tables.Offer) -> OfferRow:
    """As a value."""
    return OfferRow(
        id=row.id,
        host_id=row.host_id,
        kind=cast(Literal["talk", "group"], row.kind),
        name=row.name,
        about=row.about,
        minutes=row.minutes,
        before_min=row.before_min,
        after_min=row.after_min,
        seats=row.seats,
        hours=None if row.hours is None else json.loads(row.hours),
        price=row.price,
        currency=row.currency,
        pay=cast(Pay, row.pay),
        intake=json.loads(row.intake),
        cancel=None if row.cancel is None else json.loads(row.cancel),
        form_ids=tuple(json.loads(row.form_ids)),
        position=row.position,
        is_on=row.is_on,
        created_at=row.created_at,
    )


def appointment_row(row: booking_tables.Appointment) -> AppointmentRow:
    """As a value."""
    return AppointmentRow(
        id=row.id,
        host_id=row.host_id,
        kind=cast(Literal["talk", "group", "class", "block"], row.kind),
        offer_id=row.offer_id,
        room_id=row.room_id,
        series=row.series,
        title=row.title,
        from_s=row.from_s,
        to_s=row.to_s,
        busy_from_s=row.busy_from_s,
        busy_to_s=row.busy_to_s,
        zone=row.zone,
        wall=row.wall,
        seats=row.seats,
        taken=row.taken,
        state=cast(Literal["open", "over", "cancelled"], row.state),
        sequence=row.sequence,
    )


def client_row(row: booking_tables.Client) -> ClientRow:
    """As a value."""
    return ClientRow(
        id=row.id,
        org_id=row.org_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        locale=row.locale,
        zone=row.zone,
        account_id=row.account_id,
        link_number=row.link_number,
        wants_reminders=row.wants_reminders,
        is_proved=row.is_proved,
        enrolments=tuple(json.loads(row.enrolments)),
        code_number=row.code_number,
        code_until=row.code_until,
        code_tries=row.code_tries,
        erased_at=row.erased_at,
        created_at=row.created_at,
    )


def booking_row(row: booking_tables.Booking) -> BookingRow:
    """As a value."""
    return BookingRow(
        id=row.id,
        appointment_id=row.appointment_id,
        client_id=row.client_id,
        org_id=row.org_id,
        state=cast(State, row.state),
        revision=row.revision,
        moves=row.moves,
        intake=json.loads(row.intake),
        price=row.price,
        currency=row.currency,
        pay=cast(Pay, row.pay),
        link_number=row.link_number,
        hold_until=row.hold_until,
        made_by=cast(MadeBy, row.made_by),
        once=row.once,
        held_ms=row.held_ms,
        stars=row.stars,
        comment=row.comment,
        may_show=row.may_show,
        is_shown=row.is_shown,
        rated_at=row.rated_at,
        summary=row.summary,
        files=tuple(json.loads(row.files)),
        created_at=row.created_at,
    )
