"""Moves: takes receivers of one producer from view to view, so that each sees one stream.

Does not decide who goes where, nor when. What is pending has to be sent before anybody moves.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.forward.consumer import Consumer
from media.forward.packet import Packet
from media.forward.pictures import PictureScale
from media.forward.stream import Stream
from media.forward.view import Outbox, View


class Moves:
    """Of one producer's receivers among its streams."""

    __slots__ = ("_clock_rate", "_outbox", "_scale", "_streams")

    def __init__(
        self, streams: Sequence[Stream], clock_rate: int, scale: PictureScale, outbox: Outbox
    ) -> None:
        self._streams = streams
        self._clock_rate = clock_rate
        self._scale = scale
        self._outbox = outbox

    def move(self, consumer: Consumer, stream: Stream, limit: int, packet: Packet) -> None:
        """`consumer` gets `stream` up to `limit` from `packet` on, and what followed it already."""
        reference = self._reference(consumer, stream, packet.arrival)
        self.leave(consumer)
        view = stream.view(limit, self._outbox)
        is_first = not view.is_watched
        if is_first:
            view.open(packet.index)
            stream.watched.append(view)
        consumer.join(view, packet, reference, now=packet.arrival)
        self._note_shown(consumer, view, packet)
        if is_first:
            for earlier in stream.since(packet.index):
                view.push(earlier)
            return
        # What is pending comes with the next flush; sent twice it would be one nonce used twice.
        pending = {sent.number for sent in view.pending}
        since = view.since(view.number_of(packet.index))
        backlog = [sent for sent in since if sent.number not in pending]
        if backlog:
            consumer.owe(backlog)
            self._outbox.owed.append((consumer, backlog))

    def _note_shown(self, consumer: Consumer, view: View, packet: Packet) -> None:
        """The next key frame has to lie ahead of what this receiver sees by its own ids."""
        if packet.placed_picture is None:
            return
        picture_delta, tl0_delta = consumer.shape[:2]
        tl0 = packet.placed_tl0
        self._scale.note_shown(
            view.picture_of(packet, packet.placed_picture) + picture_delta,
            None if tl0 is None else tl0 + tl0_delta,
        )

    def leave(self, consumer: Consumer) -> None:
        """`consumer` gets nothing from now on; what was pending has been sent."""
        stretch = consumer.stretch
        consumer.leave()
        if stretch is not None and not stretch.view.is_watched:
            self._streams[stretch.view.spatial].watched.remove(stretch.view)

    def _reference(self, consumer: Consumer, stream: Stream, now: float) -> int | None:
        """What takes timestamps of `stream` to the receiver's timeline, by the sender's clock."""
        last = consumer.last_stretch
        if last is None:
            return None
        if last.view.spatial == stream.spatial:
            return last.timestamp_offset
        before, after = (
            each.reception and each.reception.clock(now=now)
            for each in (self._streams[last.view.spatial], stream)
        )
        if not before or not after:
            return None
        apart = int((after[0] - before[0]) * self._clock_rate)
        return last.timestamp_offset + before[1] + apart - after[1]
