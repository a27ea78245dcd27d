"""What somebody who waits is told: their own place and time, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from classroom.booking.form import text_for
from classroom.booking.queue import WAITING, State, expected, order
from classroom.booking.zone import iso_s
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.visit_key import Here
from classroom.store.desk_look import HostNow, OrgNow
from classroom.store.organisations import find_organisation
from classroom.store.visit_forms import unsigned
from classroom.store.visits import MessageRow, VisitRow, find_visit, messages_of

Writer = Literal["me", "host", "desk"]


@dataclass(frozen=True, slots=True)
class LineTold:
    """A message. `name` is empty for who waits, and for the desk."""

    id: int
    by: Writer
    name: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class FormTold:
    """A text that has to be signed first."""

    version_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """With whom the talk is."""

    name: str
    title: str
    picture: str


@dataclass(frozen=True, slots=True)
class VisitTold:
    """Somebody who waits."""

    id: str
    now: str
    state: State
    place: int | None
    """1 is next; null while they are not in the queue."""
    minutes: int | None
    """In how many it is thought to be their turn; null when nobody can say."""
    planned: str | None
    """When their appointment begins; null for who has none."""
    zone: str
    """The host's."""
    host: WaitedFor
    organisation: str
    slug: str
    booking_id: str
    name: str
    """Empty in a browser that is not known as theirs."""
    reason: str
    is_urgent: bool
    checked: dict[str, Any]
    messages: list[LineTold]
    answer: str
    """What they were refused with."""
    forms: list[FormTold]


async def visit_told(doors: Doors, here: Here) -> VisitTold:
    """As it is now; Refused `visit.unknown` when it is gone, or its host is."""
    visit = await find_visit(here.visit.id)
    now = None if visit is None else await doors.desks.look(visit.org_id)
    host = None if now is None or visit is None else now.hosts.get(visit.host_id)
    org = None if visit is None else await find_organisation(visit.org_id)
    if visit is None or now is None or host is None or org is None:
        raise Refused("visit.unknown")
    place, minutes = turn_of(doors, visit, host, now)
    waits = visit.state in WAITING
    return VisitTold(
        id=visit.id,
        now=iso(utc_now()),
        state=visit.state,
        place=place,
        minutes=minutes,
        planned=None if visit.planned_s is None else iso_s(visit.planned_s),
        zone=host.zone,
        host=WaitedFor(host.name, host.title, host.picture),
        organisation=org.name,
        slug=f"{org.slug}/{host.slug}",
        booking_id=visit.booking_id,
        name=visit.name if here.is_known else "",
        reason=now.reason_of(visit, sees_private=True) if here.is_known else "",
        is_urgent=visit.urgency != "",
        checked=visit.checked,
        messages=await _lines(here, visit, host),
        answer=visit.answer,
        forms=await _forms(visit) if waits else [],
    )


def turn_of(
    doors: Doors, visit: VisitRow, host: HostNow, now: OrgNow
) -> tuple[int | None, int | None]:
    """Their place among those who wait for the same host, and in how many minutes it is theirs."""
    now_s = doors.desks.now_s
    mine = [one for one in now.visits if one.host_id == host.id and one.state in WAITING]
    queue = order((one.waiting for one in mine), now_s)
    for place, one in enumerate(queue):
        if one.id == visit.id:
            seen = doors.desks.seen(now.org_id, host, now)
            return place + 1, expected(one, queue[:place], seen, now_s)
    return None, None


async def _forms(visit: VisitRow) -> list[FormTold]:
    told = []
    for one in await unsigned(visit):
        text = text_for(one.texts, visit.locale)
        told.append(FormTold(one.id, text.title, text.text))
    return told


async def _lines(here: Here, visit: VisitRow, host: HostNow) -> list[LineTold]:
    """What was written since this browser came, or all where it is known as theirs."""
    written = (await messages_of([visit.id]))[visit.id]
    since = 0 if here.is_known else here.since_ms
    return [_line(one, host) for one in written if one.at.timestamp() * 1000 >= since]


def _line(row: MessageRow, host: HostNow) -> LineTold:
    by: Writer = "me"
    if row.account_id:
        by = "host" if row.account_id == host.account_id else "desk"
    return LineTold(row.id, by, host.name if by == "host" else "", row.text, iso(row.at))
