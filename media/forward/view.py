"""View: one layer of a producer up to one temporal layer, numbered without gaps.

All receivers who chose the same layers see the same view; each only adds constants of its own
(`rewriter`), so the work of renumbering is done once for all of them. Numbers of packets that were
lost on the way in stay free, so that a late one finds its place; packets of temporal layers above
the limit, and probes without payload, take no number.
"""

from __future__ import annotations

from typing import NamedTuple

from media.forward.history import History, Place
from media.forward.packet import Packet
from media.forward.pictures import LeftOut
from media.wire import vp8

ALL_TEMPORAL = 7
"""No temporal limit. VP8 has at most 4 temporal layers (two bits)."""


class Sent(NamedTuple):
    """One packet of a view. `payload` is what receivers get; empty to close a gap for good."""

    number: int
    packet: Packet
    payload: bytes


class ExtensionIds(NamedTuple):
    """Under which ids a receiver gets header extension elements; 0 where it does not.

    Absolute send time, audio level, orientation, transport-wide number, dependency descriptor.
    """

    time: int = 0
    level: int = 0
    orientation: int = 0
    transport: int = 0
    descriptor: int = 0


class Shape(NamedTuple):
    """What makes payloads or headers differ between receivers of one view.

    `depth` is how many earlier frames go with each packet of sound; with 0 it is as it came. `word`
    is the one contributing source its header names, None for none (`wire.advice`).
    """

    picture_delta: int
    tl0_delta: int
    extensions: ExtensionIds
    depth: int = 0
    word: int | None = None


class Receiver:
    """Whoever gets the packets of a view, and the constants it adds to them.

    Packets numbered below `floor` are not for it, not even as redundancy: it had no right to them
    when they were said. What redundancy is made of is in `history`. `lane_constant` is
    SSRC << 48 + offset in front of the RTP header's constant fields, as `endpoint.batch` adds it to
    a whole batch.
    """

    __slots__ = (
        "floor",
        "history",
        "lane_constant",
        "offset",
        "payload_type",
        "shape",
        "ssrc",
        "timestamp_offset",
    )

    def __init__(self, ssrc: int, payload_type: int, shape: Shape) -> None:
        self.ssrc = ssrc
        self.payload_type = payload_type
        self.shape = shape
        self.floor = self.offset = self.timestamp_offset = self.lane_constant = 0
        self.history: History[Sent] | None = None

    def place(self, first: int, offset: int, timestamp_offset: int, shape: Shape) -> None:
        """The constants of a stay that begins with the view's packet `first`."""
        self.floor = first
        self.offset = offset
        self.timestamp_offset = timestamp_offset
        self.shape = shape
        identity = (self.ssrc << 48) + offset
        self.lane_constant = (identity << 96) + (self.payload_type << 80) + self.ssrc


class Outbox:
    """Views with packets that have not left yet, and packets owed to single receivers."""

    __slots__ = ("owed", "views")

    def __init__(self) -> None:
        self.views: list[View] = []
        self.owed: list[tuple[Receiver, list[Sent]]] = []


