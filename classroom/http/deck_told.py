"""Decks, versions and folders as they are told."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.clock import iso
from classroom.http.slide_address import slide_address
from classroom.jobs.decks import Office
from classroom.people.secret import Secret
from classroom.store.deck_folders import FolderRow
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
    """When it was put on a stage last."""
    bytes: int
    """Of all versions."""
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
    """Titles of rooms where it was put on the stage."""
    version_id: str
    """Of the version in use."""
    print_id: str
    """What was made of it; a placement on the stage names the one it shows."""
    newer: NewerTold | None
    versions: list[VersionTold]


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
    """A deck as it is told to whoever has this library."""
    used = deck.used.print
    return DeckTold(
        id=deck.id,
        name=deck.name,
        kind=used.kind,
        folder_id=deck.folder_id if deck.owner == owner else "",
        updated_at=iso(deck.updated_at),
        used_at=None if deck.used_at is None else iso(deck.used_at),
        bytes=sum(version.bytes for version in deck.versions),
        slides=used.slides,
        leaves=len(used.leaves),
        state=used.state,
        done=used.done,
        fault=used.fault,
        params=used.params,
        thumbnail=_thumbnail(secret, deck.used),
        is_own=deck.owner == owner,
        placed_in=list(deck.placed_in),
        version_id=deck.used.id,
        print_id=used.id,
        newer=None if deck.newer is None else _newer(deck.newer),
        versions=[_version(version) for version in deck.versions],
    )


def folder_told(row: FolderRow) -> FolderTold:
    """A folder as it is told."""
    return FolderTold(row.id, row.name, row.parent_id)


def _thumbnail(secret: Secret, version: VersionRow) -> str:
    shown = version.print
    if not shown.is_shown or not shown.leaves:
        return ""
    first = shown.leaves[0]
    return slide_address(secret, shown.id, first.slide, first.step) + "/320.webp"


def _newer(version: VersionRow) -> NewerTold:
    made = version.print
    return NewerTold(
        version_id=version.id,
        state=made.state,
        done=made.done,
        leaves=len(made.leaves),
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
