"""Decks of an owner: found, renamed, moved, used, their versions, deleted.

An owner is an account, or a room without one. Whether somebody may is decided by the caller, who
says as whom they look. Everything here may raise StoreFailed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.ids import AccountId, RoomId
from classroom.store.boards import failing
from classroom.store.deck_prints import BUT_SLIDES, PrintRow, print_row
from classroom.store.deck_tables import Deck, DeckFolder, DeckPrint, DeckRoom, DeckVersion

DECKS_MAX = 500
VERSIONS_MAX = 10
"""Of a deck; one more takes the place of the oldest that is not in use."""


def owner_of(account_id: AccountId | str | None, room_id: RoomId | str) -> str:
    """Whose library it is: the account's, or that of a room nobody owns."""
    return account_id or f"room:{room_id}"


@dataclass(frozen=True, slots=True)
class Reader:
    """As whom somebody looks: at the library of `owner`, and at what was sent or placed in the
    room. An empty one is none."""

    owner: str = ""
    room_id: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A file that was sent for a deck, and its print."""

    id: str
    number: int
    name: str
    bytes: int
    by_name: str
    created_at: datetime
    print: PrintRow


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck; `versions` are newest first, `used` is the one in use. `placed_in` are titles of
    rooms where it was put on the stage."""

    id: str
    owner: str
    folder_id: str
    name: str
    updated_at: datetime
    used_at: datetime | None
    used: VersionRow
    versions: tuple[VersionRow, ...]
    placed_in: tuple[str, ...]

    @property
    def newer(self) -> VersionRow | None:
        """The newest version, when it is not the one in use and comes after it."""
        newest = self.versions[0]
        return newest if newest.number > self.used.number else None


async def decks_of(
    reader: Reader, *, folder_id: str | None = None, words: str = ""
) -> list[DeckRow]:
    """What the reader may see, the one that was changed last first; of one folder of the owner's,
    or those whose names have all the words."""
    with failing():
        asked = await _seen(reader)
        if folder_id is not None:
            asked = asked.filter(owner=reader.owner, folder_id=folder_id)
        for word in words.split():
            asked = asked.filter(name__icontains=word)
        return await _rows(await asked.order_by("-updated_at", "id").limit(DECKS_MAX * 2))


async def find_deck(reader: Reader, deck_id: str) -> DeckRow | None:
    """A deck the reader may see, or None."""
    with failing():
        rows = await _rows(await (await _seen(reader)).filter(id=deck_id))
    return rows[0] if rows else None


async def change_deck(
    owner: str, deck_id: str, *, at: datetime, name: str | None = None, folder_id: str | None = None
) -> None:
    """Rename it, or put it into another folder ("" is the top). Refused `deck.unknown`,
    `folder.unknown`."""
    with failing():
        async with in_transaction():
            if folder_id and not await DeckFolder.exists(id=folder_id, owner=owner):
                raise Refused("folder.unknown")
            new: dict[str, str] = {}
            if name is not None:
                new["name"] = name
            if folder_id is not None:
                new["folder_id"] = folder_id
            if not await Deck.filter(id=deck_id, owner=owner).update(updated_at=at, **new):
                raise Refused("deck.unknown")


async def use_version(owner: str, deck_id: str, version_id: str, *, at: datetime) -> None:
    """Use this version from now on. Refused `deck.unknown`, `version.unknown`, `deck.failed`."""
    with failing():
        async with in_transaction():
            await _hold_deck(owner, deck_id)
            version = await DeckVersion.get_or_none(id=version_id, deck_id=deck_id).select_related(
                "printed"
            )
            if version is None:
                raise Refused("version.unknown")
            if version.printed.state == "failed":
                raise Refused("deck.failed")
            await Deck.filter(id=deck_id).update(version_id=version_id, updated_at=at)


