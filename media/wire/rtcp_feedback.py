"""RTCP feedback about loss and pictures: generic NACK and PLI (RFC 4585), FIR (RFC 5104), REMB
(draft-alvestrand-rmcat-remb-03).

Decides their layout only; when to ask, and what to answer, is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import Struct

from media.errors import LocalError, Malformed
from media.wire.rtcp_packet import PAYLOAD_FEEDBACK, TRANSPORT_FEEDBACK, pack_frame
from media.wire.sequence import SEQUENCE_MASK

NACK_FORMAT = 1  # of RTPFB
PLI_FORMAT = 1  # of PSFB, as the next two
FIR_FORMAT = 4
APPLICATION_FORMAT = 15  # REMB is one of several users

MAX_NACK_NUMBERS = 256
"""Numbers of one NACK that are read: as long a gap as we would ask for ourselves
(`repair.nack.MAX_GAP`); beyond it a key frame is cheaper."""
_NACK_SPAN = 16  # numbers the bitmap behind a packet id reaches
_REMB_NAME = b"REMB"
_MANTISSA_BITS = 18
_MAX_EXPONENT = 63

_SSRCS = Struct("!II")
_SSRC = Struct("!I")
_NACK_ITEM = Struct("!HH")
_FIR_ITEM = Struct("!IB3x")
_REMB_HEAD = Struct("!4sI")  # name; count of SSRCs (8), exponent (6), mantissa (18)


@dataclass(frozen=True, slots=True)
class GenericNack:
    """NACK: `lost` are 16-bit numbers; packs small when they ascend."""

    sender_ssrc: int
    media_ssrc: int
    lost: tuple[int, ...]

    def pack(self) -> bytes:
        """The packet's bytes, order of `lost` kept as far as the bitmaps allow."""
        body = _SSRCS.pack(self.sender_ssrc, self.media_ssrc)
        body += b"".join(_NACK_ITEM.pack(*item) for item in _nack_items(self.lost))
        return pack_frame(TRANSPORT_FEEDBACK, NACK_FORMAT, body)


def _nack_items(lost: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(packet id, bitmap of the 16 numbers behind it) covering `lost`."""
    first: int | None = None
    bitmap = 0
    for sequence in lost:
        if first is not None:
            behind = (sequence - first) & SEQUENCE_MASK
            if behind <= _NACK_SPAN:
                bitmap |= 1 << behind >> 1  # zero, for a number said twice, sets nothing
                continue
            yield first, bitmap
        first, bitmap = sequence, 0
    if first is not None:
        yield first, bitmap


@dataclass(frozen=True, slots=True)
class PictureLossIndication:
    """PLI: `media_ssrc` should send a key frame."""

    sender_ssrc: int
    media_ssrc: int

    def pack(self) -> bytes:
        """The packet's bytes."""
        body = _SSRCS.pack(self.sender_ssrc, self.media_ssrc)
        return pack_frame(PAYLOAD_FEEDBACK, PLI_FORMAT, body)


@dataclass(frozen=True, slots=True)
class FullIntraRequest:
    """FIR: `requests` are (media SSRC, command number); a repeated number is no new command."""

    sender_ssrc: int
    requests: tuple[tuple[int, int], ...]

    def pack(self) -> bytes:
        """The packet's bytes; the common header's media source is 0 (RFC 5104 section 4.3.1.2)."""
        body = _SSRCS.pack(self.sender_ssrc, 0)
        body += b"".join(_FIR_ITEM.pack(*request) for request in self.requests)
        return pack_frame(PAYLOAD_FEEDBACK, FIR_FORMAT, body)


@dataclass(frozen=True, slots=True)
class ReceiverEstimatedBitrate:
    """REMB: all `ssrcs` together should stay below `bitrate_bps` (18 significant bits)."""

    sender_ssrc: int
    bitrate_bps: int
    ssrcs: tuple[int, ...]

    def pack(self) -> bytes:
        """The packet's bytes; the bitrate is rounded down to what the mantissa can hold."""
        if len(self.ssrcs) > 0xFF:
            raise LocalError(f"REMB of {len(self.ssrcs)} sources")
        exponent = max(self.bitrate_bps.bit_length() - _MANTISSA_BITS, 0)
        mantissa = self.bitrate_bps >> exponent
        if exponent > _MAX_EXPONENT:
            exponent, mantissa = _MAX_EXPONENT, (1 << _MANTISSA_BITS) - 1
        rate = len(self.ssrcs) << 24 | exponent << _MANTISSA_BITS | mantissa
        body = _SSRCS.pack(self.sender_ssrc, 0) + _REMB_HEAD.pack(_REMB_NAME, rate)
        body += b"".join(map(_SSRC.pack, self.ssrcs))
        return pack_frame(PAYLOAD_FEEDBACK, APPLICATION_FORMAT, body)


def parse_nack(body: bytes) -> GenericNack:
    """Reading ends once there are more than `MAX_NACK_NUMBERS`. Malformed `rtcp.nack`."""
    sender, media = parse_ssrcs(body, "rtcp.nack")
    if len(body) % _NACK_ITEM.size:
        raise Malformed("rtcp.nack", f"{len(body)} bytes")
    lost: list[int] = []
    for first, bitmap in _NACK_ITEM.iter_unpack(body[_SSRCS.size :]):
        lost.append(first)
        lost += [(first + i) & SEQUENCE_MASK for i in range(1, 17) if bitmap >> (i - 1) & 1]
        if len(lost) > MAX_NACK_NUMBERS:
            break
    return GenericNack(sender, media, tuple(lost))


def parse_pli(body: bytes) -> PictureLossIndication:
    """Malformed `rtcp.pli`."""
    return PictureLossIndication(*parse_ssrcs(body, "rtcp.pli"))


def parse_fir(body: bytes) -> FullIntraRequest:
    """Malformed `rtcp.fir`."""
    sender, _ = parse_ssrcs(body, "rtcp.fir")
    items = body[_SSRCS.size :]
    if len(items) % _FIR_ITEM.size:
        raise Malformed("rtcp.fir", f"{len(items)} bytes of items")
    return FullIntraRequest(
        sender, tuple((ssrc, number) for ssrc, number in _FIR_ITEM.iter_unpack(items))
    )


def parse_remb(body: bytes) -> ReceiverEstimatedBitrate | None:
    """None when the application-layer feedback is somebody else's. Malformed `rtcp.remb`."""
    sender, _ = parse_ssrcs(body, "rtcp.remb")
    if body[_SSRCS.size : _SSRCS.size + 4] != _REMB_NAME:
        return None
    end = _SSRCS.size + _REMB_HEAD.size
    if len(body) < end:
        raise Malformed("rtcp.remb", f"{len(body)} bytes")
    _, rate = _REMB_HEAD.unpack_from(body, _SSRCS.size)
    if len(body) != end + _SSRC.size * (rate >> 24):
        raise Malformed("rtcp.remb", f"{rate >> 24} sources in {len(body)} bytes")
    bitrate = (rate & (1 << _MANTISSA_BITS) - 1) << (rate >> _MANTISSA_BITS & _MAX_EXPONENT)
    ssrcs = tuple(ssrc for (ssrc,) in _SSRC.iter_unpack(body[end:]))
    return ReceiverEstimatedBitrate(sender, bitrate, ssrcs)


def parse_ssrcs(body: bytes, code: str) -> tuple[int, int]:
    """(sender, media) SSRC that open every feedback body; Malformed(`code`) when cut short."""
    if len(body) < _SSRCS.size:
        raise Malformed(code, f"{len(body)} bytes")
    sender, media = _SSRCS.unpack_from(body)
    return sender, media
