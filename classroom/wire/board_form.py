"""What a client asks about the board, as the room's commands."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import command
from classroom.room.command import BoardCommand, PageSize
from classroom.wire import messages

BoardRequest = (
    messages.ShowBoard
    | messages.TurnPage
    | messages.ChangePage
    | messages.MovePage
    | messages.RemovePage
    | messages.RestorePage
    | messages.ClearPage
    | messages.UnclearPage
    | messages.GivePen
)
"""All that change the board but `AddPage`, which needs a new id (`add_command`)."""


def add_command(by: ParticipantId, request: messages.AddPage, *, page_id: str) -> command.AddPage:
    """A new page under an id the caller made."""
    return command.AddPage(
        by,
        page_id,
        request.after,
        request.name,
        request.paper,
        PageSize(request.width, request.height),
        request.copy_of,
    )


def board_command(by: ParticipantId, request: BoardRequest) -> BoardCommand:
    """The command a request asks for; Refused `message.malformed` when it contradicts itself."""
    match request:
        case messages.ShowBoard(shown):
            return command.ShowBoard(by, shown)
        case messages.TurnPage(page_id):
            return command.TurnPage(by, page_id)
        case messages.ChangePage(page_id, name, paper, is_locked):
            return command.ChangePage(by, page_id, name, paper, is_locked, _size(request))
        case messages.MovePage(page_id, before):
            return command.MovePage(by, page_id, before)
        case messages.RemovePage(page_id):
            return command.RemovePage(by, page_id)
        case messages.RestorePage(page_id):
            return command.RestorePage(by, page_id)
        case messages.ClearPage(page_id):
            return command.ClearPage(by, page_id)
        case messages.UnclearPage(page_id):
            return command.UnclearPage(by, page_id)
        case messages.GivePen(pen, participant_id):
            who = None if participant_id is None else ParticipantId(participant_id)
            return command.GivePen(by, who, pen)


def _size(request: messages.ChangePage) -> PageSize | None:
    has_side = request.width is not None or request.height is not None
    if request.is_infinite:
        if has_side:
            raise Refused("message.malformed", {"field": "is_infinite"})
        return PageSize(None, None)
    return PageSize(request.width, request.height) if has_side else None
