"""Visits: who waits for a talk, what became of them, and what was written meanwhile.

Whether somebody may is decided by the caller; what can be done in which state by `booking.queue`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from tortoise.transactions import in_transaction

from classroom.booking.queue import LET_IN, OPEN, Deed, State, Urgency, Waiting, turn
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_news import tell_of_visit
from classroom.store.booking_rows import Change
from classroom.store.booking_tables import Appointment
from classroom.store.visit_tables import Visit, VisitMessage

MESSAGES_MAX = 200
"""Of one visit."""
NEWS = {"ready": "client.waiting", "admitted": "client.admitted"}
"""What other systems hear of."""
TRIES = 5
"""How often a change is tried while others change the same visit."""
DAY_S = 24 * 3600
VISITOR_KEPT = timedelta(days=30)
"""For so long it is known who came and was not let in."""
ENDING = ("cancel", "move", "lapse", "held", "missed")
"""What ends the visits of a booking."""


@dataclass(frozen=True, slots=True)
class NewVisit:
    """Somebody comes. Without a booking `name` and `email` are what they typed."""

    org_id: str
    host_id: str
    name: str
    locale: str
    zone: str
    minutes: int
    email: str = ""
    reason: str = ""
    urgency: Urgency = ""
    client_id: str = ""
    booking_id: str = ""
    appointment_id: str = ""
    planned_s: int | None = None
    is_known: bool = True
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as it is kept; the fields are those of the table."""

    id: str
    org_id: str
    host_id: str
    client_id: str
    booking_id: str
    appointment_id: str
    enrolment_id: str
    state: State
    name: str
    email: str
    locale: str
    zone: str
    reason: str
    urgency: Urgency
    checked: dict[str, Any]
    answer: str
    is_known: bool
    planned_s: int | None
    minutes: int
    came_s: int
    admitted_s: int | None
    inside_s: int | None
    over_s: int | None
    agreed: tuple[str, ...]

    @property
    def waiting(self) -> Waiting:
        """As far as their turn goes by it."""
        return Waiting(self.id, self.came_s, self.planned_s, self.minutes, self.urgency)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A line; `account_id` is empty for what the client wrote."""

    id: int
    visit_id: str
    account_id: str
    name: str
    text: str
    at: datetime


async def add_visit(new: NewVisit, *, now_s: int) -> VisitRow:
    """A new one, who checks their devices first."""
    row = await Visit.create(
        id=new_id(),
        org_id=new.org_id,
        host_id=new.host_id,
        client_id=new.client_id,
        booking_id=new.booking_id,
        appointment_id=new.appointment_id,
        state="checking",
        name=new.name,
        email=new.email,
        locale=new.locale,
        zone=new.zone,
        reason=new.reason,
        urgency=new.urgency,
        is_known=new.is_known,
        planned_s=new.planned_s,
        minutes=new.minutes,
        came_s=now_s,
        agreed=json.dumps(new.agreed),
    )
    return await must_find_visit(row.id)


async def find_visit(visit_id: str) -> VisitRow | None:
    """The visit, or None."""
    row = await Visit.get_or_none(id=visit_id)
    return None if row is None else _row(row)


async def must_find_visit(visit_id: str) -> VisitRow:
    """The visit, or Refused `visit.unknown`."""
    row = await find_visit(visit_id)
    if row is None:
        raise Refused("visit.unknown")
    return row


async def visit_of_booking(booking_id: str) -> VisitRow | None:
    """The newest visit to an appointment."""
    row = await Visit.filter(booking_id=booking_id).order_by("-came_s", "-id").first()
    return None if row is None else _row(row)


async def open_visits(*, org_id: str | None = None) -> list[VisitRow]:
    """Whoever waits or was let in, of one organisation or of all."""
    found = Visit.filter(state__in=list(OPEN))
    if org_id is not None:
        found = found.filter(org_id=org_id)
    return [_row(row) for row in await found.order_by("came_s", "id")]


async def past_visits(org_id: str, *, from_s: int, limit: int = 50) -> list[VisitRow]:
    """Those that ended since then, the last first."""
    found = Visit.filter(org_id=org_id, over_s__gte=from_s)
    return [_row(row) for row in await found.order_by("-over_s", "id").limit(limit)]


async def turn_visit(visit_id: str, deed: Deed, *, now_s: int, **more: Any) -> VisitRow:
    """The visit after the deed, with `more` of its row new; Refused as `queue.turn`.

    Two who change it at once do so one after the other.
    """
    for _ in range(TRIES):
        before = await must_find_visit(visit_id)
        state = turn(before.state, deed)
        new = {**_times(before, state, now_s), **more, "state": state}
        async with in_transaction():
            changed = await Visit.filter(id=visit_id, state=before.state).update(**new)
            if changed:
                after = await must_find_visit(visit_id)
                await _tell(before, after, now_s)
                return after
    raise Refused("server.busy")


async def _tell(before: VisitRow, after: VisitRow, now_s: int) -> None:
    """Other systems hear who waits and who was let in."""
    kind = NEWS.get(after.state)
    if kind is not None and after.state != before.state:
        at = datetime.fromtimestamp(now_s, UTC)
        visit = {"visit_id": after.id, "organisation_id": after.org_id, "host_id": after.host_id}
        await tell_of_visit(kind, visit, after.booking_id, at=at)


async def note_visit(visit_id: str, **new: Any) -> VisitRow:
    """The same with new values of its row, `reason` to `is_known`; Refused `visit.unknown`."""
    checked = new.pop("checked", None)
    if checked is not None:
        new["checked"] = json.dumps(checked)
    await Visit.filter(id=visit_id).update(**new)
    return await must_find_visit(visit_id)


async def end_visits(change: Change) -> None:
    """Whoever waits for an appointment that was cancelled or moved waits no more, and who was in a
    talk that is over has no seat there any more."""
    if change.deed not in ENDING:
        return
    await end_visits_of(change.after.id, now_s=int(change.at.timestamp()))


async def end_visits_of(booking_id: str, *, now_s: int) -> None:
    """Whoever is there for this booking is there no more."""
    found = Visit.filter(booking_id=booking_id, state__in=list(OPEN))
    await found.update(state="over", over_s=now_s)


async def forget_visitors(*, at: datetime) -> int:
    """Who came without an appointment, became nobody's client and has been gone for long, with what
    was written; how many went."""
    gone = Visit.filter(client_id="", over_s__lt=int((at - VISITOR_KEPT).timestamp()))
    return await gone.delete()


async def is_let_in(enrolment_id: str) -> bool:
    """Whether the client who is enrolled so was let in, and the talk is not over."""
    return await Visit.filter(enrolment_id=enrolment_id, state__in=list(LET_IN)).exists()


async def is_talk_open(room_id: str) -> bool:
    """Whether the talk of this room is neither over nor cancelled."""
    return await Appointment.filter(room_id=room_id, state="open").exists()


async def add_message(
    visit_id: str, *, account_id: str, name: str, text: str, at: datetime
) -> MessageRow:
    """One more line; Refused `rate.limited` when there are too many."""
    if await VisitMessage.filter(visit_id=visit_id).count() >= MESSAGES_MAX:
        raise Refused("rate.limited", {"retry_after_s": DAY_S})
    row = await VisitMessage.create(
        visit_id=visit_id, account_id=account_id, name=name, text=text, at=at
    )
    return _message(row)


async def messages_of(visit_ids: Iterable[str]) -> dict[str, list[MessageRow]]:
    """What was written in these visits, in its order."""
    ids = list(visit_ids)
    found: dict[str, list[MessageRow]] = {one: [] for one in ids}
    rows: Sequence[VisitMessage] = []
    if ids:
        rows = await VisitMessage.filter(visit_id__in=ids).order_by("id")
    for row in rows:
        found[row.visit_id].append(_message(row))
    return found


def _times(before: VisitRow, state: State, now_s: int) -> dict[str, int | None]:
    """What the new state says of time: who comes back after they left comes now."""
    if state == before.state:
        return {}
    if state == "admitted":
        return {"admitted_s": now_s}
    if state == "inside":
        return {"inside_s": now_s}
    if state in ("over", "left", "refused"):
        return {"over_s": now_s}
    return {"came_s": now_s, "over_s": None} if before.state == "left" else {}


def _message(row: VisitMessage) -> MessageRow:
    return MessageRow(row.id, row.visit_id, row.account_id, row.name, row.text, row.at)


def _row(row: Visit) -> VisitRow:
    return VisitRow(
        id=row.id,
        org_id=row.org_id,
        host_id=row.host_id,
        client_id=row.client_id,
        booking_id=row.booking_id,
        appointment_id=row.appointment_id,
        enrolment_id=row.enrolment_id,
        state=cast(State, row.state),
        name=row.name,
        email=row.email,
        locale=row.locale,
        zone=row.zone,
        reason=row.reason,
        urgency=cast(Urgency, row.urgency),
        checked=json.loads(row.checked),
        answer=row.answer,
        is_known=row.is_known,
        planned_s=row.planned_s,
        minutes=row.minutes,
        came_s=row.came_s,
        admitted_s=row.admitted_s,
        inside_s=row.inside_s,
        over_s=row.over_s,
        agreed=tuple(json.loads(row.agreed)),
    )
