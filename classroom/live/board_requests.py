"""What each request about the board does: the room decides, and the pages' content is stored first.

A change of the page list is answered when the list is stored, so that what an answer promises is
there after a crash.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import new_id
from classroom.live.board.making import PageMaking
from classroom.live.board.tickets import Tickets
from classroom.live.hub import Claim
from classroom.live.room import LiveRoom
from classroom.room import command
from classroom.wire import messages
from classroom.wire.board_form import BoardRequest, add_command, board_command

DONE = messages.Done()

Answer = Callable[[LiveRoom, Claim, Any], Awaitable[Any]]


class BoardRequests:
    """The answers to every request whose name begins with `board.`."""

    def __init__(self, tickets: Tickets[Claim], monotonic: Callable[[], float]) -> None:
        self._tickets = tickets
        self._monotonic = monotonic

    def answers(self) -> dict[type[Any], Answer]:
        """A function for each request."""
        return {
            messages.TakeBoardTicket: self._ticket,
            messages.ShowBoard: _change,
            messages.TurnPage: _change,
            messages.AddPage: _add_page,
            messages.ChangePage: _change,
            messages.MovePage: _change,
            messages.RemovePage: _change,
            messages.RestorePage: _change,
            messages.ClearPage: _change,
            messages.UnclearPage: _change,
            messages.GivePen: _change,
        }

    async def _ticket(
        self, live: LiveRoom, claim: Claim, request: messages.TakeBoardTicket
    ) -> messages.BoardTicket:
        return messages.BoardTicket(self._tickets.give(claim, now=self._monotonic()))


async def _change(live: LiveRoom, claim: Claim, request: BoardRequest) -> messages.Done:
    change = board_command(claim.who, request)
    await _do(live, change)
    return DONE


async def _add_page(live: LiveRoom, claim: Claim, request: messages.AddPage) -> messages.PageAdded:
    add = add_command(claim.who, request, page_id=new_id())
    await _do(live, add)
    return messages.PageAdded(add.page_id)


async def _do(live: LiveRoom, change: command.BoardCommand) -> None:
    """Make what the changed pages will show, change them, and wait until that is stored."""
    live.room.check(change)
    match change:
        case command.AddPage(copy_of=str()) | command.ClearPage() | command.UnclearPage():
            async with live.board.making.turn:
                live.room.check(change)
                if await _changes(live.board.making, change):
                    await _make_content(live.board.making, change)
                    live.do(change)
        case _:
            live.do(change)
    if isinstance(change, command.PAGE_COMMANDS):
        await live.board.making.kept()


async def _changes(making: PageMaking, change: command.BoardCommand) -> bool:
    """Whether there is anything to do: an empty page that is cleared once more keeps what bringing
    back brings back."""
    return not isinstance(change, command.ClearPage) or not await making.is_empty(change.page_id)


async def _make_content(making: PageMaking, change: command.BoardCommand) -> None:
    match change:
        case command.AddPage(page_id=page_id, copy_of=str(original)):
            await making.copy_page(original, page_id)
        case command.ClearPage(page_id=page_id):
            await making.empty_next(page_id)
        case command.UnclearPage(page_id=page_id):
            await making.bring_back(page_id)
        case _:
            pass
