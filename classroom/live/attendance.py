"""When people spoke, and when their connection was bad: from what media tells to spans. A core.

Times are milliseconds of the room clock. A span that goes on is handed out in pieces that touch, so
that a report of a lesson that still goes on is right, and a restart loses little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from classroom.live.books import Books
from classroom.room.record import Span, SpanKind
from classroom.wire.notices import NetworkReport

PAUSE_MS = 2_000
"""A shorter silence belongs to what somebody says."""
PIECE_MS = 60_000
"""Of a bad connection that goes on."""


@dataclass(slots=True)
class _Voice:
    """Somebody who speaks; `silent_since` while they take a breath."""

    since: int
    silent_since: int | None = None


@dataclass(slots=True)
class _Trouble:
    kind: SpanKind
    since: int


class Attendance:
    """Invariant: spans of one person and kind are handed out in order and never overlap."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._voices: dict[str, _Voice] = {}
        self._troubles: dict[str, _Trouble] = {}
        self._spans: list[Span] = []

    def hear(self, producers: Iterable[object], *, now_ms: int) -> None:
        """The producers that speak now, and no others."""
        owners = self._books.producers
        speaking = {str(owners[it].owner) for it in producers if it in owners}  # type: ignore[index]
        self._end_silences(now_ms)
        for who in speaking:
            voice = self._voices.setdefault(who, _Voice(now_ms))
            voice.silent_since = None
        for who, voice in self._voices.items():
            if who not in speaking and voice.silent_since is None:
                voice.silent_since = now_ms

    def judge(self, report: NetworkReport, *, now_ms: int) -> None:
        """How everybody's connection is now; whoever is not in the report is not there."""
        told = {one.participant_id: one.quality for one in report.people}
        for who in [*self._troubles]:
            trouble = self._troubles[who]
            if told.get(who) != trouble.kind or now_ms - trouble.since >= PIECE_MS:
                self._add(who, trouble.kind, trouble.since, now_ms)
                del self._troubles[who]
        for who, quality in told.items():
            if quality in ("weak", "poor") and who not in self._troubles:
                self._troubles[who] = _Trouble(quality, now_ms)

    def take(self, present: Collection[str], *, now_ms: int) -> list[Span]:
        """What is over, and of those who speak now what they have said so far."""
        self._end_silences(now_ms)
        for who in [*self._voices]:
            voice = self._voices[who]
            self._add(who, "spoke", voice.since, self._heard_until(voice, now_ms))
            voice.since = self._heard_until(voice, now_ms)
            if who not in present:
                del self._voices[who]
        spans, self._spans = self._spans, []
        return spans

    def take_all(self, *, now_ms: int) -> list[Span]:
        """Everything, at the end."""
        for who, trouble in self._troubles.items():
            self._add(who, trouble.kind, trouble.since, now_ms)
        self._troubles.clear()
        return self.take((), now_ms=now_ms)

    def _end_silences(self, now_ms: int) -> None:
        for who in [*self._voices]:
            voice = self._voices[who]
            if voice.silent_since is not None and now_ms - voice.silent_since >= PAUSE_MS:
                self._add(who, "spoke", voice.since, voice.silent_since)
                del self._voices[who]

    def _heard_until(self, voice: _Voice, now_ms: int) -> int:
        return now_ms if voice.silent_since is None else voice.silent_since

    def _add(self, who: str, kind: SpanKind, from_ms: int, to_ms: int) -> None:
        if to_ms > from_ms:
            self._spans.append(Span(who, kind, from_ms, to_ms))
