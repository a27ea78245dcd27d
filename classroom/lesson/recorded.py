"""What of a lesson's log goes into its recording: a list of what does, and nothing else.

Whoever did not agree to anything is not in it: no name, no coming and going, no hand. Who answered
a question is never in it, only what the class was shown of the answers. What somebody says, shows
and draws is recorded elsewhere, under their own key. What is in no list here is in `not_recorded`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from classroom.ids import ParticipantId
from classroom.lesson.sight import Line, Sight, board_lines, page_line
from classroom.room import event
from classroom.room.ask_event import PollChanged, PollClosed, PollOpened
from classroom.room.ask_state import Poll, counts
from classroom.room.files_event import FileAdded
from classroom.room.film_event import FilmChanged
from classroom.room.floor_event import FloorChanged, HandLowered, HandRaised
from classroom.room.groups_event import GroupsChanged
from classroom.room.ink_event import InkChanged
from classroom.room.recording_event import RecordingChanged, RecordingMarked


def _joined(said: event.ParticipantJoined | event.ParticipantChanged, sight: Sight) -> list[Line]:
    """A name that is new is told, and nothing else that changed of somebody."""
    who = said.participant
    if not sight.may_name(who.id) or sight.names.get(who.id) == who.name:
        return []
    is_new = who.id not in sight.names
    sight.names[who.id] = who.name
    line: Line = {"event": "joined" if is_new else "renamed", "pid": who.id, "name": who.name}
    return [line | {"role": who.role} if is_new else line]


def _left(said: event.ParticipantLeft, sight: Sight) -> list[Line]:
    return forget(said.participant_id, sight)


def forget(who: ParticipantId, sight: Sight) -> list[Line]:
    """They are gone, or agree to nothing any more."""
    if sight.names.pop(who, None) is None:
        return []
    return [{"event": "left", "pid": who}]


def _stage(said: event.StageChanged, sight: Sight) -> list[Line]:
    sharer = said.screen_of
    shown = sharer if sharer is not None and sight.may(sharer, "screen") else ""
    return [{"event": "stage", "screen_of": shown, "board": said.board}]


def _hand(who: ParticipantId, sight: Sight, *, is_up: bool) -> list[Line]:
    if not sight.may_name(who):
        return []
    return [{"event": "hand", "pid": who, "is_up": is_up}]


def _floor(said: FloorChanged, sight: Sight) -> list[Line]:
    """Of the floor only who is shown large."""
    lit = said.spotlight
    if lit == sight.spotlight:
        return []
    sight.spotlight = lit
    shown = lit if lit is not None and sight.may_name(lit) else ""
    return [{"event": "spotlight", "pid": shown}]


def _poll(poll: Poll, phase: str) -> list[Line]:
    """The question, and of the answers what the class was shown in numbers."""
    question = poll.question
    line: Line = {
        "event": "poll",
        "id": poll.id,
        "kind": question.kind,
        "question": question.text,
        "phase": phase,
    }
    if poll.is_published:
        names = [*question.options, *[""] * (len(counts(poll)) - len(question.options))]
        line["tally"] = [[name, number] for name, number in zip(names, counts(poll), strict=True)]
    return [line]


def _groups(said: GroupsChanged, sight: Sight) -> list[Line]:
    """That there were groups; what was in them is nowhere."""
    is_open = said.groups.phase in ("open", "closing")
    if is_open == sight.are_groups_open:
        return []
    sight.are_groups_open = is_open
    return [{"event": "groups", "on": is_open}]


def _ink(said: InkChanged, sight: Sight) -> list[Line]:
    """Over whose screen only with their yes to it; a frozen picture of it as well."""
    of = said.ink.share_of
    shown = of if of is not None and sight.may(of, "screen") else ""
    line: Line = {"event": "ink", "deed": said.deed, "of": shown, "look": said.ink.look}
    page = sight.page_of(said.page_id or said.ink.page_id)
    if page is not None:
        line["page"] = page_line(page, sight)
    return [line]


def _film(said: FilmChanged, sight: Sight) -> list[Line]:
    film = said.film
    return [
        {
            "event": "film",
            "page_id": film.page_id,
            "is_playing": film.is_playing,
            "position_ms": film.position_ms,
            "rate": film.rate,
        }
    ]


def _file(said: FileAdded, sight: Sight) -> list[Line]:
    """Its name, and nothing of what is in it."""
    owner = said.file.participant_id
    if not sight.may(owner, "chat"):
        return []
    return [{"event": "file", "pid": owner, "name": said.file.name}]


def _deed(said: RecordingChanged, sight: Sight) -> list[Line]:
    if said.deed not in ("begun", "paused", "resumed", "stopped"):
        return []
    return [{"event": "recording", "deed": said.deed}]


def _mark(said: RecordingMarked, sight: Sight) -> list[Line]:
    return [{"event": "mark", "title": said.title}]


def without(line: Line, gone: Collection[ParticipantId], names: Collection[str]) -> Line | None:
    """A line of a recording that some people are in no more; None when it was about one of them.
    `names` are theirs: a page may be called after them."""
    if line.get("pid") in gone:
        return None
    told: Line = {
        key: "" if key in ("screen_of", "of") and value in gone else value
        for key, value in line.items()
    }
    page = told.get("page")
    if page and any(name in page["name"] for name in names if name):
        told["page"] = page | {"name": ""}
    if page and page["backdrop"].partition("~")[0] in gone:
        told["page"] = page | {"name": "", "backdrop": ""}
    return told


LINES: dict[type[Any], Callable[[Any, Sight], list[Line]]] = {
    event.ParticipantJoined: _joined,
    event.ParticipantChanged: _joined,
    event.ParticipantLeft: _left,
    event.StageChanged: _stage,
    event.BoardChanged: lambda said, sight: board_lines(said.board, sight),
    event.PageTurned: lambda said, sight: board_lines(said.board, sight),
    HandRaised: lambda said, sight: _hand(said.hand.participant_id, sight, is_up=True),
    HandLowered: lambda said, sight: _hand(said.participant_id, sight, is_up=False),
    FloorChanged: _floor,
    PollOpened: lambda said, sight: _poll(said.poll, "opened"),
    PollClosed: lambda said, sight: _poll(said.poll, "closed"),
    PollChanged: lambda said, sight: _poll(said.poll, "opened" if said.poll.is_open else "closed"),
    GroupsChanged: _groups,
    FilmChanged: _film,
    InkChanged: _ink,
    FileAdded: _file,
    RecordingChanged: _deed,
    RecordingMarked: _mark,
}
"""By the kind of event, what is written of it."""


def lines_of(said: Any, sight: Sight) -> list[Line]:
    """What is written of one event; without their time."""
    write = LINES.get(type(said))
    return [] if write is None else write(said, sight)
