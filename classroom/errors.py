"""Errors of the product, as a tree.

    ClassroomError
    ├── LocalError   our own caller is wrong: a bug, raised
    ├── Misfit       the installation is wrong (settings, files, ports); a sentence for the operator
    └── Refused      the other side is wrong; a stable code crosses the wire, with parameters

Codes are dotted, lower case (`room.full`); the client has a text under the same key.
"""

from __future__ import annotations

from collections.abc import Mapping


class ClassroomError(Exception):
    """Root of the package's errors."""


class LocalError(ClassroomError):
    """Our caller is wrong."""


class Misfit(ClassroomError):
    """The installation cannot work as it is. The text is a whole sentence with the way out."""


class Refused(ClassroomError):
    """A request that is not granted. `code` is stable; `params` fill the client's sentence."""

    def __init__(self, code: str, params: Mapping[str, str | int] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, str | int] = dict(params or {})
