"""Errors of the recording package, as a tree.

RecordingError
├── LocalError   our own caller is wrong: raised, a bug
├── Damaged      files that were changed, cut or exchanged: nothing of it is served
└── Broken       our side failed: a child died, no disk, no process; worth one more try
"""

from __future__ import annotations

from typing import Literal

Code = Literal["envelope.tampered", "index.tampered", "manifest.tampered"]
"""Chunks of a journal or a track; the list of a track's chunks; the list of tracks."""

Reason = Literal["spawn", "died", "silent", "storage", "locked", "closed", "unable"]
"""No process could be begun; it ended by itself; it said nothing for too long; the disk takes
nothing more; another one works on this recording; we are closing; PyAV is not there."""


class RecordingError(Exception):
    """Root of the package's errors."""


class LocalError(RecordingError):
    """Our caller is wrong."""


class Damaged(RecordingError):
    """What lies on the disk is not what was written there."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code: Code = code


class Broken(RecordingError):
    """Our side failed."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
