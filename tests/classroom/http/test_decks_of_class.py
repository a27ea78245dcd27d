"""Who may do what with a deck: the table of docs/http_decks.md, a row each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from classroom.clock import iso, utc_now
from classroom.http.slide_address import slide_address
from classroom.ids import ParticipantId, RoomId
from classroom.live.deck_pages import clean
from classroom.people.throttle import Throttle
from classroom.room.board import new_board
from classroom.room.command import TakeSeat
from classroom.room.decks_command import PlaceDeck
from classroom.room.lifecycle import RoomTerms
from classroom.room.page import PlacedDeck, Placement
from classroom.room.room import Room
from classroom.store.deck_placing import Addresses, deck_to_place
from classroom.store.deck_prints import (
    PrintFile,
    add_print_file,
    advance,
    note_opened,
    picture_name,
)
from classroom.store.deck_states import EVENTS
from classroom.store.decks import Reader, find_deck, note_placed
from classroom.wire import codec, entries
from courseware.deck import Leaf, Slide
from tests.support import decks as corpus
from tests.support.deck_desk import Teller
from tests.support.people import House

PAPER = corpus.plain_pdf(1)


@dataclass
class Class:
    """A room of Mei, who has one deck in her library and one that was sent in the room."""

    home: House
    owner: Teller
    room: dict[str, str]
    own: str
    sent: str

    async def seated(self, who: str, role: str, account_id: str | None = None) -> Teller:
        return await Teller.seated(self.home, self.room, who, role, account_id)  # type: ignore[arg-type]


@pytest.fixture
async def class_of_mei(home: House) -> Class:
    owner = await Teller.signed_up(home)
    room = await owner.browser.makes_room()
    own = (await owner.sends(PAPER, "own.pdf")).json["deck_id"]
    account_id = (await owner.browser.get("/api/session")).json["account"]["id"]
    host = await Teller.seated(home, room, "mei", "host", account_id)
    sent = (await host.sends(PAPER, "sent.pdf")).json["deck_id"]
    return Class(home, owner, room, own, sent)


async def names(teller: Teller) -> set[str]:
    return {deck["name"] for deck in (await teller.asks("GET", "decks")).json["decks"]}


CHANGES = (
    ("PATCH", "decks/{}", {"name": "Mine"}),
    ("DELETE", "decks/{}", None),
    ("POST", "decks/{}/versions/x/use", None),
    ("DELETE", "decks/{}/versions/x", None),
)


async def test_the_owner_has_all_of_them_everywhere(class_of_mei: Class) -> None:
    c = class_of_mei
    account_id = (await c.owner.browser.get("/api/session")).json["account"]["id"]
    host = await c.seated("mei", "host", account_id)
    assert await names(c.owner) == await names(host) == {"own", "sent"}
    assert (await host.asks("PATCH", f"decks/{c.own}", {"name": "Renamed"})).status == 200
    assert (await host.asks("POST", "deck-folders", {"name": "x"})).status == 201


async def test_another_account_has_none(class_of_mei: Class) -> None:
    c = class_of_mei
    bo = await Teller.signed_up(c.home, "bo@example.org")
    assert await names(bo) == set()
    for deck_id in (c.own, c.sent):
        assert (await bo.asks("GET", f"decks/{deck_id}")).code == "deck.unknown"
        assert (await bo.asks("GET", f"decks/{deck_id}/slides")).code == "deck.unknown"
        for method, path, body in CHANGES:
            answer = await bo.asks(method, path.format(deck_id), body)
            assert answer.code == "deck.unknown", (method, path)
        assert (await bo.sends(PAPER, deck_id=deck_id)).code == "deck.unknown"


async def test_an_assistant_without_an_account_sees_the_rooms_and_sends_for_its_owner(
    class_of_mei: Class,
) -> None:
    c = class_of_mei
    li = await c.seated("li", "assistant")
    assert await names(li) == {"sent"}
    assert (await li.deck(c.sent))["is_own"] is False
    assert (await li.asks("GET", f"decks/{c.own}")).code == "deck.unknown"
    for method, path, body in CHANGES:
        assert (await li.asks(method, path.format(c.sent), body)).code == "right.missing"
        assert (await li.asks(method, path.format(c.own), body)).code == "deck.unknown"
    assert (await li.asks("POST", "deck-folders", {"name": "x"})).code == "right.missing"
    assert (await li.sends(PAPER, deck_id=c.sent)).code == "right.missing"
    assert (await li.sends(PAPER, "from li.pdf")).json["is_ready"] is True
    assert await names(li) == {"sent", "from li"}
    assert await names(c.owner) == {"own", "sent", "from li"}


async def test_an_assistant_with_an_account_brings_their_own(class_of_mei: Class) -> None:
    c = class_of_mei
    bo = await Teller.signed_up(c.home, "bo@example.org")
    account_id = (await bo.browser.get("/api/session")).json["account"]["id"]
    await bo.sends(PAPER, "of bo.pdf")
    seated = await c.seated("bo", "assistant", account_id)
    assert await names(seated) == {"sent", "of bo"}
    for method, path, body in CHANGES:
        assert (await seated.asks(method, path.format(c.sent), body)).code == "right.missing"
    await seated.sends(PAPER, "brought.pdf")
    assert await names(bo) == {"of bo", "brought"}
    assert await names(c.owner) == {"own", "sent"}, "it is not the owner's"
    account_id = (await c.owner.browser.get("/api/session")).json["account"]["id"]
    assert await names(await c.seated("mei", "host", account_id)) == {"own", "sent", "brought"}


@pytest.mark.parametrize("role", ["student", "observer"])
async def test_who_does_not_lead_has_nothing(class_of_mei: Class, role: str) -> None:
    li = await class_of_mei.seated("li", role)
    one = f"decks/{class_of_mei.sent}"
    for method, path in (("GET", "decks"), ("GET", one), ("GET", f"{one}/slides")):
        assert (await li.asks(method, path)).code == "right.missing"
    assert (await li.sends(PAPER)).code == "right.missing"


async def test_the_class_is_asked_each_time(class_of_mei: Class) -> None:
    c = class_of_mei
    li = await c.seated("li", "student")
    place = (c.room["id"], "li")
    c.home.live.roles[place] = "assistant"
    assert await names(li) == {"sent"}, "who was promoted"
    begun = await li.begins(("x.pdf", len(PAPER)))
    c.home.live.roles[place] = "student"
    assert (await li.piece(begun.json["upload_id"], PAPER)).code == "right.missing"
    c.home.live.roles[place] = "assistant"
    c.home.live.inside.discard(place)
    assert (await li.piece(begun.json["upload_id"], PAPER)).code == "room.not_joined"


async def test_pieces_are_brought_by_who_announced_them(class_of_mei: Class) -> None:
    c = class_of_mei
    li, bo = await c.seated("li", "assistant"), await c.seated("bo", "assistant")
    begun = await li.begins(("x.pdf", len(PAPER)))
    path = f"decks/uploads/{begun.json['upload_id']}"
    assert (await bo.piece(begun.json["upload_id"], PAPER)).code == "upload.unknown"
    assert (await bo.asks("GET", f"{path}/0")).code == "upload.unknown"
    assert (await bo.asks("DELETE", path)).code == "upload.unknown"
    assert (await c.owner.asks("DELETE", path)).code == "upload.unknown"


async def test_others_hear_of_what_is_in_use_alone(class_of_mei: Class) -> None:
    """Where else it stood, and what else was sent for it, is its owner's business."""
    c = class_of_mei
    room_id, other = RoomId(c.room["id"]), await c.owner.browser.makes_room()
    for place in (room_id, RoomId(other["id"])):
        await note_placed(c.sent, place, at=utc_now())
    await c.owner.sends(corpus.plain_pdf(2), "Draft for Anna.pdf", deck_id=c.sent)
    hers = await c.owner.deck(c.sent)
    assert (len(hers["placed_in"]), len(hers["versions"]), hers["used_at"] is None) == (2, 2, False)

    li = await c.seated("li", "assistant")
    seen = await li.deck(c.sent)
    assert (seen["placed_in"], seen["used_at"], seen["bytes"]) == ([], None, len(PAPER))
    assert [version["name"] for version in seen["versions"]] == ["sent.pdf"]
    assert (await li.asks("GET", "decks")).json["decks"] == [seen]

    deck = await find_deck(Reader(room_id=room_id), c.sent)
    assert deck is not None
    draft = deck.versions[0].print.id
    path = f"decks/{c.sent}/slides?print={draft}"
    assert (await li.asks("GET", path)).code == "version.unknown"
    assert (await li.asks("GET", f"decks/{c.sent}/slides")).status == 200
    assert (await c.owner.asks("GET", path)).status == 200
    standing = Placement("p", c.sent, draft, "sent", "slides", iso(utc_now()))
    c.home.live.placed[(other["id"], "p")] = PlacedDeck(standing, ())
    assert (await li.asks("GET", path)).code == "version.unknown", "it stands elsewhere"
    c.home.live.placed[(room_id, "p")] = PlacedDeck(standing, ())
    assert (await li.asks("GET", path)).status == 200, "it stands on their own stage"


