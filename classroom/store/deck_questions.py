"""Questions prepared with a deck, by the number of the slide.

Who may see and change them is decided by the caller. Everything here may raise StoreFailed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.boards import failing
from classroom.store.deck_question_tables import DeckQuestion
from classroom.store.deck_tables import Deck
from classroom.store.held import hold

QUESTIONS_MAX = 100
"""Of one deck."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in the form in which it crosses the wire; `place` is "beside" or "over"."""

    slide: int
    place: str
    question: dict[str, Any]


async def questions_of(deck_id: str) -> list[QuestionRow]:
    """All of a deck, by slide, in the order in which they were kept."""
    with failing():
        found = await DeckQuestion.filter(deck_id=deck_id).order_by("slide", "id")
        return [QuestionRow(row.slide, row.place, json.loads(row.question)) for row in found]


async def put_questions(deck_id: str, slide: int, rows: Sequence[QuestionRow]) -> None:
    """These take the place of all of the slide. Refused `deck.unknown`, `deck.questions`."""
    with failing():
        async with in_transaction():
            if not await hold(Deck.filter(id=deck_id), "name"):
                raise Refused("deck.unknown")
            known = DeckQuestion.filter(deck_id=deck_id)
            others = await known.exclude(slide=slide).count()
            if others + len(rows) > QUESTIONS_MAX:
                raise Refused("deck.questions", {"max": QUESTIONS_MAX})
            await DeckQuestion.filter(deck_id=deck_id, slide=slide).delete()
            for row in rows:
                text = _text(row.question)
                await DeckQuestion.create(
                    deck_id=deck_id, slide=slide, place=row.place, question=text
                )


def _text(question: dict[str, Any]) -> str:
    # Escaped, because PostgreSQL keeps no text with a NUL or half a surrogate pair in it.
    return json.dumps(question, separators=(",", ":"))
