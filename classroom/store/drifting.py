"""Tells hosts of appointments whose hour changed with the rules of a zone: each change once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from tortoise.transactions import in_transaction

from classroom.booking.drift import Drift, Meant, drifted
from classroom.booking.letter import LINK, Matter, compose
from classroom.booking.letter_kind import LetterKind
from classroom.booking.when import say_when
from classroom.store.booking_tables import Appointment
from classroom.store.letter_matter import Lookups, language_of
from classroom.store.letters import NewLetter, post
from classroom.store.practice_tables import Host
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
    host = await Host.get(id=host_id).select_related("org")
    known = Lookups()
    email = await known.host_email(host.id)
    if not email:
        return None
    locale = language_of(host.org.locale)
    template = await known.template(host.org.id, KIND, locale)
    lines = [_line(one, locale) for one in found[:TOLD_MAX]]
    words = {
        "host": host.name,
        "org": host.org.name,
        "dates": "\n".join([*lines, *(["…"] if len(found) > TOLD_MAX else [])]),
        "count": str(len(found)),
    }
    made = compose(template, Matter(words), locale)
    mark = sha256(" ".join(f"{one.meant.id}{one.wall}" for one in found).encode()).hexdigest()
    return NewLetter(
        org=host.org.id,
        kind=KIND,
        once=f"{KIND}.{host.id}.{mark[:32]}",
        to_name=host.name,
        to_email=email,
        locale=locale,
        subject=made.subject,
        text=made.text,
        html=made.html,
        from_name=host.org.name,
        host=host.id,
        links={LINK: "path:/week"},
    )


def _line(one: Drift, locale: str) -> str:
    """The hour it was made for, and when it is."""
    meant = one.meant
    hour = meant.wall.partition("T")[2]
    return f"{hour} → {say_when(meant.from_s, meant.to_s, meant.zone, locale)}"
