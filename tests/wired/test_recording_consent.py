"""Nothing of anybody is on the disk outside of what they said yes to: the proof on real files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pycrdt import Map, Text

from classroom.ids import ParticipantId, RoomId
from media.journal.envelope import open_whole
from tests.support.boards import base36, note
from tests.support.recorded_class import ALL, TEXT, recorded_class
from tests.support.signalling import Refusal, until


async def test_a_class_of_whom_one_declines(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.member("Wu", "host")
        li = await one.member("Lia", "student")
        bo = await one.member("Bob", "student")
        for who in (li, bo):
            await wu.ask("board.give_pen", pen="own", participant_id=who.person.id)
        sent = {who.person.id: await who.person.produce("microphone") for who in (wu, li, bo)}
        await one.ask(wu.person)
        await one.answer(li, *ALL)
        await one.answer(bo, no=ALL)
        await wu.ask("recording.begin")
        await one.records(sent[wu.person.id], sent[li.person.id])
        for who in (wu, li, bo):
            one.send(who.person, sent[who.person.id], b"spoken by " + who.person.id.encode())
            await who.ask("chat.post", text=f"written by {who.person.id}", client_id="c")
            page = await who.page()
            await page.draw()
            await page.saved()
        await wu.ask("recording.stop")
        manifest = await one.over()
        assert {track.pid for track in manifest.tracks} == {wu.person.id, li.person.id}
        for who in (wu, li):
            pid = who.person.id
            assert len(one.where(b"spoken by " + pid.encode())) == 1
            assert one.where(b"written by " + pid.encode()) == [f"people/{pid}.chat.rj"]
            (base, *_) = one.lines(f"people/{pid}.ink.rj")
            assert base["base"] is True
            assert any(line.get("put") for line in one.lines(f"people/{pid}.ink.rj"))
        everything = one.everything()
        for marker in (bo.person.id.encode(), b"Bob", b"spoken by bob", b"written by bob"):
            assert [name for name, text in everything.items() if marker in text] == []
        assert not list((one.folder / "people").glob(f"{bo.person.id}*"))


async def test_who_comes_late_and_who_withdraws(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        mine, theirs = await wu.produce("microphone"), await li.produce("camera")
        await one.ask(wu)
        await one.answer(li, "camera")
        await wu.ask("recording.begin")
        await one.records(mine, theirs)
        one.send(li, theirs, b"agreed pictures")
        late = await one.place.join("Mia")
        later = await late.produce("microphone")
        one.send(late, later, b"before the answer")
        await late.ask("chat.post", text="unanswered words", client_id="c")
        await one.answer(late, "voice")
        await one.records(mine, theirs, later)
        one.send(late, later, b"after the answer")
        await li.ask("recording.withdraw", kinds=["camera"], erase=False)
        await one.records(mine, later)
        one.send(li, theirs, b"withdrawn pictures")
        await wu.ask("recording.stop")
        await one.over()
        everything = one.everything()
        found = {
            marker
            for marker in (
                b"agreed pictures",
                b"before the answer",
                b"unanswered words",
                b"after the answer",
                b"withdrawn pictures",
            )
            if any(marker in text for text in everything.values())
        }
        assert found == {b"agreed pictures", b"after the answer"}
        joined = [line for line in one.lines("room.rj") if line["event"] == "joined"]
        assert [line["name"] for line in joined] == ["Wu", "Lia", "Mia"]
        assert {"event": "left", "pid": li.id}.items() <= one.lines("room.rj")[-1].items()


async def test_a_withdrawal_that_erases(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        mine, theirs = await wu.produce("microphone"), await li.produce("microphone")
        rec = await one.ask(wu)
        await one.answer(li, *ALL)
        await wu.ask("recording.begin")
        await one.records(mine, theirs)
        one.send(li, theirs, b"regretted words")
        await li.ask("chat.post", text="regretted line", client_id="c")
        await until(lambda: bool(one.crew.of("track")))
        await li.ask("recording.withdraw", kinds=["voice", "chat"], erase=True)
        assert (rec, li.id, "voice") not in one.recordings.keys
        with pytest.raises(Refusal, match=r"recording\.changing"):
            await wu.ask("recording.catch_up")
        await one.answer(li, "chat")
        await until(lambda: (rec, li.id, "chat") in one.recordings.keys)
        await li.ask("chat.post", text="said anew", client_id="d")
        await wu.ask("recording.stop")
        manifest = await one.over()
        assert {track.pid for track in manifest.tracks} == {wu.id}
        assert one.where(b"regretted words") == one.where(b"regretted line") == []
        assert one.where(b"said anew") == [f"people/{li.id}.chat.rj"]
        (left_out,) = one.crew.of("leave_out")
        assert (left_out["pid"], left_out["kinds"]) == (li.id, ["chat", "voice"])
        assert one.lines("room.rj"), "who agreed anew is named"
        deeds = [deed.deed for deed in one.recordings.deeds[rec] if deed.pid == li.id]
        assert deeds.index("erase_asked") < deeds.index("erased")


async def test_who_left_takes_it_back_by_the_link(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        mine, theirs = await wu.produce("microphone"), await li.produce("microphone")
        rec = await one.ask(wu)
        await one.answer(li, *ALL)
        await wu.ask("recording.begin")
        await one.records(mine, theirs)
        one.send(li, theirs, b"regretted words")
        await li.ask("room.leave")
        await one.records(mine)
        live, room_id = one.place.live, RoomId("room-1")
        who = ParticipantId(li.id)
        assert not await live.take_back(room_id, "another", who, ["voice"], erase=True)
        assert await live.take_back(room_id, rec, who, ["voice", "camera"], erase=True)
        assert (rec, li.id, "voice") not in one.recordings.keys
        await wu.ask("recording.stop")
        await one.over()
        assert one.where(b"regretted words") == []
        assert not await live.take_back(room_id, rec, who, ["chat"], erase=True)


async def test_a_pause_is_not_written(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.member("Wu", "host")
        mine = await wu.person.produce("microphone")
        page = await wu.page()
        await one.ask(wu.person)
        await wu.ask("recording.begin")
        await one.records(mine)
        await wu.ask("recording.pause")
        await one.records()
        one.send(wu.person, mine, b"in the pause")
        await wu.ask("chat.post", text="paused line", client_id="c")
        (drawn,) = await page.draw()
        await page.saved()
        await wu.ask("recording.resume")
        await one.records(mine)
        one.send(wu.person, mine, b"after the pause")
        await wu.ask("chat.post", text="later line", client_id="d")
        await wu.ask("recording.stop")
        manifest = await one.over()
        (pause,) = manifest.pauses
        assert pause[0] < pause[1] <= manifest.duration_ms
        assert one.where(b"in the pause") == one.where(b"paused line") == []
        assert one.where(b"after the pause")
        assert one.where(b"later line")
        ink = one.lines(f"people/{wu.person.id}.ink.rj")
        assert any(drawn in line.get("put", {}) and line["ms"] >= pause[1] for line in ink)
        assert not any(pause[0] < line["ms"] < pause[1] for line in ink)


async def test_a_yes_that_cannot_be_stored_counts_for_nothing(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        mine, theirs = await wu.produce("microphone"), await li.produce("microphone")
        await one.ask(wu)
        await wu.ask("recording.begin")
        await one.records(mine)
        one.recordings.is_broken = True
        await one.answer(li, "voice")
        await li.hear("recording.not_kept")
        one.send(li, theirs, b"never stored")
        one.recordings.is_broken = False
        snapshot = await li.ask("room.sync")
        assert snapshot["own_consent"]["answers"] == {"voice": False}
        await one.answer(li, "voice")
        await one.records(mine, theirs)
        await wu.ask("recording.stop")
        await one.over()
        assert one.where(b"never stored") == []


async def test_a_worker_dies_and_another_goes_on(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.place.join("Wu", "host")
        mine = await wu.produce("microphone")
        await one.ask(wu)
        await wu.ask("recording.begin")
        await one.records(mine)
        one.send(wu, mine, b"before it died")
        one.media.die()
        one.media.come_back()
        await wu.hear("media.reset")
        await wu.join()
        again = await wu.produce("microphone")
        await one.records(again)
        one.send(wu, again, b"after it died")
        await wu.ask("recording.stop")
        manifest = await one.over()
        assert [track.id for track in manifest.tracks] == ["t1", "t2"]
        assert all(track.state == "closed" for track in manifest.tracks)
        assert one.where(b"before it died")
        assert one.where(b"after it died")


async def test_a_full_disk_ends_it_and_the_class_goes_on(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.place.join("Wu", "host")
        mine = await wu.produce("microphone")
        await one.ask(wu)
        await wu.ask("recording.begin")
        await one.records(mine)
        one.media.fail_record(mine, "storage")  # type: ignore[arg-type]
        told = await wu.hear_event("recording_changed", deed="stopped")
        assert told["recording"]["why"] == "storage"
        await one.over()
        await wu.ask("chat.post", text="still here", client_id="c")
        one.recordings.is_full = True
        await one.ask(wu)
        with pytest.raises(Refusal, match=r"recording\.storage"):
            await wu.ask("recording.begin")


async def test_the_server_stops(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.place.join("Wu", "host")
        mine = await wu.produce("microphone")
        await one.ask(wu)
        await wu.ask("recording.begin")
        await one.records(mine)
        one.send(wu, mine, b"to the last")
        kept = one
    assert kept.manifest().state == "interrupted"
    assert kept.where(b"to the last")
    assert kept.finished == [], "whoever starts next finishes it"


async def test_the_class_ends_and_so_does_its_recording(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.place.join("Wu", "host")
        mine = await wu.produce("microphone")
        rec = await one.ask(wu)
        await wu.ask("recording.begin")
        await one.records(mine)
        await wu.ask("room.end")
        manifest = await one.over()
        assert manifest.state == "processing"
        assert one.recordings.ended == {rec: 1}
        assert [deed.deed for deed in one.recordings.deeds[rec]].count("ended") == 1


async def test_everything_is_stored_before_it_is_written(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        await wu.produce("microphone")
        rec = await one.ask(wu, ("voice",))
        await one.answer(li, no=("voice",))
        await wu.ask("recording.begin")
        await until(lambda: len(one.media.recorded) == 1)
        await wu.ask("recording.stop")
        await one.over()
        deeds = [(deed.deed, deed.name) for deed in one.recordings.deeds[rec]]
        assert deeds[:4] == [
            ("asked", "Wu"),
            ("answered", "Wu"),
            ("answered", "Lia"),
            ("began", "Wu"),
        ]
        assert deeds.index(("answered", "Wu")) < deeds.index(("included", "Wu"))
        assert ("excluded", "Wu") in deeds
        assert one.recordings.people == {rec: {wu.id: {"voice"}}}
        assert one.recordings.deeds[rec][2].body == {"kind": "voice", "answer": "no", "text": TEXT}


async def test_an_old_text_is_no_consent(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        asked = await one.ask(wu)
        told = await li.ask("recording.text", locale="zh")
        assert (told["text_id"], told["locale"]) == ("2026-11/zh-CN", "zh-CN")
        assert "Wu" in told["text"]
        assert "For Bo" in told["text"]
        with pytest.raises(Refusal, match=r"consent\.text"):
            await li.ask(
                "recording.answer", recording_id=asked, answers={"voice": True}, text="2020-01/en"
            )
        kept = await li.ask(
            "recording.answer", recording_id=asked, answers={"voice": False}, text="2020-01/en"
        )
        assert kept["link"] == f"/consent/{asked}.{li.id}.proof"


async def test_pictures_lie_under_the_key_of_who_agreed(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        one.house.asset = fetched
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        bo = await one.place.join("Bob")
        await wu.produce("microphone")
        rec = await one.ask(wu)
        await one.answer(li, "screen")
        await wu.ask("recording.begin")
        for who, asset in ((li, "agreed"), (bo, "private")):
            shared = await who.produce("screen")
            await wu.ask("ink.freeze", asset=asset, width=8, height=4, name=f"Screen of {who.id}")
            await who.ask("media.close_producer", producer_id=shared)
            await wu.ask("board.show", shown=False)
        name = f"{li.id}~screen~agreed"
        await until((one.folder / "assets" / name).exists)
        await wu.ask("recording.stop")
        await one.over()
        assert [path.name for path in (one.folder / "assets").iterdir()] == [name]
        sealed = (one.folder / "assets" / name).read_bytes()
        assert open_whole(one.recordings.keys[rec, li.id, "screen"], name, sealed) == b"agreed"
        pages = [line["page"] for line in one.lines("room.rj") if line.get("page")]
        frozen = [page for page in pages if page["backdrop"]]
        assert {(page["backdrop"], page["name"]) for page in frozen} == {
            (name, f"Screen of {li.id}")
        }
        assert one.where(bo.id.encode()) == [], "nor is their name in the name of a page"


async def fetched(room_id: str, asset_id: str) -> bytes | None:
    return asset_id.encode()


async def test_a_yes_to_one_recording_is_none_to_the_next(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        first = await one.ask(wu, ("voice",))
        assert (await li.ask("recording.text", locale="en"))["recording_id"] == first
        await wu.ask("recording.stop")
        await one.ask(wu, ("voice", "camera"))
        read = {"recording_id": first, "text": TEXT}
        with pytest.raises(Refusal, match=r"consent\.text"):
            await li.ask("recording.answer", answers={"voice": True}, **read)
        await li.ask("recording.answer", answers={"voice": False}, **read)


async def test_an_erasing_is_told_before_the_end(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        mine, theirs = await wu.produce("microphone"), await li.produce("microphone")
        rec = await one.ask(wu)
        await one.answer(li, "voice")
        await wu.ask("recording.begin")
        await one.records(mine, theirs)
        one.send(li, theirs, b"regretted words")
        await until(lambda: len(one.crew.of("track")) == 2)
        one.recordings.is_broken = True
        taking = asyncio.create_task(
            li.ask("recording.withdraw", kinds=["voice"], erase=True), name="taking"
        )
        await until(lambda: bool(one.crew.of("leave_out")))
        await wu.ask("recording.stop")
        one.recordings.is_broken = False
        manifest = await one.over()
        await taking
        assert {track.pid for track in manifest.tracks} == {wu.id}
        orders = [order["order"] for order in one.crew.orders]
        assert orders.index("leave_out") < orders.index("finish")
        await until(lambda: (rec, li.id, "voice") not in one.recordings.keys)
        assert not any("Lia" in str(line) or li.id in str(line) for line in one.lines("room.rj"))
        assert [path.name for path in (one.folder / "journal").iterdir()] == ["t1.1.rj"]


async def test_what_was_read_stands_in_the_record(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        rec = await one.ask(wu)
        for _ in range(2):
            read = await li.ask("recording.text", locale="zh-CN")
        await one.answer(li, "voice")
        await until(lambda: one.recordings.deeds[rec][-1].pid == li.id)
        shown, answered = one.recordings.deeds[rec][-2:]
        assert (shown.deed, shown.name) == ("shown", "Lia")
        assert shown.body == {"text": "2026-11/zh-CN", "sha256": read["sha256"]}
        assert answered.deed == "answered"


async def test_words_of_who_said_no_in_anothers_note(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.member("Wu", "host")
        li, bo = await one.member("Lia"), await one.member("Bob")
        await wu.ask("board.give_pen", pen="own", participant_id=li.person.id)
        await wu.ask("board.give_pen", pen="all", participant_id=bo.person.id)
        left, right = await li.page(), await bo.page()
        name = f"{base36(left.client_id)}-{base36(99)}"
        with left.doc.transaction():
            left.doc.get("el", type=Map)[name] = note(left.client.author)
            left.doc.get("tx", type=Map)[name] = Text("Lia wrote this. ")
        (own,) = await left.draw()
        await left.saved()
        await right.until(lambda: right.doc.get("tx", type=Map).get(name) is not None)
        words = right.doc.get("tx", type=Map)[name]
        words += "Bob wrote this."
        await right.flush()
        await right.saved()
        await one.ask(wu.person)
        await one.answer(li, *ALL)
        await one.answer(bo, no=ALL)
        await wu.ask("recording.begin")
        mine = f"people/{li.person.id}.ink.rj"
        await until((one.folder / mine).exists)
        (more,) = await left.draw()
        await left.saved()
        await wu.ask("recording.stop")
        await one.over()
        written = {key for line in one.lines(mine) for key in line.get("put", {})}
        assert written == {own, more}
        assert one.where(b"Bob wrote this.") == []


async def test_a_line_that_is_deleted_in_a_pause(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        rec = await one.ask(wu)
        await one.answer(li, "chat")
        await wu.ask("recording.begin")
        await until(lambda: (rec, li.id, "chat") in one.recordings.keys)
        said = await li.ask("chat.post", text="my number", client_id="c")
        await wu.ask("recording.pause")
        await li.ask("chat.delete", message_id=said["id"])
        await wu.ask("recording.stop")
        await one.over()
        lines = one.lines(f"people/{li.id}.chat.rj")
        assert [line.get("deleted", False) for line in lines] == [False, True]


async def test_a_no_stands_in_the_manifest_before_a_worker_answers(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu, li = await one.place.join("Wu", "host"), await one.place.join("Lia")
        mine, theirs = await wu.produce("microphone"), await li.produce("microphone")
        await one.ask(wu)
        await one.answer(li, "voice")
        await wu.ask("recording.begin")
        await one.records(mine, theirs)
        await until(lambda: len(one.manifest().tracks) == 2)
        one.media.hold.clear()
        await li.ask("recording.withdraw", kinds=["voice"], erase=False)
        await until(lambda: any(track.stop_ms is not None for track in one.manifest().tracks))
        (stopped,) = [track for track in one.manifest().tracks if track.stop_ms is not None]
        assert (stopped.pid, stopped.state) == (li.id, "open")
        one.media.hold.set()
        await wu.ask("recording.stop")
        manifest = await one.over()
        assert [track.state for track in manifest.tracks] == ["closed", "closed"]
