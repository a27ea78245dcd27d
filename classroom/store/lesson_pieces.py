"""Pieces of a lesson's state that are large and stay as they are: each is written once.

The store knows neither the state nor its pieces; what goes apart is said by functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from classroom.store.boards import failing
from classroom.store.lesson_tables import LessonPiece


@dataclass(frozen=True, slots=True)
class Pieces:
    """How the state of a room is taken apart. `kind` is the type of a piece."""

    kind: Any
    apart: Callable[[Any], tuple[Any, Mapping[str, Any]]]
    """The rest of the state, and the pieces by name. A piece of one name never changes."""
    together: Callable[[Any, Mapping[str, Any]], Any]


NONE = Pieces(Any, lambda state: (state, {}), lambda state, pieces: state)


class LessonPieces:
    """Invariant: what is in `_written` of a lesson is in the database."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._forms: TypeAdapter[Any] = TypeAdapter(pieces.kind)
        self._written: dict[str, set[str]] = {}

    def take(self, lesson_id: str, state: Any) -> tuple[Any, dict[str, str]]:
        """The rest of the state, and the pieces that have to be written with it, as JSON."""
        rest, pieces = self._pieces.apart(state)
        written = self._written.get(lesson_id, ())
        new = {
            name: self._forms.dump_json(piece).decode()
            for name, piece in pieces.items()
            if name not in written
        }
        return rest, new

    def note(self, lesson_id: str, names: Sequence[str]) -> None:
        """These are written."""
        if names:
            self._written.setdefault(lesson_id, set()).update(names)

    def forget(self, lesson_id: str) -> None:
        """The lesson is over."""
        self._written.pop(lesson_id, None)

    async def whole(self, lesson_id: str, rest: Any) -> Any:
        """The state with the pieces that were written. Raises StoreFailed, and ValidationError
        for what cannot be read any more."""
        with failing():
            rows = await LessonPiece.filter(lesson_id=lesson_id)
        pieces = {row.name: self._forms.validate_json(row.body) for row in rows}
        self.note(lesson_id, list(pieces))
        return self._pieces.together(rest, pieces)


async def write_pieces(lesson_id: str, pieces: Mapping[str, str]) -> None:
    """Within the transaction of the state; one that is there already stays."""
    rows = [LessonPiece(lesson_id=lesson_id, name=name, body=body) for name, body in pieces.items()]
    if rows:
        await LessonPiece.bulk_create(rows, ignore_conflicts=True)


async def drop_pieces(lesson_id: str) -> None:
    """The lesson is over: nobody goes on with it."""
    await LessonPiece.filter(lesson_id=lesson_id).delete()
