"""The recordings a client is in by their enrolments, and what they answered when asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from classroom.ids import RoomId
from classroom.people.enrolment import participant_of
from classroom.store.boards import failing
from classroom.store.booking_tables import Client
from classroom.store.consent_tables import ConsentLine, EnrolmentConsent
from classroom.store.enrolment_tables import Enrolment
from classroom.store.recording_people import recordings_with
from classroom.store.recording_tables import Recording
from classroom.store.recordings import RecordingRow, recordings_for

RECORDINGS_MAX = 200
Answer = Literal["yes", "no", "withdrawn", "erased", "always"]
"""`withdrawn` is a yes taken back, `erased` what was removed later, `always` a yes for all of a
room's recordings."""


@dataclass(frozen=True, slots=True)
class ConsentSaid:
    """The newest answer about these kinds; of no recording in particular when it is for all."""

    recording_id: str
    room_id: str
    answer: Answer
    kinds: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """As whom a client is known in rooms: enrolments, and the participants these make them."""

    enrolments: tuple[str, ...]
    rooms: tuple[str, ...]
    pids: tuple[str, ...]


async def known_as(client_id: str) -> Known:
    """Empty for whoever was in no room yet."""
    client = await Client.get_or_none(id=client_id)
    ids = [] if client is None else json.loads(client.enrolments)
    rows = await Enrolment.filter(id__in=ids).order_by("id")
    return Known(
        tuple(row.id for row in rows),
        tuple(row.room_id for row in rows),
        tuple(participant_of(RoomId(row.room_id), row.id) for row in rows),
    )


async def recordings_of_client(known: Known) -> list[RecordingRow]:
    """Those they agreed to be in, the newest first."""
    if not known.pids:
        return []
    ids = await recordings_with(pids=known.pids)
    return (await recordings_for(ids))[:RECORDINGS_MAX]


async def consents_of_client(known: Known) -> list[ConsentSaid]:
    """What stands of all they said, also where they are in no recording; the newest first."""
    if not known.pids:
        return []
    with failing():
        found = Recording.filter(room_id__in=list(known.rooms)).order_by("-began_at")
        ids = await found.limit(RECORDINGS_MAX).values_list("id", "room_id")
        rooms = {str(one): str(room) for one, room in ids}
        lines = await ConsentLine.filter(
            recording_id__in=list(rooms),
            pid__in=list(known.pids),
            deed__in=["answered", "withdrawn", "erased"],
        ).order_by("recording_id", "number")
        always = await EnrolmentConsent.filter(
            enrolment_id__in=list(known.enrolments)
        ).select_related("enrolment")
    said = [
        ConsentSaid("", row.enrolment.room_id, "always", tuple(json.loads(row.kinds)), row.at)
        for row in always
    ]
    return sorted([*said, *_newest(lines, rooms)], key=lambda one: one.at, reverse=True)


def _newest(lines: list[ConsentLine], rooms: dict[str, str]) -> list[ConsentSaid]:
    """By recording and kind the last line counts; kinds with the same answer are one line."""
    last: dict[tuple[str, str], tuple[Answer, datetime]] = {}
    for line in lines:
        body = json.loads(line.body)
        kinds = body["kinds"] if line.deed == "erased" else [body["kind"]]
        for kind in kinds:
            last[line.recording_id, str(kind)] = (_answer(line.deed, body), line.at)
    groups: dict[tuple[str, Answer], list[tuple[str, datetime]]] = {}
    for (recording_id, kind), (answer, at) in last.items():
        groups.setdefault((recording_id, answer), []).append((kind, at))
    return [
        ConsentSaid(
            recording_id,
            rooms[recording_id],
            answer,
            tuple(sorted(kind for kind, _ in said)),
            max(at for _, at in said),
        )
        for (recording_id, answer), said in groups.items()
    ]


def _answer(deed: str, body: dict[str, str]) -> Answer:
    if deed == "answered":
        return "yes" if body["answer"] == "yes" else "no"
    return "withdrawn" if deed == "withdrawn" else "erased"
