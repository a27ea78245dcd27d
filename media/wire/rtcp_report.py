"""RTCP reports: SR, RR, SDES and BYE (RFC 3550 sections 6.4 to 6.6), and NTP time (section 4).

Decides their layout only; what loss or round trip follows from them is the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from media.errors import LocalError, Malformed
from media.wire import rtcp_packet
from media.wire.rtcp_packet import pack_frame

_CNAME = 1
_MAX_TEXT_BYTES = 255  # lengths are one byte

_SSRC = Struct("!I")
_SENDER = Struct("!IQIII")
_BLOCK = Struct("!IIIIII")


def to_ntp(seconds: float) -> int:
    """Seconds as a 32.32 fixed point number of 64 bits; the epoch is the caller's choice."""
    return int(seconds * (1 << 32)) & 0xFFFFFFFFFFFFFFFF


def from_ntp(ntp: int) -> float:
    """Seconds of a 32.32 fixed point number (about 0.2 us of precision are lost)."""
    return ntp / (1 << 32)


def middle_32(ntp: int) -> int:
    """The middle 32 bits, as `last_sr` of report blocks carries them."""
    return ntp >> 16 & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What one receiver says of one stream.

    `fraction_lost` in 1/256 since the last report; `packets_lost` in all, negative when copies
    arrived; `highest_sequence` extended (cycles << 16 | number); `jitter` in timestamp units;
    `last_sr` and `delay_since_last_sr` in 1/65536 s.
    """

    ssrc: int
    fraction_lost: int
    packets_lost: int
    highest_sequence: int
    jitter: int
    last_sr: int
    delay_since_last_sr: int

    def pack(self) -> bytes:
        """24 bytes; losses beyond 24 signed bits are clamped as RFC 3550 section 6.4.1 says."""
        lost = min(max(self.packets_lost, -0x800000), 0x7FFFFF)
        return _BLOCK.pack(
            self.ssrc,
            self.fraction_lost << 24 | lost & 0xFFFFFF,
            self.highest_sequence,
            self.jitter,
            self.last_sr,
            self.delay_since_last_sr,
        )


@dataclass(frozen=True, slots=True)
class SenderReport:
    """SR: at `ntp` (32.32 seconds) the stream's clock stood at `rtp_timestamp`."""

    ssrc: int
    ntp: int
    rtp_timestamp: int
    packet_count: int
    octet_count: int
    reports: tuple[ReportBlock, ...] = ()

    def pack(self) -> bytes:
        """The packet's bytes."""
        sender = _SENDER.pack(
            self.ssrc, self.ntp, self.rtp_timestamp, self.packet_count, self.octet_count
        )
        body = sender + b"".join(block.pack() for block in self.reports)
        return pack_frame(rtcp_packet.SENDER_REPORT, len(self.reports), body)


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """RR; at most 31 blocks a packet."""

    ssrc: int
    reports: tuple[ReportBlock, ...] = ()

    def pack(self) -> bytes:
        """The packet's bytes."""
        body = _SSRC.pack(self.ssrc) + b"".join(block.pack() for block in self.reports)
        return pack_frame(rtcp_packet.RECEIVER_REPORT, len(self.reports), body)


@dataclass(frozen=True, slots=True)
class SourceChunk:
    """One source of an SDES packet; of its items only the CNAME is kept."""

    ssrc: int
    cname: str | None

    def pack(self) -> bytes:
        """The chunk, ended and padded to whole words."""
        item = b""
        if self.cname is not None:
            text = _encode_text(self.cname)
            item = bytes((_CNAME, len(text))) + text
        # at least one zero byte ends the list (RFC 3550 section 6.5)
        return _SSRC.pack(self.ssrc) + item + bytes(4 - len(item) % 4)


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """SDES: which streams belong to one clock and person (CNAME)."""

    chunks: tuple[SourceChunk, ...]

    def pack(self) -> bytes:
        """The packet's bytes."""
        body = b"".join(chunk.pack() for chunk in self.chunks)
        return pack_frame(rtcp_packet.SOURCE_DESCRIPTION, len(self.chunks), body)