async def remove_version(owner: str, deck_id: str, version_id: str) -> str:
    """Take away a version that is not in use; its print. Refused `deck.unknown`,
    `version.unknown`, `version.used`."""
    with failing():
        async with in_transaction():
            deck = await _hold_deck(owner, deck_id)
            version = await DeckVersion.get_or_none(id=version_id, deck_id=deck_id)
            if version is None:
                raise Refused("version.unknown")
            if deck.version_id == version_id:
                raise Refused("version.used")
            await version.delete()
            return version.printed_id


async def delete_deck(owner: str, deck_id: str) -> list[str]:
    """Delete it with its versions; the prints they had. Refused `deck.unknown`."""
    with failing():
        async with in_transaction():
            await _hold_deck(owner, deck_id)
            found = await DeckVersion.filter(deck_id=deck_id).values_list("printed_id", flat=True)
            await Deck.filter(id=deck_id).delete()
    return [str(print_id) for print_id in found]


async def used_bytes(owner: str) -> int:
    """How much of the library is taken; each version counts in full."""
    with failing():
        found = await DeckVersion.filter(deck__owner=owner).values("id", "bytes")
    return sum(int(row["bytes"]) for row in found)


async def note_placed(deck_id: str, room_id: RoomId, *, at: datetime) -> None:
    """It was put on the stage of the room."""
    with failing():
        async with in_transaction():
            if not await Deck.filter(id=deck_id).update(used_at=at):
                return
            known = DeckRoom.filter(deck_id=deck_id, room_id=room_id)
            if not await known.update(placed_at=at):
                await DeckRoom.create(deck_id=deck_id, room_id=room_id, placed_at=at)


async def _seen(reader: Reader) -> QuerySet[Deck]:
    mine = Q(owner=reader.owner) if reader.owner else Q(id="")
    if reader.room_id:
        used = DeckRoom.filter(room_id=reader.room_id).order_by("-id").limit(DECKS_MAX)
        mine |= Q(id__in=list(await used.values_list("deck_id", flat=True)))
    return Deck.filter(mine)


async def _hold_deck(owner: str, deck_id: str) -> Deck:
    deck = await Deck.filter(id=deck_id, owner=owner).select_for_update().first()
    if deck is None:
        raise Refused("deck.unknown")
    return deck


async def _rows(decks: Sequence[Deck]) -> list[DeckRow]:
    ids = [deck.id for deck in decks]
    versions = await _versions(ids)
    placed: dict[str, list[str]] = {}
    stood = DeckRoom.filter(deck_id__in=ids).exclude(placed_at=None).order_by("id")
    for deck_id, title in await stood.values_list("deck_id", "room__title"):
        placed.setdefault(deck_id, []).append(title)
    return [
        _row(deck, versions[deck.id], placed.get(deck.id, ()))
        for deck in decks
        if deck.id in versions
    ]


async def _versions(deck_ids: Collection[str]) -> dict[str, list[VersionRow]]:
    """Of each deck, the newest first. Notes of slides are not read."""
    rows = await DeckVersion.filter(deck_id__in=deck_ids).order_by("-number")
    print_ids = {row.printed_id for row in rows}
    found = await DeckPrint.filter(id__in=print_ids).only(*BUT_SLIDES)
    prints = {row.id: print_row(row) for row in found}
    versions: dict[str, list[VersionRow]] = {}
    for row in rows:
        versions.setdefault(row.deck_id, []).append(_version(row, prints[row.printed_id]))
    return versions


def _version(row: DeckVersion, its_print: PrintRow) -> VersionRow:
    return VersionRow(
        id=row.id,
        number=row.number,
        name=row.name,
        bytes=row.bytes,
        by_name=row.by_name,
        created_at=row.created_at,
        print=its_print,
    )


def _row(deck: Deck, versions: Sequence[VersionRow], placed_in: Sequence[str]) -> DeckRow:
    used = next((one for one in versions if one.id == deck.version_id), versions[0])
    return DeckRow(
        id=deck.id,
        owner=deck.owner,
        folder_id=deck.folder_id,
        name=deck.name,
        updated_at=deck.updated_at,
        used_at=deck.used_at,
        used=used,
        versions=tuple(versions),
        placed_in=tuple(placed_in),
    )
