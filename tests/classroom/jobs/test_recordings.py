"""Recordings whose class is over: made, recovered after any end, refused when they were changed."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from classroom.blobs.recordings import RecordingBlobs
from classroom.clock import utc_now
from classroom.jobs import recordings as module
from classroom.jobs.recordings import Making
from classroom.people.recording_key import wrap_key
from classroom.people.secret import Secret
from classroom.store.database import close_database
from classroom.store.recording_keys import RecordingKeys
from classroom.store.recording_tables import RecordingKey
from classroom.store.recordings import (
    NewRecording,
    RecordingRow,
    change_recording,
    create_recording,
    find_recording,
)
from classroom.store.rooms import create_room
from recording import vault
from recording.crew import Crew
from recording.index import MIX
from recording.living import Living
from recording.manifest import DERIVED_KEY, FILE, Manifest, State, track_form, unpack
from tests.support.made_films import beeps_of
from tests.support.migrated import open_migrated
from tests.support.recordings import MANIFEST_KEY, REC, Journals
from tests.support.wired import until

SECRET = Secret(b"s" * 32)


@dataclass
class House:
    """What makes recordings, over a database of its own."""

    blobs: RecordingBlobs
    crew: Crew = field(default_factory=Crew)
    ready: list[RecordingRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.making = Making(self.blobs, RecordingKeys(SECRET), MANIFEST_KEY, self.crew)
        self.making.on_ready = self.ready.append

    async def row(self) -> RecordingRow:
        row = await find_recording(REC)
        assert row is not None
        return row

    async def is_over(self, state: str = "ready") -> RecordingRow:
        """It is made; its journals are gone, unless it is broken."""
        async with asyncio.timeout(60):
            while (await self.row()).state != state:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await until(lambda: not self.making._tasks)
        return await self.row()

    async def close(self) -> None:
        await self.making.close()
        await self.crew.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    house = House(RecordingBlobs(tmp_path / "recordings"))
    yield house
    await house.close()
    await close_database()


async def stored(house: House, state: State = "processing") -> Journals:
    """A recording of two people, with its row and its keys."""
    folder = await house.blobs.make(REC)
    journals = Journals(folder)
    journals.sound("ada", 500, 3_500, beeps=(1_000, 2_000))
    journals.picture("ada", 700, 3_000)
    journals.sound("ben", 1_000, 3_000, beeps=(2_600,))
    journals.manifest(state)
    at = utc_now()
    room = await create_room("Chemistry", owner_id=None, at=at)
    new = NewRecording(
        REC, room.id, "Chemistry", "lesson1", "Acids", "", "ask", at, at + timedelta(days=9)
    )
    await create_recording(new)
    for name, key in journals.keys.items():
        pid, _, kind = name.partition("/")
        wrapped = wrap_key(SECRET, REC, pid, kind, key)
        await RecordingKey.create(recording_id=REC, pid=pid, kind=kind, wrapped=wrapped)
    return journals


def manifest(journals: Journals) -> Manifest:
    return unpack((journals.folder / FILE).read_bytes(), MANIFEST_KEY)


async def heard(house: House, journals: Journals) -> list[int]:
    """When it is loud in everybody's sound."""
    keys = await RecordingKeys(SECRET).all(REC)
    key = keys["", "derived"]
    index = vault.open_index(journals.folder, REC, MIX, key)
    file = vault.VirtualFile(journals.folder, MIX, key, index)
    path = journals.folder / "heard.webm"
    path.write_bytes(file.read(0, file.length))
    with path.open("rb") as opened:
        return beeps_of(opened)


