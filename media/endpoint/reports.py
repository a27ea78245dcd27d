"""Reports: what we tell a peer about its streams and ours, once a second, and what cannot wait.

For what it receives: sender reports that carry the publisher's own clock, so that its sound and
picture stay in step (RFC 3550 section 6.4.1). For what it sends: receiver reports, and how much it
may send (REMB), at once when that is less than last said. Does not send.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from media.endpoint.line import Inbound, Line, Subscription
from media.endpoint.requests import LOCAL_SSRC
from media.source import Kind
from media.wire.rtcp import (
    ReceiverEstimatedBitrate,
    ReceiverReport,
    RtcpPacket,
    SenderReport,
    SourceChunk,
    SourceDescription,
    middle_32,
    to_ntp,
)

INTERVAL = 1.0
"""Seconds between reports; browsers report their video as often."""
_MAX_COMPOUND_BYTES = 1100
_REPORT_BYTES = 28 + 16
"""An SR without blocks, and an SDES chunk but for its CNAME (RFC 3550 sections 6.4.1 and 6.5)."""
_REMEMBERED_REPORTS = 8
_MAX_BLOCKS = 31


def masks(line: Line, on: bool) -> None:
    """From now on the publisher on `line` is told of no losses, or of those to come again."""
    line.uplink.mask.is_on = on


def due(line: Line, *, now: float) -> Iterator[list[RtcpPacket]]:
    """Compounds for the peer of `line` that must leave now; asked for ten times a second."""
    has_news = line.uplink.look(now=now)
    if line.report_at is not None and line.report_at <= now:
        line.report_at = now + INTERVAL
        yield from compounds(line, now=now)
    elif has_news:
        bitrate = list(_bitrate(line, _originals(line), now))
        if bitrate:
            yield bitrate


def compounds(line: Line, *, now: float) -> Iterator[list[RtcpPacket]]:
    """Compounds for the peer of `line`, each small enough for a datagram."""
    compound: list[RtcpPacket] = list(_about_theirs(line, now))
    size = sum(len(packet.pack()) for packet in compound)
    for subscription in line.subscriptions.values():
        packets = _about_ours(subscription, now)
        if not packets:
            continue
        added = _REPORT_BYTES + len(subscription.cname.encode())
        if size + added > _MAX_COMPOUND_BYTES:
            yield compound
            compound, size = [], 0
        compound += packets
        size += added
    if compound:
        yield compound


def _about_theirs(line: Line, now: float) -> Iterable[RtcpPacket]:
    """RR and REMB for a peer that publishes."""
    originals = _originals(line)
    blocks = [
        block
        for inbound in originals
        if inbound.stream.reception is not None
        and (block := inbound.stream.reception.block(now=now)) is not None
    ]
    if not blocks:
        return
    line.uplink.mask.keep({block.ssrc for block in blocks})
    told = [line.uplink.mask.cover(block) for block in blocks]
    yield ReceiverReport(LOCAL_SSRC, tuple(told[:_MAX_BLOCKS]))
    line.uplink.reported(blocks, now=now)
    yield from _bitrate(line, originals, now)


def _originals(line: Line) -> list[Inbound]:
    return [each for each in line.inbound.values() if each.repairs is None]


def _bitrate(line: Line, originals: Iterable[Inbound], now: float) -> Iterator[RtcpPacket]:
    """What all the line's pictures together may be; nothing while there are none."""
    video = tuple(
        inbound.ssrc
        for inbound in originals
        if inbound.publication.producer.track.kind is Kind.VIDEO
    )
    if video:
        yield ReceiverEstimatedBitrate(LOCAL_SSRC, line.uplink.tell(now=now), video)


def _about_ours(subscription: Subscription, now: float) -> list[RtcpPacket]:
    """SR and SDES for one stream we send; nothing while its publisher's clock is unknown."""
    consumer = subscription.consumer
    stretch = consumer.stretch
    if stretch is None:
        return []
    reception = subscription.publication.producer.streams[stretch.view.spatial].reception
    clock = reception.clock(now=now) if reception is not None else None
    if clock is None:
        return []
    seconds, timestamp = clock
    packets, octets = consumer.counts()
    report = SenderReport(
        consumer.ssrc,
        to_ntp(seconds),
        (timestamp + stretch.timestamp_offset) & 0xFFFFFFFF,
        packets & 0xFFFFFFFF,
        octets & 0xFFFFFFFF,
    )
    sent = subscription.reports
    sent[middle_32(report.ntp)] = now
    if len(sent) > _REMEMBERED_REPORTS:
        del sent[next(iter(sent))]
    chunk = SourceChunk(consumer.ssrc, subscription.cname)
    return [report, SourceDescription((chunk,))]
