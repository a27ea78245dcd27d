"""Compaction: when a page's log is long enough to be replaced by a snapshot.

A snapshot is `Page.snapshot()`, one encoding of the live document; the log is never merged update
by update, which is quadratic (51 s for 50,000 updates, see docs/board_protocol.md).
"""

from __future__ import annotations

UPDATES_MAX = 500
"""Updates in the log before a snapshot is due: replaying them takes about 10 ms."""


class Compaction:
    """Of one loaded page: how far the stored snapshot reaches, and how far the log."""

    __slots__ = ("upto",)

    def __init__(self, upto: int) -> None:
        self.upto = upto

    def is_due(self, *, committed: int, seq: int) -> bool:
        """Whether to take a snapshot of a page at `seq` whose log on disk reaches `committed`.

        Only when both are the same: a snapshot must not hold what is not on disk, for the bindings
        of those updates may be missing there too.
        """
        return committed == seq and committed - self.upto >= UPDATES_MAX

    def is_dirty(self, *, committed: int) -> bool:
        """Whether the log holds anything the snapshot does not."""
        return committed > self.upto
