"""A board for everyone over real sockets: whose page is whose, and what strangers are told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.live import wall_pages
from classroom.room.command import TakeSeat
from tests.support.board_class import BoardClass, Member, board_class
from tests.support.board_client import OpenPage, page_doc
from tests.support.signalling import Refusal, until
from whiteboard import frame
from whiteboard.frame_writing import encode


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


class Wall:
    """A teacher, Li and Bo at their boards, with a board for everyone open."""

    def __init__(self, room: BoardClass, teacher: Member, li: Member, bo: Member) -> None:
        self.room = room
        self.teacher, self.li, self.bo = teacher, li, bo

    async def reserved(self, member: Member) -> dict[str, Any]:
        """What of the board is reserved for somebody, as a fresh snapshot has it."""
        room = await member.ask("room.sync")
        reserved: dict[str, Any] = room["reserved"]
        return reserved

    async def own(self, member: Member) -> str:
        """Somebody's page, as soon as they have one."""
        async with asyncio.timeout(20):
            while not (own := str((await self.reserved(member))["own"])):
                await member.person.hear("board.reserved")
        return own

    async def refused_page(self, member: Member, page_id: str, mode: int, channel: int) -> str:
        """What somebody is told who opens a page by its id."""
        doc_id = page_doc(await self.teacher.pages(), page_id)
        page = OpenPage(member.board, channel, doc_id)
        await page.open(mode)
        await page.until(lambda: page.state != "opening")
        assert page.state == "refused"
        return page.code


async def wall_of(room: BoardClass) -> Wall:
    teacher = await room.member("Wu", "host")
    li, bo = await room.member("Li"), await room.member("Bo")
    task = await teacher.page()
    await task.draw(2)
    await task.saved()
    await teacher.ask("wall.open", task_page_id=(await teacher.pages())["page_id"])
    return Wall(room, teacher, li, bo)


async def test_everybody_has_the_task_on_a_page_nobody_else_opens() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        hers, his = await wall.own(wall.li), await wall.own(wall.bo)
        page = await wall.li.page(hers)
        assert len(page.ids) == 2
        assert page.pen == "own"
        for channel, mode in enumerate((frame.LOOK, frame.WRITE)):
            code = await wall.refused_page(wall.bo, hers, mode, channel)
            assert code == "page.unknown"
        looks = await wall.teacher.page(hers, channel=1, mode=frame.LOOK)
        (drawn,) = await page.draw()
        await looks.sees(drawn)
        seen = await wall.reserved(wall.bo)
        assert [one["id"] for one in seen["pages"]] == [his]
        everything = await wall.reserved(wall.teacher)
        assert [one["name"] for one in everything["pages"]] == ["Li", "Bo"]
        assert hers not in str((await wall.bo.ask("room.sync"))["board"])
        assert (await wall.bo.ask("room.sync"))["wall"]["tiles"] == []


async def test_a_page_is_shown_without_its_name_and_gone_again() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        hers = await wall.own(wall.li)
        await (await wall.li.page(hers)).draw()
        await wall.teacher.ask("wall.show", page_id=hers)
        told = await wall.bo.person.hear("board.reserved")
        while told["shown"] != hers:
            told = await wall.bo.person.hear("board.reserved")
        assert [one["name"] for one in told["pages"] if one["id"] == hers] == [""]
        page = await wall.bo.page(hers)
        assert (page.pen, len(page.ids)) == ("none", 3)
        await wall.teacher.ask("wall.show", page_id=None)
        await page.until(lambda: page.state == "gone")
        assert await wall.refused_page(wall.bo, hers, frame.LOOK, 2) == "page.unknown"


async def test_without_the_name_no_client_is_told_whose_page_it_is() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        hers = await wall.own(wall.li)
        owners = await wall.li.page(hers)
        await owners.draw()
        await wall.teacher.ask("wall.show", page_id=hers)
        async with asyncio.timeout(20):
            while (await wall.reserved(wall.bo))["shown"] != hers:
                await wall.bo.person.hear("board.reserved")
        page = await wall.bo.page(hers)
        (drawn,) = await owners.draw()
        await page.sees(drawn)
        await wall.li.board.send(frame.Cursor(owners.channel, 0, 10, 20))
        cursor = await wall.bo.board.hear(frame.PeerCursor)
        roster = [one for one in wall.bo.board.heard if isinstance(one, frame.Peers)][-1]
        assert cursor.peer not in {one["peer"] for one in roster.peers}
        (author,) = {one["author"] for one in roster.peers if one["name"] == "Li"}
        of_page = (frame.Authors, frame.State, frame.Apply)
        heard = b"".join(encode(one) for one in wall.bo.board.heard if isinstance(one, of_page))
        assert str(author).encode() not in heard
        assert b"Li" not in heard
        said = str(await wall.bo.ask("room.sync"))
        assert said.count(hers) == 3, "as a page, and twice as the one that is shown"

        await wall.teacher.ask("wall.show", page_id=hers, named=True)
        await page.until(lambda: page.state == "denied")
        again = await wall.bo.page(hers, channel=page.channel)
        assert drawn in again.ids
        names = [one for one in wall.bo.board.heard if isinstance(one, frame.Authors)][-1].names
        assert names[author] == "Li"


