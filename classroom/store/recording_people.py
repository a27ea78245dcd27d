"""Who agreed to be in recordings. Everything here may raise StoreFailed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from classroom.store.boards import failing
from classroom.store.recording_tables import Recording, RecordingPerson


@dataclass(frozen=True, slots=True)
class RecordedPerson:
    """Somebody with the kinds they agreed to; `account` and `enrolment` are empty for a guest."""

    pid: str
    name: str
    kinds: tuple[str, ...]
    enrolment: str = ""
    account: str = ""


async def note_person(recording_id: str, person: RecordedPerson) -> None:
    """They agreed, or agreed to more: kinds are added to those that stand there."""
    with failing():
        async with in_transaction():
            row = await RecordingPerson.get_or_none(recording_id=recording_id, pid=person.pid)
            if row is None:
                await RecordingPerson.create(
                    recording_id=recording_id,
                    pid=person.pid,
                    name=person.name,
                    kinds=_kinds(person.kinds),
                    enrolment=person.enrolment,
                    account=person.account,
                )
            else:
                row.kinds = _kinds({*json.loads(row.kinds), *person.kinds})
                row.name = person.name
                await row.save(update_fields=["kinds", "name"])
            await _count(recording_id)


async def remove_kinds(recording_id: str, pid: str, kinds: Collection[str]) -> None:
    """They are not in it any more with these kinds; without any they are not in it at all."""
    with failing():
        async with in_transaction():
            row = await RecordingPerson.get_or_none(recording_id=recording_id, pid=pid)
            if row is None:
                return
            left = set(json.loads(row.kinds)) - set(kinds)
            if left:
                row.kinds = _kinds(left)
                await row.save(update_fields=["kinds"])
            else:
                await row.delete()
            await _count(recording_id)


async def people_of(recording_id: str) -> list[RecordedPerson]:
    """Who is in it, in the order in which they agreed."""
    with failing():
        rows = await RecordingPerson.filter(recording_id=recording_id).order_by("id")
    return [_person(row) for row in rows]


async def counted_kinds(recording_ids: Collection[str]) -> dict[str, Counter[str]]:
    """How many agreed to each kind, by recording."""
    counted: dict[str, Counter[str]] = {}
    with failing():
        rows = RecordingPerson.filter(recording_id__in=list(recording_ids))
        for recording_id, kinds in await rows.values_list("recording_id", "kinds"):
            counted.setdefault(recording_id, Counter()).update(json.loads(kinds))
    return counted


async def recordings_with(*, account: str = "", pids: Collection[str] = ()) -> list[str]:
    """The ids of recordings somebody is in, by account, or as the participants they are in rooms
    they are enrolled in."""
    mine = Q(account=account) if account else Q(id=0)
    if pids:
        mine |= Q(pid__in=list(pids))
    with failing():
        found = await RecordingPerson.filter(mine).values_list("recording_id", flat=True)
    return [str(one) for one in found]


async def _count(recording_id: str) -> None:
    agreed = await RecordingPerson.filter(recording_id=recording_id).count()
    await Recording.filter(id=recording_id).update(agreed=agreed)


def _kinds(kinds: Collection[str]) -> str:
    return json.dumps(sorted(kinds), separators=(",", ":"))


def _person(row: RecordingPerson) -> RecordedPerson:
    return RecordedPerson(
        row.pid, row.name, tuple(json.loads(row.kinds)), row.enrolment, row.account
    )
