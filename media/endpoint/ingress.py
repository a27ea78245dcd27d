"""Ingress: RTP of one line in: opened, recognised, repaired, given to its producer.

Decides what is dropped, by name. RTCP is `feedback`'s; asking for what is missing, `requests`'.
RFC 3550 section 5.1, RFC 4588 section 4.
"""

from __future__ import annotations

from media.endpoint.elements import Elements, annotate, level_of, read
from media.endpoint.learning import learn
from media.endpoint.line import Inbound, Line
from media.endpoint.outlet import Buffer
from media.endpoint.requests import Requests
from media.errors import Malformed
from media.forward.history import Place
from media.forward.packet import Packet
from media.repair.rtx import restore
from media.wire import rtp
from media.wire.rtp import RtpHeader
from media.wire.sequence import unwrap


class Ingress:
    """Of all lines of an exchange. Never raises for what peers send."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def receive(self, line: Line, datagram: Buffer, *, now: float) -> None:
        """One SRTP datagram that came from the line's peer."""
        opener = line.transport.opener
        if opener is None:
            line.drops["srtp.no_keys"] += 1
            return
        try:
            header = rtp.parse_header(datagram)
            opened = opener.open_rtp(datagram, header.header_length, header.ssrc, header.sequence)
            if opened is None:
                return  # the opener counts its drops
            index, payload = opened
            if header.padding:
                payload = rtp.strip_padding(payload)
            self._opened(line, header, index, payload, now)
        except Malformed as error:
            line.drops[error.code] += 1

    def _opened(
        self, line: Line, header: RtpHeader, index: int, payload: bytes, now: float
    ) -> None:
        inbound = line.inbound.get(header.ssrc)
        elements: Elements | None = None
        if inbound is None:
            elements = read(header)
            inbound = learn(line, header.ssrc, header.payload_type, elements, now=now)
            if inbound is None:
                line.drops["rtp.unknown_ssrc"] += 1
                return
            self._requests.look(inbound.publication, now=now)
        original = inbound.repairs
        if original is not None:
            self._restored(original, header, payload, now)
            return
        if header.payload_type not in inbound.publication.mapping.payload_types:
            line.drops["rtp.payload_type"] += 1
            return
        reception = inbound.stream.reception
        if reception is not None:
            reception.packet(index, header.timestamp, len(payload), now=now)
        self._deliver(inbound, header, index, payload, elements, now)

    def _restored(self, original: Inbound, header: RtpHeader, payload: bytes, now: float) -> None:
        """An RTX packet: its payload is an earlier packet of `original`, or a probe."""
        line = original.publication.line
        restored = restore(payload)
        if restored is None:
            line.drops["rtx.probe"] += 1
            return
        sequence, payload = restored
        highest = original.stream.history.highest
        if highest < 0:
            line.drops["rtx.early"] += 1
            return
        self._deliver(original, header, unwrap(sequence, highest), payload, None, now)

    def _deliver(
        self,
        inbound: Inbound,
        header: RtpHeader,
        index: int,
        payload: bytes,
        elements: Elements | None,
        now: float,
    ) -> None:
        """A packet of a known stream, whichever way it came."""
        publication = inbound.publication
        if inbound.missing is not None:
            self._requests.received(inbound, inbound.missing, index, now=now)
        producer = publication.producer
        if producer.paused:
            publication.line.drops["producer.paused"] += 1
            return
        packet = Packet(index, header.timestamp, header.marker, payload, now)
        if header.extension_profile is not None:
            if elements is None:
                elements = read(header)
            annotate(packet, publication.mapping.extensions, elements)
        level = level_of(packet) if inbound.missing is None else None
        if level is not None:
            router = publication.line.router
            router.speakers.heard(producer.track.producer_id, level, now=now)
        place = producer.packet(inbound.stream, packet)
        if place is not Place.NEW:
            publication.line.drops["rtp." + place.value] += 1
