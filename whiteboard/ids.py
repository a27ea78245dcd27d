"""Identifiers of boards, pages, page documents, authors and items.

The server chooses all but client ids, which browsers draw at random; nothing is true about a client
id until a page has bound it to an author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from whiteboard.errors import Refused

AuthorId = NewType("AuthorId", str)
BoardId = NewType("BoardId", str)
PageId = NewType("PageId", str)
ClientId = int
"""A Yjs client id: 1 .. 2^32 - 1."""

LARGEST_CLIENT_ID = 2**32 - 1
_PAGE_DOC_ID = re.compile(r"([A-Za-z0-9_-]{1,64})/([A-Za-z0-9_-]{1,64})/(0|[1-9][0-9]{0,8})")
_ITEM_ID = re.compile(r"(0|[1-9a-z][0-9a-z]{0,11})-(?:0|[1-9a-z][0-9a-z]{0,11})")
"""Without leading zeros: one number spelled in two ways would be two items."""


@dataclass(frozen=True, slots=True)
class PageDocId:
    """Which document: a page of a board, in one of its epochs (a cleared page begins a new one)."""

    board: BoardId
    page: PageId
    epoch: int

    @classmethod
    def parse(cls, text: str) -> PageDocId:
        """Read `board/page/epoch`; anything else is an unknown page (`page.unknown`)."""
        found = _PAGE_DOC_ID.fullmatch(text)
        if found is None:
            raise Refused("page.unknown", "not a page document id")
        return cls(BoardId(found[1]), PageId(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{self.board}/{self.page}/{self.epoch}"


def client_of_item(item_id: str) -> ClientId:
    """The client id an item id begins with (`<client base 36>-<counter base 36>`): its owner's.

    Raises `Refused("schema.value")` for what is no item id.
    """
    found = _ITEM_ID.fullmatch(item_id)
    if found is None:
        raise Refused("schema.value", "not an item id")
    return int(found[1], 36)
