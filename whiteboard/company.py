"""Company: those who have one page open, and what they hear of each other until the next tick.

Decides what becomes of previews, cursors and lasers, and that nothing of somebody who went, or
whose pen was taken, stays behind on the others' screens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

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
from whiteboard.veil import Veil

Told = Apply | PeerLive | PeerCursor | PeerLaser


class Company:
    """Of one page. `counts` are the board's; the veil is for those who see the page without its
    authors, while there may be some."""

    def __init__(self, counts: Counter[str], veil: Veil) -> None:
        self.cursors = Cursors()
        self.veil = veil
        self.has_veil = False
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

    def applied(self, channel: Channel, frame: Apply) -> tuple[Segment, Segment | None]:
        """Work of `channel` is in the page; the segment all the others get, and what those get who
        are not to know whose it is."""
        return self._say(frame, channel, Sort.WORK)

    def name(self, channel: Channel) -> None:
        """The others have to know who this author is."""
        who = channel.visitor  # nothing for those who are not to know it
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
        told = PeerLive(0, channel.peer, key, frame.flags, frame.payload)
        self._say(told, channel, Sort.SIGN if is_end else Sort.EPHEMERA)

    def cursor(self, channel: Channel, frame: Cursor) -> None:
        """Where the peer points."""
        moved = PeerCursor(0, channel.peer, frame.flags, frame.x, frame.y)
        self.cursors.put(channel.peer, Segment(moved), self._veiled(moved, channel))

    def laser(self, channel: Channel, frame: Laser) -> None:
        """A trail that fades."""
        self._say(PeerLaser(0, channel.peer, frame.payload), channel, Sort.EPHEMERA)

    def quieten(self, channel: Channel) -> None:
        """Ends its previews and hides its cursor on the others' screens, at once."""
        for key in sorted(channel.previews):
            self._say(PeerLive(0, channel.peer, key, ENDED, b""), channel, Sort.SIGN)
        channel.previews.clear()
        if self.cursors.forget(channel.peer):
            self._say(PeerCursor(0, channel.peer, HIDDEN, 0, 0), channel, Sort.SIGN)
        self.flush()

    def _say(self, told: Told, channel: Channel, sort: Sort) -> tuple[Segment, Segment | None]:
        said = Segment(told), self._veiled(told, channel)
        self._relay.add(said[0], channel, sort, said[1])
        return said

    def _veiled(self, told: Told, channel: Channel) -> Segment | None:
        if not self.has_veil:
            return None
        hidden = replace(told, peer=self.veil.peer(channel.peer, channel.visitor))
        if isinstance(hidden, Apply):
            hidden = replace(hidden, update=self.veil.update(hidden.update))
        return Segment(hidden)

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
