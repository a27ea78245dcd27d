"""Publishing: a track as its browser describes it, turned into a producer (mediasoup's produce).

Decides whether it can be told apart from the line's other tracks; what a codec or an extension
means is `ortc`'s.
"""

from __future__ import annotations

from collections.abc import Iterable

from media.endpoint.learning import announce, forget
from media.endpoint.line import Line, Publication
from media.errors import Refused
from media.forward.producer import Track
from media.ids import ProducerId
from media.ortc.negotiate import consumable_parameters, producer_mapping
from media.ortc.parameters import RtpParameters, parse_parameters
from media.source import Kind, Source

RED = "red"
MAX_OF_A_SOURCE = 2
"""Tracks one browser may publish of each source: the one in use, and one to take its place."""
FIRST_REPORT = 0.2
"""Seconds from a new track to a report. It comes soon: for 2 s from the first one Chromium goes
straight to what REMB says; after that it climbs 8 % a second."""


def check_source(source: Source, lines: Iterable[Line]) -> None:
    """Refused `producer.limit` when the browser of these lines shows as many of it as it may."""
    shown = [each.producer.track.source for line in lines for each in line.publications]
    if shown.count(source) >= MAX_OF_A_SOURCE:
        raise Refused("producer.limit", f"{MAX_OF_A_SOURCE} of {source}")


def publish(
    line: Line,
    producer_id: ProducerId,
    source: Source,
    rtp_parameters: object,
    *,
    redundancy: str | None = None,
    now: float,
) -> Publication:
    """A track of `source` arrives on `line`; sound may come with `redundancy` "red" (`unpacking`).

    Refused: `rtp.*`, `producer.*`.
    """
    if redundancy not in (None, RED) or (redundancy and source.kind is not Kind.AUDIO):
        raise Refused("rtp.parameters", f"redundancy {redundancy!r} of {source}")
    parameters = parse_parameters(rtp_parameters)
    mapping = producer_mapping(parameters)
    consumable = consumable_parameters(source.kind, parameters, mapping)
    _refuse_taken(line, parameters)
    codec = mapping.codec
    track = Track(producer_id, source, codec.mime_type, codec.clock_rate, len(parameters.encodings))
    producer = line.router.produce(track)
    publication = Publication(
        producer, line, parameters, mapping, consumable, is_redundant=redundancy is not None
    )
    line.publications.append(publication)
    line.uplink.publish(producer_id, source)
    announce(publication, now=now)
    line.report_at = now + FIRST_REPORT
    return publication


def unpublish(publication: Publication) -> None:
    """The line no longer knows the track."""
    line = publication.line
    for stream in publication.producer.streams:
        forget(line, stream)
    line.publications.remove(publication)
    line.uplink.unpublish(publication.producer.track.producer_id)


def _refuse_taken(line: Line, parameters: RtpParameters) -> None:
    """Two tracks of one line must be told apart by MID and by SSRC."""
    mids = {each.parameters.mid for each in line.publications} - {None}
    if parameters.mid in mids:
        raise Refused("rtp.parameters", "mid is taken")
    for encoding in parameters.encodings:
        if {encoding.ssrc, encoding.rtx_ssrc} & line.inbound.keys():
            raise Refused("rtp.parameters", "ssrc is taken")