async def test_a_lock_takes_every_pen_in_mid_stroke_and_gives_it_back() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        page = await wall.li.page(await wall.own(wall.li))
        await wall.teacher.ask("wall.lock", on=True)
        await page.until(lambda: page.pen == "none")
        await wall.teacher.ask("wall.lock", on=False)
        await page.until(lambda: page.pen == "own")


async def test_who_comes_late_finds_the_task_on_a_page_of_their_own() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        late = await room.member("Mei")
        page = await late.page(await wall.own(late))
        assert (len(page.ids), page.pen) == (2, "own")
        tiles = (await wall.teacher.ask("room.sync"))["wall"]["tiles"]
        assert [tile["name"] for tile in tiles] == ["Li", "Bo", "Mei"]


async def test_a_page_that_could_not_be_stored_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy, failures = wall_pages._copy, ["once"]

    async def fails_once(*arguments: Any) -> None:
        if failures:
            failures.pop()
            raise Refused("board.not_saved")
        await copy(*arguments)

    async with board_class() as room:
        wall = await wall_of(room)
        monkeypatch.setattr(wall_pages, "AGAIN_S", 0.01)
        monkeypatch.setattr(wall_pages, "_copy", fails_once)
        late = await room.member("Mei")
        assert await wall.own(late)
        assert failures == []


async def test_work_under_way_is_kept_when_the_boards_are_collected() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        hers = await wall.own(wall.li)
        page = await wall.li.page(hers)
        await wall.li.ask("wall.mark", mark="done")
        (drawn,) = await page.draw()
        await wall.teacher.ask("wall.close", keep=True)
        theirs = await wall.bo.page(hers)
        await theirs.sees(drawn)
        board = (await wall.bo.ask("room.sync"))["board"]
        assert [one["name"] for one in board["pages"]] == ["", "Li", "Bo"]
        assert (await wall.reserved(wall.bo))["pages"] == []
        (stored,) = room.kept.lists.values()
        assert [one.belongs_to for one in stored.pages] == ["", "", ""]
        await page.until(lambda: page.pen == "none")


async def test_a_student_leads_no_wall_and_two_teachers_open_one() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        for event, payload in {
            "wall.open": {},
            "wall.show": {"page_id": None},
            "wall.lock": {"on": True},
            "wall.close": {"keep": False},
        }.items():
            assert await refused(wall.li.ask(event, **payload)) == "right.missing"
        assert await refused(wall.teacher.ask("wall.open")) == "wall.exists"
        assert await refused(wall.teacher.ask("wall.mark", mark="done")) == "wall.closed"


async def test_an_assistant_who_becomes_a_student_sees_no_boards_any_more() -> None:
    async with board_class() as room:
        wall = await wall_of(room)
        aide = await room.member("Ana", "assistant")
        assert len((await wall.reserved(aide))["pages"]) == 2
        looks = await aide.page(await wall.own(wall.li), mode=frame.LOOK)
        live = next(iter(room.place.live._hub.rooms.values()))
        live.do(TakeSeat(aide.person.id, "Ana", "student"))  # with a seat of another role
        await until(aide.board.closed.is_set)
        own = await wall.own(aide)
        assert [one["id"] for one in (await wall.reserved(aide))["pages"]] == [own]
        again = await room.seated(aide.person)
        code = await wall.refused_page(again, looks.doc_id.split("/")[1], frame.LOOK, 3)
        assert code == "page.unknown"


async def test_the_boards_of_open_groups_are_a_wall_until_the_groups_end() -> None:
    async with board_class() as room:
        teacher = await room.member("Wu", "host")
        li, bo = await room.member("Li"), await room.member("Bo")
        wall = Wall(room, teacher, li, bo)
        assert await refused(teacher.ask("wall.open", per="group")) == "wall.groups"
        members = [{"participant_id": one.person.id, "group": n} for n, one in enumerate((li, bo))]
        await teacher.ask("group.plan", names=["Owls", "Foxes"], how="hand", members=members)
        await teacher.ask("group.open", minutes=10)
        hers = await wall.own(li)
        await teacher.ask("wall.open", per="group")
        tiles = (await teacher.ask("room.sync"))["wall"]["tiles"]
        assert [tile["name"] for tile in tiles] == ["Owls", "Foxes"]
        page = await li.page(hers)
        (drawn,) = await page.draw()
        await (await teacher.page(hers, channel=1, mode=frame.LOOK)).sees(drawn)
        await li.ask("wall.mark", mark="stuck")
        assert (await li.ask("room.sync"))["wall"]["mark"] == "stuck"
        await teacher.ask("wall.lock", on=True)
        await page.until(lambda: page.pen == "none")
        assert await wall.refused_page(bo, hers, frame.LOOK, 2) == "page.unknown"
        await teacher.ask("wall.show", page_id=hers, named=True)
        async with asyncio.timeout(20):
            while (await bo.ask("room.sync"))["wall"]["wall"]["shown_name"] != "Owls":
                await bo.person.hear("room.event")
        await (await bo.page(hers, channel=3)).sees(drawn)
        await teacher.ask("group.close", in_s=0)
        seen = await bo.ask("room.sync")
        assert not seen["wall"]["wall"]["is_on"]
        assert [one["name"] for one in seen["board"]["pages"]] == ["", "Owls", "Foxes"]
