"""Publishing: a track as its browser describes it, turned into a producer (mediasoup's produce).

Decides whether it can be told apart from the line's other tracks; what a codec or an extension
means is `ortc`'s.
"""

from __future__ import annotations

from media.endpoint.learning import announce, forget
from media.endpoint.line import Line, Publication
from media.errors import Refused
from media.forward.producer import Track
from media.ids import ProducerId
from media.ortc.negotiate import consumable_parameters, producer_mapping
from media.ortc.parameters import RtpParameters, parse_parameters
from media.source import Source

MAX_PUBLICATIONS = 16
"""Tracks one transport may publish: camera, microphone, screen, its sound, and room to change."""
FIRST_REPORT = 0.2
"""Seconds from a new track to a report. It comes soon: for 2 s from the first one Chromium goes
straight to what REMB says; after that it climbs 8 % a second."""


def publish(
    line: Line, producer_id: ProducerId, source: Source, rtp_parameters: object, *, now: float
) -> Publication:
    """A track of `source` arrives on `line`. Refused: `rtp.*`, `producer.*`."""
    if len(line.publications) >= MAX_PUBLICATIONS:
        raise Refused("producer.limit", str(MAX_PUBLICATIONS))
    parameters = parse_parameters(rtp_parameters)
    mapping = producer_mapping(parameters)
    consumable = consumable_parameters(source.kind, parameters, mapping)
    _refuse_taken(line, parameters)
    codec = mapping.codec
    track = Track(producer_id, source, codec.mime_type, codec.clock_rate, len(parameters.encodings))
    producer = line.router.produce(track)
    publication = Publication(producer, line, parameters, mapping, consumable)
    line.publications.append(publication)
    announce(publication, now=now)
    line.report_at = now + FIRST_REPORT
    return publication


def unpublish(publication: Publication) -> None:
    """The line no longer knows the track."""
    line = publication.line
    for stream in publication.producer.streams:
        forget(line, stream)
    line.publications.remove(publication)


def _refuse_taken(line: Line, parameters: RtpParameters) -> None:
    """Two tracks of one line must be told apart by MID and by SSRC."""
    mids = {each.parameters.mid for each in line.publications} - {None}
    if parameters.mid in mids:
        raise Refused("rtp.parameters", "mid is taken")
    for encoding in parameters.encodings:
        if {encoding.ssrc, encoding.rtx_ssrc} & line.inbound.keys():
            raise Refused("rtp.parameters", "ssrc is taken")
