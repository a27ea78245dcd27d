"""Nothing of anybody is on the disk outside of what they said yes to: the proof on real files."""

from __future__ import annotations

from pathlib import Path

from tests.support.recorded_class import ALL, answers, recorded_class


async def test_a_class_of_whom_one_declines(tmp_path: Path) -> None:
    async with recorded_class(tmp_path) as one:
        wu = await one.member("Wu", "host")
        li = await one.member("Lia", "student")
        bo = await one.member("Bob", "student")
        for who in (li, bo):
            await wu.ask("board.give_pen", pen="own", participant_id=who.person.id)
        sent = {who.person.id: await who.person.produce("microphone") for who in (wu, li, bo)}
        await one.ask(wu.person)
        await li.ask("recording.answer", **answers(*ALL))
        await bo.ask("recording.answer", **answers(no=ALL))
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
