"""The room's own values in the form they cross the wire."""

from __future__ import annotations

from dataclasses import asdict
from typing import assert_never

from classroom.clock import iso
from classroom.room import board, chat, event, participant, policy
from classroom.room.participant import SeatState, Tracks
from classroom.room.room import Room
from classroom.wire import messages


def rights_form(rights: policy.Rights) -> messages.Rights:
    """What a participant may do."""
    return messages.Rights(**asdict(rights))


def media_form(tracks: Tracks) -> messages.MediaState:
    """What a participant sends."""
    return messages.MediaState(
        microphone=tracks.microphone.value,
        camera=tracks.camera.value,
        screen=tracks.screen.value,
        screen_audio=tracks.screen_audio.value,
        screen_mode=tracks.screen_mode,
    )


def participant_form(who: participant.Participant) -> messages.Participant:
    """Somebody in the room."""
    return messages.Participant(
        id=who.id,
        name=who.name,
        role=who.role,
        connection="here" if who.seat is SeatState.HERE else "away",
        media=media_form(who.tracks),
        pen=who.pen,
        joined_at=iso(who.joined_at),
    )


def chat_form(message: chat.ChatMessage) -> messages.ChatMessage:
    """One chat message."""
    return messages.ChatMessage(
        id=message.id,
        participant_id=message.participant_id,
        name=message.name,
        role=message.role,
        text=message.text,
        at=iso(message.at),
        client_id=message.client_id,
    )


def page_form(page: board.BoardPage) -> messages.BoardPage:
    """One page of the board."""
    return messages.BoardPage(
        id=page.id,
        name=page.name,
        paper=page.paper,
        width=page.width,
        height=page.height,
        is_locked=page.is_locked,
        epoch=page.epoch,
        may_unclear=page.cleared_epoch is not None,
    )


def board_form(state: board.BoardState) -> messages.Board:
    """The class's board; what was removed from it is told to nobody, and reserved pages to those
    they are there for."""
    return messages.Board(
        id=state.board_id,
        pages=[page_form(page) for page in state.class_pages],
        page_id=state.page_id,
        presenter=state.presenter,
        everyone=state.everyone,
    )


def snapshot_form(room: Room) -> messages.RoomSnapshot:
    """The whole truth of a room now."""
    return messages.RoomSnapshot(
        seq=room.seq,
        room_id=room.terms.room_id,
        code=room.terms.code,
        title=room.terms.title,
        started_at=iso(room.started_at),
        participants=[participant_form(who) for who in room.participants.values()],
        chat=[chat_form(message) for message in room.chat.tail],
        stage=messages.Stage(room.stage.screen_of, room.stage.board),
        board=board_form(room.board),
    )


def entry_form(entry: event.LogEntry) -> messages.RoomEvent:
    """One line of the log."""
    return messages.RoomEvent(seq=entry.seq, event=_body(entry.event))


def _body(happened: event.Event) -> messages.RoomEventBody:
    match happened:
        case event.ParticipantJoined(who):
            return messages.ParticipantJoined(participant_form(who))
        case event.ParticipantChanged(who):
            return messages.ParticipantChanged(participant_form(who))
        case event.ParticipantLeft(participant_id, reason):
            return messages.ParticipantLeft(participant_id, reason)
        case event.ChatPosted(message):
            return messages.ChatPosted(chat_form(message))
        case event.StageChanged(screen_of, is_board):
            return messages.StageChanged(messages.Stage(screen_of, is_board))
        case event.BoardChanged(state):
            return messages.BoardChanged(board_form(state))
        case event.RoomEnded(by):
            return messages.RoomEnded(by or "")
        case _:
            assert_never(happened)
