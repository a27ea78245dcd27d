"""What a desk is told: who waits for those it may lead, what goes on, and what is unclear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classroom.booking.queue import LET_IN, WAITING, State, Urgency, order
from classroom.booking.zone import iso_s
from classroom.clock import iso, utc_now
from classroom.http.desk_door import Desk
from classroom.http.doors import Doors
from classroom.http.visit_told import turn_of
from classroom.store.booking_rooms import rooms_of_appointments
from classroom.store.desk_look import HostNow, OrgNow
from classroom.store.visits import MessageRow, VisitRow


@dataclass(frozen=True, slots=True)
class DeskHost:
    """Somebody clients wait for. `is_mine`: this desk may lead their queue."""

    id: str
    name: str
    title: str
    picture: str
    zone: str
    is_mine: bool
    is_own: bool
    is_here: bool
    is_free: bool
    free_since: str | None
    talk_to: str | None
    """Until when the talk that goes on is planned."""
    next_at: str | None
    """When the next appointment within a day begins."""


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A message; `name` is empty for the client."""

    id: int
    name: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class DeskVisit:
    """Somebody who waits, or was let in."""

    id: str
    host_id: str
    state: State
    place: int | None
    minutes: int | None
    name: str
    client_id: str
    booking_id: str
    appointment_id: str
    locale: str
    zone: str
    reason: str
    """What they wrote in the waiting room, else when they booked."""
    urgency: Urgency
    checked: dict[str, Any]
    planned: str | None
    came: str
    is_away: bool
    is_known: bool
    """False: another device than the client's own; the link may have been passed on."""
    messages: list[DeskLine]
    code: str
    """Of the room, once they were let in."""


@dataclass(frozen=True, slots=True)
class DeskPast:
    """Somebody who waited earlier today. `over`: when that ended."""

    id: str
    host_id: str
    state: State
    name: str
    client_id: str
    booking_id: str
    came: str
    over: str


@dataclass(frozen=True, slots=True)
class DeskUnsure:
    """An appointment of which nobody knows whether it was held."""

    booking_id: str
    client_id: str
    name: str
    host_id: str
    at: str


@dataclass(frozen=True, slots=True)
class DeskTold:
    """A desk. `visits` are in the order of their turn, host by host."""

    now: str
    organisation_id: str
    hosts: list[DeskHost]
    visits: list[DeskVisit]
    past: list[DeskPast]
    unsure: list[DeskUnsure]


async def desk_told(doors: Doors, desk: Desk) -> DeskTold:
    """What this desk may see, now."""
    now = await doors.desks.look(desk.org.id)
    led = {one for one in now.hosts if desk.may("queue.lead", one)}
    visits = _sorted([one for one in now.visits if one.host_id in led], doors.desks.now_s)
    ids = [one.appointment_id for one in visits if one.state in LET_IN]
    codes = await rooms_of_appointments(ids)
    return DeskTold(
        now=iso(utc_now()),
        organisation_id=desk.org.id,
        hosts=[_host(doors, desk, one, now) for one in now.hosts.values()],
        visits=[_visit(doors, desk, one, now, codes) for one in visits],
        past=[_past(one) for one in now.past if one.host_id in led],
        unsure=[
            DeskUnsure(one.booking_id, one.client_id, one.name, one.host_id, iso_s(one.from_s))
            for one in now.unsure
            if one.host_id in led
        ],
    )


def _sorted(visits: list[VisitRow], now_s: int) -> list[VisitRow]:
    """Those in a talk first, then the queue of each host, in its order."""
    place = {one.id: number for number, one in enumerate(order(_waiting(visits), now_s))}
    return sorted(visits, key=lambda one: (one.state in WAITING, place.get(one.id, 0), one.came_s))


def _waiting(visits: list[VisitRow]) -> list[Any]:
    return [one.waiting for one in visits if one.state in WAITING]


def _host(doors: Doors, desk: Desk, host: HostNow, now: OrgNow) -> DeskHost:
    """A colleague to whom somebody can be passed on; how their day is, only who leads them sees."""
    is_mine = desk.may("queue.lead", host.id)
    talk_s, next_s = now.talk_to_s.get(host.id), now.next_s.get(host.id)
    return DeskHost(
        id=host.id,
        name=host.name,
        title=host.title,
        picture=host.picture,
        zone=host.zone,
        is_mine=is_mine,
        is_own=host.id in desk.host_ids,
        is_here=doors.desks.is_here(desk.org.id, host, now),
        is_free=host.is_free,
        free_since=None if host.free_since is None else iso(host.free_since),
        talk_to=iso_s(talk_s) if is_mine and talk_s is not None else None,
        next_at=iso_s(next_s) if is_mine and next_s is not None else None,
    )


def _visit(
    doors: Doors, desk: Desk, visit: VisitRow, now: OrgNow, codes: dict[str, str]
) -> DeskVisit:
    place, minutes = turn_of(doors, visit, now.hosts[visit.host_id], now)
    return DeskVisit(
        id=visit.id,
        host_id=visit.host_id,
        state=visit.state,
        place=place,
        minutes=minutes,
        name=visit.name,
        client_id=visit.client_id,
        booking_id=visit.booking_id,
        appointment_id=visit.appointment_id,
        locale=visit.locale,
        zone=visit.zone,
        reason=now.reason_of(visit, sees_private=desk.may("intake.read", visit.host_id)),
        urgency=visit.urgency,
        checked=visit.checked,
        planned=None if visit.planned_s is None else iso_s(visit.planned_s),
        came=iso_s(visit.came_s),
        is_away=doors.desks.is_away(visit),
        is_known=visit.is_known,
        messages=[_line(one) for one in now.messages.get(visit.id, [])],
        code=codes.get(visit.appointment_id, ""),
    )


def _line(row: MessageRow) -> DeskLine:
    return DeskLine(row.id, row.name if row.account_id else "", row.text, iso(row.at))


def _past(visit: VisitRow) -> DeskPast:
    return DeskPast(
        id=visit.id,
        host_id=visit.host_id,
        state=visit.state,
        name=visit.name,
        client_id=visit.client_id,
        booking_id=visit.booking_id,
        came=iso_s(visit.came_s),
        over=iso_s(visit.over_s or visit.came_s),
    )
