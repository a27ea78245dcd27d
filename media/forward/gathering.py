"""Gathering: records of one track on their way to a journal: in chunks, held for a moment.

What came lately is kept here, so that a stop that is told late still finds it. Decides when a chunk
is full and when another journal begins; does not seal and does not write to a disk.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Protocol

from media.forward.packet import Packet
from media.journal.records import (
    KEY_FRAME,
    MARKER,
    NONE,
    PACKET,
    PACKET_KIND,
    STARTS_PICTURE,
    TICKS,
    HoleRecord,
    PacketRecord,
    ReportRecord,
    StreamRecord,
    Why,
    cut_after,
    pack_hole,
    pack_report,
    pack_stream,
    read_records,
    ticks,
)

SPAN_S = 0.25
"""Of what came in that time a chunk is made..."""
SPAN_BYTES = 64 * 1024
"""...or of so much."""
HELD_S = 0.25
"""So long a chunk is kept here. With a round each 0.1 s, a worker that is killed loses 0.8 s."""
FILE_BYTES = 64 * 1024 * 1024
FILE_S = 600.0
"""A journal is followed by another one at this size or age."""

_32_BITS = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records, to be sealed together."""

    parts: list[bytes]
    octets: int
    packets: int
    newest: int
    """The latest `arrival` of them."""


class Sink(Protocol):
    """Where chunks go. Nothing of it waits or raises."""

    def write(self, chunk: Chunk) -> bool:
        """False when there is no room for it: it is lost."""
        ...

    def roll(self) -> None:
        """What follows goes to the next journal."""
        ...

    def close(self, arrival: int) -> None:
        """That was all. What came at `arrival` or later and was written already has to go."""
        ...


class Gathering:
    """Of one tap."""

    __slots__ = (
        "_began",
        "_facts",
        "_file_began",
        "_file_octets",
        "_held",
        "_hole",
        "_newest",
        "_octets",
        "_packets",
        "_parts",
        "_report",
        "_since",
        "_sink",
        "_stream",
    )

    def __init__(self, sink: Sink, began: float, *, now: float) -> None:
        """`began` is the monotonic time at which the recording's time is 0."""
        self._sink = sink
        self._began = began
        self._stream = self._report = b""
        self._parts: list[bytes] = []
        self._octets = self._packets = self._newest = 0
        self._since = now
        self._facts = b""
        """What a journal that begins with this chunk has to say first."""
        self._held: deque[tuple[float, bytes, Chunk]] = deque()
        self._file_octets = 0
        self._file_began = ticks(now - began)
        self._hole: HoleRecord | None = None

    # Records

    def put(self, number: int, packet: Packet) -> None:
        """One packet of stream `number`."""
        payload, level, orientation = packet.payload, packet.level, packet.orientation
        arrival = ticks(packet.arrival - self._began)
        if not self._parts:
            self._begin(packet.arrival)
        head = PACKET.pack(
            PACKET_KIND,
            number,
            MARKER * packet.marker
            | STARTS_PICTURE * packet.starts_frame
            | KEY_FRAME * packet.key_frame,
            len(payload),
            arrival,
            level[0] if level else NONE,
            orientation[0] if orientation else NONE,
            packet.index & _32_BITS,
            packet.timestamp,
        )
        self._parts += (head, payload)
        self._octets += PACKET.size + len(payload)
        self._packets += 1
        self._newest = max(self._newest, arrival)
        if self._octets >= SPAN_BYTES:
            self._shut()

    def stream(self, number: int, ssrc: int, spatial: int, *, at: float) -> None:
        """Packets of stream `number` begin."""
        record = StreamRecord(number, ticks(at - self._began), ssrc, spatial)
        self._stream, self._report = pack_stream(record), b""
        self._note(self._stream, record.arrival, at)

    def report(self, number: int, ntp: int, timestamp: int, *, at: float, now: float) -> None:
        """The publisher's SR came at `at`."""
        record = ReportRecord(number, ticks(at - self._began), ntp, timestamp)
        self._report = pack_report(record)
        self._note(self._report, record.arrival, now)

    def hole(self, why: Why, *, at: float) -> None:
        """Packets are missing from here on."""
        record = HoleRecord(ticks(at - self._began), why)
        self._note(pack_hole(record), record.arrival, at)

    def _note(self, record: bytes, arrival: int, at: float) -> None:
        if not self._parts:
            self._begin(at)
        self._parts.append(record)
        self._octets += len(record)
        self._newest = max(self._newest, arrival)

    # Chunks

    def _begin(self, at: float) -> None:
        self._since = at
        self._facts = self._stream + self._report

    def _shut(self) -> None:
        """What was gathered is one chunk."""
        if self._parts:
            chunk = Chunk(self._parts, self._octets, self._packets, self._newest)
            self._held.append((self._began + self._newest / TICKS, self._facts, chunk))
            self._parts, self._octets, self._packets, self._newest = [], 0, 0, 0

    def look(self, *, now: float) -> bool:
        """Hands over what is due. False when something of it was lost."""
        if self._parts and now - self._since >= SPAN_S:
            self._shut()
        is_well = True
        while self._held and now - self._held[0][0] >= HELD_S:
            _, facts, chunk = self._held.popleft()
            is_well = self._hand_over(facts, chunk) and is_well
        return is_well

    def end(self, *, at: float) -> None:
        """Hands over all that arrived before `at`, and closes the sink."""
        end = ticks(at - self._began)
        self._shut()
        while self._held:
            _, facts, chunk = self._held.popleft()
            kept = chunk if chunk.newest < end else _cut(chunk, end)
            if kept.octets:
                self._hand_over(facts, kept)
        self._sink.close(end)

    def _hand_over(self, facts: bytes, chunk: Chunk) -> bool:
        before = b""
        age = chunk.newest - self._file_began
        if self._file_octets >= FILE_BYTES or age >= FILE_S * TICKS:
            self._sink.roll()
            self._file_octets, self._file_began = 0, chunk.newest
            before = facts
        if self._hole is not None:
            before = pack_hole(self._hole) + before
        if before:
            parts = [before, *chunk.parts]
            chunk = Chunk(parts, chunk.octets + len(before), chunk.packets, chunk.newest)
        self._file_octets += chunk.octets
        if self._sink.write(chunk):
            self._hole = None
            return True
        self._hole = self._hole or HoleRecord(chunk.newest, "behind")
        return False


def _cut(chunk: Chunk, end: int) -> Chunk:
    """The chunk without what came at `end` or later."""
    kept = cut_after(b"".join(chunk.parts), end)
    records = list(read_records(kept))
    packets = sum(isinstance(record, PacketRecord) for record in records)
    newest = max((record.arrival for record in records), default=0)
    return Chunk([kept], len(kept), packets, newest)
