"""Folders of a library of decks: a small tree without circles. May raise StoreFailed."""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.boards import failing
from classroom.store.deck_tables import Deck, DeckFolder

FOLDERS_MAX = 200
DEPTH_MAX = 3


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder; `parent_id` is empty at the top."""

    id: str
    name: str
    parent_id: str


async def folders_of(owner: str) -> list[FolderRow]:
    """All folders of a library by name."""
    with failing():
        rows = await DeckFolder.filter(owner=owner).order_by("name", "id")
    return [FolderRow(row.id, row.name, row.parent_id) for row in rows]


async def add_folder(owner: str, name: str, parent_id: str) -> FolderRow:
    """A new one. Refused `folder.unknown` for the parent, `folder.limit`, `folder.deep`."""
    with failing():
        async with in_transaction():
            parents = await _parents(owner)
            if len(parents) >= FOLDERS_MAX:
                raise Refused("folder.limit", {"max": FOLDERS_MAX})
            _must_fit(parents, parent_id, high=1)
            row = await DeckFolder.create(id=new_id(), owner=owner, name=name, parent_id=parent_id)
    return FolderRow(row.id, row.name, row.parent_id)


async def change_folder(
    owner: str, folder_id: str, *, name: str | None = None, parent_id: str | None = None
) -> FolderRow:
    """Rename it, or put it into another. Refused `folder.unknown`, `folder.deep`, also into
    itself."""
    with failing():
        async with in_transaction():
            row = await DeckFolder.get_or_none(id=folder_id, owner=owner)
            if row is None:
                raise Refused("folder.unknown")
            if parent_id is not None:
                parents = await _parents(owner)
                if folder_id in _way(parents, parent_id):
                    raise Refused("folder.deep", {"max": DEPTH_MAX})
                _must_fit(parents, parent_id, high=_height(parents, folder_id))
                row.parent_id = parent_id
            row.name = row.name if name is None else name
            await row.save(update_fields=["name", "parent_id"])
    return FolderRow(row.id, row.name, row.parent_id)


async def remove_folder(owner: str, folder_id: str) -> None:
    """An empty one. Refused `folder.unknown`, `folder.full`."""
    with failing():
        async with in_transaction():
            if not await DeckFolder.exists(id=folder_id, owner=owner):
                raise Refused("folder.unknown")
            has_decks = await Deck.exists(owner=owner, folder_id=folder_id)
            if has_decks or await DeckFolder.exists(owner=owner, parent_id=folder_id):
                raise Refused("folder.full")
            await DeckFolder.filter(id=folder_id, owner=owner).delete()


async def _parents(owner: str) -> dict[str, str]:
    """Of each folder the one it lies in; held, so that two changes make no circle together."""
    rows = await DeckFolder.filter(owner=owner).select_for_update()
    return {row.id: row.parent_id for row in rows}


def _way(parents: dict[str, str], folder_id: str) -> list[str]:
    """The folder and all it lies in."""
    way: list[str] = []
    while folder_id in parents and folder_id not in way:
        way.append(folder_id)
        folder_id = parents[folder_id]
    return way


def _height(parents: dict[str, str], folder_id: str) -> int:
    """How many levels it has, itself counted."""
    below = [one for one, parent in parents.items() if parent == folder_id]
    return 1 + max((_height(parents, one) for one in below), default=0)


def _must_fit(parents: dict[str, str], parent_id: str, *, high: int) -> None:
    if parent_id and parent_id not in parents:
        raise Refused("folder.unknown")
    if len(_way(parents, parent_id)) + high > DEPTH_MAX:
        raise Refused("folder.deep", {"max": DEPTH_MAX})
