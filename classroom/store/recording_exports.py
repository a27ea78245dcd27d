"""Files made of recordings: ordered, on their way, ready, deleted. May raise StoreFailed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classroom.store.boards import failing
from classroom.store.recording_tables import RecordingExport


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A file that is made. `state` is "waiting", "making", "ready" or "failed"."""

    id: str
    recording_id: str
    form: str
    order: dict[str, Any]
    state: str
    progress: int
    bytes: int
    fault: str
    created_at: datetime


async def add_export(
    export_id: str, recording_id: str, *, form: str, order: dict[str, Any], at: datetime
) -> None:
    """It is to be made. Part of the transaction it is called in."""
    with failing():
        await RecordingExport.create(
            id=export_id,
            recording_id=recording_id,
            form=form,
            order=json.dumps(order, separators=(",", ":")),
            state="waiting",
            created_at=at,
        )


async def exports_of(recording_id: str) -> list[ExportRow]:
    """Those of a recording, newest first."""
    with failing():
        rows = await RecordingExport.filter(recording_id=recording_id).order_by("-created_at", "id")
    return [_row(row) for row in rows]


async def counted_exports(recording_ids: Collection[str]) -> Counter[str]:
    """How many are ready, by recording."""
    with failing():
        rows = RecordingExport.filter(recording_id__in=list(recording_ids), state="ready")
        return Counter(map(str, await rows.values_list("recording_id", flat=True)))


async def find_export(recording_id: str, export_id: str) -> ExportRow | None:
    """One of a recording, or None."""
    with failing():
        row = await RecordingExport.get_or_none(id=export_id, recording_id=recording_id)
    return None if row is None else _row(row)


async def old_exports(*, before: datetime) -> list[ExportRow]:
    """Those ordered before, of all recordings."""
    with failing():
        rows = await RecordingExport.filter(created_at__lt=before).order_by("created_at", "id")
    return [_row(row) for row in rows]


async def export_bytes() -> int:
    """What all that are ready take together."""
    with failing():
        rows = await RecordingExport.filter(state="ready").values("bytes")
    return sum(int(row["bytes"]) for row in rows)


async def change_export(export_id: str, **new: Any) -> bool:
    """Give it new values: `state`, `progress`, `bytes`, `fault`. Whether it is there."""
    with failing():
        return await RecordingExport.filter(id=export_id).update(**new) > 0


async def forget_export(export_id: str) -> None:
    """Take its row away."""
    with failing():
        await RecordingExport.filter(id=export_id).delete()


async def forget_exports(recording_id: str) -> list[str]:
    """Take all of a recording away; their ids."""
    with failing():
        rows = RecordingExport.filter(recording_id=recording_id)
        ids = [str(one) for one in await rows.values_list("id", flat=True)]
        await rows.delete()
    return ids


def _row(row: RecordingExport) -> ExportRow:
    return ExportRow(
        id=row.id,
        recording_id=row.recording_id,
        form=row.form,
        order=json.loads(row.order),
        state=row.state,
        progress=row.progress,
        bytes=row.bytes,
        fault=row.fault,
        created_at=row.created_at,
    )
