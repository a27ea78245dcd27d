"""What somebody announces that is to become a deck."""

from __future__ import annotations

from pydantic import Field

from classroom.blobs.names import clean_name
from classroom.http.body import Body
from classroom.http.deck_door import DeckAsker
from classroom.http.decks import NAME_MAX, clean_deck_name
from classroom.ids import new_id
from classroom.store.deck_uploads import Source, UploadRow


class SourceBody(Body):
    """A file that is announced."""

    name: str = Field(max_length=1000)
    bytes: int = Field(ge=0, le=2**50)


class NewUpload(Body):
    """One file, or several pictures in their order; with `deck_id` a new version of that deck."""

    sources: list[SourceBody] = Field(min_length=1, max_length=200)
    deck_id: str = Field(default="", max_length=64)
    folder_id: str = Field(default="", max_length=64)
    name: str = Field(default="", max_length=NAME_MAX * 4)


def announced(asker: DeckAsker, body: NewUpload) -> UploadRow:
    """What is waited for. Refused `right.missing` for a deck or a folder without a library of one's
    own, `title.empty`, `title.long`."""
    if body.deck_id or body.folder_id:
        asker.must_own()
    sources = tuple(Source(clean_name(one.name), one.bytes) for one in body.sources)
    stem = sources[0].name.rpartition(".")[0] or sources[0].name
    return UploadRow(
        id=new_id(),
        owner=asker.into,
        sender=asker.sender,
        sender_name=asker.name,
        room_id=asker.room_id,
        deck_id=body.deck_id,
        folder_id=body.folder_id,
        name=clean_deck_name(body.name or stem[:NAME_MAX]),
        sources=sources,
    )
