"""Errors of the whiteboard package, as a tree.

    WhiteboardError
    ├── LocalError   our own caller or our own document is wrong: raised, a bug
    └── Refused      somebody else's bytes or wish are not to be had; carries a stable code

`Refused` is what a core answers to a browser; its code crosses the wire and is a key of a sentence.
"""

from __future__ import annotations


class WhiteboardError(Exception):
    """Root of the package's errors."""


class LocalError(WhiteboardError):
    """Our caller is wrong, or our own copy of a page no longer is what it should be."""


class Refused(WhiteboardError):
    """Not to be had. `code` is stable, dotted, lower case (`item.foreign`); `detail` is for tests
    and logs, never for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
