"""Decks, versions and folders as they are told."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.clock import iso
from classroom.http.slide_address import slide_address
from classroom.jobs.decks import Office
from classroom.people.secret import Secret
from classroom.store.deck_folders import FolderRow
from classroom.store.deck_prints import Outline, PrintRow
from classroom.store.deck_states import PrintState
from classroom.store.decks import DeckRow, VersionRow
from courseware.deck import Kind


@dataclass(frozen=True, slots=True)
class VersionTold:
    """A file that was sent for a deck."""

    id: str
    number: int
    name: str
    bytes: int
    by_name: str
    """Who sent it."""
    created_at: str


@dataclass(frozen=True, slots=True)
class NewerTold:
    """A newer version than the one in use: it is being made, or failed."""

    version_id: str
    state: PrintState
    done: int
    leaves: int
    fault: str
    params: dict[str, int]


@dataclass(frozen=True, slots=True)
class DeckTold:
    """A deck. What is said of its pages is of the version in use."""

    id: str
    name: str
    kind: Kind
    folder_id: str
    updated_at: str
    used_at: str | None
    """When it was put on a stage last; null for whom it does not belong to."""
    bytes: int
    """Of `versions`."""
    slides: int
    leaves: int
    """Pictures there are of it; a slide with steps has several."""
    state: PrintState
    done: int
    fault: str
    params: dict[str, int]
    thumbnail: str
    """Address of a small picture of the first page; empty while there is none."""
    is_own: bool
    """Whether whoever asks may change it."""
    placed_in: list[str]
    """Titles of rooms where it was put on the stage; empty for whom it does not belong to."""
    version_id: str
    """Of the version in use."""
    print_id: str
    """What was made of it; a placement on the stage names the one it shows."""
    newer: NewerTold | None
    versions: list[VersionTold]
    """The newest first; the one in use alone for whom it does not belong to."""


@dataclass(frozen=True, slots=True)
class FolderTold:
    """A folder; `parent_id` is empty at the top."""

    id: str
    name: str
    parent_id: str


@dataclass(frozen=True, slots=True)
class LibraryTold:
    """Decks and folders, and how much of the library is taken."""

    folders: list[FolderTold]
    decks: list[DeckTold]
    used_bytes: int
    max_bytes: int
    office: Office
    """Whether Office files can be read: `missing` without LibreOffice, `unsafe` when nothing keeps
    it from the network."""


def deck_told(secret: Secret, deck: DeckRow, *, owner: str) -> DeckTold:
    """A deck as it is told to whoever has the library of `owner`.

    Staff of a class to whom it does not belong hear of what is in use alone: other rooms and other
    files are its owner's business.
    """
    used = deck.used.print
    outline = used.outline
    is_own = deck.owner == owner
    versions = deck.versions if is_own else (deck.used,)
    return DeckTold(
        id=deck.id,
        name=deck.name,
        kind=used.kind,
        folder_id=deck.folder_id if is_own else "",
        updated_at=iso(deck.updated_at),
        used_at=iso(deck.used_at) if is_own and deck.used_at else None,
        bytes=sum(version.bytes for version in versions),
        slides=outline.slides,
        leaves=outline.leaves,
        state=used.state,
        done=used.done,
        fault=used.fault,
        params=used.params,
        thumbnail=_thumbnail(secret, used, outline),
        is_own=is_own,
        placed_in=list(deck.placed_in) if is_own else [],
        version_id=deck.used.id,
        print_id=used.id,
        newer=None if deck.newer is None else _newer(deck.newer),
        versions=[_version(version) for version in versions],
    )


def folder_told(row: FolderRow) -> FolderTold:
    """A folder as it is told."""
    return FolderTold(row.id, row.name, row.parent_id)


def _thumbnail(secret: Secret, shown: PrintRow, outline: Outline) -> str:
    if not shown.is_shown or outline.first is None:
        return ""
    return slide_address(secret, shown.id, *outline.first) + "/320.webp"


def _newer(version: VersionRow) -> NewerTold:
    made = version.print
    return NewerTold(
        version_id=version.id,
        state=made.state,
        done=made.done,
        leaves=made.outline.leaves,
        fault=made.fault,
        params=made.params,
    )


def _version(row: VersionRow) -> VersionTold:
    return VersionTold(
        id=row.id,
        number=row.number,
        name=row.name,
        bytes=row.bytes,
        by_name=row.by_name,
        created_at=iso(row.created_at),
    )
