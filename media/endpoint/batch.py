"""Part: what one view gained since the last flush, made ready once for all its receivers.

Theory of operation. Packets of one view reach every receiver with the same payload and almost the
same header: a receiver adds constants to sequence number and timestamp, and puts in its SSRC,
payload type, the first of its transport-wide numbers, and with AES-GCM a nonce made of SSRC and
number (RFC 7714 section 8.1). So nonces and headers of all m packets are kept as m lanes of one big
integer, each lane

    nonce: 0 (16) | SSRC (32) | number (48)  ||  header (RFC 3550): .. | sequence (16)
                    | timestamp (32) | SSRC (32) | extensions, the transport number (16) last

and a receiver's lanes are `(base + spread * constants) ^ spread * salt`, where `spread` has a one
in every lane: one multiplication, one addition and one to_bytes fill all headers of a burst. Then
`AESGCM.encrypt_into` runs over prepared views. No field may overflow into the next: a burst in
which sequence numbers, timestamps or transport numbers wrap, or lie further apart than a field can
say, is sent packet by packet instead (`header_of`).

Sizes are made equal with RTP padding where that is cheap, because equal datagrams leave in one
system call.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from struct import Struct

from media.endpoint.blocks import extension_blocks, extension_of
from media.endpoint.protecting import protected
from media.forward.history import History
from media.forward.view import Sent, Shape
from media.wire import rtp, vp8
from media.wire.rtp import FIXED_HEADER_BYTES, SOURCE_BYTES

NONCE_BYTES = 12
TAG_BYTES = 16
_FIXED = Struct("!BBHII")
_VERSION = 0x80
_PADDED = 0x20
_EXTENDED = 0x10
_ONE_SOURCE = 0x01
_SEQUENCE_MASK = 0xFFFF
_TIMESTAMP_MASK = 0xFFFFFFFF

_MOST_PADDING = 255  # its count is one byte
_PADDING_SHARE = 12
"""A packet may grow by a twelfth of its size."""
_SMALL_BYTES = 320
_SMALL_STEP = 16
"""Small packets (sound) grow to a multiple of this, so that those of many speakers are equal."""


@lru_cache(maxsize=256)  # the longest, of a whole drain, take 90 kB
def spread(count: int, lane_bytes: int) -> int:
    """An integer with a one in each of `count` lanes of `lane_bytes`."""
    one = (1).to_bytes(lane_bytes, "big")
    return int.from_bytes(one * count, "big")


class Part:
    """See the module. Views point into memory of this part; a receiver's turn overwrites them."""

    __slots__ = (
        "base",
        "extension_bits",
        "first",
        "header_bytes",
        "headers",
        "highest",
        "lanes",
        "lanes_bytes",
        "nonces",
        "outs",
        "payloads",
        "reach",
        "salt_spread",
        "sent",
        "shape",
        "sizes",
        "span",
        "spread",
        "timestamp",
        "timestamp_span",
    )

    def __init__(
        self,
        sent: Sequence[Sent],
        shape: Shape,
        *,
        is_crowded: bool,
        now: float,
        history: History[Sent] | None = None,
    ) -> None:
        """`history` is the view's, for shapes with redundancy."""
        self.sent = sent
        self.shape = shape
        numbers = [each.number for each in sent]
        self.first = min(numbers)
        self.reach = self.first - shape.depth
        """No packet numbered lower is in it, not even as redundancy."""
        self.highest = max(numbers)
        self.span = self.highest - self.first
        self._date(sent)
        blocks = extension_blocks(sent, shape, now)
        flags = _VERSION | (_EXTENDED if blocks else 0)
        if shape.word is not None:
            source = shape.word.to_bytes(SOURCE_BYTES, "big")
            blocks = [source + block for block in blocks or repeat(b"", len(sent))]
            flags |= _ONE_SOURCE
        self.header_bytes = FIXED_HEADER_BYTES + (len(blocks[0]) if blocks else 0)
        self._fill(self._payloads(is_crowded, history), blocks, flags)

    def _date(self, sent: Sequence[Sent]) -> None:
        """The earliest timestamp and the distance to the latest, whichever way they wrap."""
        anchor = sent[0].packet.timestamp
        apart = [
            ((each.packet.timestamp - anchor + 0x80000000) & _TIMESTAMP_MASK) - 0x80000000
            for each in sent
        ]
        earliest = min(apart)
        self.timestamp = (anchor + earliest) & _TIMESTAMP_MASK
        self.timestamp_span = max(apart) - earliest

    def _payloads(
        self, is_crowded: bool, history: History[Sent] | None
    ) -> list[tuple[bytes, bool]]:
        """(payload with RTP padding, whether there is padding) of every packet."""
        shape = self.shape
        if shape.depth and history is not None:
            payloads = [protected(each, shape.depth, history) for each in self.sent]
        else:
            payloads = [payload_for(each, shape) for each in self.sent]
        sizes = equal_sizes([len(payload) for payload in payloads], is_crowded=is_crowded)
        return [
            (padded(payload, size), size > len(payload))
            for payload, size in zip(payloads, sizes, strict=True)
        ]

    def _fill(self, payloads: list[tuple[bytes, bool]], blocks: list[bytes], flags: int) -> None:
        """Base lanes, memory and views. `blocks` are what follows each fixed header."""
        count = len(payloads)
        lane_bytes = NONCE_BYTES + self.header_bytes
        base = bytearray()
        for position, (each, (_, is_padded)) in enumerate(zip(self.sent, payloads, strict=True)):
            packet = each.packet
            base += each.number.to_bytes(NONCE_BYTES, "big")
            base += _FIXED.pack(
                flags | (_PADDED if is_padded else 0),
                0x80 if packet.marker else 0,
                (each.number - self.first) & _SEQUENCE_MASK,
                (packet.timestamp - self.timestamp) & _TIMESTAMP_MASK,
                0,
            )
            if blocks:
                base += blocks[position]
        self.base = int.from_bytes(base, "big")
        self.spread = spread(count, lane_bytes)
        self.extension_bits = 8 * (self.header_bytes - FIXED_HEADER_BYTES)
        self.salt_spread = self.spread << 8 * self.header_bytes
        self.lanes = base
        self.lanes_bytes = len(base)
        lanes = memoryview(base)
        starts = range(0, len(base), lane_bytes)
        self.nonces = [lanes[at : at + NONCE_BYTES] for at in starts]
        self.headers = [lanes[at + NONCE_BYTES : at + lane_bytes] for at in starts]
        self.payloads = [payload for payload, _ in payloads]
        self._make_outs()

    def _make_outs(self) -> None:
        sizes = [len(payload) + TAG_BYTES for payload in self.payloads]
        memory = memoryview(bytearray(sum(sizes)))
        self.outs = []
        at = 0
        for size in sizes:
            self.outs.append(memory[at : at + size])
            at += size
        self.sizes = [size + self.header_bytes for size in sizes]