@dataclass(frozen=True, slots=True)
class Bye:
    """BYE: these sources end."""

    ssrcs: tuple[int, ...]
    reason: str = ""

    def pack(self) -> bytes:
        """The packet's bytes."""
        body = b"".join(map(_SSRC.pack, self.ssrcs))
        if self.reason:
            text = _encode_text(self.reason)
            item = bytes((len(text),)) + text
            body += item + bytes(-len(item) % 4)
        return pack_frame(rtcp_packet.BYE, len(self.ssrcs), body)


def parse_sender_report(body: bytes, count: int) -> SenderReport:
    """SR of `count` blocks; profile-specific words behind them are ignored."""
    if len(body) < _SENDER.size:
        raise Malformed("rtcp.sr", f"{len(body)} bytes")
    ssrc, ntp, timestamp, packets, octets = _SENDER.unpack_from(body)
    reports = _parse_blocks(body, _SENDER.size, count, "rtcp.sr")
    return SenderReport(ssrc, ntp, timestamp, packets, octets, reports)


def parse_receiver_report(body: bytes, count: int) -> ReceiverReport:
    """RR of `count` blocks; profile-specific words behind them are ignored."""
    if len(body) < _SSRC.size:
        raise Malformed("rtcp.rr", f"{len(body)} bytes")
    (ssrc,) = _SSRC.unpack_from(body)
    return ReceiverReport(ssrc, _parse_blocks(body, _SSRC.size, count, "rtcp.rr"))


def _parse_blocks(body: bytes, offset: int, count: int, code: str) -> tuple[ReportBlock, ...]:
    if len(body) < offset + count * _BLOCK.size:
        raise Malformed(code, f"{count} blocks in {len(body)} bytes")
    return tuple(_parse_block(body, offset + i * _BLOCK.size) for i in range(count))


def _parse_block(body: bytes, offset: int) -> ReportBlock:
    ssrc, loss, highest, jitter, last_sr, delay = _BLOCK.unpack_from(body, offset)
    lost = loss & 0xFFFFFF
    if lost & 0x800000:
        lost -= 0x1000000
    return ReportBlock(ssrc, loss >> 24, lost, highest, jitter, last_sr, delay)


def parse_source_description(body: bytes, count: int) -> SourceDescription:
    """SDES of `count` chunks. Malformed `rtcp.sdes`."""
    chunks = []
    position = 0
    for _ in range(count):
        if position + _SSRC.size > len(body):
            raise Malformed("rtcp.sdes", "chunk")
        (ssrc,) = _SSRC.unpack_from(body, position)
        position += _SSRC.size
        cname = None
        for kind, text in _sdes_items(body, position):
            position += 2 + len(text)
            if kind == _CNAME:
                cname = _decode_text(text, "rtcp.sdes")
        position += 4 - position % 4  # the end byte and its padding
        chunks.append(SourceChunk(ssrc, cname))
    return SourceDescription(tuple(chunks))


def _sdes_items(body: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """(type, text) until the end byte, which must be there."""
    while position < len(body):
        if not body[position]:
            return
        end = position + 2 + (body[position + 1] if position + 1 < len(body) else len(body))
        if end > len(body):
            break
        yield body[position], body[position + 2 : end]
        position = end
    raise Malformed("rtcp.sdes", "item")


def parse_bye(body: bytes, count: int) -> Bye:
    """BYE of `count` sources with an optional reason. Malformed `rtcp.bye`."""
    end = count * _SSRC.size
    if len(body) < end:
        raise Malformed("rtcp.bye", f"{count} sources in {len(body)} bytes")
    ssrcs = tuple(ssrc for (ssrc,) in _SSRC.iter_unpack(body[:end]))
    if len(body) == end:
        return Bye(ssrcs)
    text = body[end + 1 : end + 1 + body[end]]
    if len(text) < body[end]:
        raise Malformed("rtcp.bye", "reason")
    return Bye(ssrcs, _decode_text(text, "rtcp.bye"))


def _encode_text(text: str) -> bytes:
    encoded = text.encode()
    if len(encoded) > _MAX_TEXT_BYTES:
        raise LocalError(f"RTCP text of {len(encoded)} bytes")
    return encoded


def _decode_text(text: bytes, code: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise Malformed(code, "not UTF-8") from None
