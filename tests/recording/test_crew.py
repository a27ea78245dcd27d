"""Children: a recording that is over is made by a real one; kills, silence, faults."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from recording import vault
from recording.crew import Crew
from recording.errors import Broken, Damaged
from recording.index import Index
from recording.manifest import track_form
from recording.spawned import Said
from tests.support.recordings import Journals
from tests.support.wired import until


@pytest.fixture
async def crew() -> AsyncIterator[Crew]:
    crew = Crew()
    yield crew
    await crew.close()


def small(folder: Path) -> Journals:
    """Two people, four seconds."""
    journals = Journals(folder)
    journals.sound("ada", 500, 4_000)
    journals.picture("ada", 700, 4_000, flashes=(2_000,))
    journals.sound("ben", 1_000, 3_000)
    return journals


async def make(crew: Crew, journals: Journals) -> Said:
    await crew.begin(journals.rec, journals.folder, journals.keys, is_over=True)
    for track in journals.tracks:
        crew.tell(journals.rec, {"order": "track", "track": track_form(track)})
    crew.tell(journals.rec, {"order": "finish", "duration_ms": journals.duration_ms})
    async with asyncio.timeout(60):
        return await crew.finished(journals.rec)


def indexes(journals: Journals) -> dict[str, Index]:
    return {
        track.id: vault.open_index(
            journals.folder, journals.rec, track.id, journals.keys[track.key]
        )
        for track in journals.tracks
    }


async def test_what_is_over_is_made(crew: Crew, tmp_path: Path) -> None:
    journals = small(tmp_path)
    said = await make(crew, journals)
    assert set(said["tracks"]) == {"t1", "t2", "t3"}
    found = indexes(journals)
    for track in journals.tracks:
        index = found[track.id]
        assert abs(index.start_ms - track.start_ms - 40) < 10
        vault.verify(tmp_path, track.id, journals.keys[track.key], index)
    assert not crew.is_making(journals.rec)


async def test_what_was_broken_off_is_made_although_nobody_knew_how_long_it_was(
    crew: Crew, tmp_path: Path
) -> None:
    journals = small(tmp_path)
    journals.duration_ms = 0
    said = await make(crew, journals)
    assert set(said["tracks"]) == {"t1", "t2", "t3"}
    assert said["duration_ms"] == pytest.approx(4_000, abs=100)
    assert indexes(journals)["t1"].end_ms == pytest.approx(4_000, abs=100)


async def test_keys_that_come_while_a_child_is_begun_are_told_to_it(
    crew: Crew, tmp_path: Path
) -> None:
    journals = small(tmp_path)
    early = {name: key for name, key in journals.keys.items() if name.startswith("/")}
    late = {name: key for name, key in journals.keys.items() if name not in early}
    await crew.begin(journals.rec, journals.folder, early, is_over=True)
    await asyncio.sleep(0)  # it is being begun with the keys of that moment
    crew.tell(journals.rec, {"order": "keys", "keys": late})
    for track in journals.tracks:
        crew.tell(journals.rec, {"order": "track", "track": track_form(track)})
    crew.tell(journals.rec, {"order": "finish", "duration_ms": journals.duration_ms})
    async with asyncio.timeout(60):
        said = await crew.finished(journals.rec)
    assert set(said["tracks"]) == {"t1", "t2", "t3"}


async def test_verifying_is_a_task(crew: Crew, tmp_path: Path) -> None:
    journals = small(tmp_path)
    await make(crew, journals)
    files = [[track.id, track.key] for track in journals.tracks]
    order = {"files": files}
    done = await crew.run("verify", journals.rec, tmp_path, journals.keys, order)
    assert done == {"files": 3}
    body = tmp_path / "tracks/t2.body"
    data = bytearray(body.read_bytes())
    data[len(data) // 2] ^= 1
    body.write_bytes(data)
    with pytest.raises(Damaged, match=r"envelope\.tampered"):
        await crew.run("verify", journals.rec, tmp_path, journals.keys, order)


async def test_a_damaged_journal_is_told_by_name(crew: Crew, tmp_path: Path) -> None:
    journals = small(tmp_path)
    path = tmp_path / "journal/t1.0.rj"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged, match=r"envelope\.tampered"):
        await make(crew, journals)


async def test_a_killed_child_is_begun_again_and_goes_on(tmp_path: Path) -> None:
    journals = small(tmp_path)
    steps: list[Said] = []
    crew = Crew(on_step=lambda _, said: steps.append(said))
    try:
        await crew.begin(journals.rec, tmp_path, journals.keys)
        for track in journals.tracks:
            crew.tell(journals.rec, {"order": "track", "track": track_form(track)})
        await until(lambda: bool(steps))
        (child,) = crew.children
        os.kill(child.process.pid, signal.SIGKILL)
        crew.tell(journals.rec, {"order": "finish", "duration_ms": journals.duration_ms})
        async with asyncio.timeout(60):
            await crew.finished(journals.rec)
    finally:
        await crew.close()
    found = indexes(journals)
    assert found["t1"].end_ms - found["t1"].start_ms == pytest.approx(3_500, abs=60)


async def test_what_was_erased_meanwhile_is_left_out(crew: Crew, tmp_path: Path) -> None:
    journals = small(tmp_path)
    await crew.begin(journals.rec, tmp_path, journals.keys, is_over=True)
    for track in journals.tracks:
        crew.tell(journals.rec, {"order": "track", "track": track_form(track)})
    crew.tell(journals.rec, {"order": "leave_out", "pid": "ada", "kinds": ["camera"]})
    crew.tell(journals.rec, {"order": "finish", "duration_ms": journals.duration_ms})
    said = await crew.finished(journals.rec)
    assert set(said["tracks"]) == {"t1", "t3"}
    assert not (tmp_path / "tracks/t2.body").exists()


async def test_a_yes_given_again_is_not_lost_with_the_child_that_left_out_the_first(
    crew: Crew, tmp_path: Path
) -> None:
    journals = Journals(tmp_path)
    first = journals.sound("bo", 0, 3_000)
    journals.sound("ada", 0, 5_000)
    await make(crew, journals)  # by a child that died before it heard of what follows
    assert (tmp_path / "tracks" / f"{first.id}.body").exists()
    (tmp_path / "journal" / first.journals[0]).unlink()
    await crew.begin(journals.rec, tmp_path, journals.keys, is_over=True)
    for track in journals.tracks:
        crew.tell(journals.rec, {"order": "track", "track": track_form(track)})
    crew.tell(journals.rec, {"order": "closed", "track": first.id, "at_ms": 3_000})
    gone = {"pid": "bo", "kinds": ["voice"], "tracks": [first.id]}
    crew.tell(journals.rec, {"order": "leave_out", **gone})
    journals.keys["bo/voice"] = b"B" * 32
    crew.tell(journals.rec, {"order": "keys", "keys": {"bo/voice": b"B" * 32}})
    again = journals.sound("bo", 3_500, 5_000)
    crew.tell(journals.rec, {"order": "track", "track": track_form(again)})
    crew.tell(journals.rec, {"order": "finish", "duration_ms": 5_000})
    async with asyncio.timeout(60):
        said = await crew.finished(journals.rec)
    assert set(said["tracks"]) == {"t2", again.id}
    assert said["has_left_out"]
    assert not list((tmp_path / "tracks").glob(f"{first.id}.*"))


async def test_two_never_write_one_recording(crew: Crew, tmp_path: Path) -> None:
    journals = small(tmp_path)
    await crew.begin(journals.rec, tmp_path, journals.keys, is_over=True)
    other = Crew()
    await until((tmp_path / "lock").exists)
    await asyncio.sleep(0.2)
    try:
        await other.begin(journals.rec, tmp_path, journals.keys, is_over=True)
        other.tell(journals.rec, {"order": "finish", "duration_ms": 10})
        crew.tell(journals.rec, {"order": "finish", "duration_ms": 10})
        async with asyncio.timeout(30):
            await crew.finished(journals.rec)
            await other.finished(journals.rec)  # it waited
    finally:
        await other.close()


async def test_a_closed_crew_begins_nothing(tmp_path: Path) -> None:
    crew = Crew()
    await crew.begin("rec", tmp_path, {})
    await crew.close()
    with pytest.raises(Broken, match="closed"):
        await crew.begin("rec", tmp_path, {})
    with pytest.raises(Broken, match="closed"):
        await crew.run("verify", "rec", tmp_path, {}, {"files": []})
