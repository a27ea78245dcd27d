"""Recordings as they are told over HTTP, and what is read of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from pydantic import Field

from classroom.clock import iso
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.store.recording_captions import CaptionRow
from classroom.store.recording_shares import ShareKind, ShareRow, ViewKind, ViewRow
from classroom.store.recordings import RecordingRow

CUTS_MAX = 100
SECOND = 1000
TITLE_MAX = 120
WHY_MAX = 200
Kind = Literal["voice", "camera", "screen", "chat", "ink"]
KINDS: tuple[Kind, ...] = ("voice", "camera", "screen", "chat", "ink")


@dataclass(frozen=True, slots=True)
class CaptionTold:
    """Captions there are."""

    locale: str
    label: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of a recording; who may only watch is told none of it."""

    consent: dict[str, int]
    shares: int = 0
    views: int = 0
    exports: int = 0


@dataclass(frozen=True, slots=True)
class RecordingTold:
    """A recording in the library."""

    id: str
    room_id: str | None
    room_title: str
    lesson_id: str
    title: str
    state: str
    """`recording`, `interrupted`, `processing`, `ready`, `erasing` or `broken`."""
    fault: str
    progress: int
    """Of what is being made of it, 0 to 100."""
    began_at: str
    ended_at: str | None
    duration_ms: int
    bytes: int
    people: int
    """How many were in class."""
    agreed: int
    """How many of them agreed to anything."""
    consent: dict[str, int]
    """How many agreed to each kind."""
    delete_after: str | None
    hold: bool
    hold_why: str
    cuts: list[list[int]]
    shares: int
    views: int
    exports: int
    captions: list[CaptionTold]
    may: Literal["edit", "watch"]


@dataclass(frozen=True, slots=True)
class LibraryTold:
    """Recordings, the newest first."""

    recordings: list[RecordingTold]
    has_more: bool


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Somebody who is in a recording, with these kinds."""

    participant_id: str
    name: str
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class PeopleTold:
    """Who is in a recording."""

    people: list[PersonTold]


@dataclass(frozen=True, slots=True)
class ViewTold:
    """Somebody watched, or took it away."""

    name: str
    kind: ViewKind
    at: str
    seconds: int
    share: str


@dataclass(frozen=True, slots=True)
class ViewsTold:
    """Who watched, the newest first."""

    views: list[ViewTold]


@dataclass(frozen=True, slots=True)
class ShareTold:
    """A link; `url` is told once, when it is made."""

    id: str
    kind: ShareKind
    has_password: bool
    until: str | None
    may_download: bool
    created_at: str
    ended_at: str | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class SharesTold:
    """The links of a recording, the newest first."""

    shares: list[ShareTold]


class RecordingChange(Body):
    """What is given is new; what is not stays. `delete_after` null is never."""

    title: str | None = Field(default=None, max_length=TITLE_MAX * 4)
    cuts: list[list[int]] | None = Field(default=None, max_length=CUTS_MAX)
    delete_after: str | None = Field(default=None, max_length=40)
    hold: bool | None = None
    hold_why: str | None = Field(default=None, max_length=WHY_MAX)


class Removal(Body):
    """Which kinds of somebody are removed; all when it is absent."""

    kinds: list[Kind] | None = Field(default=None, min_length=1, max_length=len(KINDS))


def recording_told(
    row: RecordingRow,
    may: Literal["edit", "watch"],
    counts: Counts,
    captions: Sequence[CaptionRow] = (),
) -> RecordingTold:
    """A recording as whoever asks may know it."""
    edits = may == "edit"
    return RecordingTold(
        id=row.id,
        room_id=row.room_id,
        room_title=row.room_title,
        lesson_id=row.lesson_id,
        title=row.title,
        state=row.state,
        fault=row.fault,
        progress=row.progress,
        began_at=iso(row.began_at),
        ended_at=iso_or_none(row.ended_at),
        duration_ms=row.duration_ms,
        bytes=row.bytes,
        people=max(row.people, row.agreed),  # one that was broken off was not counted
        agreed=row.agreed,
        consent=counts.consent,
        delete_after=iso_or_none(row.delete_after),
        hold=edits and row.hold,
        hold_why=row.hold_why if edits else "",
        cuts=[list(cut) for cut in row.cuts] if edits else [],
        shares=counts.shares if edits else 0,
        views=counts.views if edits else 0,
        exports=counts.exports if edits else 0,
        captions=[CaptionTold(one.locale, one.label) for one in captions],
        may=may,
    )


def share_told(share: ShareRow, url: str = "") -> ShareTold:
    """A link as its recording's owner sees it."""
    return ShareTold(
        id=share.id,
        kind=share.kind,
        has_password=bool(share.password_hash),
        until=iso_or_none(share.until),
        may_download=share.may_download,
        created_at=iso(share.created_at),
        ended_at=iso_or_none(share.ended_at),
        url=url,
    )


def view_told(view: ViewRow) -> ViewTold:
    """Who watched, as the owner sees it."""
    return ViewTold(view.name, view.kind, iso(view.at), view.seconds, view.share)


def iso_or_none(at: datetime | None) -> str | None:
    """As the wire carries times."""
    return None if at is None else iso(at)


def read_time(text: str, field: str) -> datetime:
    """ISO 8601, UTC unless it says otherwise; Refused `body.malformed`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("body.malformed", {"field": field}) from error
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def clean_cuts(cuts: Sequence[Sequence[int]], duration_ms: int) -> list[list[int]]:
    """Cuts on whole seconds, what they touch included: everybody's sound is cut there exactly.
    Refused `recording.cuts` for what is no list of them, and for one that leaves nothing."""
    clean: list[list[int]] = []
    for cut in cuts:
        if len(cut) != 2 or not 0 <= cut[0] < cut[1] <= duration_ms + SECOND:
            raise Refused("recording.cuts")
        start = cut[0] // SECOND * SECOND
        stop = -(-cut[1] // SECOND) * SECOND
        if clean and cut[0] < clean[-1][1] - SECOND:
            raise Refused("recording.cuts")
        if clean and start <= clean[-1][1]:
            clean[-1][1] = stop
        else:
            clean.append([start, stop])
    left = duration_ms - sum(min(stop, duration_ms) - start for start, stop in clean)
    if clean and left < SECOND:
        raise Refused("recording.cuts")
    return clean
