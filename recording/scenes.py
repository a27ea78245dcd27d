"""Scenes: what one picture of a whole class shows, from when to when.

All times are ms of recording time. A scene says what fills the picture and whose face stands in its
corner; where nothing is to be seen it says so with a name on a quiet card. Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, Final, Literal

Span = tuple[int, int]
"""From and to, ms; the end is not part of it."""
Layout = Literal["speaker", "main"]
"""With the face of whoever speaks in the corner, or what fills the picture alone."""
Source = Literal["camera", "screen"]

BOARD: Final = "board"
"""Fills the picture while the class is on a page."""
SHORTEST_MS: Final = 1_500
"""A speaker is shown for so long before another one is: faces do not flicker."""
LONGEST_GAP_MS: Final = 2_000
"""A picture that stood still for longer is no picture of what is happening."""


@dataclass(frozen=True, slots=True)
class Film:
    """A recorded camera or screen: when it has pictures."""

    track: str
    pid: str
    source: Source
    start_ms: int
    end_ms: int
    gaps: tuple[Span, ...] = ()

    def is_seen(self, ms: int) -> bool:
        """Whether there is a picture at this moment that is not older than the longest gap."""
        return any(since <= ms < until for since, until in self.seen())

    def seen(self) -> list[Span]:
        """From when to when there is one, in order."""
        blind = (
            (since + LONGEST_GAP_MS, until)
            for since, until in self.gaps
            if until - since > LONGEST_GAP_MS
        )
        return [
            (max(since, self.start_ms), until)
            for since, until in kept_spans(self.end_ms, blind)
            if until > self.start_ms
        ]


@dataclass(frozen=True, slots=True)
class Class:
    """What there is to show of a recorded class."""

    duration_ms: int
    films: tuple[Film, ...] = ()
    main: tuple[tuple[int, str], ...] = ()
    """From when on what fills the picture: a screen's track, `BOARD`, or nothing."""
    voices: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    """Who spoke when, by participant."""
    hosts: tuple[str, ...] = field(default=())
    """Whose face is shown while nobody speaks, the first that is there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One arrangement; `main` is a track, `BOARD`, or empty for a card with the name of `who`."""

    from_ms: int
    to_ms: int
    main: str
    corner: str = ""
    who: str = ""
    """The participant whose face is in the picture, or who speaks on the card; or nobody."""


def scenes_of(lesson: Class, layout: Layout = "speaker") -> list[Scene]:
    """Scenes without a hole between them, from 0 to the end, each unlike the one before."""
    seen = {film.track: film.seen() for film in lesson.films}
    main_at, speaker_at = _Steps(lesson.main), _Steps(_speakers(lesson))
    scenes: list[Scene] = []
    for since, until in pairwise(_edges(lesson, seen, main_at.moments, speaker_at.moments)):
        main, who = main_at.at(since), speaker_at.at(since)
        if main != BOARD and not _is_seen(seen.get(main, ()), since):
            main = ""
        face = _face(lesson, seen, who, since)
        if not main:
            scene = Scene(since, until, face, "", who)
        else:
            corner = face if layout == "speaker" else ""
            scene = Scene(since, until, main, corner, who if corner else "")
        _add(scenes, scene)
    return scenes


def _add(scenes: list[Scene], scene: Scene) -> None:
    if scenes:
        last = scenes[-1]
        if (last.main, last.corner, last.who) == (scene.main, scene.corner, scene.who):
            scenes[-1] = Scene(last.from_ms, scene.to_ms, last.main, last.corner, last.who)
            return
    scenes.append(scene)


def _edges(lesson: Class, seen: Mapping[str, Sequence[Span]], *moments: Iterable[int]) -> list[int]:
    """Every moment at which something may change."""
    found = {0, lesson.duration_ms, *chain.from_iterable(moments)}
    for spans in seen.values():
        found.update(chain.from_iterable(spans))
    return sorted(ms for ms in found if 0 <= ms <= lesson.duration_ms)


