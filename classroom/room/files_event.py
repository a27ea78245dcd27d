"""What happened with files: to everybody, or aside to those who may read them."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.room.audience import Private
from classroom.room.file_card import FileCard


@dataclass(frozen=True, slots=True)
class FileAdded:
    """To the whole room."""

    file: FileCard


@dataclass(frozen=True, slots=True)
class FileAddedAside(Private):
    """To staff, to groups or to one person."""

    file: FileCard


@dataclass(frozen=True, slots=True)
class FileRemoved:
    """It is gone for good."""

    file: FileCard


@dataclass(frozen=True, slots=True)
class FileRemovedAside(Private):
    """The same of a file that was not for everybody."""

    file: FileCard


FilesEvent = FileAdded | FileAddedAside | FileRemoved | FileRemovedAside
