"""Which recordings somebody finds: those they own, those of a room, and what they took part in."""

from __future__ import annotations

from datetime import datetime

from quart import request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.recording_asker import standing
from classroom.http.recording_right import Right, right_to
from classroom.http.recording_told import read_time
from classroom.http.visitor import holds_host_link, this_visitor
from classroom.ids import AccountId, RoomId, may_be_id
from classroom.people.enrolment import participant_of
from classroom.store.enrolments import enrolments_of_account
from classroom.store.recording_people import people_of, recordings_with
from classroom.store.recordings import RecordingRow, recordings_for, recordings_of
from classroom.store.rooms import RoomRow, room_by_id

PAGE = 50
QUERY_MAX = 200


async def found_here(doors: Doors) -> list[tuple[RecordingRow, Right]]:
    """What whoever asks may see, and what they may do with it; one more than a page."""
    account = (await this_visitor(doors)).account
    text, words = request.args.get("before"), request.args.get("q", "")[:QUERY_MAX]
    before = None if text is None else read_time(text, "before")
    room_id = request.args.get("room_id", "")
    if room_id:
        room = await _hosted_room(doors, room_id)
        if room is None:
            raise Refused("room.unknown")
        rows = await recordings_of(room_ids=[room.id], before=before, words=words, limit=PAGE + 1)
        return [(row, "edit") for row in rows]
    if account is None:
        raise Refused("session.required")
    own = await recordings_of(owner=account.id, before=before, words=words, limit=PAGE + 1)
    others = await _taken_part(doors, {row.id for row in own}, before, words)
    both: list[tuple[RecordingRow, Right]] = [(row, "edit") for row in own]
    both += [(row, "watch") for row in others]
    both.sort(key=lambda one: one[0].began_at, reverse=True)
    return both[: PAGE + 1]


async def _taken_part(
    doors: Doors, but: set[str], before: datetime | None, words: str
) -> list[RecordingRow]:
    """What somebody took part in and may watch."""
    account = (await this_visitor(doors)).account
    if account is None:
        return []
    enrolled = await enrolments_of_account(account.id)
    pids = [participant_of(one.room_id, one.id) for one in enrolled]
    ids = await recordings_with(account=account.id, pids=pids)
    found: list[RecordingRow] = []
    for row in await recordings_for([one for one in ids if one not in but]):
        said = f"{row.title} {row.room_title}".lower()
        is_asked = all(word in said for word in words.lower().split())
        if not is_asked or (before is not None and row.began_at >= before):
            continue
        if right_to(row, await standing(doors, row), await people_of(row.id)) is not None:
            found.append(row)
        if len(found) > PAGE:
            break
    return found


async def _hosted_room(doors: Doors, room_id: str) -> RoomRow | None:
    """The room whose recordings are asked for, for its owner and for who has its host link."""
    room = await room_by_id(RoomId(room_id)) if may_be_id(room_id) else None
    account = (await this_visitor(doors)).account
    if room is None:
        return None
    owns = account is not None and room.owner_id == AccountId(account.id)
    return room if owns or holds_host_link(doors, room.id) else None
