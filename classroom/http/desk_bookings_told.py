"""Shapes of bookings at the desk, in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from classroom.booking.intake import answered
from classroom.booking.states import State
from classroom.booking.zone import iso_s
from classroom.clock import iso
from classroom.store.booking_asked import Scene
from classroom.store.booking_lines import LineRow

Intake = Literal["open", "all"]
"""What of the answers is told: what is not private, or all."""


@dataclass(frozen=True, slots=True)
class HostShort:
    """Whose appointment it is."""

    id: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class ClientShort:
    """Who comes."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class OfferShort:
    """What was booked; null when it is offered no more."""

    id: str
    name: str
    kind: Literal["talk", "group"]


@dataclass(frozen=True, slots=True)
class DeskBookingTold:
    """A booking in a list."""

    id: str
    state: State
    revision: int
    from_: Annotated[str, Field(serialization_alias="from")]
    to: str
    host: HostShort
    client: ClientShort
    offer: OfferShort | None
    title: str
    appointment_id: str
    series: str
    seats: int
    taken: int
    price: int
    currency: str
    pay: Literal["free", "before", "after"]
    made_by: Literal["client", "host", "reception", "list"]
    until: str | None
    stars: int | None


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of the log. `by` is a word, `by_name` who it was when that is a person."""

    number: int
    at: str
    deed: str
    by: str
    by_name: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """A question and what was answered."""

    label: str
    answer: Any


@dataclass(frozen=True, slots=True)
class DeskBookingWhole(DeskBookingTold):
    """A booking with everything; of `intake` what this desk may read. `summary` and `files` are
    told to who may read files."""

    intake: list[AnswerTold]
    lines: list[LineTold]
    comment: str
    may_show: bool
    is_shown: bool
    summary: str
    files: list[dict[str, Any]]
    held_ms: int | None
    moves: int
    client_zone: str


@dataclass(frozen=True, slots=True)
class DeskBookings:
    """A list; `has_more`: go on with `before` and `before_id` of the last one."""

    now: str
    bookings: list[DeskBookingTold]
    has_more: bool


def desk_booking(scene: Scene) -> DeskBookingTold:
    """In the form in which it is listed."""
    booking, appointment, offer = scene.booking, scene.appointment, scene.offer
    return DeskBookingTold(
        id=booking.id,
        state=booking.state,
        revision=booking.revision,
        from_=iso_s(appointment.from_s),
        to=iso_s(appointment.to_s),
        host=HostShort(scene.host.id, scene.host.name, scene.host.hours().zone),
        client=ClientShort(scene.client.id, scene.client.name),
        offer=None if offer is None else OfferShort(offer.id, offer.name, offer.kind),
        title=appointment.title,
        appointment_id=appointment.id,
        series=appointment.series,
        seats=appointment.seats,
        taken=appointment.taken,
        price=booking.price,
        currency=booking.currency,
        pay=booking.pay,
        made_by=booking.made_by,
        until=None if booking.hold_until is None else iso(booking.hold_until),
        stars=booking.stars,
    )


def whole_booking(
    scene: Scene, lines: list[LineTold], *, intake: Intake, sees_files: bool
) -> DeskBookingWhole:
    """In the form in which it is sent."""
    booking, short = scene.booking, desk_booking(scene)
    fields = [] if scene.offer is None else scene.offer.intake
    said = answered(fields, booking.intake, sees_private=intake == "all")
    return DeskBookingWhole(
        **{name: getattr(short, name) for name in DeskBookingTold.__slots__},
        intake=[AnswerTold(one.label, one.answer) for one in said],
        lines=lines,
        comment=booking.comment,
        may_show=booking.may_show,
        is_shown=booking.is_shown,
        summary=booking.summary if sees_files else "",
        files=[dict(file) for file in booking.files] if sees_files else [],
        held_ms=booking.held_ms,
        moves=booking.moves,
        client_zone=scene.client.zone,
    )


def line_told(line: LineRow, names: dict[str, str]) -> LineTold:
    """`names` of accounts by their ids."""
    kind, _, who = line.by.partition(":")
    return LineTold(
        number=line.number,
        at=iso(line.at),
        deed=line.deed,
        by=kind,
        by_name=names.get(who, ""),
        body=dict(line.body),
    )
