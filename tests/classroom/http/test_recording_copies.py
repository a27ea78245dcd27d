"""A copy of the screen that was shared: where there is one, and refused where there is none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from classroom.store.recording_people import remove_kinds
from classroom.store.recordings import change_recording
from tests.support.export_maker import MakerTwin
from tests.support.people import House
from tests.support.recording_owner import REC, Owned
from tests.support.recording_shelf import store

EXPORTS = f"{REC}/exports"
COPY = {"form": "copy"}


@pytest.fixture
async def owned(home: House) -> AsyncIterator[Owned]:
    owned = await Owned(home).begin()
    home.doors.exports.making.maker = MakerTwin()
    await home.doors.exports.start()
    yield owned
    await home.doors.exports.close()


async def with_vp9(owned: Owned) -> None:
    """What Lin shared came as VP9."""
    library = owned.home.doors.library
    folder = library.blobs.folder("rec1")
    key = await library.keys.key("rec1", "lin", "screen")
    for file in (folder / "tracks").glob("lin-screen.*"):
        file.unlink()
    store(folder, "rec1", "lin-screen", key, 20, "video/VP9", "lin screen")


async def listed(owned: Owned) -> dict[str, Any]:
    told: dict[str, Any] = (await owned.owner.get(EXPORTS)).json
    return told


async def test_vp8_is_not_copied(owned: Owned) -> None:
    refused = await owned.owner.post(EXPORTS, COPY)

    assert await listed(owned) == {"exports": [], "can_copy": False}
    assert (refused.status, refused.json["code"]) == (409, "recording.export_copy")


async def test_a_screen_can_be_had_as_it_was_sent(owned: Owned) -> None:
    await with_vp9(owned)
    assert (await listed(owned))["can_copy"]
    answer = await owned.owner.post(EXPORTS, {**COPY, "height": 1080})
    assert answer.status == 202
    first = answer.json
    assert (first["form"], first["layout"], first["height"]) == ("copy", "main", 720)
    assert first["name"] == "Acids 2026-03-01.mp4"
    async with asyncio.timeout(20):
        while True:
            if (await listed(owned))["exports"][0]["state"] == "ready":
                break
            await asyncio.sleep(0.01)

    ticket = await owned.owner.post(f"{EXPORTS}/{first['id']}/ticket", {})
    film = await owned.owner.get(ticket.json["url"])
    assert film.headers["content-type"] == "video/mp4"
    again = await owned.owner.post(EXPORTS, COPY)
    assert (again.status, again.json["id"]) == (200, first["id"])


async def test_a_page_that_was_shown_for_longer_is_no_screen(owned: Owned) -> None:
    await with_vp9(owned)
    looked = [
        {"ms": 0, "event": "stage", "screen_of": "lin", "board": False},
        {"ms": 5_000, "event": "stage", "screen_of": "lin", "board": True},
    ]
    await owned.shelf.log("rec1", "room.rj", "", "room", looked)

    assert not (await listed(owned))["can_copy"]
    part = await owned.owner.post(EXPORTS, {**COPY, "to_ms": 5_000})
    assert part.status == 202


async def test_whose_screen_may_not_be_seen_is_not_copied(owned: Owned) -> None:
    await with_vp9(owned)
    assert (await listed(owned))["can_copy"]
    await remove_kinds("rec1", "lin", ["screen"])

    assert not (await listed(owned))["can_copy"]


async def test_where_all_was_cut_out_nothing_is_copied(owned: Owned) -> None:
    await with_vp9(owned)
    await change_recording("rec1", cuts=[(0, 20_000)])

    assert not (await listed(owned))["can_copy"]
