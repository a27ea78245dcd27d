"""Tells hosts of appointments whose hour changed with the rules of a zone: each change once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from tortoise.transactions import in_transaction

from classroom.booking.drift import Drift, Meant, drifted
from classroom.booking.letter_kind import LetterKind
from classroom.booking.when import say_when
from classroom.store.booking_tables import Appointment
from classroom.store.host_letter import host_reader
from classroom.store.letters import NewLetter, post
from classroom.store.times_taken import hold_any

KIND: LetterKind = "zone_drifted"
TOLD_MAX = 50
"""Appointments that one letter names; it says how many there are."""
_COLUMNS = ("id", "from_s", "to_s", "zone", "wall")


async def tell_drifted(*, at: datetime) -> int:
    """Write what the walls show now, with a letter to each host it is about; how many letters."""
    now_s = int(at.timestamp())
    rows = await Appointment.filter(from_s__gt=now_s, state="open").values_list(
        "host_id", *_COLUMNS
    )
    by_host: dict[str, list[Meant]] = defaultdict(list)
    for host_id, *rest in rows:
        by_host[host_id].append(Meant(*rest))
    letters = 0
    for host_id, appointments in by_host.items():
        if found := drifted(appointments):
            letters += await _tell(host_id, [one.meant.id for one in found], at)
    return letters


async def _tell(host_id: str, ids: Sequence[str], at: datetime) -> int:
    """Read anew, alone with the host: somebody may have moved one meanwhile."""
    async with in_transaction():
        await hold_any(host_id)
        rows = await Appointment.filter(id__in=ids, state="open").values_list(*_COLUMNS)
        found = drifted(Meant(*row) for row in rows)
        for one in found:
            await Appointment.filter(id=one.meant.id).update(wall=one.wall)
        letter = await _letter(host_id, found) if found else None
        if letter is not None:
            await post(letter, at=at)
    return 0 if letter is None else 1


async def _letter(host_id: str, found: Sequence[Drift]) -> NewLetter | None:
    reader = await host_reader(host_id)
    if reader is None:
        return None
    lines = [_line(one, reader.locale) for one in found[:TOLD_MAX]]
    words = {
        "dates": "\n".join([*lines, *(["…"] if len(found) > TOLD_MAX else [])]),
        "count": str(len(found)),
    }
    mark = sha256(" ".join(f"{one.meant.id}{one.wall}" for one in found).encode()).hexdigest()
    return await reader.letter(KIND, words, once=f"{KIND}.{host_id}.{mark[:32]}", path="/week")


def _line(one: Drift, locale: str) -> str:
    """The hour it was made for, and when it is."""
    meant = one.meant
    hour = meant.wall.partition("T")[2]
    return f"{hour} → {say_when(meant.from_s, meant.to_s, meant.zone, locale)}"
