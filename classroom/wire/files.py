"""The files of a class on the wire: what is known of each, and what is asked and told of them.

What they hold goes over HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from classroom.wire.requests import Done
from classroom.wire.values import Id


@dataclass(frozen=True, slots=True)
class FileCard:
    """A file that was sent. Only those one may see are told."""

    id: str
    name: str
    kind: str
    """Its media type, as the server found it."""
    bytes: int
    participant_id: str
    """Whose it is."""
    owner_name: str
    at: str
    to: str
    """As of a message: "room", "staff", "groups", "group:<group id>" or "to:<participant id>"."""
    width: int | None
    """Of a picture that has a preview, in pixels; null for everything else."""
    height: int | None


@dataclass(frozen=True, slots=True)
class ShareFile:
    """Put an own file on the list without a message."""

    NAME: ClassVar[str] = "file.share"
    file_id: Id
    to: Id = "room"
    """As of a message that is posted."""


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """For good. One's own; others' with the right to order."""

    NAME: ClassVar[str] = "file.remove"
    file_id: Id


@dataclass(frozen=True, slots=True)
class FileAdded:
    """To everybody, or aside; before the message that has it."""

    file: FileCard
    type: Literal["file_added"] = "file_added"


@dataclass(frozen=True, slots=True)
class FileRemoved:
    """To everybody, or aside. It is gone for good."""

    file_id: str
    type: Literal["file_removed"] = "file_removed"


FilesEvent = FileAdded | FileRemoved
FilesAside = FileAdded | FileRemoved

REQUESTS: dict[type[Any], type[Any]] = {ShareFile: Done, RemoveFile: Done}
