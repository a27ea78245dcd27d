"""Pages of boards and decks on the stage as they are kept (JSON), also by a later version that knew
more about them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from classroom.room.page import BoardPage, Placement

PAGE_FIELDS = tuple(field.name for field in fields(BoardPage))
PLACEMENT_FIELDS = tuple(field.name for field in fields(Placement))


def write_pages(pages: Iterable[BoardPage]) -> str:
    """A thousand pages take some milliseconds."""
    return _text([{name: getattr(page, name) for name in PAGE_FIELDS} for page in pages])


def read_pages(text: str) -> tuple[BoardPage, ...]:
    """What an earlier version did not write is as in a new page."""
    return tuple(BoardPage(**_known(row, PAGE_FIELDS)) for row in json.loads(text))


def write_placements(placements: Iterable[Placement]) -> str:
    """In their order."""
    return _text([{name: getattr(one, name) for name in PLACEMENT_FIELDS} for one in placements])


def read_placements(text: str) -> tuple[Placement, ...]:
    """What an unknown version added is passed over."""
    return tuple(Placement(**_known(row, PLACEMENT_FIELDS)) for row in json.loads(text))


def _text(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, separators=(",", ":"))


def _known(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}
