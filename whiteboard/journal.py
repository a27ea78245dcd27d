"""Journal: what of one page is on its way to the disk.

One batch is under way at a time; what comes meanwhile goes with the next, so a slow disk makes
batches larger, not more. A binding travels with the first update that needs it; a writer who never
writes leaves no row.
"""

from __future__ import annotations

from collections.abc import Callable

from whiteboard.compaction import Compaction
from whiteboard.errors import LocalError
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.limits import UNSAVED_BYTES_MAX
from whiteboard.store import Batch, Entry

Bindings = tuple[tuple[int, AuthorId], ...]

RETRY_S = 2.0
"""From a failed commit to the next attempt."""


class Journal:
    """Of one loaded page. `committed` is the number up to which everything is on disk,
    and the stored snapshot reaches to `upto`."""

    __slots__ = (
        "_compaction",
        "_doc_id",
        "_entries",
        "_under_way",
        "_unsaved_bytes",
        "committed",
        "retry_at",
    )

    def __init__(self, doc_id: PageDocId, *, committed: int, upto: int) -> None:
        self.committed = committed
        self._compaction = Compaction(upto)
        self.retry_at: float | None = None
        self._doc_id = doc_id
        self._entries: list[Entry] = []
        self._under_way: Batch | None = None
        self._unsaved_bytes = 0

    def add(self, seq: int, author: AuthorId, client_id: int, update: bytes) -> None:
        """The page has taken this."""
        self._entries.append(Entry(seq, author, client_id, update))
        self._unsaved_bytes += len(update)

    @property
    def is_clean(self) -> bool:
        """Whether nothing waits for the disk."""
        return not self._entries

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should be taken."""
        return self._unsaved_bytes > UNSAVED_BYTES_MAX

    def next_batch(self, bindings: Callable[[], Bindings]) -> Batch | None:
        """All that waits, unless a batch is under way or its retry is not due; with the bindings
        that are to go with it."""
        if self._under_way or self.retry_at is not None or not self._entries:
            return None
        self._under_way = Batch(self._doc_id, tuple(self._entries), bindings())
        return self._under_way

    def succeeded(self, *, seq: int) -> Batch:
        """The batch under way is on disk; it. LocalError when it is not that one."""
        batch = self._under_way
        if batch is None or batch.seq != seq:
            raise LocalError(f"{self._doc_id}: no batch up to {seq} is under way")
        self._under_way = None
        self.committed = seq
        del self._entries[: len(batch.entries)]
        self._unsaved_bytes -= sum(len(entry.update) for entry in batch.entries)
        return batch

    @property
    def is_dirty(self) -> bool:
        """Whether the log on disk holds anything the stored snapshot does not."""
        return self._compaction.is_dirty(committed=self.committed)

    def begin_snapshot(self, *, seq: int) -> bool:
        """Whether the page, being at `seq`, is due for a snapshot; it counts as taken then."""
        if not self._compaction.is_due(committed=self.committed, seq=seq):
            return False
        self._compaction.upto = seq
        return True

    def failed(self, *, now: float) -> None:
        """The batch under way is not on disk; it comes again. LocalError when there is none."""
        if self._under_way is None:
            raise LocalError(f"{self._doc_id}: no batch is under way")
        self._under_way = None
        self.retry_at = now + RETRY_S

    def handle_timer(self, *, now: float) -> None:
        """Lets a due retry go."""
        if self.retry_at is not None and now >= self.retry_at:
            self.retry_at = None
