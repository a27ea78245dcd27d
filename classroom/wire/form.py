"""The room's own values in the form they cross the wire."""

from __future__ import annotations

from typing import assert_never

from classroom.clock import iso
from classroom.room import chat, event, participant, policy
from classroom.room.participant import SeatState, Tracks
from classroom.room.room import Room
from classroom.wire import messages


def rights_form(rights: policy.Rights) -> messages.Rights:
    """What a participant may do."""
    return messages.Rights(
        may_speak=rights.may_speak,
        may_show_camera=rights.may_show_camera,
        may_share=rights.may_share,
        may_chat=rights.may_chat,
        may_end=rights.may_end,
    )


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
        stage=messages.Stage(screen_of=room.stage.screen_of),
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
        case event.StageChanged(screen_of):
            return messages.StageChanged(messages.Stage(screen_of))
        case event.RoomEnded(by):
            return messages.RoomEnded(by or "")
        case _:
            assert_never(happened)
