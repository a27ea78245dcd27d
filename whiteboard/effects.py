"""Effects: what the core of a live board wants done by whoever has sockets, disks and threads.

`Board.take_effects` gives them in the order they have to be started.
"""

from __future__ import annotations

from dataclasses import dataclass

from whiteboard.ids import PageDocId
from whiteboard.page import Page
from whiteboard.store import Batch


@dataclass(frozen=True, slots=True)
class LoadPage:
    """Load it, then call `page_loaded` or `page_failed`.

    A snapshot of it that is still being written comes first.
    """

    doc_id: PageDocId


@dataclass(frozen=True, slots=True)
class Deflate:
    """Compress `update` by `frame.deflate` off the loop (0.15 s at 10,000 strokes), then call
    `page_deflated` or `page_not_deflated` with the same `doc_id`, `seq` and `is_veiled`.
    """

    doc_id: PageDocId
    seq: int
    update: bytes
    is_veiled: bool = False
    """It is for those who are not to know who drew on the page."""


@dataclass(frozen=True, slots=True)
class Commit:
    """Append the batch, then call `committed(seq=batch.seq)` or `commit_failed`.

    There is at most one under way per page; a failed one comes again, with what came after it.
    """

    batch: Batch


@dataclass(frozen=True, slots=True)
class SaveSnapshot:
    """Write the snapshot of an open page, whose log has grown long. All in it is on disk already,
    so a failure needs no answer: the log stays, and the next one comes 500 updates later.
    """

    doc_id: PageDocId
    upto: int
    snapshot: bytes


@dataclass(frozen=True, slots=True)
class UnloadPage:
    """Nobody has it open, all of it is on disk, and the board has let go of `page`.

    `is_dirty`: its log holds updates no snapshot has; write `page.snapshot()` with
    `upto=page.seq`. A later `LoadPage` of the same document waits for that.
    """

    doc_id: PageDocId
    page: Page
    is_dirty: bool


@dataclass(frozen=True, slots=True)
class Close:
    """Send `last` and `Fault(code)` if the socket takes them, and close. The peer has left the
    board already."""

    peer: int
    code: str
    last: bytes = b""


@dataclass(frozen=True, slots=True)
class Wake:
    """There is something in `messages_to_send` for each of these."""

    peers: frozenset[int]


Effect = LoadPage | Deflate | Commit | SaveSnapshot | UnloadPage | Close | Wake
