"""Decks on both databases: uploads become decks and versions, prints are shared, quotas hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.ids import AccountId, RoomId, new_id
from classroom.store import deck_folders as folders
from classroom.store import deck_prints as prints
from classroom.store import deck_uploads as uploads
from classroom.store import decks
from classroom.store.accounts import NewAccount, create_account
from classroom.store.deck_place import take_place
from classroom.store.deck_placing import Addresses, PlacedLeaf, StoredDeck, deck_to_place
from classroom.store.deck_uploads import PRINT_JOB, Made, Source, UploadRow, Whole
from classroom.store.decks import Reader
from classroom.store.jobs import jobs_of
from classroom.store.rooms import create_room, delete_room
from courseware.deck import Leaf, Slide

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MEGABYTE = 1024**2
MOST = 100 * MEGABYTE
ADDRESSES = Addresses(
    leaf=lambda print_id, slide, step: f"{print_id} {slide}-{step}",
    played=lambda print_id, ending: f"{print_id} {ending}",
)
pytestmark = pytest.mark.usefixtures("store")


async def make_owner(email: str = "mei@example.org") -> str:
    account = await create_account(NewAccount(email, "Mei", "hash"), at=AT)
    return str(account.id)


async def make_room() -> RoomId:
    return (await create_room("Chemistry", owner_id=None, at=AT)).id


def upload(owner: str, *, size: int = 10, name: str = "Acids", **more: str) -> UploadRow:
    return UploadRow(
        id=new_id(),
        owner=owner,
        sender=more.get("sender", owner),
        sender_name="Mei",
        room_id=more.get("room_id", ""),
        deck_id=more.get("deck_id", ""),
        folder_id=more.get("folder_id", ""),
        name=name,
        sources=(Source(f"{name}.pdf", size),),
    )


def whole(mark: str = "a") -> Whole:
    file = prints.PrintFile("source-0.pdf", "application/pdf", mark * 64, 10)
    return Whole(mark * 64, "pdf", (file,))


async def send(row: UploadRow, mark: str = "a", *, at: datetime = AT) -> Made:
    await uploads.add_upload(row, MOST, at=at)
    return await uploads.make_deck(row, whole(mark), MOST, at=at)


async def code_of(row: UploadRow, most: int = MOST, *, at: datetime = AT) -> str:
    with pytest.raises(Refused) as raised:
        await uploads.add_upload(row, most, at=at)
    return raised.value.code


async def make_ready(print_id: str) -> None:
    await prints.advance(print_id, "begin", at=AT)
    await prints.advance(print_id, "finish", at=AT)


async def test_an_upload_becomes_a_deck_with_a_print_to_be_made() -> None:
    owner, room_id = await make_owner(), await make_room()
    made = await send(upload(owner, room_id=room_id))
    assert made.is_waiting
    assert made.dropped == ()
    (job,) = await jobs_of(PRINT_JOB, made.print_id, limit=5)
    assert job.done_at is None
    deck = await decks.find_deck(Reader(owner), made.deck_id)
    assert deck is not None
    assert (deck.name, deck.used.number, deck.used.print.state) == ("Acids", 1, "waiting")
    assert (deck.newer, deck.placed_in, deck.used_at) == (None, (), None)
    assert (await prints.print_files(made.print_id))["source-0.pdf"].checksum == "a" * 64
    assert await prints.decks_of_print(made.print_id) == [
        prints.DeckOfPrint(made.deck_id, (room_id,))
    ]
    assert await decks.used_bytes(owner) == 10


async def test_the_same_bytes_are_one_print_and_one_job() -> None:
    mei, bo = await make_owner(), await make_owner("bo@example.org")
    first = await send(upload(mei))
    second = await send(upload(bo))
    assert first.print_id == second.print_id
    assert first.deck_id != second.deck_id
    assert len(await jobs_of(PRINT_JOB, first.print_id, limit=5)) == 1
    await make_ready(first.print_id)
    third = await send(upload(bo))
    assert not third.is_waiting
    assert len(await jobs_of(PRINT_JOB, first.print_id, limit=5)) == 1
    assert await decks.used_bytes(bo) == 20, "each account pays in full"
    for owner, made in ((mei, first), (bo, second)):
        gone = await decks.delete_deck(owner, made.deck_id)
        assert await prints.drop_prints(gone) == set(), "another deck has it"
    gone = await decks.delete_deck(bo, third.deck_id)
    assert await prints.drop_prints(gone) == {"a" * 64}
    assert await prints.find_print(first.print_id) is None
    assert not await prints.is_checksum_used("a" * 64)


async def test_what_unpacks_to_more_counts_for_each_who_has_it() -> None:
    mei, room = await make_owner(), f"room:{await make_room()}"
    made = await send(upload(mei))
    await send(upload(room, sender="li"))
    await send(upload(mei), "b")
    await take_place(made.print_id, 5, MOST)
    assert await decks.used_bytes(mei) == 20, "it is less than what was sent"
    with pytest.raises(Refused) as refused:
        await take_place(made.print_id, MOST + 1, MOST)
    assert (refused.value.code, refused.value.params) == ("deck.quota", {"megabytes": 100})
    assert await decks.used_bytes(mei) == 20, "nothing changed"
    await take_place(made.print_id, MOST, MOST)
    assert await decks.used_bytes(room) == MOST, "the room has place, so it is kept"
    assert await decks.used_bytes(mei) == MOST + 10
    row = await prints.find_print(made.print_id)
    assert row is not None
    assert row.bytes == MOST
    assert await code_of(upload(mei)) == "deck.quota"
    await take_place("gone", 5, MOST)


async def test_a_print_that_failed_is_made_again_when_it_is_sent_again() -> None:
    owner = await make_owner()
    made = await send(upload(owner))
    failed = await prints.advance(made.print_id, "fail", at=AT, fault="pages", params={"max": 500})
    assert failed is not None
    assert (failed.state, failed.fault, failed.params) == ("failed", "pages", {"max": 500})
    again = await send(upload(owner))
    assert again.print_id == made.print_id
    assert again.is_waiting
    assert len(await jobs_of(PRINT_JOB, made.print_id, limit=5)) == 2
    row = await prints.find_print(made.print_id)
    assert row is not None
    assert (row.fault, row.params) == ("", {})


async def test_a_print_knows_its_leaves_texts_and_notes() -> None:
    made = await send(upload(await make_owner()))
    print_id = made.print_id
    assert (await prints.advance(print_id, "show", at=AT)) is None, "it was not begun"
    assert (await prints.advance(print_id, "begin", at=AT)) is not None
    leaves = (Leaf(1, 0, 1280, 720), Leaf(1, 1, 1280, 720), Leaf(2, 0, 1280, 960))
    await prints.note_opened(print_id, leaves, [Slide("One", "say 你好"), Slide()], at=AT)
    picture = prints.PrintFile(prints.picture_name(1, 1, 1280), "image/webp", "b" * 64, 5, "acid")
    assert await prints.add_print_file(print_id, picture, done=1)
    assert await prints.add_print_file(print_id, picture, done=1), "a second time is nothing"
    row = await prints.find_print(print_id)
    assert row is not None
    assert (row.leaves, row.done, row.is_shown) == (leaves, 1, False)
    assert row.outline == prints.Outline(slides=2, leaves=3, first=(1, 0))
    assert await prints.slides_of(print_id) == (Slide("One", "say 你好"), Slide())
    assert await prints.texts_of(print_id) == {"1-1": "acid"}
    assert await prints.find_print_file(print_id, "1-1/1280") == picture
    assert await prints.used_checksums(["b" * 64, "c" * 64]) == {"b" * 64}
    assert not await prints.add_print_file("gone", picture)


async def test_a_newer_version_is_used_when_it_is_ready() -> None:
    owner = await make_owner()
    first = await send(upload(owner))
    await make_ready(first.print_id)
    second = await send(upload(owner, deck_id=first.deck_id), "b")
    deck = await decks.find_deck(Reader(owner), first.deck_id)
    assert deck is not None
    assert deck.newer is not None
    assert (deck.used.number, deck.newer.number, deck.newer.print.state) == (1, 2, "waiting")
    await prints.advance(second.print_id, "fail", at=AT, fault="broken")
    deck = await decks.find_deck(Reader(owner), first.deck_id)
    assert deck is not None
    assert deck.used.number == 1, "what failed replaces nothing"
    third = await send(upload(owner, deck_id=first.deck_id), "c")
    await make_ready(third.print_id)
    deck = await decks.find_deck(Reader(owner), first.deck_id)
    assert deck is not None
    assert (deck.used.number, deck.newer) == (3, None)
    versions = {version.number: version.id for version in deck.versions}
    with pytest.raises(Refused, match=r"deck\.failed"):
        await decks.use_version(owner, deck.id, versions[2], at=AT)
    await decks.use_version(owner, deck.id, versions[1], at=AT)
    with pytest.raises(Refused, match=r"version\.used"):
        await decks.remove_version(owner, deck.id, versions[1])
    assert await decks.remove_version(owner, deck.id, versions[2]) == second.print_id
    for unknown in ("none", versions[2]):
        with pytest.raises(Refused, match=r"version\.unknown"):
            await decks.remove_version(owner, deck.id, unknown)


async def test_a_version_that_is_ready_late_replaces_no_newer_one() -> None:
    owner = await make_owner()
    first = await send(upload(owner))
    await make_ready(first.print_id)
    late = await send(upload(owner, deck_id=first.deck_id), "b")
    newest = await send(upload(owner, deck_id=first.deck_id), "c")
    await make_ready(newest.print_id)
    await make_ready(late.print_id)
    deck = await decks.find_deck(Reader(owner), first.deck_id)
    assert deck is not None
    assert deck.used.number == 3


async def test_the_oldest_versions_go() -> None:
    owner = await make_owner()
    first = await send(upload(owner), "0")
    await make_ready(first.print_id)
    for mark in "123456789":
        made = await send(upload(owner, deck_id=first.deck_id), mark)
        assert made.dropped == ()
    made = await send(upload(owner, deck_id=first.deck_id), "a")
    deck = await decks.find_deck(Reader(owner), first.deck_id)
    assert deck is not None
    assert [version.number for version in deck.versions] == [11, *range(10, 2, -1), 1]
    assert await prints.drop_prints(made.dropped) == {"1" * 64}


async def test_a_library_has_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = await make_owner()
    await send(upload(owner, size=60 * MEGABYTE))
    assert await code_of(upload(owner, size=41 * MEGABYTE)) == "deck.quota"
    coming = upload(owner, size=40 * MEGABYTE)
    await uploads.add_upload(coming, MOST, at=AT)
    assert await code_of(upload(owner, size=1)) == "deck.quota", "what comes has its place"
    later = AT + uploads.STILL + timedelta(seconds=1)
    await uploads.add_upload(upload(owner, size=40 * MEGABYTE), MOST, at=later)
    with pytest.raises(Refused, match=r"deck\.quota"):
        await uploads.make_deck(coming, whole("b"), MOST, at=later)
    assert await uploads.find_upload(coming.id, owner) is not None, "all or nothing"
    monkeypatch.setattr(uploads, "DECKS_MAX", 2)
    assert await code_of(upload(owner), 2 * MOST, at=later) == "deck.limit"
    assert await code_of(upload(owner, deck_id="x"), 2 * MOST, at=later) == "deck.unknown"


async def test_so_many_uploads_of_one_person_move_at_once() -> None:
    owner = await make_owner()
    rows = [upload(owner) for _ in range(uploads.AT_ONCE)]
    for row in rows:
        await uploads.add_upload(row, MOST, at=AT)
    assert await code_of(upload(owner)) == "rate.limited"
    await uploads.drop_upload(rows[0].id)
    await uploads.add_upload(upload(owner), MOST, at=AT)
    found = await uploads.find_upload(rows[1].id, owner)
    assert found == rows[1]
    assert await uploads.find_upload(rows[1].id, "somebody else") is None
    old = AT + uploads.KEPT_FOR + timedelta(seconds=1)
    await uploads.note_moved(rows[1].id, at=old)
    assert {upload_id for upload_id, _ in await uploads.old_uploads(at=old)} >= {rows[2].id}
    assert rows[1].id not in {one for one, _ in await uploads.old_uploads(at=old)}
    with pytest.raises(Refused, match=r"upload\.unknown"):
        await uploads.make_deck(rows[0], whole(), MOST, at=AT)


async def test_who_sees_which_decks() -> None:
    mei, bo, room_id = await make_owner(), await make_owner("bo@example.org"), await make_room()
    own = await send(upload(mei, name="Own acids"), "a")
    dropped = await send(upload(mei, name="Dropped", room_id=room_id), "b")
    placed = await send(upload(bo, name="Placed"), "c")
    await decks.note_placed(placed.deck_id, room_id, at=AT)
    await decks.note_placed("gone", room_id, at=AT)

    async def seen(reader: Reader, **asked: str) -> set[str]:
        return {deck.name for deck in await decks.decks_of(reader, **asked)}  # type: ignore[arg-type]

    assert await seen(Reader(mei)) == {"Own acids", "Dropped"}
    assert await seen(Reader("", room_id)) == {"Dropped", "Placed"}
    assert await seen(Reader(mei, room_id)) == {"Own acids", "Dropped", "Placed"}
    assert await seen(Reader()) == set()
    assert await seen(Reader(mei), words="ACIDS own") == {"Own acids"}
    assert await decks.find_deck(Reader("", room_id), own.deck_id) is None
    found = await decks.find_deck(Reader("", room_id), placed.deck_id)
    assert found is not None
    assert (found.placed_in, found.used_at) == (("Chemistry",), AT)
    await delete_room(room_id)
    assert await seen(Reader(mei, room_id)) == {"Own acids", "Dropped"}, "decks outlive rooms"
    assert dropped.deck_id != own.deck_id


async def test_a_deck_as_the_stage_needs_it() -> None:
    mei, room_id = await make_owner(), await make_room()
    own = await send(upload(mei))
    nobodys = await send(upload(decks.owner_of(None, room_id)), "b")

    leaf = Leaf(1, 0, 1280, 720)
    await prints.note_opened(own.print_id, [leaf], [Slide()], at=AT)
    deck = await deck_to_place(room_id, AccountId(mei), own.deck_id, ADDRESSES)
    placed = (PlacedLeaf(leaf, f"{own.print_id} 1-0"),)
    assert deck == StoredDeck(own.deck_id, own.print_id, "Acids", "pdf", "waiting", placed)
    assert not deck.is_ready
    await make_ready(own.print_id)
    deck = await deck_to_place(room_id, AccountId(mei), own.deck_id, ADDRESSES)
    assert deck is not None
    assert deck.is_ready
    assert await deck_to_place(room_id, None, own.deck_id, ADDRESSES) is None
    assert await deck_to_place(RoomId("none"), AccountId(mei), own.deck_id, ADDRESSES) is None
    assert await deck_to_place(room_id, None, nobodys.deck_id, ADDRESSES) is not None, "the room's"
    await decks.note_placed(own.deck_id, room_id, at=AT)
    assert await deck_to_place(room_id, None, own.deck_id, ADDRESSES) is not None, "it stood there"


async def test_a_film_as_the_stage_needs_it() -> None:
    mei, room_id = await make_owner(), await make_room()
    row = replace(upload(mei), sources=(Source("Acids.webm", 10),))
    await uploads.add_upload(row, MOST, at=AT)
    file = prints.PrintFile("source-000.webm", "application/octet-stream", "f" * 64, 10)
    own = await uploads.make_deck(row, Whole("f" * 64, "film", (file,)), MOST, at=AT)
    deck = await deck_to_place(room_id, AccountId(mei), own.deck_id, ADDRESSES)
    assert deck is not None
    assert (deck.kind, deck.leaves, deck.played) == ("film", (), f"{own.print_id} webm")
    assert not deck.is_ready, "it was not looked into yet"
    await make_ready(own.print_id)
    deck = await deck_to_place(room_id, AccountId(mei), own.deck_id, ADDRESSES)
    assert deck is not None
    assert deck.is_ready


async def test_decks_are_renamed_and_moved_by_their_owner_alone() -> None:
    mei, bo = await make_owner(), await make_owner("bo@example.org")
    made = await send(upload(mei))
    folder = await folders.add_folder(mei, "Term 1", "")
    await decks.change_deck(mei, made.deck_id, at=AT, name="Bases", folder_id=folder.id)
    (deck,) = await decks.decks_of(Reader(mei), folder_id=folder.id)
    assert deck.name == "Bases"
    assert await decks.decks_of(Reader(mei), folder_id="") == []
    for owner, change in ((bo, {"name": "Mine"}), (mei, {"folder_id": "none"})):
        with pytest.raises(Refused, match="unknown"):
            await decks.change_deck(owner, made.deck_id, at=AT, **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"deck\.unknown"):
        await decks.delete_deck(bo, made.deck_id)
    with pytest.raises(Refused, match=r"folder\.full"):
        await folders.remove_folder(mei, folder.id)
    await decks.change_deck(mei, made.deck_id, at=AT, folder_id="")
    await folders.remove_folder(mei, folder.id)
    assert await folders.folders_of(mei) == []


async def test_folders_are_a_small_tree_without_circles(monkeypatch: pytest.MonkeyPatch) -> None:
    mei = await make_owner()
    one = await folders.add_folder(mei, "1", "")
    two = await folders.add_folder(mei, "2", one.id)
    three = await folders.add_folder(mei, "3", two.id)
    other = await folders.add_folder(mei, "other", "")
    for refused in (
        folders.add_folder(mei, "4", three.id),
        folders.change_folder(mei, one.id, parent_id=three.id),
        folders.change_folder(mei, one.id, parent_id=one.id),
        folders.change_folder(mei, one.id, parent_id=other.id),
    ):
        with pytest.raises(Refused, match=r"folder\.deep"):
            await refused
    with pytest.raises(Refused, match=r"folder\.unknown"):
        await folders.add_folder("bo", "x", one.id)
    with pytest.raises(Refused, match=r"folder\.full"):
        await folders.remove_folder(mei, one.id)
    moved = await folders.change_folder(mei, two.id, parent_id=other.id, name="zwei")
    assert moved == replace(moved, name="zwei", parent_id=other.id)
    assert len(await folders.folders_of(mei)) == 4
    monkeypatch.setattr(folders, "FOLDERS_MAX", 4)
    with pytest.raises(Refused, match=r"folder\.limit"):
        await folders.add_folder(mei, "5", "")


async def test_prints_nobody_has_are_found() -> None:
    owner = await make_owner()
    made = await send(upload(owner))
    assert await prints.unused_prints() == []
    await decks.delete_deck(owner, made.deck_id)
    assert await prints.unused_prints() == [made.print_id]
