"""Which producer and encoding an SSRC belongs to: told by the parameters, or learned.

A publisher either says its SSRCs beforehand or writes MID and RID into its first packets (RFC 8843
section 9.2, RFC 8852). Only authenticated packets are learned from.
"""

from __future__ import annotations

from collections.abc import Mapping

from media.endpoint.line import Inbound, Line, Publication
from media.forward.stream import Stream
from media.repair.nack import MissingPackets
from media.source import Kind
from media.wire.extension import Extension, parse_name

MAX_INBOUND = 64
"""SSRCs remembered for one line; a peer that changes them endlessly is cut short."""


def announce(publication: Publication, *, now: float) -> None:
    """Enters the SSRCs the parameters name."""
    for stream, encoding in zip(
        publication.producer.streams, publication.parameters.encodings, strict=True
    ):
        if encoding.ssrc is not None:
            original = enter(publication, stream, encoding.ssrc, now=now)
            if encoding.rtx_ssrc is not None:
                enter_repair(original, encoding.rtx_ssrc)


def enter(publication: Publication, stream: Stream, ssrc: int, *, now: float) -> Inbound:
    """`stream` arrives on `ssrc` from now on."""
    line = publication.line
    if stream.reception is not None:
        forget(line, stream)
        publication.producer.restart(stream, ssrc, now=now)
    else:
        stream.start(ssrc, publication.producer.scale)
    is_repaired = publication.producer.track.kind is Kind.VIDEO
    inbound = Inbound(ssrc, publication, stream, MissingPackets() if is_repaired else None)
    if inbound.missing is not None and line.uplink.manner is not None:
        inbound.missing.ask(line.uplink.manner)
    line.inbound[ssrc] = inbound
    return inbound


def enter_repair(original: Inbound, ssrc: int) -> Inbound:
    """Retransmissions for `original` arrive on `ssrc`."""
    repair = Inbound(ssrc, original.publication, original.stream, None)
    repair.repairs = original
    original.publication.line.inbound[ssrc] = repair
    return repair


def forget(line: Line, stream: Stream) -> None:
    """The SSRCs of `stream` mean nothing any more."""
    line.inbound = {
        ssrc: inbound for ssrc, inbound in line.inbound.items() if inbound.stream is not stream
    }


def learn(
    line: Line, ssrc: int, payload_type: int, elements: Mapping[int, bytes], *, now: float
) -> Inbound | None:
    """The stream a packet with these header extension elements belongs to; None if unknown.

    Malformed for names that are none.
    """
    if len(line.inbound) >= MAX_INBOUND or not line.uplink.admission.lookups.spend(1, now=now):
        return None
    for publication in line.publications:
        if payload_type not in publication.mapping.payload_types:
            continue
        if not _has_mid(publication, elements):
            continue
        is_repair = payload_type in publication.mapping.repairs
        stream = _stream(publication, elements, is_repair=is_repair)
        if stream is None:
            continue
        if not is_repair:
            if stream.reception is not None and not _may_move(line, now):
                return None
            return enter(publication, stream, ssrc, now=now)
        original = next(
            (each for each in line.inbound.values() if each.stream is stream and not each.repairs),
            None,
        )
        return enter_repair(original, ssrc) if original else None
    return None


def _may_move(line: Line, now: float) -> bool:
    """Whether one more encoding may go to another SSRC, which ends the old one for everybody."""
    if line.uplink.admission.changes.spend(1, now=now):
        return True
    line.drops["ssrc.rate"] += 1
    return False


def _has_mid(publication: Publication, elements: Mapping[int, bytes]) -> bool:
    """Packets without a MID (some leave it out) may belong to whoever else fits."""
    element = elements.get(publication.mapping.extensions.get(Extension.MID, 0))
    if element is None:
        return publication.parameters.mid is None
    return parse_name(element) == publication.parameters.mid


def _stream(
    publication: Publication, elements: Mapping[int, bytes], *, is_repair: bool
) -> Stream | None:
    streams = publication.producer.streams
    meaning = Extension.REPAIRED_RID if is_repair else Extension.RID
    element = elements.get(publication.mapping.extensions.get(meaning, 0))
    if element is None:
        return streams[0] if len(streams) == 1 else None
    rid = parse_name(element)
    for stream, encoding in zip(streams, publication.parameters.encodings, strict=True):
        if encoding.rid == rid:
            return stream
    return None
