"""Questions prepared with a deck, for who teaches; students hear of one when it is asked."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.deck_door import DeckAsker, DeckDoor
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import deck_questions as store
from classroom.store.decks import DeckRow, find_deck
from classroom.wire.ask import Question, QuestionPlace
from classroom.wire.ask_form import is_askable
from courseware.deck import LEAVES_MAX

OF_SLIDE_MAX = 10


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question, and where its card will stand on the slide."""

    place: QuestionPlace
    question: Question


class SlideQuestions(Body):
    """All questions of a slide."""

    questions: list[Prepared] = Field(max_length=OF_SLIDE_MAX)


@dataclass(frozen=True, slots=True)
class PreparedTold:
    """A question of a slide, from 1."""

    slide: int
    place: QuestionPlace
    question: Question


@dataclass(frozen=True, slots=True)
class QuestionsTold:
    """The questions of a deck, by slide."""

    may_change: bool
    """Whether whoever asks may change them."""
    questions: list[PreparedTold]


_KNOWN = ("deck.unknown", "right.missing")


def question_routes(doors: Doors, door: DeckDoor) -> Blueprint:
    """`decks/<deck_id>/questions` and those of one slide."""
    routes = Blueprint(f"{door.name}deck_questions", __name__)

    @routes.get(f"{door.prefix}/decks/<deck_id>/questions")
    @tells(QuestionsTold, by=door.by, refuses=(*door.refuses, "deck.unknown"))
    async def listing(deck_id: str, code: str = "") -> Response:
        """List the questions prepared with a deck."""
        asker = await door.asker(code, doors.limits.deck_slides)
        return await _told(asker, await _deck(asker, deck_id))

    @routes.put(f"{door.prefix}/decks/<deck_id>/questions/<slide>")
    @tells(
        QuestionsTold,
        by=door.by,
        body=SlideQuestions,
        refuses=(*door.refuses, *_KNOWN, "slide.unknown", "quiz.invalid", "deck.questions"),
    )
    async def put(deck_id: str, slide: str, code: str = "") -> Response:
        """Prepare the questions of a slide: what is sent takes the place of all of them."""
        asker = await door.asker(code, doors.limits.deck_change)
        deck = await _deck(asker, deck_id)
        if not _may_change(asker, deck):
            raise Refused("right.missing", {"right": "own"})
        number = _number(slide)
        body = await read_body(SlideQuestions)
        if not all(is_askable(one.question) for one in body.questions):
            raise Refused("quiz.invalid")
        rows = [
            store.QuestionRow(number, one.place, asdict(one.question)) for one in body.questions
        ]
        await store.put_questions(deck.id, number, rows)
        return await _told(asker, deck)

    return routes


def _number(slide: str) -> int:
    is_number = slide.isascii() and slide.isdigit() and len(slide) <= len(str(LEAVES_MAX))
    if not is_number or not 1 <= int(slide) <= LEAVES_MAX:
        raise Refused("slide.unknown")
    return int(slide)


async def _deck(asker: DeckAsker, deck_id: str) -> DeckRow:
    deck = await find_deck(asker.reader, deck_id) if may_be_id(deck_id) else None
    if deck is None:
        raise Refused("deck.unknown")
    return deck


def _may_change(asker: DeckAsker, deck: DeckRow) -> bool:
    """Its owner; and staff whose decks go into the owner's library, for they have none."""
    return deck.owner in (asker.owner, asker.into)


async def _told(asker: DeckAsker, deck: DeckRow) -> Response:
    questions = [asdict(row) for row in await store.questions_of(deck.id)]
    return jsonify({"may_change": _may_change(asker, deck), "questions": questions})
