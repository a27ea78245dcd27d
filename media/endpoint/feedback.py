"""Feedback: RTCP of one line in: what receivers report and ask, what publishers report and end.

Decides which consumer or stream a packet is about, and drops what is about none. RFC 3550 section
6.4, RFC 4585 section 6, RFC 5104 section 4.3.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from media.endpoint.line import Line, Subscription
from media.endpoint.outlet import Buffer
from media.endpoint.requests import Requests
from media.errors import Malformed
from media.wire.rtcp import (
    MAX_NACK_NUMBERS,
    Bye,
    FullIntraRequest,
    GenericNack,
    PictureLossIndication,
    ReceiverEstimatedBitrate,
    ReceiverReport,
    ReportBlock,
    RtcpPacket,
    SenderReport,
    TransportFeedback,
    parse_compound,
)

PLEA_S = 3.0
"""Seconds a key frame has to last the receiver who asked for it. All pay for it, with bits or
sharpness, so one who never has enough must not have one each half second (`forward.keyframes`)."""
PLEAS_S = 15.0
"""Seconds of such key frames that may be asked for ahead: five, for a bad stretch of network."""
_LEAST_ROUND_TRIP = 0.001
_MOST_ROUND_TRIP = 3.0  # more is a clock that jumped

Resend = Callable[[Subscription, Iterable[int], float], None]
"""Answers a NACK for these 16-bit numbers."""


class Told(Protocol):
    """Hears that a receiver told what its link carries."""

    def __call__(self, line: Line, *, now: float) -> None: ...


class Feedback:
    """Of all lines of an exchange. Never raises for what peers send."""

    def __init__(self, requests: Requests, resend: Resend, told: Told) -> None:
        self.counts: Counter[str] = Counter()
        self._told = told
        self._requests = requests
        self._resend = resend

    def receive(self, line: Line, datagram: Buffer, *, now: float) -> None:
        """One SRTCP datagram that came from the line's peer."""
        opener = line.transport.opener
        if opener is None:
            line.drops["srtcp.no_keys"] += 1
            return
        compound = opener.open_rtcp(datagram)
        if compound is None:
            return  # the opener counts its drops
        try:
            packets = parse_compound(compound)
        except Malformed as error:
            line.drops[error.code] += 1
            return
        line.uplink.admission.charge(packets, now=now)
        for packet in packets:
            self._packet(line, packet, now)

    def _packet(self, line: Line, packet: RtcpPacket, now: float) -> None:
        match packet:
            case SenderReport():
                self._sender_report(line, packet, now)
                self._blocks(line, packet.reports, now)
            case ReceiverReport():
                self._blocks(line, packet.reports, now)
            case GenericNack():
                self._nack(line, packet, now)
            case PictureLossIndication():
                self._picture_lost(line, packet.media_ssrc, now)
            case FullIntraRequest():
                for ssrc, _ in packet.requests:
                    self._picture_lost(line, ssrc, now)
            case ReceiverEstimatedBitrate() | TransportFeedback():
                self._measured(line, packet, now)
            case Bye():
                self._bye(line, packet, now)
            case _:
                self.counts["ignored"] += 1

    def _measured(
        self, line: Line, packet: ReceiverEstimatedBitrate | TransportFeedback, now: float
    ) -> None:
        """What the link to the receiver carries, said or to be concluded."""
        if isinstance(packet, ReceiverEstimatedBitrate):
            line.downlink.limit(packet.bitrate_bps, now=now)
        else:
            dropped = line.downlink.told(packet, now=now)
            if dropped is not None:
                line.drops[dropped] += 1
                return
        self._told(line, now=now)

    def _sender_report(self, line: Line, report: SenderReport, now: float) -> None:
        inbound = line.inbound.get(report.ssrc)
        if inbound is None:
            line.drops["rtcp.unknown_ssrc"] += 1
        elif inbound.repairs is None and inbound.stream.reception is not None:
            inbound.stream.reception.reported(report, now=now)

    def _blocks(self, line: Line, blocks: tuple[ReportBlock, ...], now: float) -> None:
        for block in blocks:
            subscription = line.subscriptions.get(block.ssrc)
            if subscription is None:
                continue  # RTX streams are reported too
            sent_at = subscription.reports.get(block.last_sr)
            if sent_at is None:
                continue
            measured = now - sent_at - block.delay_since_last_sr / 65536
            if _LEAST_ROUND_TRIP <= measured <= _MOST_ROUND_TRIP:
                line.downlink.reported(measured)

    def _nack(self, line: Line, nack: GenericNack, now: float) -> None:
        subscription = line.subscriptions.get(nack.media_ssrc)
        if subscription is None:
            line.drops["rtcp.unknown_ssrc"] += 1
            return
        lost = tuple(dict.fromkeys(nack.lost[:MAX_NACK_NUMBERS]))
        if len(lost) < len(nack.lost):
            line.drops["nack.excess"] += 1
        if not line.downlink.asked.spend(len(lost), now=now):
            line.drops["nack.limit"] += 1
            return
        self.counts["nack"] += len(lost)
        self._resend(subscription, lost, now)

    def _picture_lost(self, line: Line, ssrc: int, now: float) -> None:
        subscription = line.subscriptions.get(ssrc)
        if subscription is None:
            line.drops["rtcp.unknown_ssrc"] += 1
            return
        self.counts["pli"] += 1
        stretch = subscription.consumer.stretch
        if stretch is None:
            return
        publication = subscription.publication
        key_frames = publication.producer.streams[stretch.view.spatial].key_frames
        if key_frames.due_at is None and not _may_plead(subscription, now):
            line.drops["pli.limit"] += 1
            return
        # While packets wait for its link, a receiver lacks time and not a key frame.
        key_frames.want(now=now, is_patient=bool(line.downlink.pacer.queued_bytes))
        self._requests.look(publication, now=now)

    def _bye(self, line: Line, bye: Bye, now: float) -> None:
        """Streams end, at once instead of after a silence. Their SSRCs stay known: Chromium says
        BYE for a simulcast layer it switches off, and takes it up again on the same SSRC.
        """
        for ssrc in bye.ssrcs:
            inbound = line.inbound.get(ssrc)
            if inbound is None or inbound.repairs is not None or inbound.stream.last_at is None:
                continue  # what ended is not looked at again, however often it is said
            if not line.uplink.admission.byes.spend(1, now=now):
                line.drops["bye.limit"] += 1
                continue
            self.counts["bye"] += 1
            inbound.stream.last_at = None
            inbound.publication.producer.review(now=now)
            self._requests.look(inbound.publication, now=now)


def _may_plead(subscription: Subscription, now: float) -> bool:
    """Whether this receiver may cause one more key frame; it is counted if so."""
    reach = max(subscription.pleaded_until, now)
    if reach - now > PLEAS_S:
        return False
    subscription.pleaded_until = reach + PLEA_S
    return True
