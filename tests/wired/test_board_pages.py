"""The pages of a live board: made, copied, cleared, brought back; stored before they are told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from classroom.live.board import keeper, shelf
from classroom.live.opening import LiveTerms
from tests.support.board_class import Member, board_class
from tests.support.board_drawer import DrawerTwin
from tests.support.signalling import Refusal, until
from whiteboard import frame, journal
from whiteboard.errors import LocalError
from whiteboard.store import Batch, MemoryBoardStore

ENDLESS: dict[str, Any] = {"width": None, "height": None}


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def kept_pages(member: Member) -> list[str]:
    """The ids of the pages the store has."""
    (board,) = member.place.boards.lists.values()
    return [page.id for page in board.pages]


async def test_a_page_is_stored_when_it_is_answered() -> None:
    async with board_class(DrawerTwin(slow_s=0.05)) as room:
        teacher, student = await room.pair()
        added = await teacher.ask("board.add_page", name="Circles", **ENDLESS)
        assert added["page_id"] in await kept_pages(teacher)
        told = await student.person.hear_event("board_changed")
        while added["page_id"] not in [page["id"] for page in told["board"]["pages"]]:
            told = await student.person.hear_event("board_changed")
        await teacher.ask("board.turn", page_id=added["page_id"])
        (board,) = room.kept.lists.values()
        assert board.page_id == added["page_id"]


async def test_a_student_leads_nothing() -> None:
    async with board_class() as room:
        _, student = await room.pair()
        page_id = (await student.pages())["page_id"]
        asked = {"board.turn": {"page_id": page_id}, "board.clear_page": {"page_id": page_id}}
        asked |= {"board.add_page": ENDLESS, "board.show": {"shown": True}}
        asked |= {"board.give_pen": {"pen": "all", "participant_id": student.person.id}}
        for event, payload in asked.items():
            assert await refused(student.ask(event, **payload)) == "right.missing"


async def test_a_copy_has_everything_and_goes_its_own_way() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        first, his = await teacher.page(), await student.page()
        drawn = set(await first.draw(3)) | set(await his.draw(2))
        await first.sees(*drawn)
        source = (await teacher.pages())["page_id"]
        added = await teacher.ask("board.add_page", copy_of=source, **ENDLESS)
        copy = await student.page(added["page_id"], channel=1)
        assert copy.ids == drawn
        (more,) = await copy.draw()
        await copy.saved()
        assert more not in first.ids
        assert set(copy.names.values()) == {"Wu", "Li"}
        theirs = next(iter(drawn - copy_ids(his, drawn)))
        await copy.erase(theirs)
        await copy.until(lambda: copy.state == "denied")
        assert copy.code == "item.foreign"


def copy_ids(page: Any, drawn: set[str]) -> set[str]:
    """What of it this client drew."""
    return {name for name in drawn if page.items[name]["by"] == page.client.author}


async def test_clear_then_draw_then_bring_back_gives_both() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        hers, his = await teacher.page(), await student.page()
        before = set(await his.draw(3))
        await his.saved()
        page_id = (await teacher.pages())["page_id"]
        await teacher.ask("board.clear_page", page_id=page_id)
        for page in (hers, his):
            await page.until(lambda page=page: page.state == "gone")
        hers, his = await teacher.page(), await student.page()
        assert his.ids == set()
        after = set(await hers.draw(2))
        await his.sees(*after)
        await teacher.ask("board.unclear_page", page_id=page_id)
        await his.until(lambda: his.state == "gone")
        united = await student.page()
        assert united.ids == before | after
        assert await refused(teacher.ask("board.unclear_page", page_id=page_id)) == (
            "page.not_cleared"
        )
        (more,) = await united.draw()
        await united.saved()
        assert more in united.ids


async def test_nothing_is_lost_that_is_drawn_while_a_page_is_brought_back() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        his = await student.page()
        drawn = await his.draw(2)
        await his.saved()
        page_id = (await teacher.pages())["page_id"]
        await teacher.ask("board.clear_page", page_id=page_id)
        his = await student.page()
        writing = asyncio.create_task(his.draw(40))
        await teacher.ask("board.unclear_page", page_id=page_id)
        await writing
        await student.board.settled()
        acknowledged = {name for name in his.ids if counter(name) <= his.acknowledged}
        united = await student.page()
        assert united.ids >= acknowledged | set(drawn)


def counter(name: str) -> int:
    return int(name.partition("-")[2], 36)


async def test_an_unfinished_bringing_back_leaves_the_next_clearing_empty() -> None:
    async with board_class() as room:
        teacher = await room.member("Wu", "host")
        page = await teacher.page()
        await page.draw()
        await page.saved()
        page_id = (await teacher.pages())["page_id"]
        await teacher.ask("board.clear_page", page_id=page_id)
        page = await teacher.page()
        await page.draw()
        await page.saved()
        live = room.place.live._hub.rooms[room.place.rooms["room-1"].id]
        await live.board.making.bring_back(page_id)  # and then whoever asked was gone
        await teacher.ask("board.clear_page", page_id=page_id)
        assert (await teacher.page()).ids == set()


@pytest.mark.parametrize("is_open", [True, False])
async def test_clearing_an_empty_page_keeps_what_can_be_brought_back(is_open: bool) -> None:
    async with board_class() as room:
        teacher = await room.member("Wu", "host")
        page = await teacher.page()
        drawn = set(await page.draw(2))
        await page.saved()
        board = await teacher.pages()
        for channel in range(1, 4):
            await teacher.ask("board.clear_page", page_id=board["page_id"])
            if is_open:
                page = await teacher.page(channel=channel)
        assert [page["epoch"] for page in (await teacher.pages())["pages"]] == [1]
        await teacher.ask("board.unclear_page", page_id=board["page_id"])
        assert (await teacher.page(channel=9)).ids == drawn


async def test_pages_that_do_not_fit_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def clash(*_: object) -> None:
        raise LocalError("pages that give one client id to two authors")

    monkeypatch.setattr(shelf, "copy_pages", clash)
    async with board_class() as room:
        teacher = await room.member("Wu", "host")
        page_id = (await teacher.pages())["page_id"]
        asked = teacher.ask("board.add_page", copy_of=page_id, **ENDLESS)
        assert await refused(asked) == "board.unavailable"


async def test_a_removed_page_is_gone_and_comes_back_as_it_was() -> None:
    async with board_class() as room:
        teacher, student = await room.pair()
        added = (await teacher.ask("board.add_page", **ENDLESS))["page_id"]
        page = await student.page(added)
        drawn = await page.draw(2)
        await page.saved()
        doc_id = page.doc_id
        await teacher.ask("board.remove_page", page_id=added)
        await page.until(lambda: page.state == "gone")
        await student.board.send(frame.Open(5, doc_id, 77, b"", frame.WRITE))
        refusal = await student.board.hear(frame.ChannelRefused)
        assert (refusal.channel, refusal.code) == (5, "page.unknown")
        await teacher.ask("board.restore_page", page_id=added)
        assert (await student.page(added)).ids == set(drawn)


async def test_a_page_list_that_cannot_be_stored_is_said_and_stored_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeper, "RETRY_S", 0.05)
    monkeypatch.setattr(journal, "RETRY_S", 0.05)
    async with board_class() as room:
        teacher = await room.member("Wu", "host")
        await until(lambda: room.kept.saves == 1)
        room.kept.is_broken = True
        assert await refused(teacher.ask("board.add_page", **ENDLESS)) == "board.not_saved"
        (page,) = (await teacher.pages())["pages"][1:]
        waiting = await teacher.page(page["id"])
        await waiting.draw()
        await teacher.board.hear(frame.Fault)
        assert (teacher.board.fault, waiting.acknowledged) == ("board.not_saved", 0)
        room.kept.is_broken = False
        await waiting.saved()
        assert teacher.board.fault == "board.saved"
        assert page["id"] in await kept_pages(teacher)


async def test_strokes_that_cannot_be_stored_are_said_and_stored_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal, "RETRY_S", 0.05)
    async with board_class() as room:
        teacher, student = await room.pair()
        hers, his = await teacher.page(), await student.page()
        room.kept.store.is_broken = True
        drawn = await hers.draw(3)
        for member in (teacher, student):
            await member.board.hear(frame.Fault, lambda one: one.code == "board.not_saved")
        await his.sees(*drawn)
        assert hers.acknowledged == 0
        room.kept.store.is_broken = False
        await hers.saved()
        await student.board.hear(frame.Fault, lambda one: one.code == "board.saved")
        assert len(await stored(room.kept, hers.doc_id)) == 3


async def stored(kept: DrawerTwin, doc_id: str) -> list[bytes]:
    log = {str(doc): updates for doc, updates in kept.store._log.items()}
    return list(log[doc_id].values())


async def test_a_class_that_ended_is_found_again_with_its_pages_made_small() -> None:
    kept = DrawerTwin()
    terms = LiveTerms(seat_grace_s=30.0)
    async with board_class(kept, terms) as room:
        teacher = await room.member("Wu", "host")
        page = await teacher.page()
        drawn = await page.draw(5)
        await page.saved()
        await teacher.ask("room.end")
        assert await teacher.board.ended() == "seat.gone"
        await until(lambda: not room.place.live._hub.rooms)
        assert await stored(kept, page.doc_id) == []
        assert [upto for upto, _ in kept.store._snapshots.values()] == [5]
    async with board_class(kept, terms) as room:
        teacher = await room.member("Wu", "host")
        again = await teacher.page()
        assert (again.ids, again.doc_id) == (set(drawn), page.doc_id)


class SlowStore(MemoryBoardStore):
    """A store that takes its time to write."""

    async def append(self, batch: Batch) -> None:
        await asyncio.sleep(0.2)
        await super().append(batch)


async def test_the_next_class_waits_for_what_the_last_one_still_stores() -> None:
    async with board_class(DrawerTwin(store=SlowStore())) as room:
        teacher = await room.member("Wu", "host")
        page = await teacher.page()
        drawn = await page.draw(5)
        await teacher.board.settled()
        assert page.acknowledged == 0
        await teacher.ask("room.end")
        next_class = await room.member("Bo", "host")
        assert (await next_class.page()).ids == set(drawn)
        assert await teacher.board.ended() == "seat.gone"
        assert page.acknowledged == 5


async def test_two_who_join_at_once_come_to_the_same_board() -> None:
    kept = DrawerTwin(slow_s=0.05)
    async with board_class(kept) as room:
        teacher, student = await asyncio.gather(room.member("Wu", "host"), room.member("Li"))
        assert await teacher.doc() == await student.doc()
        assert kept.loads == 1
        await until(lambda: "room-1" in kept.lists)
        assert str(kept.lists["room-1"].board_id) in await student.doc()


async def test_a_stop_stores_what_was_drawn_and_says_so() -> None:
    kept = DrawerTwin()
    async with board_class(kept) as room:
        teacher = await room.member("Wu", "host")
        page = await teacher.page()
        drawn = await page.draw(30)
        await teacher.board.settled()
        await room.place.live.close()
        assert await teacher.board.ended() == "server.closing"
        assert page.acknowledged == len(drawn)
    assert [upto for upto, _ in kept.store._snapshots.values()] == [len(drawn)]
