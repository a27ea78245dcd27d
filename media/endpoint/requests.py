"""Requests: what we ask publishers for: lost packets again, and key frames.

Decides when a NACK or PLI leaves and puts it on its way, within what the publisher's line carries;
which numbers are missing is `repair.nack`'s, how often a key frame may be asked for
`forward.keyframes`'. RFC 4585 section 6.
"""

from __future__ import annotations

from collections import Counter

from media.endpoint.line import Inbound, Line, Publication
from media.endpoint.outlet import Outlet
from media.endpoint.repeating import Repeating
from media.forward.stream import Stream
from media.repair.manner import Manner
from media.repair.nack import MissingPackets
from media.source import Kind
from media.wire.rtcp import GenericNack, PictureLossIndication

LOCAL_SSRC = 1
"""Whom our feedback is from; no stream of ours ever has it."""

_HEADER_BYTES = 60
"""RTP with its extensions, and what SRTP and RTX add."""

_AMPLE = 0.5
"""Of what may be asked for at once, has to be left for asking more often than needed."""


class Requests:
    """Of all publishers. `counts` has what was sent: "nack" (numbers) and "pli"; what was given up:
    "abandoned"; and how often less was asked for than is missing, as the line is full: "withheld".
    """

    def __init__(self, outlet: Outlet) -> None:
        self.counts: Counter[str] = Counter()
        self.repeating = Repeating(outlet)
        """By which all RTCP leaves."""
        self._gaps: dict[Inbound, MissingPackets] = {}
        self._asking: dict[Stream, Publication] = {}

    def received(
        self, inbound: Inbound, missing: MissingPackets, index: int, *, now: float
    ) -> None:
        """Packet `index` of a repaired stream came."""
        missing.received(index, now=now)
        if missing.due_at is not None or missing.guesses is not None:
            self._gaps[inbound] = missing
        if missing.abandoned:
            self._give_up(inbound, missing, now)

    def manner(self, line: Line, manner: Manner | None) -> None:
        """All that is published on `line` is asked for in this manner from now on."""
        if manner == line.uplink.manner:
            return
        line.uplink.manner = manner
        for inbound in line.inbound.values():
            if inbound.missing is not None:
                inbound.missing.ask(manner)

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
        times = [missing.next_at for missing in self._gaps.values()]
        times.append(self.repeating.next_at())
        times += [stream.key_frames.due_at for stream in self._asking if stream.reception]
        return min((at for at in times if at is not None), default=None)

    def flush(self, *, now: float) -> None:
        """Sends what is due."""
        if self._gaps:
            self._flush_gaps(now)
        if self._asking:
            self._flush_key_frames(now)
        self.repeating.flush(now=now)

    def _flush_gaps(self, now: float) -> None:
        for inbound, missing in list(self._gaps.items()):
            for numbers in self._take(inbound, missing, now):
                self._ask(inbound, numbers, now)
            if missing.abandoned:
                self._give_up(inbound, missing, now)
            if missing.next_at is None:
                del self._gaps[inbound]

    def _ask(self, inbound: Inbound, numbers: list[int], now: float) -> None:
        lost = tuple(number & 0xFFFF for number in numbers)
        self.counts["nack"] += len(lost)
        nack = GenericNack(LOCAL_SSRC, inbound.ssrc, lost)
        self.repeating.send(inbound.publication.line, [nack], now=now)

    def _take(self, inbound: Inbound, missing: MissingPackets, now: float) -> list[list[int]]:
        """Numbers to ask for now whose packets the publisher's line still has room for, by the
        packets that ask. Several are not one datagram repeated, which its receiver would drop.
        """
        uplink, stream = inbound.publication.line.uplink, inbound.stream
        repairs, manner, size = uplink.repairs, uplink.manner, _mean_size(stream)
        left = repairs.left(now=now)
        if manner is not None:
            size *= uplink.answers
            if not stream.watched and stream.key_frames.due_at is None:
                left = 0.0  # each packet costs several, and nobody sees it or waits for it
        most = int(left / size)
        numbers = missing.take(now=now, most=most)
        self.counts["withheld"] += most <= len(numbers)
        asked = [numbers]
        cost = len(numbers) * size
        # What was asked for twice is likely sent twice: with little left, each is asked for once.
        if manner is not None and left > repairs.burst * _AMPLE:
            asked = _by_urgency(numbers, missing, manner)
            cost = sum(len(each) for each in asked) * size
        guessed = missing.guesses.take(now=now) if missing.guesses else []
        if left - cost > repairs.burst * _AMPLE:
            cost += len(guessed) * size
            asked[0] = numbers + guessed
        repairs.charge(cost, now=now)
        uplink.asked(sum(len(each) for each in asked))
        return [each for each in asked if each]

    def _flush_key_frames(self, now: float) -> None:
        for stream, publication in list(self._asking.items()):
            if stream.key_frames.due_at is None:
                del self._asking[stream]
            elif stream.reception is not None and stream.key_frames.take(now=now):
                self.counts["pli"] += 1
                lost = PictureLossIndication(LOCAL_SSRC, stream.reception.ssrc)
                self.repeating.send(publication.line, [lost], now=now)


def _by_urgency(numbers: list[int], missing: MissingPackets, manner: Manner) -> list[list[int]]:
    """All of `numbers`, then those that should be asked for twice, and so on."""
    asks = {number: manner.asks(missing.rounds(number)) for number in numbers}
    return [[each for each in numbers if asks[each] > nth] for nth in range(manner.times)]


def _mean_size(stream: Stream) -> float:
    """Bytes on the wire of a packet of `stream`."""
    reception = stream.reception
    if reception is None or not reception.received:
        return _HEADER_BYTES
    return reception.octets / reception.received + _HEADER_BYTES
