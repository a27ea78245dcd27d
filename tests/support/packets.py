"""Makers of RTP and RTCP values for tests: hypothesis strategies, and the corpus by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st

from media.errors import RemoteError
from media.wire import rtcp

T = TypeVar("T")

CORPUS = Path(__file__).parent.parent / "corpus"

uint8 = st.integers(0, 0xFF)
uint16 = st.integers(0, 0xFFFF)
uint32 = st.integers(0, 0xFFFFFFFF)
uint64 = st.integers(0, 0xFFFFFFFFFFFFFFFF)
short_text = st.text(st.characters(codec="utf-8"), max_size=60)

report_blocks = st.builds(
    rtcp.ReportBlock,
    uint32,
    uint8,
    st.integers(-0x800000, 0x7FFFFF),
    uint32,
    uint32,
    uint32,
    uint32,
)
many_blocks = st.lists(report_blocks, max_size=31).map(tuple)
sender_reports = st.builds(rtcp.SenderReport, uint32, uint64, uint32, uint32, uint32, many_blocks)
receiver_reports = st.builds(rtcp.ReceiverReport, uint32, many_blocks)
source_descriptions = st.builds(
    rtcp.SourceDescription,
    st.lists(st.builds(rtcp.SourceChunk, uint32, st.none() | short_text), max_size=31).map(tuple),
)
byes = st.builds(rtcp.Bye, st.lists(uint32, max_size=31).map(tuple), short_text)


@st.composite
def lost_numbers(draw: st.DrawFn) -> tuple[int, ...]:
    """Ascending 16-bit numbers, across the wrap too, without a number said twice."""
    first = draw(uint16)
    steps = draw(st.lists(st.integers(1, 40), max_size=60))
    numbers = [first]
    for step in steps:
        numbers.append((numbers[-1] + step) & 0xFFFF)
    return tuple(numbers)


nacks = st.builds(rtcp.GenericNack, uint32, uint32, lost_numbers())
plis = st.builds(rtcp.PictureLossIndication, uint32, uint32)
firs = st.builds(
    rtcp.FullIntraRequest, uint32, st.lists(st.tuples(uint32, uint8), max_size=20).map(tuple)
)


@st.composite
def exact_bitrates(draw: st.DrawFn) -> int:
    """Bitrates that 18 bits and an exponent hold without rounding."""
    return draw(st.integers(0, (1 << 18) - 1)) << draw(st.integers(0, 40))


rembs = st.builds(
    rtcp.ReceiverEstimatedBitrate,
    uint32,
    exact_bitrates(),
    st.lists(uint32, max_size=255).map(tuple),
)
deltas = st.none() | st.integers(0, 0xFF) | st.integers(-0x8000, 0x7FFF)
runs = st.tuples(deltas, st.integers(1, 12)).map(lambda run: [run[0]] * run[1])
transport_feedbacks = st.builds(
    rtcp.TransportFeedback,
    uint32,
    uint32,
    uint16,
    st.integers(-0x800000, 0x7FFFFF),
    uint8,
    st.lists(deltas.map(lambda delta: [delta]) | runs, min_size=1, max_size=40).map(
        lambda parts: tuple(delta for part in parts for delta in part)
    ),
)
unknowns = st.builds(
    rtcp.Unknown,
    st.sampled_from((204, 207, 208)),
    st.integers(0, 31),
    st.integers(0, 20).flatmap(lambda words: st.binary(min_size=4 * words, max_size=4 * words)),
)
rtcp_packets: st.SearchStrategy[rtcp.RtcpPacket] = st.one_of(
    sender_reports,
    receiver_reports,
    source_descriptions,
    byes,
    nacks,
    plis,
    firs,
    rembs,
    transport_feedbacks,
    unknowns,
)


def corpus_json(name: str) -> Any:
    """A JSON file of the corpus."""
    return json.loads((CORPUS / name).read_text())


def value_or_code(read: Callable[..., T], *arguments: object) -> tuple[T | None, str | None]:
    """(value, None), or (None, code) of what is malformed or refused; other errors go through."""
    try:
        return read(*arguments), None
    except RemoteError as error:
        return None, error.code
