"""Company: those who have one page open, and what they hear of each other until the next tick.

Decides what becomes of previews, cursors and lasers, and that nothing of somebody who went, or
whose pen was taken, stays behind on the others' screens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from whiteboard.channel import Channel
from whiteboard.frame import (
    ENDED,
    HIDDEN,
    Apply,
    Authors,
    Cursor,
    Laser,
    Live,
    PeerCursor,
    PeerLaser,
    PeerLive,
)
from whiteboard.frame_writing import Segment
from whiteboard.limits import PREVIEWS_MAX
from whiteboard.presence import Cursors
from whiteboard.relay import Relay, Sort


class Company:
    """Of one page. `counts` are the board's."""

    def __init__(self, counts: Counter[str]) -> None:
        self.cursors = Cursors()
        self._channels: dict[Channel, None] = {}
        self._counts = counts
        self._cursors_flushed = 0
        self._relay = Relay()

    def __iter__(self) -> Iterator[Channel]:
        return iter(self._channels)

    def __contains__(self, channel: Channel) -> bool:
        return channel in self._channels

    def __bool__(self) -> bool:
        return bool(self._channels)

    def join(self, channel: Channel) -> None:
        """Hears everything said from now on."""
        self.flush()
        self._channels[channel] = None

    def leave(self, channel: Channel) -> None:
        """Hears nothing more; what it showed to the others goes."""
        self.quieten(channel)
        del self._channels[channel]

    def applied(self, channel: Channel, frame: Apply) -> Segment:
        """Work of `channel` is in the page; the segment all the others get."""
        segment = Segment(frame)
        self._relay.add(segment, channel, Sort.WORK)
        return segment

    def name(self, channel: Channel) -> None:
        """The others have to know who this author is."""
        who = channel.visitor
        self._relay.add(Segment(Authors(0, {who.author: who.name})), channel, Sort.WORK)

    def live(self, channel: Channel, frame: Live) -> None:
        """A preview of work to come. Its end always arrives, so that no preview hangs."""
        is_end, key = bool(frame.flags & ENDED), frame.key
        if is_end and key not in channel.previews:
            self._counts["dropped.live_unknown"] += 1
            return
        if is_end:
            channel.previews.discard(key)
        elif len(channel.previews) < PREVIEWS_MAX or key in channel.previews:
            channel.previews.add(key)
        else:
            self._counts["dropped.live_many"] += 1
            return
        segment = Segment(PeerLive(0, channel.peer, key, frame.flags, frame.payload))
        self._relay.add(segment, channel, Sort.SIGN if is_end else Sort.EPHEMERA)

    def cursor(self, channel: Channel, frame: Cursor) -> None:
        """Where the peer points."""
        moved = PeerCursor(0, channel.peer, frame.flags, frame.x, frame.y)
        self.cursors.put(channel.peer, Segment(moved))

    def laser(self, channel: Channel, frame: Laser) -> None:
        """A trail that fades."""
        segment = Segment(PeerLaser(0, channel.peer, frame.payload))
        self._relay.add(segment, channel, Sort.EPHEMERA)

    def quieten(self, channel: Channel) -> None:
        """Ends its previews and hides its cursor on the others' screens, at once."""
        for key in sorted(channel.previews):
            ended = Segment(PeerLive(0, channel.peer, key, ENDED, b""))
            self._relay.add(ended, channel, Sort.SIGN)
        channel.previews.clear()
        if self.cursors.forget(channel.peer):
            hidden = Segment(PeerCursor(0, channel.peer, HIDDEN, 0, 0))
            self._relay.add(hidden, channel, Sort.SIGN)
        self.flush()

    @property
    def is_waiting(self) -> bool:
        """Whether the next tick has something to give out."""
        return self._relay.is_waiting or self.cursors.version != self._cursors_flushed

    def flush(self) -> None:
        """Gives out what was said since the last time."""
        if self._relay.is_waiting:
            self._relay.flush(self._channels)
        if self.cursors.version != self._cursors_flushed:
            self._cursors_flushed = self.cursors.version
            for channel in self._channels:
                if channel.is_writer:
                    channel.postbox.wake()
