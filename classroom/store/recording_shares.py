"""Links with which recordings are watched, and who watched. May raise StoreFailed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tortoise.expressions import F
from tortoise.functions import Count
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.boards import failing
from classroom.store.held import hold
from classroom.store.recording_tables import Recording, RecordingShare, RecordingView

SHARES_MAX = 20
"""Of a recording, that have not ended."""
ShareKind = Literal["link", "enrolled", "public"]
ViewKind = Literal["watched", "downloaded", "exported"]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A link; of its token and its password hashes are kept."""

    id: str
    recording_id: str
    kind: ShareKind
    token_hash: str
    password_hash: str
    until: datetime | None
    may_download: bool
    created_by: str
    created_at: datetime
    ended_at: datetime | None = None

    def is_on(self, at: datetime) -> bool:
        """Whether it opens anything now."""
        return self.ended_at is None and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class ViewRow:
    """Somebody watched for so many seconds, or took something away."""

    id: int
    share: str
    viewer: str
    name: str
    at: datetime
    seconds: int
    kind: ViewKind


async def add_share(new: ShareRow) -> None:
    """One more link. Refused `recording.share_limit`."""
    with failing():
        async with in_transaction():
            await hold(Recording.filter(id=new.recording_id), "title")
            there = RecordingShare.filter(recording_id=new.recording_id, ended_at=None)
            if await there.count() >= SHARES_MAX:
                raise Refused("recording.share_limit", {"max": SHARES_MAX})
            await RecordingShare.create(
                id=new.id,
                recording_id=new.recording_id,
                kind=new.kind,
                token_hash=new.token_hash,
                password_hash=new.password_hash,
                until=new.until,
                may_download=new.may_download,
                created_by=new.created_by,
                created_at=new.created_at,
            )


async def shares_of(recording_id: str) -> list[ShareRow]:
    """All links of a recording, also those that ended, the newest first."""
    with failing():
        rows = await RecordingShare.filter(recording_id=recording_id).order_by("-created_at", "id")
    return [_share(row) for row in rows]


async def share_by_token(token_hash: str) -> ShareRow | None:
    """The link with this token, also when it ended; or None."""
    with failing():
        row = await RecordingShare.get_or_none(token_hash=token_hash)
    return None if row is None else _share(row)


async def find_share(share_id: str) -> ShareRow | None:
    """The link, also when it ended; or None."""
    with failing():
        row = await RecordingShare.get_or_none(id=share_id)
    return None if row is None else _share(row)


async def end_share(recording_id: str, share_id: str, *, at: datetime) -> None:
    """It opens nothing from now on. Refused `recording.share_unknown`."""
    with failing():
        mine = RecordingShare.filter(recording_id=recording_id, id=share_id, ended_at=None)
        if not await mine.update(ended_at=at):
            raise Refused("recording.share_unknown")


async def counted_shares(recording_ids: Collection[str]) -> dict[str, int]:
    """How many links that have not been ended, by recording."""
    with failing():
        rows = RecordingShare.filter(recording_id__in=list(recording_ids), ended_at=None)
        found = (
            await rows.annotate(n=Count("id")).group_by("recording_id").values("recording_id", "n")
        )
    return {row["recording_id"]: row["n"] for row in found}


async def add_view(
    recording_id: str, *, share: str, viewer: str, name: str, kind: ViewKind, at: datetime
) -> int:
    """Somebody watches or takes it away; the number of the row."""
    with failing():
        row = await RecordingView.create(
            recording_id=recording_id, share=share, viewer=viewer, name=name, at=at, kind=kind
        )
    return int(row.id)


async def note_watched(view_id: int, seconds: int) -> None:
    """They watched so many seconds more."""
    with failing():
        await RecordingView.filter(id=view_id).update(seconds=F("seconds") + seconds)


async def views_of(recording_id: str, *, limit: int) -> list[ViewRow]:
    """Who watched, newest first."""
    with failing():
        rows = await RecordingView.filter(recording_id=recording_id).order_by("-id").limit(limit)
    return [_view(row) for row in rows]


async def counted_views(recording_ids: Collection[str]) -> dict[str, int]:
    """How often each was watched."""
    with failing():
        rows = RecordingView.filter(recording_id__in=list(recording_ids), kind="watched")
        found = (
            await rows.annotate(n=Count("id")).group_by("recording_id").values("recording_id", "n")
        )
    return {row["recording_id"]: row["n"] for row in found}


async def sweep_views(*, before: datetime) -> None:
    """Forget who watched before."""
    with failing():
        await RecordingView.filter(at__lt=before).delete()


def _share(row: RecordingShare) -> ShareRow:
    return ShareRow(
        id=row.id,
        recording_id=row.recording_id,
        kind=row.kind,  # type: ignore[arg-type]
        token_hash=row.token_hash,
        password_hash=row.password_hash,
        until=row.until,
        may_download=row.may_download,
        created_by=row.created_by,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


def _view(row: RecordingView) -> ViewRow:
    return ViewRow(
        id=row.id,
        share=row.share,
        viewer=row.viewer,
        name=row.name,
        at=row.at,
        seconds=row.seconds,
        kind=row.kind,  # type: ignore[arg-type]
    )