def near(found: list[int], expected: list[int]) -> bool:
    return len(found) == len(expected) and all(
        abs(one - other - 40) < 40 for one, other in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("state", ["recording", "interrupted", "processing"])
async def test_what_an_earlier_server_left_is_made_at_the_start(house: House, state: State) -> None:
    journals = await stored(house, state)
    (journals.folder / "journal/t1.0.rj.new").write_bytes(b"begun")
    await house.making.start()
    row = await house.is_over()
    assert [one.id for one in house.ready] == [REC]
    assert row.duration_ms == journals.duration_ms
    assert row.bytes > 0
    assert row.ended_at is not None
    assert row.fault == ""
    done = manifest(journals)
    assert done.state == "ready"
    assert {track.id for track in done.tracks} == {"t1", "t2", "t3"}
    assert {track.state for track in done.tracks} == {"done"}
    assert list((journals.folder / "journal").iterdir()) == []
    assert near(await heard(house, journals), [1_000, 2_000, 2_600])


async def test_what_is_made_while_it_goes_on_is_ready_at_its_end(house: House) -> None:
    journals = await stored(house)
    await house.crew.begin(REC, journals.folder, journals.keys)
    for track in journals.tracks:
        house.crew.tell(REC, {"order": "track", "track": track_form(track)})
        house.crew.tell(REC, {"order": "closed", "track": track.id, "at_ms": 60_000})
    house.making.finish(REC)
    await house.is_over()
    assert near(await heard(house, journals), [1_000, 2_000, 2_600])
    house.making.finish(REC)  # nothing is left to do
    await until(lambda: not house.making._tasks)
    assert len(house.ready) == 1


async def test_who_was_erased_meanwhile_dies_with_the_old_key(house: House) -> None:
    journals = await stored(house)
    await house.crew.begin(REC, journals.folder, journals.keys)
    for track in journals.tracks:
        house.crew.tell(REC, {"order": "track", "track": track_form(track)})
    house.crew.tell(REC, {"order": "leave_out", "pid": "ben", "kinds": ["voice"]})
    journals.tracks = [track for track in journals.tracks if track.pid != "ben"]
    journals.manifest()
    await RecordingKeys(SECRET).destroy(REC, "ben", ["voice"])
    house.making.finish(REC)
    await house.is_over()
    keys = await RecordingKeys(SECRET).all(REC)
    assert keys["", "derived"] != journals.keys[DERIVED_KEY]
    assert near(await heard(house, journals), [1_000, 2_000])
    assert not list(journals.folder.glob("tracks/t3*"))


async def test_a_track_that_the_child_never_heard_of_is_made_before_journals_go(
    house: House,
) -> None:
    journals = await stored(house)
    await house.crew.begin(REC, journals.folder, journals.keys)
    for track in journals.tracks[1:]:
        house.crew.tell(REC, {"order": "track", "track": track_form(track)})
    house.making.finish(REC)
    await house.is_over()
    assert {track.id for track in manifest(journals).tracks} == {"t1", "t2", "t3"}
    assert near(await heard(house, journals), [1_000, 2_000, 2_600])


async def test_whoever_is_erased_is_out_of_the_sound_at_once(house: House) -> None:
    journals = await stored(house)
    living = Living(journals.folder, REC, dict(journals.keys), lambda _: None, lambda: None)
    for track in journals.tracks:
        living.obey({"order": "track", "track": track_form(track)})
    living.step(40_000)
    assert (journals.folder / "mix.body").exists()
    living.obey({"order": "leave_out", "pid": "ada", "kinds": ["camera"]})
    assert (journals.folder / "mix.body").exists()  # a picture is not in it
    living.obey({"order": "leave_out", "pid": "ben", "kinds": ["voice"]})
    assert not (journals.folder / "mix.body").exists()
    living.step(45_000)
    assert not (journals.folder / "mix.body").exists()  # all of it is made at the end
    assert living.finish(journals.duration_ms)["has_left_out"]
    living.close()


async def test_it_is_made_anew_of_who_is_left(house: House) -> None:
    journals = await stored(house)
    await house.making.start()
    await house.is_over()
    keys = RecordingKeys(SECRET)
    await keys.destroy(REC, "ada", ["voice"])
    await keys.replace(REC, "", "derived")
    await house.making.remake(REC)
    assert near(await heard(house, journals), [2_600])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "code"),
    [(FILE, "manifest.tampered"), ("journal/t2.0.rj", "envelope.tampered")],
)
async def test_what_was_changed_is_broken_and_said_so(house: House, name: str, code: str) -> None:
    journals = await stored(house)
    _flip(journals.folder / name)
    await house.making.start()
    row = await house.is_over("broken")
    assert row.fault == code
    assert house.ready == []


