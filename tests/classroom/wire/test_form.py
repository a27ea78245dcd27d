"""The room's values in their wire form: nothing lost, nothing renamed by accident."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

from classroom.ids import ParticipantId, RoomId
from classroom.people.role import ROLES
from classroom.room import board, command, kinds, page, policy
from classroom.room.audience import Audience
from classroom.room.chat_command import PostChat
from classroom.room.command import PageSize
from classroom.room.event import Event, LogEntry, RoomEnded
from classroom.room.kinds import SOURCES
from classroom.room.lifecycle import RoomTerms
from classroom.room.participant import TrackState
from classroom.room.room import Room
from classroom.room.tracks_event import Silenced
from classroom.wire import codec, entries, form, messages

AT = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)
WU = ParticipantId("wu")


def lesson() -> tuple[Room, list[LogEntry]]:
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60)
    room = Room(terms, board.new_board("b", "p1"), now=0, at=AT)
    script: list[Any] = [
        command.TakeSeat(WU, "Wu", "host"),
        command.PublishTrack(WU, "microphone", is_paused=True),
        command.PublishTrack(WU, "screen", share_mode="motion"),
        PostChat(WU, "hello", "c1"),
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
    room, told = lesson()
    snapshot = codec.encode(_room(room, now=2))
    assert (snapshot["seq"], snapshot["clock_ms"]) == (told[-1].seq, 2000)
    assert snapshot["lesson_id"] == "l1"
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
        "kind": "page",
        "backdrop": "",
        "placement": "",
        "slide": 0,
        "step": 0,
        "is_seen": True,
    }
    assert snapshot["board"]["placements"] == []
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
    assert set(entries.FORMS) | entries.UNTOLD == set(get_args(Event))
    assert not set(entries.FORMS) & entries.UNTOLD
    assert set(entries.RECORDS) <= set(entries.FORMS)


def test_what_happened_is_told_in_its_form() -> None:
    room, told = lesson()
    told += room.apply(command.LeaveSeat(WU), now=0, at=AT)
    told.append(LogEntry(99, RoomEnded(None)))
    letters = [codec.encode(entries.entry_form(entry)) for entry in told]
    bodies = [letter["entries"][0]["event"] for letter in letters]
    assert bodies[-1] == {"type": "room_ended", "by": ""}
    assert [b["participant"]["connection"] for b in bodies if "participant" in b][-2:] == [
        "away",
        "here",
    ]


def test_an_event_for_one_is_told_aside_without_a_number() -> None:
    audience = Audience(frozenset({WU}))
    silenced = Silenced(WU, ("microphone",), None, "locked", audience=audience)
    letter = codec.encode(entries.entry_form(LogEntry(3, silenced, 7, 1500, AT)))
    assert letter == {
        "clock_ms": 1500,
        "event": {
            "participant_id": "wu",
            "sources": ["microphone"],
            "by": None,
            "why": "locked",
            "type": "silenced",
        },
    }
    record = entries.record_of(LogEntry(3, silenced, 7, 1500, AT))
    assert record is not None
    assert (record.line, record.kind, record.is_private) == (7, "silenced", True)


def test_a_record_has_neither_what_was_written_nor_the_pages() -> None:
    _, told = lesson()
    lines = [entries.record_of(entry) for entry in told]
    records = {line.kind: line for line in lines if line is not None}
    assert [line.line for line in lines if line is not None] == list(range(1, len(told) + 1))
    posted = records["chat_posted"].body
    assert posted == {"type": "chat_posted", "message_id": "m1", "participant_id": "wu"}
    assert "pages" not in records["board_changed"].body
    assert records["page_turned"].body == {
        "type": "page_turned",
        "page_id": "p2",
        "presenter": "wu",
    }
    assert records["participant_changed"].at == AT


def test_both_floors_have_the_same_words() -> None:
    assert get_args(messages.Role) == ROLES
    assert set(get_args(messages.Source)) == set(SOURCES)
    assert set(get_args(messages.TrackState)) == {state.value for state in TrackState}
    assert get_args(messages.ShareMode) == get_args(kinds.ShareMode)
    assert get_args(messages.Pen) == get_args(kinds.Pen)
    assert get_args(messages.Paper) == get_args(kinds.Paper)
    assert get_args(messages.PageKind) == get_args(kinds.PageKind)
    assert get_args(messages.PlacementKind) == get_args(page.PlacementKind)
    assert (messages.PAGES_MAX, messages.PAGE_NAME_MAX) == (board.PAGES_MAX, page.PAGE_NAME_MAX)
    assert set(messages.Rights.__dataclass_fields__) == set(policy.Rights.__dataclass_fields__)
    for role in ROLES:
        rights = policy.RIGHTS[role]
        wire = codec.encode(
            messages.Welcome(1, "p", form.rights_form(rights), _room(lesson()[0]), None)
        )
        assert wire["rights"] == {name: getattr(rights, name) for name in wire["rights"]}


def _room(room: Room, *, now: float = 0) -> messages.RoomSnapshot:
    return entries.snapshot_form(room, room.participants[WU], now=now, lesson_id="l1")
