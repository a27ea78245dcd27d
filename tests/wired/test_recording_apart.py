"""Groups and walls: what is not for the whole class is in no recording of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.live.recording import taps
from classroom.room.room import Room
from media.errors import Refused
from media.ids import ProducerId
from media.server.journal import Journal
from tests.support.board_class import Member
from tests.support.recorded_class import ALL, RecordedClass, recorded_class
from tests.support.signalling import until


async def draws(who: Member, page_id: str = "") -> str:
    page = await who.page(page_id)
    (item,) = await page.draw()
    await page.saved()
    return item


async def own_page(who: Member) -> str:
    return str((await who.ask("room.sync"))["reserved"]["own"])


def room_of(one: RecordedClass) -> Room:
    (live,) = one.place.live._hub.rooms.values()
    return live.room


def drawn(one: RecordedClass, who: Member) -> set[str]:
    """Every item of somebody that was ever written."""
    lines = one.lines(f"people/{who.person.id}.ink.rj")
    return {item for line in lines for item in line.get("put", {})}


async def test_nothing_of_groups_is_recorded(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.member("Wu", "host"), await one.member("Lia")
        mine, theirs = await wu.person.produce("microphone"), await li.person.produce("microphone")
        await one.ask(wu.person)
        await one.answer(li, *ALL)
        await wu.ask("recording.begin")
        await one.records(mine, theirs)
        members = [{"participant_id": li.person.id, "group": 0}]
        await wu.ask("group.plan", names=["A", "B"], how="hand", members=members)
        await wu.ask("group.open", minutes=None)
        await one.records(mine)
        one.send(li.person, theirs, b"among us")
        await li.ask("chat.post", text="group words", to="group", client_id="a")
        await li.ask("chat.post", text="words to all from a group", client_id="b")
        (group, *_) = room_of(one).parts.groups.state.groups
        private = await draws(li, group.page_id)
        await wu.ask("group.close", in_s=0)
        await one.records(mine, theirs)
        one.send(li.person, theirs, b"back again")
        await wu.ask("recording.stop")
        await one.over()
        for marker in (b"among us", b"group words", b"words to all from a group"):
            assert one.where(marker) == [], marker
        assert private not in drawn(one, li)
        assert one.where(b"back again")
        groups = [line["on"] for line in one.lines("room.rj") if line["event"] == "groups"]
        assert groups == [True, False]


async def test_a_page_that_is_called_after_somebody_without_a_yes(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li, bo = (
            await one.member("Wu", "host"),
            await one.member("Lia"),
            await one.member("Bob"),
        )
        await one.ask(wu.person)
        await one.answer(li, *ALL)
        await wu.ask("recording.begin")
        await until(lambda: f"{li.person.id}/ink" in one.crew.keys)
        await wu.ask("wall.open")
        for who in (li, bo):
            await draws(who, await own_page(who))
        await wu.ask("wall.close", keep=True)
        left = [page for page in room_of(one).board.pages if page.name in ("Lia", "Bob")]
        assert len(left) == 2
        for page in left:
            await wu.ask("board.turn", page_id=page.id)
        await wu.ask("recording.stop")
        await one.over()
        turned = [line["page"] for line in one.lines("room.rj") if line["event"] == "turned"]
        assert {page["name"] for page in turned if page["id"] in {one.id for one in left}} == {
            "Lia",
            "",
        }
        assert one.where(b"Bob") == []


async def test_a_wall_page_is_recorded_while_it_is_shown_with_its_name(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.member("Wu", "host"), await one.member("Lia")
        await one.ask(wu.person)
        await one.answer(li, *ALL)
        await wu.ask("recording.begin")
        await until(lambda: f"{li.person.id}/ink" in one.crew.keys)
        await wu.ask("wall.open")
        own = await own_page(li)
        page = await li.page(own)
        (hidden,) = await page.draw()
        await wu.ask("wall.show", page_id=own, named=False)
        (unnamed,) = await page.draw()
        await page.saved()
        await wu.ask("wall.show", page_id=None)
        await wu.ask("recording.stop")
        await one.over()
        assert not {hidden, unnamed} & drawn(one, li), "it would tell whose page it is"


async def test_what_was_shown_in_a_pause_is_not_known(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.member("Wu", "host"), await one.member("Lia")
        first = (await wu.pages())["page_id"]
        await one.ask(wu.person)
        await one.answer(li, "voice")
        await wu.ask("recording.begin")
        await until(lambda: f"{li.person.id}/voice" in one.crew.keys)
        await wu.ask("recording.pause")
        added = await wu.ask("board.add_page", width=None, height=None, name="Exam answers")
        await wu.ask("board.turn", page_id=added["page_id"])
        await wu.ask("board.turn", page_id=first)
        await li.person.ask("room.leave")
        await wu.ask("recording.resume")
        await wu.ask("recording.stop")
        await one.over()
        lines = one.lines("room.rj")
        assert one.where(b"Exam answers") == []
        assert [line["pid"] for line in lines if line["event"] == "left"] == [li.person.id]
        turned = [line["page"]["id"] for line in lines if line["event"] == "turned"]
        assert turned == [first, first], "where it is said anew after the pause"


async def test_a_worker_that_is_late_begins_a_track_once(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.place.join("Wu", "host")
        mine = await wu.produce("microphone")
        record = one.media.record

        async def late(producer_id: ProducerId, journal: Journal) -> None:
            await record(producer_id, journal)
            raise Refused("media.unavailable")

        one.media.record = late  # type: ignore[method-assign]
        await one.ask(wu)
        await wu.ask("recording.begin")
        await one.records(mine)
        one.send(wu, mine, b"said meanwhile")
        await until(lambda: bool(one.crew.of("track")))
        await wu.ask("recording.stop")
        manifest = await one.over()
        assert [track.id for track in manifest.tracks] == ["t1"]
        assert one.where(b"said meanwhile") == ["journal/t1.1.rj"]


async def test_a_track_that_was_refused_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taps, "AGAIN_AFTER_S", 0.01)
    async with recorded_class(tmp_path) as one:
        wu = await one.place.join("Wu", "host")
        mine = await wu.produce("microphone")
        record, tries = one.media.record, list[str]()

        async def refusing(producer_id: ProducerId, journal: Journal) -> None:
            tries.append(journal.path)
            await record(producer_id, journal)
            if len(tries) == 1:
                raise Refused("recording.exists")

        one.media.record = refusing  # type: ignore[method-assign]
        await one.ask(wu)
        await wu.ask("recording.begin")
        await until(lambda: bool(one.crew.of("track")))
        one.send(wu, mine, b"said at last")
        await wu.ask("recording.stop")
        manifest = await one.over()
        assert [track.id for track in manifest.tracks] == ["t2"]
        assert one.where(b"said at last") == ["journal/t2.1.rj"]
