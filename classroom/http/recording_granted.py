"""What somebody may with a recording, with the link they show, and that they watch it now."""

from __future__ import annotations

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.recording_asker import standing
from classroom.http.recording_right import UNKNOWN, Granted, right_to
from classroom.http.recording_watch import check_password, shown_share
from classroom.http.visitor import this_visitor
from classroom.people.play_session import Playing
from classroom.store.consent import ConsentDeed, add_lines
from classroom.store.recording_people import people_of
from classroom.store.recording_shares import ShareRow, add_view
from classroom.store.recordings import RecordingRow, find_recording


async def granted_here(
    doors: Doors, recording_id: str, shown: str, password: str
) -> tuple[RecordingRow, Granted, ShareRow | None]:
    """What somebody may with a recording, and the link they showed. Refused `recording.unknown`,
    `recording.password`, `recording.expired`."""
    row = await find_recording(recording_id[:32])
    share = await shown_share(shown)
    if share is not None and share.recording_id != recording_id:
        raise Refused(UNKNOWN)
    if share is not None:
        await check_password(doors, share, password)
    people = await people_of(recording_id[:32])
    who = await standing(doors, row)
    granted = None if row is None else right_to(row, who, people, share)
    if row is None or granted is None:
        raise Refused(UNKNOWN)
    return row, granted, share


async def begun_here(
    doors: Doors, row: RecordingRow, granted: Granted, share: ShareRow | None, *, is_whole: bool
) -> Playing:
    """They watch from now on, and it is written down."""
    by_link = granted.by == "share" and share is not None
    used = share.id if by_link and share else ""
    viewer = granted.viewer or await _browser(doors)
    view_id = await add_view(
        row.id, share=used, viewer=viewer, name=granted.name, kind="watched", at=utc_now()
    )
    said = {"by": granted.by, "share": used}
    deed = ConsentDeed(utc_now(), "watched", "", granted.name, said)
    await add_lines(row.id, [deed])
    return Playing(
        row.id,
        granted.by,
        viewer,
        granted.name,
        share=used,
        may_download=granted.right == "edit" or (by_link and bool(share and share.may_download)),
        is_whole=is_whole and granted.right == "edit",
        view_id=view_id,
        enrolment=granted.enrolment,
    )


async def _browser(doors: Doors) -> str:
    """By what a browser is known here; it tells nothing of its cookie."""
    bound = (await this_visitor(doors)).bound
    return "" if bound is None else doors.secret.proof("recording.viewer", bound)[:16]
