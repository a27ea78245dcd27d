"""What the slides of a deck say and show, for whoever may see the deck."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from quart import Blueprint, Response, current_app, request

from classroom.errors import Refused
from classroom.http.deck_door import DeckAsker, DeckDoor
from classroom.http.doors import Doors
from classroom.http.slide_address import slide_address
from classroom.http.told import tells
from classroom.ids import RoomId, may_be_id
from classroom.people.secret import Secret
from classroom.store.deck_prints import PrintRow, leaf_name, slides_of, texts_of
from classroom.store.deck_states import PrintState
from classroom.store.decks import DeckRow, find_deck
from courseware.deck import Leaf, Slide

TEXT_MAX = 4_000
"""Letters of a leaf's text that are told here; all of them are at its own address."""


@dataclass(frozen=True, slots=True)
class LeafTold:
    """A slide at one of its steps. Sizes are units of the board."""

    step: int
    address: str
    """Its pictures are below it: `/320.webp`, `/1280.webp`, `/2560.webp`."""
    width: int
    height: int
    text: str
    """The first letters of what stands on it; empty while it is not drawn."""


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
    """The slides of one version."""

    state: PrintState
    """While it is not `ready`, texts are missing."""
    slides: list[SlideTold]


def slides_routes(doors: Doors, door: DeckDoor) -> Blueprint:
    """`decks/<deck_id>/slides`."""
    routes = Blueprint(f"{door.name}deck_slides", __name__)

    @routes.get(f"{door.prefix}/decks/<deck_id>/slides")
    @tells(
        SlidesTold,
        by=door.by,
        query={"print": "print_id of one of its versions, for another one than that in use"},
        refuses=(*door.refuses, "deck.unknown", "version.unknown"),
    )
    async def slides(deck_id: str, code: str = "") -> Response:
        """Tell of a deck's slides: titles, notes, texts and where their pictures are."""
        asker = await door.asker(code, doors.limits.deck_slides)
        deck = await find_deck(asker.reader, deck_id) if may_be_id(deck_id) else None
        if deck is None:
            raise Refused("deck.unknown")
        shown = _print_of(doors, asker, deck, request.args.get("print", ""))
        said, texts = await slides_of(shown.id), await texts_of(shown.id)
        told = partial(_written, current_app.json.dumps, doors.secret, shown, said, texts)
        return Response(await asyncio.to_thread(told), content_type="application/json")

    return routes


def _print_of(doors: Doors, asker: DeckAsker, deck: DeckRow, print_id: str) -> PrintRow:
    """What was made of that version, or of the one in use; Refused `version.unknown`. Of another's
    deck staff of a class hear what is in use and what stands on their stage."""
    if print_id in ("", deck.used.print.id):
        return deck.used.print
    room_id = RoomId(asker.room_id)
    may_look = deck.owner == asker.owner or doors.live.shows_print(room_id, print_id)
    for version in deck.versions if may_look else ():
        if version.print.id == print_id:
            return version.print
    raise Refused("version.unknown")


def _written(
    dumps: Callable[[Any], str],
    secret: Secret,
    shown: PrintRow,
    said: tuple[Slide, ...],
    texts: dict[str, str],
) -> str:
    """`SlidesTold`, slide by slide, so that other threads have their turn between them."""
    slides = ",".join(dumps(one) for one in _slides(secret, shown, said, texts))
    return f'{{"state":{dumps(shown.state)},"slides":[{slides}]}}'


def _slides(
    secret: Secret, shown: PrintRow, said: tuple[Slide, ...], texts: dict[str, str]
) -> Iterator[SlideTold]:
    leaves: dict[int, list[LeafTold]] = {}
    for leaf in shown.leaves:
        text = texts.get(leaf_name(leaf.slide, leaf.step), "")
        leaves.setdefault(leaf.slide, []).append(_leaf(secret, shown.id, leaf, text))
    words = dict(enumerate(said, start=1))
    none = Slide()
    for number, steps in leaves.items():
        its = words.get(number, none)
        yield SlideTold(number, its.title, its.notes, steps)


def _leaf(secret: Secret, print_id: str, leaf: Leaf, text: str) -> LeafTold:
    address = slide_address(secret, print_id, leaf.slide, leaf.step)
    return LeafTold(leaf.step, address, leaf.width, leaf.height, text[:TEXT_MAX])
