"""Shapes of a host's calendar in answers. Instants are ISO 8601 with Z, days 2027-03-29."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.booking.span import Span
from classroom.booking.zone import iso_s
from classroom.store.host_week import Entry, WhoComes


@dataclass(frozen=True, slots=True)
class ComerTold:
    """A booking of an appointment. `zone` is the one the client reads times in."""

    booking_id: str
    state: str
    revision: int
    client_id: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class EntryTold:
    """An appointment. `kind` is talk, group, class or block; with its pauses it is from `busy_from`
    to `busy_to`. `room_code` opens its room where there is one. `series` is one it belongs to."""

    id: str
    kind: str
    title: str
    at: str
    to: str
    busy_from: str
    busy_to: str
    state: str
    offer_id: str
    offer: str
    room_id: str
    room_code: str
    series: str
    seats: int
    taken: int
    people: list[ComerTold]


@dataclass(frozen=True, slots=True)
class SpanTold:
    """From one moment on until before another."""

    at: str
    to: str


@dataclass(frozen=True, slots=True)
class WeekFreeTold:
    """A time the public page offers, and by how many it can be booked."""

    at: str
    left: int


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day of the calendar in the zone the host is in on it. `why` the host is away; empty when
    they are not, or when they did not say."""

    day: str
    zone: str
    is_away: bool
    why: str


@dataclass(frozen=True, slots=True)
class WeekTold:
    """A host's calendar of some days. `busy` is other calendars, without what is in them; `open`
    when appointments are taken at all; `free` the times of one offer that can be booked now."""

    now: str
    zone: str
    step_min: int
    days: list[DayTold]
    entries: list[EntryTold]
    busy: list[SpanTold]
    open: list[SpanTold]
    free: list[WeekFreeTold]
    may_change: bool


def span_told(span: Span) -> SpanTold:
    """As it is told."""
    return SpanTold(iso_s(span.from_s), iso_s(span.to_s))


def entry_told(entry: Entry) -> EntryTold:
    """With everybody who comes."""
    return EntryTold(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        at=iso_s(entry.from_s),
        to=iso_s(entry.to_s),
        busy_from=iso_s(entry.busy_from_s),
        busy_to=iso_s(entry.busy_to_s),
        state=entry.state,
        offer_id=entry.offer_id,
        offer=entry.offer,
        room_id=entry.room_id,
        room_code=entry.room_code,
        series=entry.series,
        seats=entry.seats,
        taken=entry.taken,
        people=[_comer(one) for one in entry.people],
    )


def _comer(one: WhoComes) -> ComerTold:
    return ComerTold(one.booking_id, one.state, one.revision, one.client_id, one.name, one.zone)
