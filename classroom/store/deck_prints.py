"""What was made of the files of decks: prints, how far each is, and its files by checksum.

A print stands once for the same bytes, whoever sent them. Everything here may raise StoreFailed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from tortoise.transactions import in_transaction

from classroom.store.boards import failing
from classroom.store.deck_states import PrintEvent, PrintState, after
from classroom.store.deck_tables import Deck, DeckFile, DeckPrint, DeckRoom, DeckVersion
from courseware.deck import UNIT_WIDTH, Kind, Leaf, Slide

BUT_SLIDES = (
    "id",
    "kind",
    "state",
    "fault",
    "params",
    "leaves",
    "done",
    "bytes",
)
"""What is read of a print where nobody asks for notes, which may be long."""
CHUNK = 500
"""Values in one query; SQLite bounds them."""


@dataclass(frozen=True, slots=True)
class Outline:
    """How many slides and leaves a print has, and slide and step of the first leaf."""

    slides: int
    leaves: int
    first: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class PrintRow:
    """How far a print is. `done` leaves have their pictures; `fault` is empty unless it failed,
    and `params` are the numbers of its sentence. `written` are its leaves as they are stored: they
    are read when somebody asks, because lists of many decks do not."""

    id: str
    kind: Kind
    state: PrintState
    fault: str
    params: dict[str, int]
    written: str
    done: int
    bytes: int

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All of them, read anew."""
        return tuple(Leaf(slide, step, UNIT_WIDTH, high) for slide, step, high in self._read())

    @property
    def outline(self) -> Outline:
        """What a list says of them, read anew; a tenth of the work."""
        found = self._read()
        first = (found[0][0], found[0][1]) if found else None
        return Outline(len({one[0] for one in found}), len(found), first)

    @property
    def is_shown(self) -> bool:
        """Whether its first leaf can be shown."""
        return self.state in ("showing", "ready")

    def _read(self) -> list[list[int]]:
        found: list[list[int]] = json.loads(self.written)
        return found


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A file of a print. `text` is what stands on a leaf, at its picture of 1280."""

    name: str
    kind: str
    checksum: str
    bytes: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class DeckOfPrint:
    """A deck that has a print as one of its versions, and the rooms where it is used."""

    deck_id: str
    room_ids: tuple[str, ...]


def leaf_name(slide: int, step: int) -> str:
    """How a leaf is called in addresses and names of files."""
    return f"{slide}-{step}"


def picture_name(slide: int, step: int, px: int) -> str:
    """Under which name a print has the picture of a leaf."""
    return f"{leaf_name(slide, step)}/{px}"


async def find_print(print_id: str) -> PrintRow | None:
    """The print, or None."""
    with failing():
        row = await DeckPrint.get_or_none(id=print_id).only(*BUT_SLIDES)
    return None if row is None else print_row(row)


async def slides_of(print_id: str) -> tuple[Slide, ...]:
    """Titles and notes, slide by slide; none while it is not opened."""
    with failing():
        row = await DeckPrint.get_or_none(id=print_id).only("id", "slides")
    return () if row is None else tuple(Slide(*one) for one in json.loads(row.slides))


async def advance(
    print_id: str,
    event: PrintEvent,
    *,
    at: datetime,
    fault: str = "",
    params: Mapping[str, int | str] | None = None,
) -> PrintRow | None:
    """Note what happened to it; None when it is gone, or when that cannot happen now.

    A version that is ready is used from then on, unless a newer one is.
    """
    with failing():
        async with in_transaction():
            row = await DeckPrint.filter(id=print_id).select_for_update().first()
            state = None if row is None else after(cast(PrintState, row.state), event)
            if row is None or state is None:
                return None
            row.state, row.fault, row.updated_at = state, fault, at
            row.params = json.dumps(dict(params or {}))
            await row.save(update_fields=["state", "fault", "params", "updated_at"])
            if state == "ready":
                await _use_versions(print_id, at)
    return print_row(row)


async def note_opened(
    print_id: str, leaves: Sequence[Leaf], slides: Sequence[Slide], *, at: datetime
) -> None:
    """What was found in it."""
    said = [[leaf.slide, leaf.step, leaf.height] for leaf in leaves]
    told = [[slide.title, slide.notes] for slide in slides]
    with failing():
        await DeckPrint.filter(id=print_id).update(
            leaves=json.dumps(said, separators=(",", ":")),
            slides=json.dumps(told, separators=(",", ":"), ensure_ascii=False),
            updated_at=at,
        )


async def add_print_file(print_id: str, file: PrintFile, *, done: int | None = None) -> bool:
    """Note a file, in the place of one of the same name; False when the print is gone meanwhile."""
    with failing():
        async with in_transaction():
            if not await DeckPrint.filter(id=print_id).select_for_update().exists():
                return False
            await DeckFile.filter(printed_id=print_id, name=file.name).delete()
            await DeckFile.create(
                printed_id=print_id,
                name=file.name,
                kind=file.kind,
                checksum=file.checksum,
                bytes=file.bytes,
                text=file.text,
            )
            if done is not None:
                await DeckPrint.filter(id=print_id).update(done=done)
    return True


async def print_files(print_id: str) -> dict[str, PrintFile]:
    """Every file of a print by its name, without texts."""
    with failing():
        rows = await DeckFile.filter(printed_id=print_id).values(
            "name", "kind", "checksum", "bytes"
        )
    return {row["name"]: PrintFile(**row) for row in rows}


async def find_print_file(print_id: str, name: str) -> PrintFile | None:
    """One file of a print, or None."""
    with failing():
        row = await DeckFile.get_or_none(printed_id=print_id, name=name)
    return None if row is None else _file(row)


async def texts_of(print_id: str) -> dict[str, str]:
    """What stands on its leaves, by the name of the leaf."""
    with failing():
        rows = await DeckFile.filter(printed_id=print_id).exclude(text="").values("name", "text")
    return {row["name"].partition("/")[0]: row["text"] for row in rows}


async def decks_of_print(print_id: str) -> list[DeckOfPrint]:
    """Who wants to hear of it."""
    with failing():
        ids = (
            await DeckVersion.filter(printed_id=print_id)
            .distinct()
            .values_list("deck_id", flat=True)
        )
        used = await DeckRoom.filter(deck_id__in=list(ids)).values_list("deck_id", "room_id")
    rooms: dict[str, list[str]] = {str(deck_id): [] for deck_id in ids}
    for deck_id, room_id in used:
        rooms[deck_id].append(room_id)
    return [DeckOfPrint(deck_id, tuple(found)) for deck_id, found in rooms.items()]


async def drop_prints(print_ids: Collection[str]) -> set[str]:
    """Forget those that no version has any more; the checksums of what they had."""
    gone: set[str] = set()
    with failing():
        for print_id in sorted(set(print_ids)):
            async with in_transaction():
                row = await DeckPrint.filter(id=print_id).select_for_update().first()
                if row is None or await DeckVersion.exists(printed_id=print_id):
                    continue
                files = DeckFile.filter(printed_id=print_id)
                gone.update(str(sum_) for sum_ in await files.values_list("checksum", flat=True))
                await row.delete()
    return gone


async def unused_prints() -> list[str]:
    """Prints that no version has: left by a server that died."""
    with failing():
        rows = await DeckPrint.filter(versions__id__isnull=True).values_list("id", flat=True)
    return [str(print_id) for print_id in rows]


async def is_checksum_used(checksum: str) -> bool:
    """Whether any print has a file with these bytes."""
    with failing():
        return await DeckFile.exists(checksum=checksum)


async def used_checksums(checksums: Iterable[str]) -> set[str]:
    """Those of them that prints have."""
    asked, used = list(checksums), set[str]()
    with failing():
        for first in range(0, len(asked), CHUNK):
            some = DeckFile.filter(checksum__in=asked[first : first + CHUNK])
            used.update(str(found) for found in await some.values_list("checksum", flat=True))
    return used


def print_row(row: DeckPrint) -> PrintRow:
    """A row of the table as a value."""
    return PrintRow(
        id=row.id,
        kind=cast(Kind, row.kind),
        state=cast(PrintState, row.state),
        fault=row.fault,
        params=json.loads(row.params),
        written=row.leaves,
        done=row.done,
        bytes=row.bytes,
    )


async def _use_versions(print_id: str, at: datetime) -> None:
    """Where it is a newer version than the one in use, it is used from now on."""
    for version in await DeckVersion.filter(printed_id=print_id).select_related("deck"):
        deck = version.deck
        used = await DeckVersion.get_or_none(id=deck.version_id)
        if used is None or used.number < version.number:
            await Deck.filter(id=deck.id).update(version_id=version.id, updated_at=at)


async def newest_number(deck_id: str) -> int:
    """The number of a deck's newest version; 0 when there is none."""
    rows = await DeckVersion.filter(deck_id=deck_id).values("id", "number")
    return max((int(row["number"]) for row in rows), default=0)


def _file(row: DeckFile) -> PrintFile:
    return PrintFile(row.name, row.kind, row.checksum, row.bytes, row.text)
