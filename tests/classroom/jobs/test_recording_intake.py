"""What a class asks of the library of recordings: a folder and keys, and its end."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom.errors import LocalError, Refused
from classroom.jobs.library import Library
from classroom.people.secret import Secret
from classroom.store import consent
from classroom.store.database import close_database
from classroom.store.recording_people import RecordedPerson, note_person, people_of
from classroom.store.recordings import NewRecording, change_recording, find_recording
from classroom.store.rooms import create_room
from tests.support.migrated import open_migrated

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
GIGABYTE = 1024**3


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    yield Library(tmp_path / "recordings", Secret(b"s" * 32), quota_bytes=GIGABYTE)
    await close_database()


async def new(recording_id: str = "rec1") -> NewRecording:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    return NewRecording(
        recording_id, room.id, "Chemistry", "lesson1", "Acids", "anna", "ask", AT, None
    )


async def test_a_recording_begins_with_a_folder_and_keys_of_nobody(library: Library) -> None:
    folder = await library.intake.begin(await new())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert set(await library.keys.all("rec1")) == {("", "room"), ("", "derived")}
    row = await find_recording("rec1")
    assert row is not None
    assert row.state == "recording"


async def test_who_has_used_up_theirs_begins_no_more(library: Library) -> None:
    one = await new()
    await library.intake.begin(one)
    await change_recording("rec1", bytes=GIGABYTE)
    with pytest.raises(Refused, match=r"recording\.storage"):
        await library.intake.begin(replace(one, id="rec2"))
    assert await find_recording("rec2") is None
    await library.intake.begin(replace(one, id="rec3", owner="bert"))


async def test_a_full_disk_begins_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path) -> None:
        raise Refused("storage.full")

    monkeypatch.setattr("classroom.blobs.recordings.must_leave_space", full)
    with pytest.raises(Refused, match=r"recording\.storage"):
        await library.intake.begin(await new())
    assert await find_recording("rec1") is None


async def test_it_ends_once(library: Library) -> None:
    await library.intake.begin(await new())
    await library.intake.end("rec1", AT, 12)
    row = await find_recording("rec1")
    assert row is not None
    assert (row.state, row.ended_at, row.people) == ("processing", AT, 12)
    await change_recording("rec1", state="ready")
    await library.intake.end("rec1", AT, 99)
    again = await find_recording("rec1")
    assert again is not None
    assert (again.state, again.people) == ("ready", 12)


async def test_what_is_erased_while_it_goes_on_has_no_key(library: Library) -> None:
    await library.intake.begin(await new())
    await note_person("rec1", RecordedPerson("lin", "Lin", ("voice", "ink")))
    for kind in ("voice", "ink"):
        await library.keys.key("rec1", "lin", kind)
    await library.intake.erase("rec1", "lin", ["voice"])
    assert ("lin", "voice") not in await library.keys.all("rec1")
    assert [one.kinds for one in await people_of("rec1")] == [("ink",)]
    (line,) = await consent.lines_of("rec1")
    assert (line.deed.deed, line.deed.pid) == ("key_destroyed", "lin")
    row = await find_recording("rec1")
    assert row is not None
    assert row.state == "recording"


async def test_only_of_what_goes_on_one_catches_up(library: Library) -> None:
    with pytest.raises(Refused, match=r"recording\.unknown"):
        await library.intake.session_for("rec1", "lin", "Lin")
    await library.intake.begin(await new())
    word = await library.intake.session_for("rec1", "lin", "Lin")
    playing = library.sessions.find(word, now=0.0)
    assert playing is not None
    assert (playing.by, playing.viewer, playing.may_download) == ("class", "lin", False)


def test_no_name_leaves_the_folder(library: Library) -> None:
    for name in ("", "..", "a/b", "a" * 65, "x\0y"):
        with pytest.raises(LocalError):
            library.blobs.folder(name)


async def test_folders_are_measured_listed_and_removed(library: Library) -> None:
    folder = await library.intake.begin(await new())
    (folder / "tracks").mkdir()
    (folder / "tracks" / "t1.body").write_bytes(b"x" * 700)
    assert await library.blobs.size("rec1") == 700
    assert await library.blobs.size("rec2") == 0
    going = folder.with_name(".going-rec9")
    going.mkdir()
    assert await library.blobs.all() == ["rec1"]
    assert not going.exists(), "what was being removed is removed"
    await library.blobs.remove("rec1")
    await library.blobs.remove("rec1")
    assert await library.blobs.all() == []
