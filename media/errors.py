"""Errors of the media package, as a tree.

    MediaError
    ├── LocalError      our own caller is wrong: a bug, raised
    │   └── StateError  the call does not fit the object's state
    └── RemoteError     the other side is wrong; carries a stable code
        ├── Malformed   bytes that are not what they claim to be
        └── Refused     well formed, but not to be had (unsupported, unknown, not allowed)

A `RemoteError` never leaves a core on the packet path: there it becomes a drop, counted under its
`code`. On the control path it is raised and becomes a refusal with that code.
"""

from __future__ import annotations


class MediaError(Exception):
    """Root of the package's errors."""


class LocalError(MediaError):
    """Our caller is wrong."""


class StateError(LocalError):
    """The call does not fit the object's state."""


class RemoteError(MediaError):
    """The other side is wrong. `code` is stable, dotted, lower case (`rtp.truncated`)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


class Malformed(RemoteError):
    """Bytes that are not what they claim to be."""


class Refused(RemoteError):
    """Well formed, but not to be had."""
