"""Requests: what we ask publishers for: lost packets again, and key frames.

Decides when a NACK or PLI leaves and puts it on its way, within what the publisher's line carries;
which numbers are missing is `repair.nack`'s, how often a key frame may be asked for
`forward.keyframes`'. RFC 4585 section 6.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from media.endpoint.line import Inbound, Line, Publication
from media.forward.stream import Stream
from media.repair.nack import MissingPackets
from media.source import Kind
from media.wire.rtcp import GenericNack, PictureLossIndication, RtcpPacket

LOCAL_SSRC = 1
"""Whom our feedback is from; no stream of ours ever has it."""

_HEADER_BYTES = 60
"""RTP with its extensions, and what SRTP and RTX add."""

SendRtcp = Callable[[Line, list[RtcpPacket]], None]


class Requests:
    """Of all publishers. `counts` has what was sent: "nack" (numbers) and "pli"; what was given up:
    "abandoned"; and how often less was asked for than is missing, as the line is full: "withheld".
    """

    def __init__(self, send: SendRtcp) -> None:
        self.counts: Counter[str] = Counter()
        self._send = send
        self._gaps: dict[Inbound, MissingPackets] = {}
        self._asking: dict[Stream, Publication] = {}

    def received(
        self, inbound: Inbound, missing: MissingPackets, index: int, *, now: float
    ) -> None:
        """Packet `index` of a repaired stream came."""
        missing.received(index, now=now)
        if missing.due_at is not None:
            self._gaps[inbound] = missing
        if missing.abandoned:
            self._give_up(inbound, missing, now)

    def _give_up(self, inbound: Inbound, missing: MissingPackets, now: float) -> None:
        """Pictures are broken for everybody; only a key frame mends them."""
        self.counts["abandoned"] += missing.take_abandoned()
        if inbound.stream.watched:
            inbound.stream.key_frames.want(now=now)
            self.look(inbound.publication, now=now)

    def look(self, publication: Publication, *, now: float) -> None:
        """Somebody may want key frames of this producer."""
        if publication.producer.track.kind is Kind.AUDIO:
            return
        for stream in publication.producer.streams:
            if stream.key_frames.due_at is not None:
                self._asking[stream] = publication

    def forget(self, publication: Publication) -> None:
        """The producer is gone."""
        streams = publication.producer.streams
        self._asking = {
            stream: asked for stream, asked in self._asking.items() if stream not in streams
        }
        self._gaps = {
            inbound: missing
            for inbound, missing in self._gaps.items()
            if inbound.stream not in streams
        }

    def next_at(self) -> float | None:
        """When `flush` has something to do."""
        times = [missing.due_at for missing in self._gaps.values()]
        times += [stream.key_frames.due_at for stream in self._asking if stream.reception]
        return min((at for at in times if at is not None), default=None)

    def flush(self, *, now: float) -> None:
        """Sends what is due."""
        if self._gaps:
            self._flush_gaps(now)
        if self._asking:
            self._flush_key_frames(now)

    def _flush_gaps(self, now: float) -> None:
        for inbound, missing in list(self._gaps.items()):
            numbers = self._take(inbound, missing, now)
            if numbers:
                lost = tuple(number & 0xFFFF for number in numbers)
                self.counts["nack"] += len(lost)
                self._send(inbound.publication.line, [GenericNack(LOCAL_SSRC, inbound.ssrc, lost)])
            if missing.abandoned:
                self._give_up(inbound, missing, now)
            if missing.due_at is None:
                del self._gaps[inbound]

    def _take(self, inbound: Inbound, missing: MissingPackets, now: float) -> list[int]:
        """Numbers to ask for now whose packets the publisher's line still has room for."""
        repairs, size = inbound.publication.line.uplink.repairs, _mean_size(inbound.stream)
        most = int(repairs.left(now=now) / size)
        numbers = missing.take(now=now, most=most)
        repairs.charge(len(numbers) * size, now=now)
        self.counts["withheld"] += most <= len(numbers)
        return numbers

    def _flush_key_frames(self, now: float) -> None:
        for stream, publication in list(self._asking.items()):
            if stream.key_frames.due_at is None:
                del self._asking[stream]
            elif stream.reception is not None and stream.key_frames.take(now=now):
                self.counts["pli"] += 1
                self._send(
                    publication.line, [PictureLossIndication(LOCAL_SSRC, stream.reception.ssrc)]
                )


def _mean_size(stream: Stream) -> float:
    """Bytes on the wire of a packet of `stream`."""
    reception = stream.reception
    if reception is None or not reception.received:
        return _HEADER_BYTES
    return reception.octets / reception.received + _HEADER_BYTES
