"""Whatever goes wrong in whatever order: nothing acknowledged is lost, and in the end all agree."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc

from tests.support.board_lesson import Client, Lesson
from whiteboard import frame

MISHAPS = ("draw", "draw", "draw", "lose", "return", "break", "mend", "kill", "wait", "idle")


class Writer:
    """Somebody who keeps their updates until they are acknowledged, over all connections."""

    def __init__(self, lesson: Lesson, name: str) -> None:
        self.lesson = lesson
        self.name = name
        self.connection: Client | None = None
        self.document: Doc[Any] | None = None
        self.drawn: list[str] = []
        self._kept: list[tuple[int, str, bytes]] = []
        self.returns()

    def returns(self) -> None:
        if self.connection is None:
            self.connection = self.lesson.comes(self.name)
            self.connection.opens(document=self.document)
            self.document = self.connection.docs[0]
            for no, _, update in self._kept:
                self.connection.sends(frame.Update(0, no, update))
            self.looks()

    def loses(self) -> None:
        if self.connection:
            self.connection.leaves()
            self.connection = None

    def draws(self) -> None:
        if self.connection is None:
            return
        key, update = self.connection.stroke()
        self.drawn.append(key)
        self._kept.append((len(self.drawn), key, update))
        self.connection.sends(frame.Update(0, len(self.drawn), update))

    def looks(self) -> None:
        """What was acknowledged has to be on disk."""
        if self.connection:
            assert not self.connection.heard(frame.Deny)
            acked = self.connection.acked.get(0, 0)
            if acked:
                stored = self.lesson.stored().items()
                assert set(self.drawn[:acked]) <= stored.keys()
            self._kept = [one for one in self._kept if one[0] > acked]

    @property
    def has_unsaved(self) -> bool:
        return bool(self._kept)


def happens(lesson: Lesson, writers: list[Writer], who: Writer, mishap: str) -> None:
    match mishap:
        case "draw":
            who.draws()
        case "lose":
            who.loses()
        case "return":
            who.returns()
        case "break" | "mend":
            lesson.store.is_broken = mishap == "break"
        case "kill":
            lesson.begins(("p1",))
            for writer in writers:
                writer.connection = None
        case _:
            lesson.passes(0.5 if mishap == "wait" else 40.0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(MISHAPS)), max_size=30),
    st.booleans(),
)
def test_nothing_acknowledged_is_lost_and_all_agree(
    mishaps: list[tuple[int, str]], is_held: bool
) -> None:
    lesson = Lesson()
    writers = [Writer(lesson, name) for name in ("ana", "ben", "cui")]
    lesson.holds_commits = is_held
    for number, mishap in mishaps:
        happens(lesson, writers, writers[number], mishap)
        if is_held and mishap == "wait":
            lesson.release()
        for writer in writers:
            writer.looks()
    lesson.store.is_broken = lesson.holds_commits = False
    lesson.release()
    for writer in writers:
        writer.loses()
        writer.returns()
    lesson.passes(5)
    drawn = {key for writer in writers for key in writer.drawn}
    assert lesson.stored().items().keys() == drawn
    for writer in writers:
        writer.looks()
        assert not writer.has_unsaved
        assert writer.connection
        assert writer.connection.items() == drawn
