"""Decks that were put away: what comes back, what is forgotten, and what sweeps leave alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from classroom.ids import RoomId
from classroom.room.board import new_board
from classroom.room.page import BoardPage, KeptPlacement, Placement
from classroom.store.asset_sweep import KEPT_FOR, sweep_pictures
from classroom.store.board_assets import AssetRow, add_asset
from classroom.store.boards import save_board, sweep_board
from classroom.store.placement_tables import BoardPlacement
from classroom.store.placements import (
    KEPT_MAX,
    find_placement,
    keep_placement,
    kept_placements,
)
from classroom.store.rooms import create_room, delete_room
from classroom.store.tables import BoardAsset, BoardClient, BoardDoc

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("store")


def deck(id: str, deck_id: str = "algebra") -> Placement:
    return Placement(id, deck_id, "print", "Algebra 代数", "slides", "2026-03-01T09:30:00.000Z")


def leaf(placement: str, slide: int = 1, backdrop: str = "/slides/x/1-0.sig") -> BoardPage:
    return BoardPage(
        f"{placement}-{slide}-0",
        "",
        "plain",
        1280,
        960,
        epoch=2,
        cleared_epoch=1,
        kind="slide",
        backdrop=backdrop,
        placement=placement,
        slide=slide,
        is_seen=slide == 1,
    )


async def new_room() -> RoomId:
    return (await create_room("Chemistry", owner_id=None, at=AT)).id


async def test_what_was_put_away_comes_back_as_it_was() -> None:
    room_id, other = await new_room(), await new_room()
    pages = (leaf("a", 1), leaf("a", 2))
    await keep_placement(room_id, deck("a"), pages, AT)
    assert await find_placement(room_id, "a") == KeptPlacement(deck("a"), pages, AT)
    assert await find_placement(other, "a") is None
    later = AT + timedelta(hours=1)
    await keep_placement(room_id, deck("a"), pages[:1], later)
    assert await kept_placements(room_id, "algebra") == [KeptPlacement(deck("a"), pages[:1], later)]
    await delete_room(room_id)
    assert await BoardPlacement.all().count() == 0


async def test_the_last_ones_of_a_room_stay_newest_first() -> None:
    room_id, other = await new_room(), await new_room()
    await keep_placement(other, deck("other"), [leaf("other")], AT)
    for number in range(KEPT_MAX + 2):
        name = f"n{number:02}"
        at = AT + timedelta(minutes=number)
        await keep_placement(room_id, deck(name, f"deck{number % 2}"), [leaf(name)], at)
    kept = [one.placement.id for one in await kept_placements(room_id, "deck1")]
    assert kept == ["n11", "n09", "n07", "n05", "n03"]
    assert await BoardPlacement.filter(room_id=room_id).count() == KEPT_MAX
    assert await find_placement(other, "other") is not None


async def test_what_was_drawn_on_a_deck_that_was_put_away_stays() -> None:
    room_id = await new_room()
    board = new_board("b", "p1")
    await save_board(room_id, board, at=AT)
    await keep_placement(room_id, deck("a"), [leaf("a")], AT)
    for page_id, epoch in (("a-1-0", 0), ("a-1-0", 1), ("a-1-0", 2), ("gone", 0)):
        await BoardDoc.create(board_id="b", page_id=page_id, epoch=epoch, upto=0)
        await BoardClient.get_or_create(
            board_id="b", page_id=page_id, client_id=7, defaults={"author": "mei"}
        )
    assert await sweep_board(board) == 2
    assert sorted(await BoardDoc.all().values_list("page_id", "epoch")) == [
        ("a-1-0", 1),
        ("a-1-0", 2),
    ]
    assert await BoardClient.all().values_list("page_id", flat=True) == ["a-1-0"]


async def test_pictures_under_pages_stay() -> None:
    room_id = await new_room()
    board = new_board("b", "p1")
    under = BoardPage("p2", backdrop="asset:" + "u" * 16)
    await save_board(room_id, type(board)("b", (*board.pages, under), "p1"), at=AT)
    await keep_placement(room_id, deck("a"), [leaf("a", backdrop="asset:" + "k" * 16)], AT)
    for name in ("u" * 16, "k" * 16, "n" * 16):
        row = AssetRow(name, "image/png", 1, 1, 1)
        long_ago = AT - KEPT_FOR - timedelta(seconds=1)
        await add_asset(room_id, row, author="ann", has_share=True, at=long_ago)

    async def remove(_room: RoomId, _name: str) -> None:
        """The file is no matter here."""

    assert await sweep_pictures(room_id, remove, at=AT) == 1
    assert sorted(await BoardAsset.all().values_list("id", flat=True)) == ["k" * 16, "u" * 16]