def _speakers(lesson: Class) -> list[tuple[int, str]]:
    """Whose turn it is from when on: the one who began last, for as long as they speak; in silence
    the one who spoke last."""
    begun = sorted((since, until, pid) for pid, spans in lesson.voices for since, until in spans)
    turns: list[tuple[int, str]] = []
    first = next(iter(lesson.hosts), "")
    turns.append((0, first))
    over = 0
    for since, until, pid in begun:
        last_at, last = turns[-1]
        if pid == last:
            over = max(over, until)
        elif since >= over or (until > over and since - last_at >= SHORTEST_MS):
            turns.append((max(since, last_at + SHORTEST_MS if last_at else since), pid))
            over = until
    return turns


def _face(lesson: Class, seen: Mapping[str, Sequence[Span]], who: str, ms: int) -> str:
    for pid in (who,) if who else lesson.hosts:
        for film in lesson.films:
            is_theirs = film.source == "camera" and film.pid == pid
            if is_theirs and _is_seen(seen[film.track], ms):
                return film.track
    return ""


def _is_seen(spans: Sequence[Span], ms: int) -> bool:
    index = bisect_right(spans, ms, key=lambda span: span[0]) - 1
    return index >= 0 and ms < spans[index][1]


class _Steps:
    """What holds from when on."""

    def __init__(self, steps: Sequence[tuple[int, str]]) -> None:
        self.moments = [ms for ms, _ in steps]
        self._values = [value for _, value in steps]

    def at(self, ms: int) -> str:
        """The value that holds at this moment."""
        index = bisect_right(self.moments, ms) - 1
        return self._values[index] if index >= 0 else ""


def main_of(events: Iterable[Mapping[str, Any]], films: Sequence[Film]) -> list[tuple[int, str]]:
    """What filled the picture from when on, out of what happened in class: the board, a screen's
    track, or nothing. Where nobody says, a screen that is shared, else the page the class is on."""
    screens = [film for film in films if film.source == "screen"]
    turns: dict[int, tuple[str | None, bool, bool]] = {0: (None, False, False)}
    sharer, is_board, has_page = turns[0]
    for line in events:
        if line.get("event") == "stage":
            sharer, is_board = str(line.get("screen_of") or ""), bool(line.get("board"))
        elif line.get("event") == "turned":
            has_page = True
        else:
            continue
        turns[max(int(line["ms"]), 0)] = (sharer, is_board, has_page)
    moments = sorted({*turns, *(ms for film in screens for ms in (film.start_ms, film.end_ms))})
    found: list[tuple[int, str]] = []
    turn = turns[0]
    for ms in moments:
        turn = turns.get(ms, turn)
        what = _filling(screens, ms, turn)
        if not found or found[-1][1] != what:
            found.append((ms, what))
    return found


def hosts_of(events: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Who taught, in the order in which they came."""
    hosts = (
        str(line.get("pid", ""))
        for line in events
        if line.get("event") == "joined" and line.get("role") == "host"
    )
    return tuple(dict.fromkeys(hosts))


def _filling(screens: Sequence[Film], ms: int, turn: tuple[str | None, bool, bool]) -> str:
    sharer, is_board, has_page = turn
    if is_board:
        return BOARD
    for screen in screens:
        if sharer in (None, screen.pid) and screen.start_ms <= ms < screen.end_ms:
            return screen.track
    return BOARD if sharer is None and has_page else ""


def kept_spans(duration_ms: int, holes: Iterable[Sequence[int]]) -> list[Span]:
    """What is left of a recording without its pauses and cuts, in order."""
    kept: list[Span] = []
    at = 0
    for since, until in sorted((int(hole[0]), int(hole[1])) for hole in holes):
        if since > at:
            kept.append((at, min(since, duration_ms)))
        at = max(at, until)
        if at >= duration_ms:
            break
    if at < duration_ms:
        kept.append((at, duration_ms))
    return [(since, until) for since, until in kept if until > since]
