"""Writes into the record of consents what people answered, and knows whose yes is stored.

A yes counts from the moment it is stored; a no from the moment it is said.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.recording.ledger import Ledger
from classroom.live.recording.permits import Permit
from classroom.live.room import LiveRoom
from classroom.room.recording_command import AnswerRecording
from classroom.room.recording_event import ConsentGiven
from classroom.room.recording_state import RecordingState
from classroom.store.consent import ConsentDeed
from classroom.wire.recording import RecordingNotKept


def take_back(live: LiveRoom, permit: Permit) -> None:
    """A yes that could not be stored counts for nothing: the room knows, and who gave it."""
    who, kind = permit
    with contextlib.suppress(Refused):  # they are away, or it is over
        live.do(AnswerRecording(who, ((kind, "no"),), ""))
    live.tell(who, RecordingNotKept())


@dataclass(frozen=True, slots=True)
class AnswersWord:
    """What is told of a yes: that it is stored, or that it could not be."""

    stored: Callable[[], None]
    lost: Callable[[Permit], None]


class Answers:
    """Of one recording, from its asking to its end."""

    def __init__(
        self,
        recording_id: str,
        lines: Callable[[Sequence[ConsentDeed]], Awaitable[None]],
        name_of: Callable[[ParticipantId], str],
        now: Callable[[], datetime],
        word: AnswersWord,
    ) -> None:
        self.ledger = Ledger(recording_id, lines)
        self._name_of = name_of
        self._now = now
        self.seen: set[tuple[str, str]] = set()
        """Who had which text before them, by its hash."""
        self._word = word
        self._said: dict[Permit, str] = {}
        self._newest: dict[Permit, int] = {}
        """Counts what each said: only the newest yes counts when it is stored."""
        self._stored: set[Permit] = set()

    def note(self, deed: str, pid: str = "", body: Mapping[str, Any] | None = None) -> None:
        """Have something written down that gates nothing."""
        self.ledger.note(self._deed(deed, pid, body or {}))

    def hear(self, given: ConsentGiven) -> None:
        """Somebody says something now."""
        for kind, answer in given.answers:
            permit = (given.participant_id, kind)
            before = self._said.get(permit)
            if before == answer:
                continue
            self._said[permit] = answer
            body = {"kind": kind, "answer": answer, "text": given.text}
            if answer == "no":
                self._stored.discard(permit)
                self.note("withdrawn" if before == "yes" else "answered", permit[0], body)
            else:
                self._note_yes(permit, body)

    def recall(self, state: RecordingState) -> None:
        """Write down anew what was said before this server was there, or to a recording that a
        restart broke off."""
        for consent in state.consents:
            for kind, answer in consent.answers:
                permit = (consent.participant_id, kind)
                if answer == "yes" and permit not in self._said:
                    self._said[permit] = answer
                    body = {"kind": kind, "answer": answer, "text": consent.text, "held": True}
                    self._note_yes(permit, body)

    def agreed(self, state: RecordingState) -> frozenset[Permit]:
        """Whose yes stands and is stored."""
        return frozenset(
            (consent.participant_id, kind)
            for consent in state.consents
            for kind, answer in consent.answers
            if answer == "yes"
            and kind in state.kinds
            and (consent.participant_id, kind) in self._stored
        )

    def _note_yes(self, permit: Permit, body: Mapping[str, Any]) -> None:
        count = self._newest[permit] = self._newest.get(permit, 0) + 1

        def stored() -> None:
            if self._said.get(permit) == "yes" and self._newest[permit] == count:
                self._stored.add(permit)
                self._word.stored()

        def lost() -> None:
            if self._newest[permit] == count and self._said.pop(permit, None) == "yes":
                self._word.lost(permit)

        self.ledger.note(self._deed("answered", permit[0], body), stored, lost)

    def _deed(self, deed: str, pid: str, body: Mapping[str, Any]) -> ConsentDeed:
        name = self._name_of(ParticipantId(pid)) if pid else ""
        return ConsentDeed(self._now(), deed, pid, name, body)