async def test_journals_of_two_people_cannot_be_exchanged(house: House) -> None:
    journals = await stored(house)
    one, other = journals.folder / "journal/t1.0.rj", journals.folder / "journal/t3.0.rj"
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    await house.making.start()
    assert (await house.is_over("broken")).fault == "envelope.tampered"


async def test_damage_behind_the_end_is_found_by_looking_at_all(house: House) -> None:
    journals = await stored(house)
    await house.making.start()
    await house.is_over()
    for name, code in (("t1.body", "envelope.tampered"), ("t1.index", "index.tampered")):
        path = journals.folder / "tracks" / name
        good = path.read_bytes()
        _flip(path)
        (journals.folder / "journal/t1.0.rj").write_bytes(b"left")  # so that it is looked at
        await change_recording(REC, state="ready", fault="")
        await house.making.start()
        assert (await house.is_over("broken")).fault == code
        path.write_bytes(good)


async def test_without_anything_to_play_it_is_ready_and_empty(house: House) -> None:
    journals = await stored(house)
    for path in (journals.folder / "journal").iterdir():
        path.unlink()
    journals.tracks.clear()
    journals.manifest()
    await house.making.start()
    assert (await house.is_over()).duration_ms == journals.duration_ms
    assert manifest(journals).tracks == ()


async def test_one_that_is_deleted_meanwhile_is_left_alone(house: House) -> None:
    journals = await stored(house)
    await house.crew.begin(REC, journals.folder, journals.keys)
    house.making.finish(REC)
    await house.making.stop(REC)
    assert not house.crew.is_making(REC)
    assert (await house.row()).state == "recording"


async def test_who_was_mixed_by_a_child_that_died_and_erased_since_dies_with_the_key(
    house: House,
) -> None:
    journals = await stored(house, "recording")
    stepping = Living(journals.folder, REC, dict(journals.keys), lambda _: None, lambda: None)
    for track in journals.tracks:
        stepping.obey({"order": "track", "track": track_form(track)})
    stepping.step(40_000)  # all of it is mixed, then the server dies
    stepping.close()
    assert (journals.folder / "mix.index").exists()
    journals.tracks = [track for track in journals.tracks if track.pid != "ben"]
    journals.manifest("recording")
    await RecordingKeys(SECRET).destroy(REC, "ben", ["voice"])
    await house.making.start()
    await house.is_over()
    keys = await RecordingKeys(SECRET).all(REC)
    assert keys["", "derived"] != journals.keys[DERIVED_KEY]
    assert near(await heard(house, journals), [1_000, 2_000])


async def test_folders_in_which_nothing_began_are_removed_after_a_while(house: House) -> None:
    old, new = await house.blobs.make("old_recording"), await house.blobs.make("new_recording")
    lost = await house.blobs.make("lost_recording")  # of a database that is not this one
    (lost / FILE).write_bytes(b"{}")
    long_ago = time.time() - 2 * module.ORPHAN_S
    for folder in (old, lost):
        os.utime(folder, (long_ago, long_ago))
    await house.making.start()
    assert not old.exists()
    assert new.exists()
    assert lost.exists()


async def test_a_disk_that_is_not_there_breaks_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    journals = await stored(house)
    monkeypatch.setattr(module, "AGAIN_S", (0.05,))
    away = journals.folder.with_name("away")
    journals.folder.rename(away)
    await house.making.start()
    async with asyncio.timeout(20):
        while (await house.row()).fault != "making.filenotfounderror":  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert (await house.row()).state == "recording"
    away.rename(journals.folder)
    assert (await house.is_over()).fault == ""


async def test_one_that_never_began_is_forgotten(house: House) -> None:
    journals = await stored(house)
    for path in (journals.folder / "journal").iterdir():
        path.unlink()
    (journals.folder / FILE).unlink()
    await house.making.start()
    await until(lambda: not house.making._tasks)
    assert await find_recording(REC) is None
    assert not journals.folder.exists()


async def test_journals_without_a_manifest_are_broken(house: House) -> None:
    journals = await stored(house)
    (journals.folder / FILE).unlink()
    await house.making.start()
    assert (await house.is_over("broken")).fault == "manifest.tampered"
