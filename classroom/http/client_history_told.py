"""Shapes of what a client left in their talks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from classroom.booking.zone import iso_s
from classroom.clock import iso
from classroom.store.client_files import TalkFile
from classroom.store.client_recordings import ConsentSaid
from classroom.store.recordings import RecordingRow


@dataclass(frozen=True, slots=True)
class TalkFileTold:
    """A file of a talk. `is_given`: the client got it with the summary."""

    id: str
    name: str
    kind: str
    bytes: int
    owner_name: str
    at: str
    booking_id: str
    talk_at: str
    is_given: bool


@dataclass(frozen=True, slots=True)
class InRecordingTold:
    """A recording they agreed to be in. `may_watch`: whoever asks may, as its library says."""

    id: str
    title: str
    room_title: str
    state: str
    began_at: str
    duration_ms: int
    kinds: list[str]
    may_watch: bool


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """What stands: `yes`, `no`, `withdrawn`, `erased`, or `always` (for all of a room's
    recordings, `recording_id` is empty then)."""

    recording_id: str
    answer: str
    kinds: list[str]
    at: str


@dataclass(frozen=True, slots=True)
class HistoryTold:
    """Empty lists where whoever asks may not read them."""

    files: list[TalkFileTold]
    recordings: list[InRecordingTold]
    consents: list[ConsentTold]


def file_told(one: TalkFile) -> TalkFileTold:
    """In the form in which it is sent."""
    row = one.file
    return TalkFileTold(
        id=row.id,
        name=row.name,
        kind=row.kind,
        bytes=row.bytes,
        owner_name=row.owner_name,
        at=iso(row.sent_at or row.created_at),
        booking_id=one.booking_id,
        talk_at=iso_s(one.from_s),
        is_given=one.is_given,
    )


def recording_told(row: RecordingRow, kinds: Collection[str], may_watch: bool) -> InRecordingTold:
    """With the kinds the client is in it with."""
    return InRecordingTold(
        id=row.id,
        title=row.title,
        room_title=row.room_title,
        state=row.state,
        began_at=iso(row.began_at),
        duration_ms=row.duration_ms,
        kinds=sorted(kinds),
        may_watch=may_watch,
    )


def consent_told(one: ConsentSaid) -> ConsentTold:
    """In the form in which it is sent."""
    return ConsentTold(one.recording_id, one.answer, list(one.kinds), iso(one.at))
