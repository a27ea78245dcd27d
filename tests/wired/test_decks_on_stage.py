"""Decks on a live stage: turned, drawn on, put away with what was drawn, and not seen before."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.ids import RoomId
from tests.support.board_class import BoardClass, Member, board_class
from tests.support.board_client import OpenPage
from tests.support.signalling import Refusal
from whiteboard import frame


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def turned_to(student: Member, page_id: str) -> dict[str, Any]:
    """The event of a turn to that page."""
    told = await student.person.hear_event("page_turned")
    while told["page_id"] != page_id:
        told = await student.person.hear_event("page_turned")
    return dict(told)


async def with_deck(room: BoardClass) -> tuple[Member, Member, str]:
    """A teacher and a student with a pen, and two slides on the stage, the second in two steps."""
    teacher, student = await room.pair()
    room.kept.decks.add("algebra", (1, 0), (2, 0), (2, 1))
    placed = await teacher.ask("deck.place", deck_id="algebra")
    return teacher, student, placed["placement_id"]


async def test_a_deck_is_placed_turned_and_drawn_on() -> None:
    async with board_class() as room:
        teacher, student, deck = await with_deck(room)
        assert room.kept.decks.placed == ["algebra"]
        (kept,) = room.kept.lists.values()
        assert [page.id for page in kept.pages][1:] == [
            f"{deck}-{n}" for n in ("1-0", "2-0", "2-1")
        ]
        told = await student.person.hear_event("board_changed")
        while not told["board"]["placements"]:
            told = await student.person.hear_event("board_changed")
        (placement,) = told["board"]["placements"]
        assert (placement["name"], placement["kind"]) == ("Roots", "slides")
        backdrops = [page["backdrop"] for page in told["board"]["pages"]]
        assert backdrops == ["", "/slides/print/algebra-1-0", "", ""]
        await teacher.ask("board.turn", page_id=f"{deck}-2-1")
        event = await turned_to(student, f"{deck}-2-1")
        (page,) = event["pages"]
        assert (page["backdrop"], page["is_seen"]) == ("/slides/print/algebra-2-1", True)
        hers = await teacher.page()
        his = await student.page()
        drawn = set(await hers.draw(2)) | set(await his.draw(1))
        await hers.sees(*drawn)
        await teacher.ask("board.turn", page_id=f"{deck}-1-0")
        assert (await turned_to(student, f"{deck}-1-0"))["pages"] == [], "it was seen before"


async def test_what_of_a_deck_was_seen_is_known() -> None:
    async with board_class() as room:
        teacher, _, deck = await with_deck(room)
        await teacher.ask("board.turn", page_id=f"{deck}-2-0")
        live, room_id = room.place.live, room.place.rooms["room-1"].id
        placed = live.placed_deck(room_id, deck)
        assert placed is not None
        assert placed.placement.name == "Roots"
        seen = {(page.slide, page.step): page.is_seen for page in placed.pages}
        assert seen == {(1, 0): True, (2, 0): True, (2, 1): False}
        assert live.placed_deck(room_id, "other") is None
        shown = placed.placement.print_id
        assert live.shows_print(room_id, shown)
        assert not live.shows_print(room_id, "other")
        assert not live.shows_print(RoomId("other"), shown)
        await teacher.ask("deck.leave", placement_id=deck)
        assert live.placed_deck(room_id, deck) is None
        assert not live.shows_print(room_id, shown)


@pytest.mark.parametrize("mode", [frame.WRITE, frame.LOOK])
async def test_a_page_that_was_not_shown_is_opened_by_staff_alone(mode: int) -> None:
    async with board_class() as room:
        teacher, student, deck = await with_deck(room)
        page = OpenPage(student.board, 0, await student.doc(f"{deck}-2-0"))
        await page.open(mode)
        await page.until(lambda: page.state != "opening")
        assert (page.state, page.code) == ("refused", "page.unknown")
        assert (await teacher.page(f"{deck}-2-0", mode=mode)).state == "open"
        await teacher.ask("board.turn", page_id=f"{deck}-2-0")
        assert (await student.page(f"{deck}-2-0", mode=mode, channel=1)).state == "open"


async def test_what_was_drawn_comes_back_with_a_deck_that_was_put_away() -> None:
    async with board_class() as room:
        teacher, student, deck = await with_deck(room)
        await teacher.ask("board.turn", page_id=f"{deck}-2-0")
        his = await student.page()
        drawn = set(await his.draw(3))
        await his.saved()
        await teacher.ask("deck.leave", placement_id=deck)
        await his.until(lambda: his.state == "gone")
        assert len((await teacher.pages())["pages"]) == 1
        answer = await teacher.ask("deck.placements", deck_id="algebra")
        (away,) = answer["placements"]
        assert (away["id"], away["slides"]) == (deck, 2)
        clean = (await teacher.ask("deck.place", deck_id="algebra"))["placement_id"]
        assert clean != deck
        assert (await student.page(f"{clean}-1-0", channel=1)).ids == set()
        await teacher.ask("deck.place", deck_id="algebra", placement_id=deck)
        assert (await teacher.pages())["page_id"] == f"{deck}-2-0", "where the class was"
        assert (await student.page(channel=2)).ids == drawn
        answer = await teacher.ask("deck.placements", deck_id="algebra")
        assert answer["placements"] == [], "it is on the stage"


async def test_what_cannot_be_placed_is_said() -> None:
    async with board_class() as room:
        teacher, student, deck = await with_deck(room)
        decks = room.kept.decks
        decks.add("early", (1, 0), state="opening")
        decks.add("broken", (1, 0), state="failed")
        for deck_id, code in (
            ("early", "deck.not_ready"),
            ("broken", "deck.failed"),
            ("nobodys", "deck.unknown"),
        ):
            assert await refused(teacher.ask("deck.place", deck_id=deck_id)) == code
        again = teacher.ask("deck.place", deck_id="algebra", placement_id="elsewhere")
        assert await refused(again) == "deck.unknown"
        for event, payload in (
            ("deck.place", {"deck_id": "algebra"}),
            ("deck.leave", {"placement_id": deck}),
            ("deck.placements", {"deck_id": "algebra"}),
        ):
            assert await refused(student.ask(event, **payload)) == "right.missing"
        decks.is_broken = True
        assert await refused(teacher.ask("deck.leave", placement_id=deck)) == "board.not_saved"
        assert len((await teacher.pages())["pages"]) == 4, "it stays when it cannot be kept"


async def test_a_new_version_comes_under_what_was_drawn() -> None:
    async with board_class() as room:
        teacher, student, deck = await with_deck(room)
        his = await student.page()
        drawn = set(await his.draw(2))
        await his.saved()
        await teacher.ask("deck.update", placement_id=deck)
        assert len((await teacher.pages())["pages"]) == 4, "it is the one in use"
        room.kept.decks.add("algebra", (1, 0), (3, 0), version="print-2")
        await teacher.ask("deck.update", placement_id=deck)
        told = await student.person.hear_event("board_changed")
        while (
            not told["board"]["placements"] or told["board"]["placements"][0]["print_id"] == "print"
        ):
            told = await student.person.hear_event("board_changed")
        pages = told["board"]["pages"][1:]
        assert [(page["slide"], page["backdrop"]) for page in pages] == [
            (1, "/slides/print-2/algebra-1-0"),
            (3, ""),
        ]
        assert his.state == "open"
        assert his.ids == drawn
        (kept,) = room.kept.lists.values()
        assert [page.id for page in kept.pages][1:] == [f"{deck}-1-0", f"{deck}-3-0"]
        assert await refused(student.ask("deck.update", placement_id=deck)) == "right.missing"
        assert await refused(teacher.ask("deck.update", placement_id="gone")) == "deck.unknown"
