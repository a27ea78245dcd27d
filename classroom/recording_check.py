"""Looks whether classes can be recorded here, for `doctor`. Changes nothing."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from classroom.settings import Settings
from recording.lettering import has_chinese

HOUR_BYTES = 2 * 1024**3
"""Ten people with cameras and a screen, with what is needed while it is made."""

Said = tuple[Literal["well", "look"], str]


def recordings_say(settings: Settings) -> list[Said]:
    """What makes them playable, the space for some hours, and who may read the folder."""
    said: list[Said] = []
    if find_spec("av") is None:
        said.append(
            (
                "look",
                "PyAV is missing, so recordings are written and kept but nobody can watch them "
                'until it is there. Run "pip install av".',
            )
        )
    else:
        said.append(("well", "Recordings can be made playable here (PyAV)."))
    if not has_chinese():
        said.append(
            (
                "look",
                "No font with Chinese letters is installed: films that are made of recordings show "
                'boxes in their place on pages of the board. Run "apt-get install fonts-noto-cjk".',
            )
        )
    folder = settings.recording_folder.resolve()
    free = shutil.disk_usage(_existing(folder)).free
    if free < 5 * HOUR_BYTES:
        said.append(
            (
                "look",
                f"The disk of {folder} has {free // 1024**3} GB left, which is less than five "
                "hours of a recorded class of ten with cameras. Recording stops when it is nearly "
                "full: free some room, or let rooms keep recordings for fewer days.",
            )
        )
    if folder.is_dir() and folder.stat().st_mode & 0o077:
        said.append(
            (
                "look",
                f"Others on this machine may look into {folder}. What lies there is sealed, but "
                f'nobody needs to: run "chmod 700 {folder}".',
            )
        )
    return said


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return folder
