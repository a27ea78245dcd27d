"""What the slides of a deck say and show, for whoever may see the deck."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.deck_door import DeckDoor
from classroom.http.doors import Doors
from classroom.http.slide_address import slide_address
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.people.secret import Secret
from classroom.store.deck_prints import PrintRow, leaf_name, slides_of, texts_of
from classroom.store.decks import find_deck
from courseware.deck import Leaf, Slide


@dataclass(frozen=True, slots=True)
class LeafTold:
    """A slide at one of its steps. Sizes are units of the board."""

    step: int
    address: str
    """Its pictures are below it: `/320.webp`, `/1280.webp`, `/2560.webp`."""
    width: int
    height: int
    text: str
    """What stands on it; empty while it is not drawn."""


@dataclass(frozen=True, slots=True)
class SlideTold:
    """A slide, from 1."""

    number: int
    title: str
    notes: str
    """For who teaches."""
    leaves: list[LeafTold]


@dataclass(frozen=True, slots=True)
class SlidesTold:
    """The slides of the version in use."""

    slides: list[SlideTold]


def slides_routes(doors: Doors, door: DeckDoor) -> Blueprint:
    """`decks/<deck_id>/slides`."""
    routes = Blueprint(f"{door.name}deck_slides", __name__)

    @routes.get(f"{door.prefix}/decks/<deck_id>/slides")
    @tells(SlidesTold, by=door.by, refuses=(*door.refuses, "deck.unknown"))
    async def slides(deck_id: str, code: str = "") -> Response:
        """Tell of a deck's slides: titles, notes, texts and where their pictures are."""
        asker = await door.asker(code, doors.limits.deck_look)
        deck = await find_deck(asker.reader, deck_id) if may_be_id(deck_id) else None
        if deck is None:
            raise Refused("deck.unknown")
        used = deck.used.print
        said, texts = await slides_of(used.id), await texts_of(used.id)
        return jsonify(SlidesTold(_slides(doors.secret, used, said, texts)))

    return routes


def _slides(
    secret: Secret, used: PrintRow, said: tuple[Slide, ...], texts: dict[str, str]
) -> list[SlideTold]:
    leaves: dict[int, list[LeafTold]] = {}
    for leaf in used.leaves:
        text = texts.get(leaf_name(leaf.slide, leaf.step), "")
        leaves.setdefault(leaf.slide, []).append(_leaf(secret, used.id, leaf, text))
    words = dict(enumerate(said, start=1))
    none = Slide()
    return [
        SlideTold(number, words.get(number, none).title, words.get(number, none).notes, shown)
        for number, shown in leaves.items()
    ]


def _leaf(secret: Secret, print_id: str, leaf: Leaf, text: str) -> LeafTold:
    address = slide_address(secret, print_id, leaf.slide, leaf.step)
    return LeafTold(leaf.step, address, leaf.width, leaf.height, text)
