"""Errors of the courseware package, as a tree.

    CoursewareError
    ├── LocalError   our own caller is wrong: raised, a bug
    ├── Unfit        the file is wrong or asks for too much; trying again changes nothing
    └── Broken       our side failed: a child was killed, no disk, no process; worth one more try

`Unfit.fault` is stable and the key of a sentence for whoever sent the file; `params` fill it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

Fault = Literal[
    "empty",
    "type",
    "old_office",
    "encrypted",
    "broken",
    "large",
    "bomb",
    "pixels",
    "pages",
    "shape",
    "slow",
    "memory",
    "office_missing",
    "office_unsafe",
]
FAULTS: Final[Mapping[str, Fault]] = {fault: fault for fault in get_args(Fault)}
"""To read a fault that comes as text."""
Reason = Literal["died", "storage", "spawn", "closed", "answer"]
"""Why our side failed: a child ended by itself, the disk is full, no child could be begun or
its source is not there, the workshop was closed, or a child said or wrote what it should not."""


class CoursewareError(Exception):
    """Root of the package's errors."""


class LocalError(CoursewareError):
    """Our caller is wrong."""


class Unfit(CoursewareError):
    """This file cannot be courseware. `params` are the numbers of its sentence (`max`,
    `megabytes`, `megapixels`)."""

    def __init__(self, fault: Fault, params: Mapping[str, int | str] | None = None) -> None:
        super().__init__(fault)
        self.fault: Fault = fault
        self.params: dict[str, int | str] = dict(params or {})


class Broken(CoursewareError):
    """Our side failed; the file may be good. `detail` is for logs and never holds a name."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
