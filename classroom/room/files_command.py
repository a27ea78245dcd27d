"""What can be asked about the files of a class."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.ids import ParticipantId
from classroom.room.file_card import FileCard


@dataclass(frozen=True, slots=True)
class AddFile:
    """It has arrived and was checked; its owner may send it."""

    by: ParticipantId
    card: FileCard


@dataclass(frozen=True, slots=True)
class ShareFile:
    """Put it on the list without a message; `to` as in `PostChat`."""

    by: ParticipantId
    file_id: str
    to: str = "room"


@dataclass(frozen=True, slots=True)
class RemoveFile:
    by: ParticipantId
    file_id: str


@dataclass(frozen=True, slots=True)
class DropFile:
    """The owner of the room removed it from outside; nobody inside did, so `by` is empty."""

    by: ParticipantId
    file_id: str


FilesDoorCommand = DropFile
FilesCommand = AddFile | ShareFile | RemoveFile
