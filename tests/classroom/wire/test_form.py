"""The room's values in their wire form: nothing lost, nothing renamed by accident."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

from classroom.ids import ParticipantId, RoomId
from classroom.people.role import ROLES
from classroom.room import board, command, kinds, policy
from classroom.room.command import PageSize
from classroom.room.event import LogEntry, RoomEnded
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import RoomTerms
from classroom.room.participant import TrackState
from classroom.room.room import Room
from classroom.wire import codec, form, messages

AT = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
WU = ParticipantId("wu")


def lesson() -> tuple[Room, list[LogEntry]]:
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60)
    room = Room(terms, board.new_board("b", "p1"), now=0, at=AT)
    script: list[Any] = [
        command.TakeSeat(WU, "Wu", "host"),
        command.PublishTrack(WU, "microphone", is_paused=True),
        command.PublishTrack(WU, "screen", share_mode="motion"),
        command.PostChat(WU, "hello", "c1"),
        command.AddPage(WU, "p2", None, "Roots", "grid", PageSize(None, None)),
        command.ClearPage(WU, "p1"),
        command.TurnPage(WU, "p2"),
        command.GivePen(WU, None, "own"),
        command.ShowBoard(WU, True),
        command.LoseConnection(WU),
        command.TakeSeat(WU, "Wu", "host"),
        command.LeaveSeat(WU),
    ]
    return room, [entry for step in script[:-1] for entry in room.apply(step, now=0, at=AT)]


def test_a_snapshot() -> None:
    room, entries = lesson()
    snapshot = codec.encode(form.snapshot_form(room))
    assert snapshot["seq"] == entries[-1].seq
    assert snapshot["started_at"] == "2026-03-01T09:30:00.123Z"
    assert snapshot["stage"] == {"screen_of": "wu", "board": True}
    assert {name: snapshot["board"][name] for name in ("id", "page_id", "presenter")} == {
        "id": "b",
        "page_id": "p2",
        "presenter": "wu",
    }
    assert snapshot["board"]["everyone"] == "own"
    first, second = snapshot["board"]["pages"]
    assert first == {
        "id": "p1",
        "name": "",
        "paper": "dots",
        "width": 1280,
        "height": 720,
        "is_locked": False,
        "epoch": 1,
        "may_unclear": True,
    }
    assert (second["name"], second["paper"], second["width"]) == ("Roots", "grid", None)
    (who,) = snapshot["participants"]
    assert who["pen"] == "all"
    assert who["media"] == {
        "microphone": "muted",
        "camera": "off",
        "screen": "live",
        "screen_audio": "off",
        "screen_mode": "motion",
    }
    assert snapshot["chat"][0]["client_id"] == "c1"


def test_every_event_has_a_form() -> None:
    room, entries = lesson()
    entries += room.apply(command.LeaveSeat(WU), now=0, at=AT)
    entries.append(LogEntry(99, RoomEnded(None)))
    bodies = [codec.encode(form.entry_form(entry))["event"] for entry in entries]
    kinds = {kind.__dataclass_fields__["type"].default for kind in get_args(messages.RoomEventBody)}
    assert {body["type"] for body in bodies} == kinds
    assert bodies[-1] == {"type": "room_ended", "by": ""}
    assert [b["participant"]["connection"] for b in bodies if "participant" in b][-2:] == [
        "away",
        "here",
    ]


def test_both_floors_have_the_same_words() -> None:
    assert get_args(messages.Role) == ROLES
    assert set(get_args(messages.Source)) == set(SOURCES)
    assert set(get_args(messages.TrackState)) == {state.value for state in TrackState}
    assert get_args(messages.ShareMode) == get_args(kinds.ShareMode)
    assert get_args(messages.Pen) == get_args(kinds.Pen)
    assert get_args(messages.Paper) == get_args(kinds.Paper)
    assert (messages.PAGES_MAX, messages.PAGE_NAME_MAX) == (board.PAGES_MAX, board.PAGE_NAME_MAX)
    assert set(messages.Rights.__dataclass_fields__) == set(policy.Rights.__dataclass_fields__)
    for role in ROLES:
        rights = policy.RIGHTS[role]
        wire = codec.encode(messages.Welcome(1, "p", form.rights_form(rights), _room(), None))
        assert wire["rights"] == {name: getattr(rights, name) for name in wire["rights"]}


def _room() -> messages.RoomSnapshot:
    return form.snapshot_form(lesson()[0])
