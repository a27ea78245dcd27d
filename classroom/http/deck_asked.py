"""What is asked for when a deck of a class is put into a PDF: by whom, which deck, which of its
leaves, and how the file is called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quart import request

from classroom.blobs.names import clean_name
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.shown_seat import leads_class, seat_key, seat_of
from classroom.ids import may_be_id
from classroom.jobs.burning import order_of
from classroom.people.seat import SeatClaims
from classroom.room.page import PlacedDeck
from classroom.store.deck_prints import PrintRow, find_print, leaf_name
from courseware.deck import SHEETS_MAX

ANNOTATED = {"en": "annotated", "zh-CN": "批注"}
"""What stands behind the deck's name in the name of the file, by the language of who asks."""
_PAGES = re.compile(r"(\d{1,4}-\d{1,4}(,\d{1,4}-\d{1,4})*)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """`order` are the pages of the PDF: leaf of the print and page of what was drawn, from 0."""

    seat: SeatClaims
    row: PrintRow
    order: Sequence[tuple[int, int | None]]
    name: str

    @property
    def who(self) -> str:
        """The person, whichever class they lead."""
        return self.seat.account_id or seat_key(self.seat)


def asked_seat(doors: Doors, code: str) -> SeatClaims:
    """Who leads the class and is in it; Refused `room.not_joined`, `right.missing`,
    `rate.limited`."""
    seat = seat_of(doors, code)
    if not doors.live.is_inside(seat.room_id, seat.participant_id):
        raise Refused("room.not_joined")
    if not leads_class(doors, seat):
        raise Refused("right.missing", {"right": "may_lead_board"})
    spend(doors.limits.deck_export, seat_key(seat))
    return seat


async def asked_deck(doors: Doors, seat: SeatClaims, placement_id: str) -> Asked:
    """Refused `deck.unknown`, `deck.not_ready` while its first page is being made,
    `body.malformed`."""
    is_id = may_be_id(placement_id)
    deck = doors.live.placed_deck(seat.room_id, placement_id) if is_id else None
    row = None if deck is None else await find_print(deck.placement.print_id)
    if deck is None or row is None or deck.placement.kind != "slides":
        raise Refused("deck.unknown")
    if not row.is_shown:
        raise Refused("deck.not_ready")
    return Asked(seat, row, _order(deck, row), _file_name(deck))


def _order(deck: PlacedDeck, row: PrintRow) -> Sequence[tuple[int, int | None]]:
    asked = request.args.get("pages", "")
    drawn = asked.split(",") if asked else []
    leaves = row.leaves
    names = {leaf_name(leaf.slide, leaf.step) for leaf in leaves}
    is_plain = _PAGES.fullmatch(asked) and len(drawn) <= SHEETS_MAX
    if not is_plain or len(set(drawn)) != len(drawn) or not names.issuperset(drawn):
        raise Refused("body.malformed", {"field": "pages"})
    shown = None
    if request.args.get("slides") == "shown":
        shown = {leaf_name(page.slide, page.step) for page in deck.pages if page.is_seen}
    order = order_of(leaves, drawn, shown)
    if not order:
        raise Refused("deck.unknown")
    return order


def _file_name(deck: PlacedDeck) -> str:
    """As the class knows the deck, and that it was drawn on."""
    word = ANNOTATED.get(request.args.get("language", ""), ANNOTATED["en"])
    return clean_name(f"{deck.placement.name} ({word}).pdf")
