"""Who may take a recording away, and that they did."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from classroom.clock import monotonic, utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.recording_asker import must_edit
from classroom.http.recording_right import UNKNOWN
from classroom.http.recording_session import NOT_NOW, may_go_on, must_be_ready, still_granted
from classroom.people.play_session import Playing
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.recording_shares import ViewKind, add_view
from classroom.store.recordings import RecordingRow

ASK_AGAIN = 8 * 1024 * 1024
"""Bytes of one answer after which it is asked again whether the right holds."""
NOT_READY = tuple(sorted(set(NOT_NOW.values())))


async def taker(doors: Doors, recording_id: str, session: str) -> tuple[RecordingRow, Playing]:
    """The recording, for who may edit it, or plays it in a session that lets them take it away.
    Refused `recording.unknown`, `recording.not_ready`, `recording.changing`, `recording.broken`."""
    if session:
        playing = doors.library.sessions.find(session, now=monotonic())
        if playing is None or playing.recording_id != recording_id or not playing.may_download:
            raise Refused(UNKNOWN)
    else:
        found, granted = await must_edit(doors, recording_id)
        playing = Playing(found.id, granted.by, granted.viewer, granted.name)
    return await still_taken(playing), playing


async def still_taken(playing: Playing) -> RecordingRow:
    """The recording, if they still may. Refused as `taker` says."""
    row = await still_granted(playing)
    await must_be_ready(row)
    return row


async def note_taken(playing: Playing, kind: ViewKind, form: str) -> None:
    """They had it made, or took it away."""
    at = utc_now()
    await add_view(
        playing.recording_id,
        share=playing.share,
        viewer=playing.viewer,
        name=playing.name,
        kind=kind,
        at=at,
    )
    said = {"form": form, "by": playing.by, "share": playing.share}
    await add_lines(playing.recording_id, [ConsentDeed(at, kind, "", playing.name, said)])


async def as_long_as_taken(
    playing: Playing, pieces: AsyncIterator[bytes]
) -> AsyncGenerator[bytes, None]:
    """The pieces, as long as whoever fetches them may have them."""
    given = 0
    async for piece in pieces:
        yield piece
        given += len(piece)
        if given >= ASK_AGAIN:
            given = 0
            if not await may_go_on(playing):
                return
