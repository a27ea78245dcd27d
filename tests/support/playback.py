"""What a browser does with a stream it receives: order, repair, pictures, complaints.

Modelled on what libwebrtc asks of a VP8 stream: pictures whose ids go ahead, references that were
decoded, no gap in numbers that never closes. Anything an SFU may not do is an assertion here.
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass

from media.ortc.capabilities import COMFORT_NOISE, REDUNDANT_SOUND
from media.wire import red, rtp, vp8
from media.wire.sequence import unwrap
from tests.support.tracks import Body

NACK_INTERVAL = 0.08
NACK_ATTEMPTS = 10
PATIENCE = 0.4
"""Seconds without a decoded picture, with packets coming, after which a key frame is asked for."""


@dataclass(slots=True)
class Piece:
    """One packet of a picture."""

    seen: vp8.Vp8Descriptor
    body: Body
    marker: bool
    timestamp: int


class SoundPlayback:
    """Counts frames, checks that numbers and timestamps go together. `frames` came as packets of
    their own, `heard_at` says when each first came, as redundancy or not.
    """

    def __init__(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self.frames: list[int] = []
        self.heard_at: dict[int, float] = {}
        self.depths: list[int] = []
        """Redundant frames of each packet."""
        self.numbers: list[int] = []
        self.noises: list[int] = []
        """Numbers of packets of comfort noise."""
        self.levels: Counter[int] = Counter()
        self._highest: int | None = None
        self._timeline: dict[int, int] = {}

    def receive(self, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        number = (
            header.sequence if self._highest is None else unwrap(header.sequence, self._highest)
        )
        assert number not in self.numbers[-200:], "a sequence number came twice"
        self._highest = max(number, self._highest or 0)
        if header.padding:
            payload = rtp.strip_padding(payload)
        self.numbers.append(number)
        if header.payload_type == COMFORT_NOISE.payload_type:
            assert not self.noises or header.timestamp not in self._timeline
            self.noises.append(number)
            return
        blocks = (red.Block(0, 0, payload),)
        if header.payload_type == REDUNDANT_SOUND.payload_type:
            blocks = red.split(payload)
        self.depths.append(len(blocks) - 1)
        stamp = header.timestamp
        for block in blocks:
            (frame,) = struct.unpack_from("!I", block.data)
            self._timeline.setdefault((stamp - block.timestamp_offset) & 0xFFFFFFFF, frame)
            assert self._timeline[(stamp - block.timestamp_offset) & 0xFFFFFFFF] == frame
            self.heard_at.setdefault(frame, now)
        self.frames.append(frame)


class PicturePlayback:
    """See the module. `decoded` lists (layer, frame, temporal layer) in order of decoding."""

    def __init__(self, ssrc: int, rtx_ssrc: int) -> None:
        self.ssrc = ssrc
        self.rtx_ssrc = rtx_ssrc
        self.decoded: list[tuple[int, int, int]] = []
        self.decoded_at: list[float] = []
        self.timestamps: list[int] = []
        self.key_frames = 0
        self.packets = 0
        self.repaired = 0
        self.counts: Counter[str] = Counter()
        self.highest: int | None = None
        self._pieces: dict[int, Piece | None] = {}  # None: padding only
        self._keys: list[int] = []  # numbers of first packets of key frames, still ahead
        self._own: set[int] = set()
        self._missing: dict[int, tuple[float, int]] = {}
        self._pictures: set[int] = set()
        self._top_picture: int | None = None
        self._base: int | None = None  # picture id of the T0 picture decoded last
        self._base_tl0: int | None = None
        self._next = 0
        self._waits_for_key = True
        self._stuck_since: float | None = None

    def receive(self, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        """A packet on the stream's own SSRC."""
        if self.highest is None:
            self.highest = self._next = header.sequence
            number = header.sequence
            self._next = number
        else:
            number = unwrap(header.sequence, self.highest)
        for missing in range(self.highest + 1, number):
            self._missing[missing] = (now, 0)
        self.highest = max(self.highest, number)
        if header.padding:
            payload = rtp.strip_padding(payload)
        assert number not in self._own, "a sequence number came twice"
        self._own.add(number)
        if number in self._pieces:
            self.counts["repaired_before"] += 1  # its first sending was late, not lost
            return
        self._take(number, header, payload, now)

    def repair(self, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        """A packet on the RTX SSRC."""
        if self.highest is None or len(payload) <= 2:
            return
        number = unwrap(int.from_bytes(payload[:2], "big"), self.highest)
        if header.padding:
            payload = rtp.strip_padding(payload)
        if number in self._pieces or number < self._next:
            self.counts["repaired_twice"] += 1
            return
        self.repaired += 1
        self._take(number, header, payload[2:], now)

    def _take(self, number: int, header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        self.packets += 1
        self._missing.pop(number, None)
        if not payload:
            self._pieces[number] = None
        else:
            seen = vp8.parse(payload)
            body = Body.parse(payload[seen.length + 1 :])
            self._pieces[number] = Piece(seen, body, header.marker, header.timestamp)
            if seen.key_frame:
                self._keys.append(number)
        if self._stuck_since is None:
            self._stuck_since = now
        while self._advance(now):
            pass

    def _advance(self, now: float) -> bool:
        """Decodes the next picture if it is complete and decodable."""
        pieces = self._pieces
        while pieces.get(self._next, self) is None:
            self._next += 1
        start = self._next
        first = pieces.get(start)
        if first is None:
            return self._skip_to_key(now)
        end = start
        while (piece := pieces.get(end)) is not None and not piece.marker:
            if end > start and piece.seen.starts_picture:
                # The layer was switched in the middle of a picture: the rest never comes.
                self._next = end
                return True
            end += 1
        if piece is None:
            return self._skip_to_key(now)
        if first.body.position or end - start + 1 != first.body.count:
            self.counts["torn"] += 1
            self._next = end + 1
            return True
        if not self._is_decodable(first):
            return self._skip_to_key(now)
        self._decode(first, now)
        self._next = end + 1
        return True

    def _skip_to_key(self, now: float) -> bool:
        """Jumps to a complete key frame further on, as a decoder does."""
        self._keys = sorted(number for number in self._keys if number > self._next)
        for number in self._keys:
            piece = self._pieces[number]
            assert piece is not None
            if all(self._pieces.get(number + i) for i in range(piece.body.count)):
                self._next = number
                self.counts["skipped"] += 1
                return True
        return False

    def _is_decodable(self, first: Piece) -> bool:
        seen = first.seen
        if seen.key_frame:
            return True
        if self._base is None or self._waits_for_key:
            return False
        picture = self._unwrap(seen.picture_id or 0)
        if seen.temporal_id == 0:
            return seen.tl0picidx == (self._base_tl0 + 1) & 0xFF
        if seen.tl0picidx != self._base_tl0:
            return False
        return seen.layer_sync or all(
            between in self._pictures for between in range(self._base, picture)
        )

    def _decode(self, first: Piece, now: float) -> None:
        seen = first.seen
        assert seen.picture_id is not None
        picture = self._unwrap(seen.picture_id)
        if self._top_picture is not None:
            assert picture > self._top_picture, "picture id does not go ahead: a decoder drops it"
        if self.timestamps:
            step = (first.timestamp - self.timestamps[-1]) & 0xFFFFFFFF
            assert 0 < step < 0x80000000, "timestamp does not go ahead"
        self._top_picture = picture
        self._pictures.add(picture)
        if seen.temporal_id == 0:
            self._base, self._base_tl0 = picture, seen.tl0picidx
        if seen.key_frame:
            self.key_frames += 1
            self._waits_for_key = False
        self.decoded.append((first.body.layer, first.body.frame, seen.temporal_id or 0))
        self.decoded_at.append(now)
        self.timestamps.append(first.timestamp)
        self._stuck_since = None

    def _unwrap(self, picture: int) -> int:
        if self._top_picture is None:
            return picture
        return self._top_picture + ((picture - self._top_picture + 0x4000) & 0x7FFF) - 0x4000

    def lost(self, now: float) -> list[int]:
        """16-bit numbers to ask for now."""
        asked = []
        for number, (at, attempts) in list(self._missing.items()):
            if number < self._next or attempts >= NACK_ATTEMPTS:
                del self._missing[number]
            elif now >= at:
                self._missing[number] = (now + NACK_INTERVAL, attempts + 1)
                asked.append(number & 0xFFFF)
        return asked[:100]

    def needs_key_frame(self, now: float) -> bool:
        """Whether it is time to send a PLI."""
        if self._stuck_since is None or now - self._stuck_since < PATIENCE:
            return False
        self._stuck_since = now
        return True
