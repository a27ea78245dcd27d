"""Picture ids of all layers of one producer on one scale (RFC 7741 section 4.2).

Receivers drop a picture whose id does not lie ahead of the last one, and each simulcast layer
counts by itself. So ids are moved once for all receivers, not once for each: at every key frame a
layer is placed ahead of everything any layer has shown. A gap in front of a key frame harms
nobody, and between key frames ids stay contiguous as the encoder made them. With a single layer
nothing moves at all, and payloads are passed on untouched.
"""

from __future__ import annotations

from media.forward.packet import Packet

_NEAR = 512
"""Ids a key frame may lie ahead without being moved: lost pictures, not another scale."""
_TL0_BITS = 8
_WIDE_BITS = 15
_LATE = 64
"""Pictures a late packet may lie behind; 2 s of video."""
_REMEMBERED = 256


class PictureScale:
    """The newest placed ids of one producer; -1 before the first.

    A receiver whose ids had to be moved ahead by itself is in the lead; at the next key frame the
    scale overtakes it, and it needs nothing of its own any more.
    """

    __slots__ = ("_picture_lead", "_tl0_lead", "picture", "tl0")

    def __init__(self) -> None:
        self.picture = -1
        self.tl0 = -1
        self._picture_lead = 0
        self._tl0_lead = 0

    def note_shown(self, picture: int, tl0: int | None) -> None:
        """A receiver was shown these ids (placed, and moved by its own deltas)."""
        self._picture_lead = max(self._picture_lead, picture - self.picture)
        if tl0 is not None:
            self._tl0_lead = max(self._tl0_lead, tl0 - self.tl0)

    def take_shown(self) -> tuple[int, int]:
        """(picture, tl0) a new key frame has to lie ahead of; -1 for none yet."""
        picture, tl0 = self.picture, self.tl0
        if picture >= 0:
            picture += self._picture_lead
        if tl0 >= 0:
            tl0 += self._tl0_lead
        self._picture_lead = self._tl0_lead = 0
        return picture, tl0


class _Counter:
    """One wrapping field of one layer, unwrapped and moved."""

    __slots__ = ("_old_shift", "_shift", "newest", "start")

    def __init__(self) -> None:
        self.newest = -1
        self.start = 0
        """Unwrapped value at the newest key frame; older values keep the older shift."""
        self._shift = 0
        self._old_shift = 0

    def unwrap(self, value: int, bits: int) -> int:
        """The full value nearest to the newest."""
        if self.newest < 0:
            return value
        half = 1 << (bits - 1)
        return self.newest + ((value - self.newest + half) & ((1 << bits) - 1)) - half

    def restart(self, value: int, shown: int) -> None:
        """A key frame begins at `value`: placed ahead of `shown` unless it is already."""
        self.start = value
        self._old_shift = self._shift
        if shown >= 0 and not 0 < value + self._shift - shown <= _NEAR:
            self._shift = shown + 1 - value

    def place(self, value: int) -> int:
        """`value` on the shared scale."""
        self.newest = max(self.newest, value)
        return value + (self._shift if value >= self.start else self._old_shift)


class PictureNumbers:
    """Places the ids of one layer. Before its first key frame nothing is placed.

    When other packets of that key frame came before its first one, they are given again after it.
    """

    __slots__ = ("_picture", "_scale", "_tl0", "is_aligned")

    def __init__(self, scale: PictureScale) -> None:
        self._scale = scale
        self.is_aligned = False
        self._picture = _Counter()
        self._tl0 = _Counter()

    def place(self, packet: Packet) -> None:
        """Fills `packet.placed_picture` and `placed_tl0`."""
        if packet.key_frame:
            self.is_aligned = True
        if packet.picture is None or not self.is_aligned:
            return
        scale = self._scale
        bits = packet.picture_bits or _WIDE_BITS
        picture = self._picture.unwrap(packet.picture, bits)
        tl0 = None if packet.tl0 is None else self._tl0.unwrap(packet.tl0, _TL0_BITS)
        if packet.key_frame and picture > self._picture.newest:
            # Unless other packets of it came first: they are placed already.
            shown, shown_tl0 = scale.take_shown()
            self._picture.restart(picture, shown)
            if tl0 is not None:
                self._tl0.restart(tl0, shown_tl0)
        packet.placed_picture = placed = self._picture.place(picture)
        scale.picture = max(scale.picture, placed)
        if tl0 is not None:
            packet.placed_tl0 = placed = self._tl0.place(tl0)
            scale.tl0 = max(scale.tl0, placed)


class LeftOut:
    """Pictures one view leaves out (their temporal layer is too high), so that its ids close up.

    Counts from the newest key frame; what held for a picture is remembered for its late packets.
    """

    __slots__ = ("_before", "_count", "_newest")

    def __init__(self) -> None:
        self._count = 0
        self._newest = -1
        self._before: dict[int, int] = {}

    def leave_out(self, picture: int) -> None:
        """`picture` (placed) is not shown."""
        self._remember(picture, self._count)
        self._count += 1

    def restart(self, picture: int) -> None:
        """A key frame begins: its placed id lies ahead of all shown, so nothing has to close.

        Not when other packets of it came first: a picture has one id.
        """
        if picture > self._newest:
            self._count = 0

    def before(self, picture: int, *, is_key: bool) -> int:
        """By how much the id of `picture` closes up. `is_key`: its packet begins a key frame."""
        if is_key and picture > self._newest:
            return 0
        known = self._before.get(picture)
        return self._guess(picture) if known is None else known

    def show(self, picture: int) -> int:
        """The same for a picture that is shown now, remembered for its other packets."""
        known = self._before.get(picture)
        if known is None:
            known = self._guess(picture)
            self._remember(picture, known)
        return known

    def _guess(self, picture: int) -> int:
        """A picture first seen now: what held at the next known one, if it comes late."""
        if picture < self._newest:
            for later in range(picture + 1, min(picture + _LATE, self._newest) + 1):
                known = self._before.get(later)
                if known is not None:
                    return known
        return self._count

    def _remember(self, picture: int, count: int) -> None:
        self._before[picture] = count
        self._newest = max(self._newest, picture)
        if len(self._before) > _REMEMBERED:
            del self._before[next(iter(self._before))]
