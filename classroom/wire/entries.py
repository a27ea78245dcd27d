"""A room's log and its whole truth in the forms they cross the wire, and are recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.clock import iso
from classroom.room import event
from classroom.room.participant import Participant
from classroom.room.record import LessonLine
from classroom.room.room import Room
from classroom.room.tracks_event import Silenced
from classroom.wire import codec, messages, part_forms
from classroom.wire.form import board_form, participant_form
from classroom.wire.page_form import page_form

Record = Callable[[dict[str, Any]], dict[str, Any] | None]

FORMS: dict[type[Any], Callable[[Any], Any]] = {
    event.ParticipantJoined: lambda it: messages.ParticipantJoined(
        participant_form(it.participant)
    ),
    event.ParticipantChanged: lambda it: messages.ParticipantChanged(
        participant_form(it.participant)
    ),
    event.ParticipantLeft: lambda it: messages.ParticipantLeft(it.participant_id, it.reason),
    event.StageChanged: lambda it: messages.StageChanged(messages.Stage(it.screen_of, it.board)),
    event.BoardChanged: lambda it: messages.BoardChanged(board_form(it.board)),
    event.PageTurned: lambda it: messages.PageTurned(
        it.board.page_id,
        it.board.presenter,
        [page_form(it.board.page(page_id)) for page_id in it.seen],
    ),
    event.RoomEnded: lambda it: messages.RoomEnded(it.by or ""),
    Silenced: lambda it: messages.Silenced(it.participant_id, list(it.sources), it.by, it.why),
    **part_forms.FORMS,
}
"""By the kind of event: what everybody hears, or what is told aside."""


def _record_board(body: dict[str, Any]) -> dict[str, Any]:
    """Where the class was; its pages are kept by the board."""
    board = body["board"]
    return {
        "type": body["type"],
        "page_id": board["page_id"],
        "presenter": board["presenter"],
        "everyone": board["everyone"],
    }


def _record_turn(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("type", "page_id", "presenter")}


RECORDS: dict[type[Any], Record] = {
    event.BoardChanged: _record_board,
    event.PageTurned: _record_turn,
    **part_forms.RECORDS,
}
"""What is recorded otherwise than it is told."""
UNTOLD: frozenset[type[Any]] = frozenset({event.ReservedChanged})
"""Neither told nor recorded: it is for what is kept outside of the room."""


def entry_form(entry: event.LogEntry) -> messages.RoomEvents | messages.RoomAside:
    """One entry of the log as it is told, to everybody or aside; none of the UNTOLD."""
    body = FORMS[type(entry.event)](entry.event)
    if entry.audience is not None:
        return messages.RoomAside(entry.clock_ms, body)
    return messages.RoomEvents([messages.RoomEvent(entry.seq, entry.clock_ms, body)])


def record_of(entry: event.LogEntry) -> LessonLine | None:
    """One entry as it is kept; None when it is not."""
    kind = type(entry.event)
    if entry.at is None or kind in UNTOLD:
        return None
    body: dict[str, Any] | None = codec.encode_body(FORMS[kind](entry.event))
    if body is not None and kind in RECORDS:
        body = RECORDS[kind](body)
    if body is None:
        return None
    is_private = entry.audience is not None
    return LessonLine(entry.line, entry.clock_ms, entry.at, body["type"], body, is_private)


def snapshot_form(
    room: Room, viewer: Participant, *, now: float, lesson_id: str = ""
) -> messages.RoomSnapshot:
    """The whole truth of a room now, as `viewer` may know it."""
    parts: dict[str, Any] = {}
    for fields_of in part_forms.SNAPSHOTS:
        parts |= fields_of(room, viewer)
    return messages.RoomSnapshot(
        seq=room.seq,
        clock_ms=room.clock_ms(now),
        lesson_id=lesson_id,
        room_id=room.terms.room_id,
        code=room.terms.code,
        title=room.terms.title,
        started_at=iso(room.started_at),
        participants=[participant_form(who) for who in room.participants.values()],
        stage=messages.Stage(room.stage.screen_of, room.stage.board),
        board=board_form(room.board),
        **parts,
    )
