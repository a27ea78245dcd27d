"""What stands in a host's calendar in a window, with who comes to it.

Read by columns in two questions, as a week is asked for at every change.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from classroom.store.booking_tables import Appointment, Booking
from classroom.store.host_times import LONGEST_S

_SHOWN = ("open", "over")
_STOOD = ("unconfirmed", "unpaid", "booked", "live", "held", "missed")
_APPOINTMENT = (
    "id",
    "kind",
    "title",
    "from_s",
    "to_s",
    "busy_from_s",
    "busy_to_s",
    "state",
    "offer_id",
    "offer__name",
    "room_id",
    "room__code",
    "series",
    "seats",
    "taken",
)
_BOOKING = (
    "appointment_id",
    "id",
    "state",
    "revision",
    "client_id",
    "client__name",
    "client__zone",
)


@dataclass(frozen=True, slots=True)
class WhoComes:
    """A booking of an appointment, with the client's name and zone."""

    booking_id: str
    state: str
    revision: int
    client_id: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment in the calendar. offer and room are empty where there is none."""

    id: str
    kind: str
    title: str
    from_s: int
    to_s: int
    busy_from_s: int
    busy_to_s: int
    state: str
    offer_id: str
    offer: str
    room_id: str
    room_code: str
    series: str
    seats: int
    taken: int
    people: tuple[WhoComes, ...]


async def entries_of(host_id: str, from_s: int, to_s: int) -> list[Entry]:
    """What shares a moment with [from_s, to_s), in order, without what was cancelled."""
    rows = (
        await Appointment.filter(
            host_id=host_id,
            busy_from_s__gt=from_s - LONGEST_S,
            busy_from_s__lt=to_s,
            from_s__lt=to_s,
            to_s__gt=from_s,
            state__in=_SHOWN,
        )
        .order_by("from_s", "id")
        .values_list(*_APPOINTMENT)
    )
    people = await _people([str(row[0]) for row in rows])
    return [_entry(row, tuple(people[str(row[0])])) for row in rows]


async def _people(ids: list[str]) -> dict[str, list[WhoComes]]:
    found: dict[str, list[WhoComes]] = defaultdict(list)
    if not ids:
        return found
    rows = (
        await Booking.filter(appointment_id__in=ids, state__in=_STOOD)
        .order_by("created_at", "id")
        .values_list(*_BOOKING)
    )
    for appointment_id, *rest in rows:
        found[str(appointment_id)].append(WhoComes(*rest))
    return found


def _entry(row: tuple[object, ...], people: tuple[WhoComes, ...]) -> Entry:
    named = dict(zip(_APPOINTMENT, row, strict=True))
    offer, code = named.pop("offer__name"), named.pop("room__code")
    named["offer_id"] = named["offer_id"] or ""
    named["room_id"] = named["room_id"] or ""
    return Entry(**named, offer=offer or "", room_code=code or "", people=people)  # type: ignore[arg-type]