NOTES = "do not tell them the answer is 42"


async def test_notes_are_told_to_who_leads_and_nowhere_else(class_of_mei: Class) -> None:
    c = class_of_mei
    print_id = (await c.owner.deck(c.sent))["print_id"]
    await note_opened(print_id, [Leaf(1, 0, 1280, 960)], [Slide("Roots", NOTES)], at=utc_now())
    for event in EVENTS[:2]:  # begun, and its first page is there
        await advance(print_id, event, at=utc_now())
    host, li = await c.seated("mei", "host"), await c.seated("li", "student")
    told = await host.asks("GET", f"decks/{c.sent}/slides?print={print_id}")
    assert told.json["slides"][0]["notes"] == NOTES
    address = told.json["slides"][0]["leaves"][0]["address"]
    for path in (f"decks/{c.sent}/slides?print={print_id}", "decks", f"decks/{c.sent}"):
        assert NOTES not in str((await li.asks("GET", path)).body)

    room = Room(
        RoomTerms(RoomId(c.room["id"]), c.room["code"], "Algebra", 10, 60),
        new_board("b", "p1"),
        now=0,
        at=utc_now(),
    )
    wu, lin = ParticipantId("wu"), ParticipantId("li")
    places = Addresses(partial(slide_address, c.home.doors.secret), lambda *of: "")
    stored = await deck_to_place(RoomId(c.room["id"]), None, c.sent, places)
    assert stored is not None
    coming = clean(stored, iso(utc_now()))
    steps = (
        TakeSeat(wu, "Wu", "host"),
        TakeSeat(lin, "Li", "student"),
        PlaceDeck(wu, coming.placement, coming.pages, coming.page_id),
    )
    letters: list[Any] = []
    for step in steps:
        letters += map(entries.entry_form, room.apply(step, now=1, at=utc_now()))
    letters += [entries.snapshot_form(room, room.participants[who], now=1) for who in (wu, lin)]
    said = str([codec.encode(letter) for letter in letters])
    assert address in said, "they see the slide"
    assert NOTES not in said


async def test_a_deck_full_of_words_is_told_in_part_and_not_too_often(class_of_mei: Class) -> None:
    c = class_of_mei
    print_id = (await c.owner.deck(c.sent))["print_id"]
    await note_opened(print_id, [Leaf(1, 0, 1280, 960)], [Slide()], at=utc_now())
    words = "Aä" * 10_000
    await add_print_file(
        print_id, PrintFile(picture_name(1, 0, 1280), "image/webp", "0" * 64, 9, words)
    )
    c.home.doors.limits.deck_slides = Throttle(rate_per_s=0.01, burst=1)
    told = await c.owner.asks("GET", f"decks/{c.sent}/slides")
    assert told.json["slides"][0]["leaves"][0]["text"] == words[:4_000]
    assert (await c.owner.asks("GET", f"decks/{c.sent}/slides")).code == "rate.limited"
    assert (await c.owner.asks("GET", f"decks/{c.sent}")).status == 200