def payload_for(sent: Sent, shape: Shape) -> bytes:
    """The payload as receivers of `shape` get it; one byte of padding for an empty one is added
    by `padded`.
    """
    if not sent.payload or sent.packet.placed_picture is None:
        return sent.payload
    if not shape.picture_delta and not shape.tl0_delta:
        return sent.payload
    seen = vp8.parse(sent.payload)
    return vp8.rewrite(
        sent.payload,
        None if seen.picture_id is None else seen.picture_id + shape.picture_delta,
        None if seen.tl0picidx is None else seen.tl0picidx + shape.tl0_delta,
    )


def padded(payload: bytes, size: int) -> bytes:
    """`payload` with RTP padding up to `size` bytes."""
    missing = size - len(payload)
    return payload + bytes(missing - 1) + bytes((missing,)) if missing else payload


def equal_sizes(sizes: Sequence[int], *, is_crowded: bool) -> list[int]:
    """Sizes to pad to: neighbours of about one size become equal, in order; never empty."""
    wanted = [_least_size(size, is_crowded=is_crowded) for size in sizes]
    start = 0
    while start < len(wanted):
        low = high = wanted[start]
        end = start + 1
        while end < len(wanted):
            low, high = min(low, wanted[end]), max(high, wanted[end])
            if high - low > min(_MOST_PADDING - _SMALL_STEP, high // _PADDING_SHARE):
                break
            end += 1
        top = max(wanted[start:end])
        wanted[start:end] = [top] * (end - start)
        start = end
    return wanted


def _least_size(size: int, *, is_crowded: bool) -> int:
    if is_crowded and size < _SMALL_BYTES:
        return max(-(-size // _SMALL_STEP) * _SMALL_STEP, 1)
    return max(size, 1)


def header_of(
    sent: Sent,
    shape: Shape,
    *,
    now: float,
    numbers: tuple[int, int, int, int],
    is_padded: bool,
    transport: int = 0,
) -> bytes:
    """One header by itself; `numbers` are payload type, sequence, timestamp, SSRC, and `transport`
    the transport-wide number where the receiver has one.
    """
    payload_type, sequence, timestamp, ssrc = numbers
    header = rtp.pack_header(
        payload_type=payload_type,
        sequence=sequence & 0xFFFF,
        timestamp=timestamp & _TIMESTAMP_MASK,
        ssrc=ssrc,
        marker=sent.packet.marker,
        extension=extension_of(sent, shape, now, transport),
        padding=is_padded,
    )
    return header if shape.word is None else rtp.with_source(header, shape.word)
