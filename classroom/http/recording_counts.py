"""What is counted of recordings, for their cards."""

from __future__ import annotations

from collections.abc import Collection

from quart import Response, jsonify

from classroom.http.recording_right import Right
from classroom.http.recording_told import Counts, recording_told
from classroom.store.recording_captions import captions_of
from classroom.store.recording_exports import counted_exports
from classroom.store.recording_people import counted_kinds
from classroom.store.recording_shares import counted_shares, counted_views
from classroom.store.recordings import RecordingRow


async def one_told(row: RecordingRow, right: Right) -> Response:
    """The answer that is one recording."""
    counts = await counted([row.id])
    return jsonify(recording_told(row, right, counts[row.id], await captions_of(row.id)))


async def counted(ids: Collection[str]) -> dict[str, Counts]:
    """Of each of them."""
    kinds, shares = await counted_kinds(ids), await counted_shares(ids)
    views, exports = await counted_views(ids), await counted_exports(ids)
    return {
        one: Counts(
            dict(kinds.get(one, {})), shares.get(one, 0), views.get(one, 0), exports.get(one, 0)
        )
        for one in ids
    }
