"""Drawing on a shared screen over real sockets: what is drawn arrives, with those it is for."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.room.command import PublishTrack, UnpublishTrack
from classroom.room.lobby_command import RemovePerson
from tests.support.board_class import BoardClass, Member, board_class
from tests.support.board_client import OpenPage, page_doc
from tests.support.signalling import Refusal
from whiteboard import frame


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


def share(member: Member, *, on: bool = True) -> None:
    """Somebody's screen has the stage, or goes."""
    live = member.place.live._hub.rooms[member.place.rooms["room-1"].id]
    kind = PublishTrack if on else UnpublishTrack
    live.do(kind(member.person.id, "screen"))


async def heard(member: Member, deed: str) -> dict[str, Any]:
    """The event of that deed."""
    told = await member.person.hear_event("ink_changed")
    while told["deed"] != deed:
        told = await member.person.hear_event("ink_changed")
    return dict(told)


async def with_ink(room: BoardClass) -> tuple[Member, Member, str]:
    """A teacher who draws on the screen of a student without a pen, and the page of it."""
    teacher, student = await room.member("Wu", "host"), await room.member("Li")
    share(student)
    begun = await teacher.ask("ink.begin", look="fade")
    return teacher, student, begun["page_id"]


async def test_both_draw_and_see_each_other() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_ink(room)
        told = await heard(student, "begun")
        ink = {"page_id": page_id, "share_of": student.person.id, "look": "fade", "is_open": True}
        assert told["ink"] == ink
        snapshot = await student.ask("room.sync")
        assert snapshot["ink"] == ink
        (page,) = snapshot["reserved"]["pages"]
        assert (page["id"], page["kind"], page["width"]) == (page_id, "ink", None)
        assert (snapshot["reserved"]["own"], snapshot["reserved"]["shown"]) == ("", "")
        hers, his = await teacher.page(page_id), await student.page(page_id)
        assert (hers.pen, his.pen) == ("all", "own")
        await teacher.board.send(frame.Live(hers.channel, "a-1", 0, b"12"))
        assert (await student.board.hear(frame.PeerLive)).peer == teacher.board.peer
        drawn = set(await hers.draw(2)) | set(await his.draw(1))
        await hers.sees(*drawn)
        await his.sees(*drawn)


async def test_who_may_not_draw_sees_it_and_no_more() -> None:
    async with board_class() as room:
        teacher, _student, page_id = await with_ink(room)
        bo = await room.member("Bo")
        assert await refused(bo.ask("ink.begin")) == "pen.missing"
        for event in ("ink.set", "ink.clear", "ink.unclear"):
            assert await refused(bo.ask(event)) == "right.missing"
        frozen = bo.ask("ink.freeze", asset="a", width=10, height=10)
        assert await refused(frozen) == "right.missing"
        page = await bo.page(page_id)
        assert page.pen == "none"
        (drawn,) = await (await teacher.page(page_id)).draw()
        await page.sees(drawn)
        await page.draw()
        await page.until(lambda: page.state == "denied")
        assert page.code == "pen.missing"


async def test_pens_and_closing_take_effect_at_once() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_ink(room)
        bo = await room.member("Bo")
        page, his = await bo.page(page_id), await student.page(page_id)
        await teacher.ask("board.give_pen", pen="own", participant_id=None)
        await page.until(lambda: page.pen == "own")
        await student.ask("ink.set", open=False)
        assert (await heard(bo, "set"))["ink"]["is_open"] is False
        await page.until(lambda: page.pen == "none")
        assert his.pen == "own"


async def test_cleared_and_brought_back() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_ink(room)
        his = await student.page(page_id)
        drawn = set(await his.draw(2))
        await his.saved()
        await student.ask("ink.clear")
        await his.until(lambda: his.state == "gone")
        assert (await heard(teacher, "cleared"))["by"] == student.person.id
        fresh = await teacher.page(page_id)
        assert fresh.ids == set()
        await student.ask("ink.clear")
        assert await teacher.doc(page_id) == fresh.doc_id, "what is empty is not cleared again"
        drawn |= set(await fresh.draw())
        await fresh.saved()
        await student.ask("ink.unclear")
        assert (await teacher.page(page_id, channel=1)).ids == drawn


async def test_nobody_is_told_the_whole_list_of_pages_anew() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_ink(room)
        await (await teacher.page(page_id)).draw()
        told = len([1 for name, _ in student.person.heard if name == "board.reserved"])
        await teacher.ask("ink.clear")
        await teacher.ask("ink.unclear")
        share(student, on=False)
        await heard(student, "ended")
        await student.ask("room.sync")  # what was told before is heard by then
        events = [
            entry["event"]["type"]
            for name, notice in student.person.heard
            if name == "room.events"
            for entry in notice["entries"]
        ]
        assert "board_changed" not in events
        kinds = [name for name, _ in student.person.heard]
        assert kinds.count("board.reserved") > told, "those it is there for hear of it"


async def test_frozen_with_what_was_drawn() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_ink(room)
        his = await student.page(page_id)
        drawn = set(await his.draw(2))
        await his.saved()
        answer = await teacher.ask("ink.freeze", asset="pic", width=1920, height=1080, name="Map")
        told = await heard(student, "frozen")
        assert told["page_id"] == answer["page_id"]
        snapshot = await student.ask("room.sync")
        (page,) = (one for one in snapshot["board"]["pages"] if one["id"] == answer["page_id"])
        assert (page["name"], page["backdrop"], page["height"]) == ("Map", "asset:pic", 720)
        assert snapshot["board"]["page_id"] == page["id"]
        assert snapshot["stage"] == {"screen_of": student.person.id, "board": True}
        assert (await student.page(channel=1)).ids == drawn
        assert his.state == "open", "the share has its ink still"
        (kept,) = room.kept.lists.values()
        assert "asset:pic" in [one.backdrop for one in kept.pages]


async def test_it_ends_with_the_share() -> None:
    async with board_class() as room:
        teacher, student, page_id = await with_ink(room)
        page = await teacher.page(page_id)
        doc_id = page_doc(await teacher.pages(), page_id)
        share(student, on=False)
        assert (await heard(teacher, "ended"))["ink"]["page_id"] == ""
        await page.until(lambda: page.state == "gone")
        again = OpenPage(teacher.board, 1, doc_id)
        await again.open()
        await again.until(lambda: again.state != "opening")
        assert (again.state, again.code) == ("refused", "page.unknown")
        assert await refused(teacher.ask("ink.clear")) == "ink.nothing"
        snapshot = await teacher.ask("room.sync")
        assert (snapshot["ink"]["page_id"], snapshot["reserved"]["pages"]) == ("", [])


async def test_who_was_removed_does_not_come_to_it_again() -> None:
    async with board_class() as room:
        teacher, _student, page_id = await with_ink(room)
        bo = await room.member("Bo")
        page = await bo.page(page_id)
        live = teacher.place.live._hub.rooms[teacher.place.rooms["room-1"].id]
        live.do(RemovePerson(teacher.person.id, bo.person.id))
        assert await bo.board.ended() == "seat.gone"
        assert page.state == "open", "the connection went before the page"
        assert str(bo.person.id) not in str(live.room.reserve())
