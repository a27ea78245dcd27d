"""What a client asks about the board becomes a command of the room, nothing lost."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.room import command
from classroom.room.command import PageSize
from classroom.wire import codec, messages
from classroom.wire.board_form import BoardRequest, add_command, board_command

WU = ParticipantId("wu")
CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("board.show", {"shown": False}, command.ShowBoard(WU, False)),
    ("board.turn", {"page_id": "p"}, command.TurnPage(WU, "p")),
    ("board.move_page", {"page_id": "p"}, command.MovePage(WU, "p", None)),
    ("board.move_page", {"page_id": "p", "before": "q"}, command.MovePage(WU, "p", "q")),
    ("board.remove_page", {"page_id": "p"}, command.RemovePage(WU, "p")),
    ("board.restore_page", {"page_id": "p"}, command.RestorePage(WU, "p")),
    ("board.clear_page", {"page_id": "p"}, command.ClearPage(WU, "p")),
    ("board.unclear_page", {"page_id": "p"}, command.UnclearPage(WU, "p")),
    (
        "board.give_pen",
        {"participant_id": "li", "pen": "own"},
        command.GivePen(WU, ParticipantId("li"), "own"),
    ),
    ("board.give_pen", {"participant_id": None, "pen": "all"}, command.GivePen(WU, None, "all")),
    ("board.change_page", {"page_id": "p"}, command.ChangePage(WU, "p")),
    (
        "board.change_page",
        {"page_id": "p", "name": "N", "paper": "grid", "is_locked": False},
        command.ChangePage(WU, "p", "N", "grid", False),
    ),
    (
        "board.change_page",
        {"page_id": "p", "width": 640, "height": 480, "is_infinite": False},
        command.ChangePage(WU, "p", size=PageSize(640, 480)),
    ),
    (
        "board.change_page",
        {"page_id": "p", "is_infinite": True},
        command.ChangePage(WU, "p", size=PageSize(None, None)),
    ),
    (
        "board.change_page",
        {"page_id": "p", "width": 640},
        command.ChangePage(WU, "p", size=PageSize(640, None)),
    ),
]


@pytest.mark.parametrize(("event", "payload", "expected"), CASES)
def test_a_request_is_a_command(event: str, payload: dict[str, Any], expected: Any) -> None:
    assert board_command(WU, codec.decode(event, payload)) == expected


def test_every_request_has_a_case() -> None:
    assert {codec.BY_EVENT[event] for event, _, _ in CASES} == set(get_args(BoardRequest))


def test_an_end_and_none_at_once_is_refused() -> None:
    request = codec.decode("board.change_page", {"page_id": "p", "width": 64, "is_infinite": True})
    with pytest.raises(Refused) as refused:
        board_command(WU, request)
    assert refused.value.code == "message.malformed"


def test_a_new_page_has_the_id_it_is_given() -> None:
    asked = {"width": 1, "height": 2, "paper": "plain", "name": "N", "after": "a", "copy_of": "c"}
    request = codec.decode("board.add_page", asked)
    assert isinstance(request, messages.AddPage)
    assert add_command(WU, request, page_id="new") == command.AddPage(
        WU, "new", "a", "N", "plain", PageSize(1, 2), "c"
    )
