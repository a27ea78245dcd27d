"""The record of recordings: who was asked, what they answered, who watched, what was removed.

Lines are only ever added, each with a hash over itself and the hash before it, and they stay when
the recording is gone. Everything here may raise StoreFailed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from tortoise.transactions import in_transaction

from classroom.clock import iso
from classroom.store.boards import failing
from classroom.store.consent_tables import ConsentLine
from classroom.store.held import hold
from classroom.store.recording_tables import Recording

DELETED = "deleted"
"""The last deed of each record."""
SWEPT = 500
"""Records forgotten at a time."""
FIRST = "0" * 64
"""Before the first line there is none."""


@dataclass(frozen=True, slots=True)
class ConsentDeed:
    """What somebody did; `pid` and `name` are empty where nobody in particular did it."""

    at: datetime
    deed: str
    pid: str = ""
    name: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """A deed in its place."""

    number: int
    deed: ConsentDeed
    before: str
    hash: str


async def add_lines(recording_id: str, deeds: Sequence[ConsentDeed]) -> None:
    """Stored when this returns, in this order, after those that are there."""
    with failing():
        async with in_transaction():
            # Held, so that two at once do not take the same place.
            await hold(Recording.filter(id=recording_id), "title")
            last = await ConsentLine.filter(recording_id=recording_id).order_by("-number").first()
            number, before = (0, FIRST) if last is None else (last.number, last.hash)
            for deed in deeds:
                number += 1
                hashed = line_hash(recording_id, number, deed, before)
                await ConsentLine.create(
                    recording_id=recording_id,
                    number=number,
                    at=deed.at,
                    pid=deed.pid,
                    name=deed.name,
                    deed=deed.deed,
                    body=canonical(deed.body),
                    before=before,
                    hash=hashed,
                )
                before = hashed


async def lines_of(recording_id: str) -> list[ConsentEntry]:
    """The whole record, in order."""
    with failing():
        rows = await ConsentLine.filter(recording_id=recording_id).order_by("number")
    return [
        ConsentEntry(
            row.number,
            ConsentDeed(row.at, row.deed, row.pid, row.name, json.loads(row.body)),
            row.before,
            row.hash,
        )
        for row in rows
    ]


async def sweep_lines(*, before: datetime) -> None:
    """Forget the records of recordings that were deleted before."""
    with failing():
        gone = ConsentLine.filter(deed=DELETED, at__lt=before).limit(SWEPT)
        ids = [str(one) for one in await gone.values_list("recording_id", flat=True)]
        if ids:
            await ConsentLine.filter(recording_id__in=ids).delete()


def line_hash(recording_id: str, number: int, deed: ConsentDeed, before: str) -> str:
    """What binds a line to its place and to all lines before it."""
    said = {
        "recording_id": recording_id,
        "number": number,
        "at": iso(deed.at),
        "pid": deed.pid,
        "name": deed.name,
        "deed": deed.deed,
        "body": dict(deed.body),
    }
    return sha256((before + canonical(said)).encode()).hexdigest()


def canonical(value: Mapping[str, Any]) -> str:
    """The one form in which JSON is hashed and stored."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
