"""What other systems hear of recordings, by webhooks: one is ready, ends soon, or was deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tortoise.transactions import in_transaction

from classroom.clock import iso
from classroom.store.boards import failing
from classroom.store.recordings import RecordingRow
from classroom.store.webhooks import News, tell_hooks

NewsKind = Literal["recording.ready", "recording.expiring", "recording.deleted"]


async def tell_recording(row: RecordingRow, kind: NewsKind, at: datetime) -> None:
    """Have it sent; the same news of a recording is one message. StoreFailed."""
    if row.room_id is None:
        return
    data = {
        "recording_id": row.id,
        "lesson_id": row.lesson_id,
        "title": row.title,
        "duration_ms": row.duration_ms,
        "delete_after": None if row.delete_after is None else iso(row.delete_after),
    }
    ends = data["delete_after"] if kind == "recording.expiring" else ""
    news = News(f"{row.id}.{kind}.{ends}"[:80], kind, data, at)
    with failing():
        async with in_transaction():
            await tell_hooks(row.room_id, [news])
