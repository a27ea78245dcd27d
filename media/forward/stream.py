"""Stream: one encoding of a published track, as it arrives on one SSRC.

Keeps its packets, its reception and its key frame requests, and the views receivers have chosen of
it. Does not decide who watches which view: that is the producer's.
"""

from __future__ import annotations

from typing import Protocol

from media.forward.codec import MakeReader
from media.forward.history import AUDIO_PACKETS, VIDEO_PACKETS, History, Place
from media.forward.keyframes import KeyFrameRequests
from media.forward.meter import OVERHEAD_BYTES, Meter
from media.forward.packet import Packet
from media.forward.pictures import PictureNumbers, PictureScale
from media.forward.reception import Reception
from media.forward.view import Outbox, View
from media.source import Kind

ALIVE = 2.0
"""Seconds without a packet after which a layer counts as gone (its publisher saves upstream)."""


class Listener(Protocol):
    """Takes the packets of a stream, each once, as they come."""

    def push(self, packet: Packet) -> None: ...


class Follower(Protocol):
    """Listens to a producer's streams as long as it is not stopped (`tap`), whatever becomes of
    the producer meanwhile. `due` is when it has something to look after."""

    due: float

    def paused(self, *, now: float) -> None: ...
    def resumed(self, *, now: float) -> None: ...
    def restarted(self, stream: Stream, *, now: float) -> None: ...
    def look(self, *, now: float) -> None: ...
    def stop(self, *, at: float) -> None: ...
    def fault(self, *, now: float) -> None: ...


class Stream:
    """See the module. `reception` is None until an SSRC is known."""

    __slots__ = (
        "_make_reader",
        "_meter",
        "_pictures",
        "_reader",
        "_size",
        "clock_rate",
        "history",
        "key_frames",
        "key_index",
        "last_at",
        "reception",
        "spatial",
        "views",
        "watched",
    )

    def __init__(
        self,
        spatial: int,
        kind: Kind,
        clock_rate: int,
        make_reader: MakeReader,
        scale: PictureScale,
        meter: Meter,
    ) -> None:
        self.spatial = spatial
        self.clock_rate = clock_rate
        self.key_frames = KeyFrameRequests()
        self.reception: Reception | None = None
        self.views: dict[int, View] = {}
        self.watched: list[Listener] = []
        """Views somebody gets (the others are not fed), and whatever else takes each packet."""
        self.last_at: float | None = None
        self.key_index: int | None = None
        """Number of the first packet of the newest key frame."""
        self._make_reader = make_reader
        self._reader = make_reader()
        self._meter = meter
        self._size = VIDEO_PACKETS if kind is Kind.VIDEO else AUDIO_PACKETS
        self.history: History[Packet] = History(self._size)
        self._pictures = PictureNumbers(scale)

    def start(self, ssrc: int, scale: PictureScale) -> None:
        """The encoding arrives on `ssrc` from now on: new numbers, a new history."""
        self.reception = Reception(ssrc, self.clock_rate)
        self.history = History(self._size)
        self._reader = self._make_reader()
        self._pictures = PictureNumbers(scale)
        self.key_index = None

    def is_alive(self, *, now: float) -> bool:
        """Whether packets came of late."""
        return self.last_at is not None and now - self.last_at < ALIVE

    def take(self, packet: Packet) -> Place:
        """Reads and keeps one packet. Malformed when its payload is not its codec's."""
        if packet.payload:
            self._reader(packet, self.history.get(packet.index - 1))
        place = self.history.put(packet.index, packet)
        if place is not Place.NEW:
            return place
        self._count(packet)
        self.last_at = packet.arrival
        self._place(packet)
        if packet.key_frame and (self.key_index is None or packet.index > self.key_index):
            self.key_index = packet.index
            self.key_frames.arrived()
        return place

    def _count(self, packet: Packet) -> None:
        meter, arrival = self._meter, packet.arrival
        if self.last_at is None or arrival - self.last_at >= ALIVE:
            meter.begin(arrival)
        elif arrival >= meter.sample_at:
            meter.sample(arrival)
        if packet.payload:
            meter.octets[packet.temporal or 0] += len(packet.payload) + OVERHEAD_BYTES

    def rates(self, *, now: float) -> tuple[int, ...]:
        """Bits per second on a receiver's line with temporal layers 0, 0..1, 0..2, as measured."""
        return self._meter.rates(now=now)

    def may_enter(self, limit: int, index: int) -> bool:
        """Whether the view up to `limit` can be joined at packet `index`.

        One that is watched and began later has used the numbers before its beginning.
        """
        view = self.views.get(limit)
        return view is None or not view.is_watched or view.opened <= index

    def _place(self, packet: Packet) -> None:
        was_aligned = self._pictures.is_aligned
        self._pictures.place(packet)
        if not was_aligned and self._pictures.is_aligned:
            for later in self.since(packet.index + 1):
                self._pictures.place(later)

    def view(self, limit: int, outbox: Outbox) -> View:
        """The view up to `limit`, made at its first use."""
        view = self.views.get(limit)
        if view is None:
            view = self.views[limit] = View(self.spatial, limit, self._size, outbox)
        return view

    def since(self, index: int) -> list[Packet]:
        """What came from `index` on, as far as it is remembered."""
        came = (self.history.get(each) for each in range(index, self.history.highest + 1))
        return [packet for packet in came if packet is not None]
