"""Postbox: what waits for one receiver, in order, until its socket takes the next message.

Decides what goes when too much waits: droppable frames, oldest first. That the rest is too much is
told by `is_overfull`; closing is the board's business.
"""

from __future__ import annotations

from collections import deque

from whiteboard.limits import DROPPABLE_BYTES_MAX, PENDING_BYTES_MAX, STATE_BYTES_MAX


class _Chunk:
    """Some frames; emptied when they are dropped."""

    __slots__ = ("frames",)

    def __init__(self, frames: bytes) -> None:
        self.frames = frames


class Postbox:
    """Of one connection. `awake` is the board's set of those who have something to send."""

    __slots__ = (
        "_awake",
        "_chunks",
        "_droppable",
        "_droppable_bytes",
        "_dropped",
        "_pending_bytes",
        "_state_bytes",
        "_states",
        "peer",
    )

    def __init__(self, peer: int, awake: set[int]) -> None:
        self.peer = peer
        self._dropped = 0
        self._awake = awake
        self._chunks: deque[_Chunk] = deque()
        self._droppable: deque[_Chunk] = deque()
        self._droppable_bytes = 0
        self._pending_bytes = 0
        self._state_bytes = 0
        self._states = 0

    def wake(self) -> None:
        """There is something to send, here or elsewhere."""
        self._awake.add(self.peer)

    def put(self, frames: bytes) -> None:
        """Frames that have to arrive."""
        self._chunks.append(_Chunk(frames))
        self._pending_bytes += len(frames)
        self._awake.add(self.peer)

    def put_state(self, frames: bytes) -> None:
        """A page's content: has to arrive, and is bounded apart from the rest."""
        self._chunks.append(_Chunk(frames))
        self._state_bytes += len(frames)
        self._states += 1
        self._awake.add(self.peer)

    def put_droppable(self, frames: bytes) -> None:
        """Frames that are worth little once they are late."""
        chunk = _Chunk(frames)
        self._chunks.append(chunk)
        self._droppable.append(chunk)
        self._droppable_bytes += len(frames)
        while self._droppable_bytes > DROPPABLE_BYTES_MAX:
            oldest = self._droppable.popleft()
            self._droppable_bytes -= len(oldest.frames)
            oldest.frames = b""
            self._dropped += 1
        self._awake.add(self.peer)

    @property
    def is_overfull(self) -> bool:
        """Whether the receiver is too slow to be kept. One page alone is never too much."""
        waiting = self._pending_bytes + self._droppable_bytes
        has_many = self._states > 1 and self._state_bytes > STATE_BYTES_MAX
        return waiting > PENDING_BYTES_MAX or has_many

    def take_dropped(self) -> int:
        """Bundles of frames that did not get through, since the last call."""
        dropped, self._dropped = self._dropped, 0
        return dropped

    def take(self) -> list[bytes]:
        """Everything that waits, in order; nothing waits afterwards."""
        frames = [chunk.frames for chunk in self._chunks]
        self._chunks.clear()
        self._droppable.clear()
        self._droppable_bytes = self._pending_bytes = self._state_bytes = self._states = 0
        return frames
