"""People at one board over real sockets: they draw, see each other, and keep to their pens."""

from __future__ import annotations

import asyncio

from prometheus_client import REGISTRY

from tests.support.board_class import board_class
from tests.support.boards import base36, stroke
from tests.support.signalling import until
from whiteboard import frame

MISSING = "pen.missing"


def denied(code: str) -> float:
    return REGISTRY.get_sample_value("classroom_board_denied_total", {"code": code}) or 0.0


async def test_two_people_draw_at_once_and_see_the_same() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        left, right = await teacher.page(), await student.page()
        drawn = await asyncio.gather(left.draw(20), right.draw(20))
        everything = {name for names in drawn for name in names}
        await left.sees(*everything)
        await right.sees(*everything)
        assert left.items == right.items
        await left.saved()
        await right.saved()
        late = await (await room.member("Bo")).page()
        assert late.ids == everything
        assert set(late.names.values()) >= {"Wu", "Li"}


async def test_everybody_knows_who_is_there() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        told = await teacher.board.hear(frame.Peers, lambda one: len(one.peers) == 2)
        names = {(one["peer"], one["name"]) for one in told.peers}  # type: ignore[call-overload,index]
        assert names == {(teacher.board.peer, "Wu"), (student.board.peer, "Li")}
        teacher.board.heard.clear()
        await student.board.close()
        await teacher.board.hear(frame.Peers, lambda one: len(one.peers) == 1)


async def test_what_is_drawn_is_seen_while_it_is_drawn() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        page = await teacher.page()
        await student.page(channel=3)
        await teacher.board.send(frame.Live(page.channel, "x-1", 0, b"points"))
        await teacher.board.send(frame.Cursor(page.channel, 0, 120, -7))
        await teacher.board.send(frame.Laser(page.channel, b"red"))
        me = teacher.board.peer
        live = await student.board.hear(frame.PeerLive)
        assert live == frame.PeerLive(3, me, "x-1", 0, b"points")
        assert (await student.board.hear(frame.PeerCursor)).x == 120
        assert (await student.board.hear(frame.PeerLaser)).payload == b"red"
        await teacher.board.settled()
        kinds = {type(one) for one in teacher.board.heard}
        assert not kinds & {frame.PeerLive, frame.PeerCursor, frame.PeerLaser}


async def test_the_class_follows_the_view_of_whoever_presents() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        await teacher.page()
        await student.page()
        await student.board.send(frame.View("page", 1, 1, 1, 1))
        await teacher.board.send(frame.View("page", 2, 2, 2, 2))
        await teacher.ask("board.show", shown=True)
        await teacher.board.send(frame.View("page", 3, 3, 3, 3))
        view = await student.board.hear(frame.PeerView)
        assert (view.peer, view.x) == (teacher.board.peer, 3)
        assert not [one for one in teacher.board.heard if isinstance(one, frame.PeerView)]


async def test_a_pen_is_given_and_taken_in_the_middle_of_a_stroke() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        hers, his = await teacher.page(), await student.page()
        assert (hers.pen, his.pen) == ("all", "own")
        (first,) = await his.draw()
        await hers.sees(first)
        await teacher.ask("board.give_pen", pen="none", participant_id=student.person.id)
        await his.until(lambda: his.pen == "none")
        await his.draw()
        await his.until(lambda: his.state == "denied")
        assert his.code == MISSING
        await teacher.ask("board.give_pen", pen="own", participant_id=None)
        await his.open()
        await his.until(lambda: his.state == "open")
        assert his.ids == {first}
        (again,) = await his.draw()
        await hers.sees(again)
        assert hers.items == his.items
        await his.saved()


async def test_a_newcomer_has_the_pen_of_everyone_and_none_before() -> None:
    async with board_class() as room:
        teacher = await room.member("Wu", "host")
        first = await (await room.member("Li")).page()
        assert first.pen == "none"
        await teacher.ask("board.give_pen", pen="all", participant_id=None)
        await first.until(lambda: first.pen == "all")
        assert (await (await room.member("Bo")).page()).pen == "all"


async def test_somebody_elses_item_is_not_touched() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        hers, his = await teacher.page(), await student.page()
        (name,) = await hers.draw()
        await his.sees(name)
        before = hers.items
        heard = len(teacher.board.heard)
        denials = denied("item.foreign")
        await his.erase(name)
        await his.until(lambda: his.state == "denied")
        assert his.code == "item.foreign"
        await his.draw()  # of a channel that was denied nothing is taken
        await student.board.settled()
        await teacher.board.settled()
        changes = [one for one in teacher.board.heard[heard:] if isinstance(one, frame.Apply)]
        assert (hers.items, changes) == (before, [])
        await until(lambda: denied("item.foreign") == denials + 1)
        await his.open()
        await his.until(lambda: his.state == "open")
        assert his.items == before
        (mine,) = await his.draw()
        await hers.sees(mine)


async def test_nobody_signs_with_another_name() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        his = await student.page()
        await his.put(f"{base36(his.client_id)}-1", stroke(teacher.board.author))
        await his.until(lambda: his.state == "denied")
        assert his.code == "author.forged"


async def test_only_staff_draws_on_a_locked_page() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        hers, his = await teacher.page(), await student.page()
        pages = await teacher.pages()
        await teacher.ask("board.change_page", page_id=pages["page_id"], is_locked=True)
        await his.until(lambda: his.pen == "none")
        await his.draw()
        await his.until(lambda: his.state == "denied")
        assert his.code == "page.locked"
        await hers.draw()
        await hers.saved()


async def test_a_thumbnail_only_looks() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        hers = await teacher.page()
        look = await student.page(mode=frame.LOOK)
        (name,) = await hers.draw()
        await look.sees(name)
        assert look.pen == "none"


async def test_a_lost_connection_is_taken_up_without_loss() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        hers, his = await teacher.page(), await student.page()
        await his.draw(2)
        await his.saved()
        await student.board.line.close()
        offline = await his.draw(3)
        meanwhile = await hers.draw(3)
        again = await room.seated(student.person)
        await his.resume(again.board)
        await his.sees(*meanwhile)
        await his.saved()
        await hers.sees(*offline)
        assert hers.items == his.items


async def test_who_draws_is_kept_by_name() -> None:
    async with board_class() as room:
        teacher, _ = await room.pair()
        page = await teacher.page()
        await page.draw()
        await page.saved()
        names = room.kept.store._names
        assert {"Wu", "Li"} == {name for board in names.values() for name in board.values()}
