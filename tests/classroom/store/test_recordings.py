"""What is known of recordings, on both databases: rows, people, keys, links, the record."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom.errors import LocalError, Refused
from classroom.people.recording_key import unwrap_key, wrap_key
from classroom.people.secret import Secret
from classroom.store import consent, recordings
from classroom.store import recording_people as people
from classroom.store import recording_shares as shares
from classroom.store.consent import ConsentDeed
from classroom.store.consent_tables import ConsentLine
from classroom.store.database import sqlite_path
from classroom.store.recording_keys import RecordingKeys, wipe
from classroom.store.recording_people import RecordedPerson
from classroom.store.recording_tables import RecordingKey
from classroom.store.recordings import NewRecording
from classroom.store.rooms import create_room, delete_room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SECRET = Secret(b"s" * 32)


async def begun(recording_id: str = "rec1", *, later_s: int = 0, owner: str = "") -> NewRecording:
    room = await create_room("Chemistry", owner_id=None, at=AT)
    new = NewRecording(
        recording_id,
        room.id,
        "Chemistry",
        "lesson1",
        "Acids",
        owner,
        "ask",
        AT + timedelta(seconds=later_s),
        AT + timedelta(days=180),
    )
    await recordings.create_recording(new)
    return new


@pytest.mark.usefixtures("store")
async def test_a_recording_begins_and_is_found() -> None:
    new = await begun()
    row = await recordings.find_recording("rec1")
    assert row is not None
    assert (row.state, row.title, row.room_id, row.cuts) == ("recording", "Acids", new.room_id, ())
    assert row.lets_members
    assert not row.hold
    assert await recordings.find_recording("rec2") is None


@pytest.mark.usefixtures("store")
async def test_a_recording_outlives_its_room() -> None:
    new = await begun()
    assert await recordings.recordings_of_room(new.room_id) == ["rec1"]
    await delete_room(new.room_id)
    row = await recordings.find_recording("rec1")
    assert row is not None
    assert (row.room_id, row.room_title, row.lets_members) == (None, "Chemistry", False)


@pytest.mark.usefixtures("store")
async def test_the_library_is_searched_and_paged() -> None:
    first = await begun("rec1", owner="anna")
    await begun("rec2", later_s=60, owner="anna")
    await begun("rec3", later_s=90, owner="bert")
    await recordings.change_recording("rec2", title="Bases")

    async def ids(**asked: object) -> list[str]:
        rows = await recordings.recordings_of(**asked, limit=10)  # type: ignore[arg-type]
        return [row.id for row in rows]

    assert await ids(owner="anna") == ["rec2", "rec1"]
    assert await ids(owner="anna", words="bas CHEM") == ["rec2"]
    assert await ids(owner="anna", before=AT + timedelta(seconds=60)) == ["rec1"]
    assert await ids(room_ids=[first.room_id]) == ["rec1"]
    assert await ids() == []


@pytest.mark.usefixtures("store")
async def test_a_deleted_one_does_not_come_back() -> None:
    await begun()
    await RecordingKeys(SECRET).destroy_all("rec1")
    assert not await recordings.change_recording("rec1", state="ready")
    assert not await recordings.move_recording("rec1", to="ready", out_of=("processing",))
    found = await recordings.find_recording("rec1")
    assert found is not None
    assert found.state == "deleting"


@pytest.mark.usefixtures("store")
async def test_cuts_are_kept() -> None:
    await begun()
    await recordings.change_recording("rec1", cuts=[[0, 500], [900, 1000]])
    row = await recordings.find_recording("rec1")
    assert row is not None
    assert row.cuts == ((0, 500), (900, 1000))


@pytest.mark.usefixtures("store")
async def test_people_agree_to_more_and_are_removed() -> None:
    await begun()
    lin = RecordedPerson("lin", "Lin", ("voice",), enrolment="e1")
    await people.note_person("rec1", lin)
    await people.note_person("rec1", replace(lin, kinds=("ink",)))
    await people.note_person("rec1", RecordedPerson("bo", "Bo", ("voice", "chat"), account="a1"))
    assert await people.people_of("rec1") == [
        replace(lin, kinds=("ink", "voice")),
        RecordedPerson("bo", "Bo", ("chat", "voice"), account="a1"),
    ]
    counted = await people.counted_kinds(["rec1"])
    assert counted["rec1"] == {"voice": 2, "ink": 1, "chat": 1}
    assert await people.recordings_with(account="a1") == ["rec1"]
    assert await people.recordings_with(pids=["lin"]) == ["rec1"]
    assert await people.recordings_with() == []
    await people.remove_kinds("rec1", "bo", ("chat", "voice", "ink"))
    await people.remove_kinds("rec1", "lin", ("voice",))
    assert await people.people_of("rec1") == [replace(lin, kinds=("ink",))]
    row = await recordings.find_recording("rec1")
    assert row is not None
    assert row.agreed == 1


@pytest.mark.usefixtures("store")
async def test_a_key_is_made_once_and_kept_wrapped() -> None:
    await begun()
    keys = RecordingKeys(SECRET)
    key = await keys.key("rec1", "lin", "voice")
    assert len(key) == 32
    assert await RecordingKeys(SECRET).key("rec1", "lin", "voice") == key
    row = await RecordingKey.get(pid="lin")
    assert key not in bytes(row.wrapped)
    assert await keys.key("rec1", "", "room") != key
    assert await keys.all("rec1") == {
        ("lin", "voice"): key,
        ("", "room"): await keys.key("rec1", "", "room"),
    }


@pytest.mark.usefixtures("store")
async def test_a_key_is_destroyed_and_another_takes_its_place() -> None:
    await begun()
    keys = RecordingKeys(SECRET)
    old = await keys.key("rec1", "", "derived")
    assert await keys.replace("rec1", "", "derived") != old
    await keys.key("rec1", "lin", "voice")
    await keys.key("rec1", "lin", "ink")
    await keys.destroy("rec1", "lin", ("voice", "camera"))
    assert set(await keys.all("rec1")) == {("", "derived"), ("lin", "ink")}


def test_a_wrapped_key_opens_in_its_place_only() -> None:
    wrapped = wrap_key(SECRET, "rec1", "lin", "voice", b"k" * 32)
    assert unwrap_key(SECRET, "rec1", "lin", "voice", wrapped) == b"k" * 32
    for place in (("rec2", "lin", "voice"), ("rec1", "bo", "voice"), ("rec1", "lin", "ink")):
        with pytest.raises(LocalError):
            unwrap_key(SECRET, *place, wrapped)
    with pytest.raises(LocalError):
        unwrap_key(Secret(b"t" * 32), "rec1", "lin", "voice", wrapped)
    for broken in (b"", wrapped[:-1], wrapped[:12]):
        with pytest.raises(LocalError):
            unwrap_key(SECRET, "rec1", "lin", "voice", broken)


async def test_a_destroyed_key_is_in_no_byte_of_the_database(store: str, kind: str) -> None:
    if kind != "sqlite":
        return  # PostgreSQL vacuums when it does; the documentation says so
    await begun()
    keys = RecordingKeys(SECRET)
    for number in range(40):
        await keys.key("rec1", f"p{number}", "voice")
    wrapped = {row.pid: bytes(row.wrapped) for row in await RecordingKey.all()}
    await wipe()  # they lie in the file itself, not only in its log
    assert all(held(store, one) for one in wrapped.values())
    await keys.destroy("rec1", "p7", ("voice",))
    assert not held(store, wrapped["p7"])
    assert held(store, wrapped["p8"])
    await keys.destroy_all("rec1")
    assert not any(held(store, one) for one in wrapped.values())


def held(url: str, needle: bytes) -> bool:
    file = Path(sqlite_path(url))
    pieces = [file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")]
    return any(needle in piece.read_bytes() for piece in pieces if piece.exists())


def link(share_id: str = "s1", **new: object) -> shares.ShareRow:
    row = shares.ShareRow(
        share_id, "rec1", "link", f"hash-{share_id}", "", AT + timedelta(days=1), True, "anna", AT
    )
    return replace(row, **new)  # type: ignore[arg-type]


@pytest.mark.usefixtures("store")
async def test_a_link_is_found_by_its_token_and_ends() -> None:
    await begun()
    await shares.add_share(link())
    found = await shares.share_by_token("hash-s1")
    assert found == link()
    assert found.is_on(AT)
    assert not found.is_on(AT + timedelta(days=1))
    assert await shares.share_by_token("hash-s2") is None
    assert await shares.counted_shares(["rec1", "rec2"]) == {"rec1": 1}
    await shares.end_share("rec1", "s1", at=AT)
    ended = await shares.find_share("s1")
    assert ended is not None
    assert not ended.is_on(AT)
    with pytest.raises(Refused, match=r"recording\.share_unknown"):
        await shares.end_share("rec1", "s1", at=AT)
    assert await shares.counted_shares(["rec1"]) == {}


@pytest.mark.usefixtures("store")
async def test_links_are_bounded() -> None:
    await begun()
    for number in range(shares.SHARES_MAX):
        await shares.add_share(link(f"s{number}"))
    with pytest.raises(Refused, match=r"recording\.share_limit"):
        await shares.add_share(link("more"))
    await shares.end_share("rec1", "s3", at=AT)
    await shares.add_share(link("more"))


@pytest.mark.usefixtures("store")
async def test_who_watched_is_remembered_after_the_recording_is_gone() -> None:
    await begun()
    view = await shares.add_view("rec1", share="", viewer="a1", name="Anna", kind="watched", at=AT)
    await shares.note_watched(view, 20)
    await shares.note_watched(view, 5)
    assert await shares.counted_views(["rec1"]) == {"rec1": 1}
    await recordings.forget_recording("rec1")
    (row,) = await shares.views_of("rec1", limit=10)
    assert (row.name, row.seconds, row.kind) == ("Anna", 25, "watched")
    await shares.sweep_views(before=AT + timedelta(seconds=1))
    assert await shares.views_of("rec1", limit=10) == []


@pytest.mark.usefixtures("store")
async def test_the_record_is_a_chain() -> None:
    asked = ConsentDeed(AT, "asked", "anna", "Anna", {"kinds": ["voice"], "why": "声音"})
    await consent.add_lines("rec1", [asked, ConsentDeed(AT, "began")])
    await consent.add_lines("rec1", [ConsentDeed(AT, "answered", "lin", "Lin", {"voice": "yes"})])
    lines = await consent.lines_of("rec1")
    assert [line.number for line in lines] == [1, 2, 3]
    assert lines[0].before == consent.FIRST
    assert [line.before for line in lines[1:]] == [line.hash for line in lines[:2]]
    assert lines[0].deed == asked
    again = [consent.line_hash("rec1", one.number, one.deed, one.before) for one in lines]
    assert again == [line.hash for line in lines]
    await ConsentLine.filter(number=3).update(name="Bo")
    changed = (await consent.lines_of("rec1"))[2]
    assert consent.line_hash("rec1", 3, changed.deed, changed.before) != changed.hash


@pytest.mark.usefixtures("store")
async def test_many_add_to_the_record_at_once() -> None:
    await begun()
    deed = ConsentDeed(AT, "watched")
    await asyncio.gather(*(consent.add_lines("rec1", [deed]) for _ in range(12)))
    lines = await consent.lines_of("rec1")
    assert [line.number for line in lines] == list(range(1, 13))
    assert [line.before for line in lines[1:]] == [line.hash for line in lines[:-1]]


@pytest.mark.usefixtures("store")
async def test_recordings_of_an_account_are_counted_in_bytes() -> None:
    await begun("rec1", owner="anna")
    await begun("rec2", owner="anna")
    await recordings.change_recording("rec1", bytes=700)
    await recordings.change_recording("rec2", bytes=50)
    assert await recordings.used_bytes("anna") == 750