class View:
    """See the module. `receivers` by shape; `pending` since the last flush."""

    __slots__ = (
        "_left_out",
        "_newest",
        "_outbox",
        "_shift",
        "_shifts",
        "count",
        "history",
        "last",
        "limit",
        "octets",
        "opened",
        "pending",
        "receivers",
        "spatial",
        "top_picture",
        "top_tl0",
    )

    def __init__(self, spatial: int, limit: int, size: int, outbox: Outbox) -> None:
        self.spatial = spatial
        self.limit = limit
        self.history: History[Sent] = History(size)
        self.pending: list[Sent] = []
        self.receivers: dict[Shape, list[Receiver]] = {}
        self.count = 0
        """Packets given out so far."""
        self.octets = 0
        self.last: Sent | None = None
        """The packet with the highest number."""
        self.top_picture = -1
        self.top_tl0 = -1
        self._outbox = outbox
        self.opened = 0
        """Source number this view began with when it was last opened."""
        self._newest = -1
        self._shift = 0
        self._shifts: History[int] = History(size)
        self._left_out = LeftOut()

    @property
    def is_watched(self) -> bool:
        """Whether anybody gets this view."""
        return bool(self.receivers)

    def open(self, index: int) -> None:
        """Starts again at source packet `index`, after nobody had watched for a while."""
        self.opened = index
        self._newest = index - 1
        self._shift = self.history.highest + 1 - index
        self._shifts = History(self.history.size)
        self._left_out = LeftOut()

    def number_of(self, index: int) -> int:
        """The number source packet `index` has, or would get now."""
        return index + self._shift_before(index)

    def _shift_before(self, index: int) -> int:
        """The shift in force at `index`: that of the next packet that came, if there is one."""
        if index > self._newest:
            return self._shift
        shifts = self._shifts
        for later in range(index, self._newest + 1):
            shift = shifts.get(later)
            if shift is not None:
                return shift
        return self._shift

    def push(self, packet: Packet) -> None:
        """One new packet of the layer, in whatever order; each index at most once."""
        index = packet.index
        if index < self.opened:
            return
        is_late = index <= self._newest
        shift = self._shift_before(index) if is_late else self._shift
        if self._shifts.put(index, shift) is not Place.NEW:
            return
        temporal = packet.temporal
        if not packet.payload or (temporal is not None and temporal > self.limit):
            self._leave_out(packet, is_late, index + shift)
            return
        if not is_late:
            self._newest = index
        self._give(Sent(index + shift, packet, self._payload(packet)))

    def _leave_out(self, packet: Packet, is_late: bool, number: int) -> None:
        if is_late:
            # Its number was kept free, and receivers will ask for it: an empty packet closes it.
            self._give(Sent(number, packet, b""))
            return
        self._newest = packet.index
        self._shift -= 1
        if packet.starts_frame and packet.placed_picture is not None:
            self._left_out.leave_out(packet.placed_picture)

    def _give(self, sent: Sent) -> None:
        self.history.put(sent.number, sent)
        self.count += 1
        self.octets += len(sent.payload)
        if not self.pending:
            self._outbox.views.append(self)
        self.pending.append(sent)
        if self.last is None or sent.number > self.last.number:
            self.last = sent

    def take_pending(self) -> list[Sent]:
        """What was given out since the last flush; the caller took the view out of the outbox."""
        pending, self.pending = self.pending, []
        return pending

    def _payload(self, packet: Packet) -> bytes:
        """The payload with its ids as all receivers of this view see them."""
        picture, tl0 = packet.placed_picture, packet.placed_tl0
        if picture is None:
            return packet.payload
        if self.limit != ALL_TEMPORAL:
            if packet.key_frame:
                self._left_out.restart(picture)
            picture -= self._left_out.show(picture)
        self.top_picture = max(self.top_picture, picture)
        if tl0 is not None:
            self.top_tl0 = max(self.top_tl0, tl0)
        same_picture = packet.picture == picture & ((1 << packet.picture_bits) - 1)
        if same_picture and (tl0 is None or packet.tl0 == tl0 & 0xFF):
            return packet.payload
        return vp8.rewrite(packet.payload, picture, tl0)

    def picture_of(self, packet: Packet, placed: int) -> int:
        """The id receivers will see for the picture `placed` of `packet`."""
        if self.limit == ALL_TEMPORAL:
            return placed
        return placed - self._left_out.before(placed, is_key=packet.key_frame)

    def since(self, number: int) -> list[Sent]:
        """What was given out from `number` on, as far as it is remembered."""
        given = (self.history.get(each) for each in range(number, self.history.highest + 1))
        return [sent for sent in given if sent is not None]

    def add(self, receiver: Receiver) -> None:
        """`receiver` gets what is pushed from now on."""
        self.receivers.setdefault(receiver.shape, []).append(receiver)

    def remove(self, receiver: Receiver) -> None:
        """`receiver` gets no more; the caller flushes first what is pending."""
        for shape, receivers in self.receivers.items():
            if receiver in receivers:
                receivers.remove(receiver)
                if not receivers:
                    del self.receivers[shape]
                return
