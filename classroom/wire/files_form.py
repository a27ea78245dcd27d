"""The files of a class in the form they cross the wire, and what the lesson's record keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.clock import iso
from classroom.room import files_event as event
from classroom.room.file_card import FileCard
from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import files

Body = dict[str, Any]


def card_form(card: FileCard) -> files.FileCard:
    """What somebody who may see a file is told of it."""
    return files.FileCard(
        id=card.id,
        name=card.name,
        kind=card.kind,
        bytes=card.bytes,
        participant_id=card.participant_id,
        owner_name=card.owner_name,
        at=iso(card.at),
        to=card.to,
        width=card.width,
        height=card.height,
    )


def _added(happened: event.FileAdded | event.FileAddedAside) -> files.FileAdded:
    return files.FileAdded(card_form(happened.file))


def _removed(happened: event.FileRemoved | event.FileRemovedAside) -> files.FileRemoved:
    return files.FileRemoved(happened.file.id)


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    event.FileAdded: _added,
    event.FileAddedAside: _added,
    event.FileRemoved: _removed,
    event.FileRemovedAside: _removed,
}


def _bare(body: Body) -> Body:
    """That somebody sent a file of this kind and size; not its name, and not to whom."""
    file = body["file"]
    return {
        "type": body["type"],
        "file_id": file["id"],
        "participant_id": file["participant_id"],
        "kind": file["kind"],
        "bytes": file["bytes"],
    }


RECORDS: dict[type[Any], Callable[[Body], Body | None]] = {
    event.FileAdded: _bare,
    event.FileAddedAside: _bare,
}


def snapshot(room: Room, viewer: Participant) -> Body:
    """Every file of the class that this viewer may see."""
    return {"files": [card_form(card) for card in room.parts.files.seen_by(viewer)]}
