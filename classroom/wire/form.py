"""The room's own values in the form they cross the wire."""

from __future__ import annotations

from dataclasses import asdict

from classroom.clock import iso
from classroom.people.enrolment import is_enrolled
from classroom.room import board, participant, policy
from classroom.room.locks import Grant
from classroom.room.participant import SeatState, Tracks
from classroom.wire import messages
from classroom.wire.page_form import page_form, placement_form


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


def grant_form(grant: Grant) -> messages.Grant:
    """What somebody on stage may do."""
    return messages.Grant(grant.microphone, grant.camera, grant.share, grant.pen)


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
        on_stage=grant_form(who.grant) if who.grant else None,
        group=who.place,
        chat_muted=who.is_chat_muted,
        enrolled=is_enrolled(who.id),
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
        placements=[placement_form(one) for one in state.placements],
    )
