"""Ingress: RTP of one line in: opened, recognised, repaired, given to its producer.

Decides what is dropped, by name. RTCP is `feedback`'s; asking for what is missing, `requests`'.
RFC 3550 section 5.1, RFC 4588 section 4.
"""

from __future__ import annotations

from media.endpoint.elements import Elements, annotate, level_of, read, sent_at_of
from media.endpoint.learning import learn
from media.endpoint.line import Inbound, Line
from media.endpoint.outlet import Buffer
from media.endpoint.requests import Requests
from media.endpoint.unpacking import unpack
from media.errors import Malformed
from media.forward.history import Place
from media.forward.packet import Packet
from media.repair.rtx import restore
from media.wire import rtp
from media.wire.sequence import unwrap


class Ingress:
    """Of all lines of an exchange. Never raises for what peers send."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def receive(
        self, line: Line, datagram: Buffer, *, now: float, arrival: float | None = None
    ) -> None:
        """One SRTP datagram that came from the line's peer, at `arrival` if that is known."""
        opener = line.transport.opener
        if opener is None:
            line.drops["srtp.no_keys"] += 1
            return
        try:
            header = rtp.parse_header(datagram)
            opened = opener.open_rtp(datagram, header.header_length, header.ssrc, header.sequence)
            if opened is None:
                return  # the opener counts its drops
            self._opened(line, header, opened, now, now if arrival is None else arrival)
        except Malformed as error:
            line.drops[error.code] += 1

    def _opened(
        self,
        line: Line,
        header: rtp.RtpHeader,
        opened: tuple[int, bytes],
        now: float,
        arrival: float,
    ) -> None:
        index, payload = opened
        elements = read(header)
        inbound = line.inbound.get(header.ssrc)
        if inbound is None:
            inbound = learn(line, header.ssrc, header.payload_type, elements, now=now)
            if inbound is None:
                line.drops["rtp.unknown_ssrc"] += 1
                return
            self._requests.look(inbound.publication, now=now)
        octets = header.header_length + len(payload)
        sent_at = sent_at_of(elements, inbound.publication.mapping.extensions)
        line.uplink.arrived(sent_at, octets, arrival=arrival)
        if header.padding:
            payload = rtp.strip_padding(payload)
        if inbound.repairs is not None:
            inbound = inbound.repairs
            found = self._restored(inbound, payload)
        else:
            found = self._original(inbound, header, index, payload, arrival)
        if found is not None:
            self._found(inbound, octets, header, found, elements, now)

    def _original(
        self, inbound: Inbound, header: rtp.RtpHeader, index: int, payload: bytes, arrival: float
    ) -> tuple[int, bytes] | None:
        """(number, payload) of a packet that came as it was first sent."""
        publication = inbound.publication
        if header.payload_type not in publication.mapping.payload_types:
            publication.line.drops["rtp.payload_type"] += 1
            return None
        reception = inbound.stream.reception
        if reception is not None:
            reception.packet(index, header.timestamp, len(payload), now=arrival)
        return index, payload

    def _restored(self, original: Inbound, payload: bytes) -> tuple[int, bytes] | None:
        """The same of an RTX packet, which is an earlier packet of `original`, or a probe."""
        line = original.publication.line
        restored = restore(payload)
        if restored is None:
            line.drops["rtx.probe"] += 1
            return None
        line.uplink.answered += 1
        sequence, payload = restored
        highest = original.stream.history.highest
        if highest < 0:
            line.drops["rtx.early"] += 1
            return None
        return unwrap(sequence, highest), payload

    def _found(
        self,
        inbound: Inbound,
        octets: int,
        header: rtp.RtpHeader,
        found: tuple[int, bytes],
        elements: Elements,
        now: float,
    ) -> None:
        """A packet of a known stream, whichever way it came; `octets` are what it cost."""
        publication = inbound.publication
        line, producer = publication.line, publication.producer
        index, payload = found
        if not line.uplink.takes(producer.track.producer_id, octets, now=now):
            line.drops["producer.rate"] += 1  # and asked for again, as after a stall it may pass
            return
        if inbound.missing is not None:
            self._requests.received(inbound, inbound.missing, index, now=now)
        if producer.paused:
            line.drops["producer.paused"] += 1
            return
        packet = Packet(index, header.timestamp, header.marker, payload, now)
        packets = [packet]
        if publication.is_redundant and payload:
            packets = unpack(inbound, packet)
        annotate(packet, publication.mapping.extensions, elements)
        level = level_of(packet) if inbound.missing is None else None
        if level is not None:
            line.router.speakers.heard(producer.track.producer_id, level, now=now)
        for each in packets:
            if each.is_recovered and not line.uplink.takes(producer.track.producer_id, 0, now=now):
                line.drops["producer.rate"] += 1
                continue
            place = producer.packet(inbound.stream, each)
            if place is not Place.NEW:
                line.drops["rtp." + place.value] += 1
