"""Gathering: records of one track on their way to a journal: in chunks, held for a moment.

What came lately is kept here, so that a stop that is told late still finds it. Decides when a chunk
is handed over and when another journal begins; does not seal and does not write to a disk.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple, Protocol

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

SPAN_S = 0.4
"""Chunks end at its multiples, those of all tracks together: one errand for the disk's thread."""
SPAN_BYTES = 64 * 1024
"""They end at this size as well."""
HELD_S = 0.15
"""So long a chunk is kept here. With a round each 0.1 s, a worker that is killed loses 0.8 s."""
FILE_BYTES = 64 * 1024 * 1024
FILE_S = 600.0
"""A journal is followed by another one at this size or age."""

_32_BITS = 0xFFFFFFFF
_PACK = PACKET.pack


class Chunk(NamedTuple):
    """Whole records, to be sealed together."""

    plain: bytes | bytearray
    packets: int
    newest: int
    """No `arrival` of them is later."""


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

    def fault(self) -> None:
        """A bug of ours ends it; who recorded is to be told."""
        ...


class Gathering:
    """Of one tap."""

    __slots__ = (
        "_began",
        "_buffer",
        "_facts",
        "_file_began",
        "_file_octets",
        "_held",
        "_hole",
        "_number",
        "_packets",
        "_report",
        "_sink",
        "_start",
        "_stream",
        "_stream_at",
        "turn_at",
    )

    def __init__(self, sink: Sink, began: float, *, now: float) -> None:
        """`began` is the monotonic time at which the recording's time is 0; it has passed."""
        self._sink = sink
        self._began = began = min(began, now)  # or no arrival could be written
        self._number = self._start = 0
        self._buffer = bytearray()
        self._packets = 0
        self._stream = self._report = b""
        self._stream_at = now
        """No packet that was put with the beginning of its stream came later."""
        self._facts = b""
        """What a journal that begins with this chunk has to say first."""
        self._held: deque[tuple[float, bytes, Chunk]] = deque()
        """With the time at which each is due."""
        self.turn_at = _turn_after(now)
        """When the present chunk ends."""
        self._file_octets = 0
        self._file_began = ticks(now - began)
        self._hole = b""

    # Records

    def put(self, packet: Packet) -> None:
        """One packet of the stream that was told last. It is packed at once, while the processor
        has it at hand. Probes, which have no payload, and what came before its start are none."""
        payload = packet.payload
        if not payload or packet.index < self._start:
            return
        buffer, level, orientation = self._buffer, packet.level, packet.orientation
        buffer += _PACK(
            PACKET_KIND,
            self._number,
            MARKER * packet.marker
            | STARTS_PICTURE * packet.starts_frame
            | KEY_FRAME * packet.key_frame,
            len(payload),
            int((packet.arrival - self._began) * TICKS) & _32_BITS,
            level[0] if level else NONE,
            orientation[0] if orientation else NONE,
            packet.index & _32_BITS,
            packet.timestamp,
        )
        buffer += payload
        self._packets += 1
        if len(buffer) >= SPAN_BYTES:
            self._turn(packet.arrival)

    def stream(self, number: int, ssrc: int, spatial: int, start: int, *, at: float) -> None:
        """Packets of stream `number` begin, with the index `start`."""
        self._number, self._start, self._stream_at = number, start, at
        self._stream = pack_stream(StreamRecord(number, ticks(at - self._began), ssrc, spatial))
        self._report = b""
        self._buffer += self._stream

    def report(self, number: int, ntp: int, timestamp: int, *, at: float) -> None:
        """The publisher's SR came at `at`."""
        self._report = pack_report(ReportRecord(number, ticks(at - self._began), ntp, timestamp))
        self._buffer += self._report

    def hole(self, why: Why, *, at: float) -> None:
        """Packets are missing from here on."""
        self._buffer += pack_hole(HoleRecord(ticks(at - self._began), why))

    # Chunks

    @property
    def due(self) -> float:
        """When `look` has something to do."""
        return min(self._held[0][0], self.turn_at) if self._held else self.turn_at

    def look(self, *, now: float) -> bool:
        """Hands over what is due. False when something of it was lost."""
        if now >= self.turn_at:
            self.turn_at = _turn_after(now)
            self._turn(now)
        is_well = True
        while self._held and now >= self._held[0][0]:
            _, facts, chunk = self._held.popleft()
            is_well = self._hand_over(facts, chunk) and is_well
        return is_well

    def end(self, *, at: float) -> None:
        """Hands over all that arrived before `at`, and closes the sink."""
        end = ticks(at - self._began)
        self._turn(at)
        while self._held:
            _, facts, chunk = self._held.popleft()
            kept = chunk if chunk.newest < end else _cut(chunk, end)
            if kept.plain:
                self._hand_over(facts, kept)
        self._sink.close(end)

    def fault(self) -> None:
        """A bug was met: nothing more is handed over, and its owner is told."""
        self._buffer.clear()
        self._held.clear()
        self._sink.fault()

    def _turn(self, now: float) -> None:
        """What was gathered is one chunk."""
        if self._buffer:
            newest = ticks(max(now, self._stream_at) - self._began)
            chunk = Chunk(self._buffer, self._packets, newest)
            self._held.append((now + HELD_S, self._facts, chunk))
            self._buffer, self._packets = bytearray(), 0
        self._facts = self._stream + self._report

    def _hand_over(self, facts: bytes, chunk: Chunk) -> bool:
        before = self._hole
        age = chunk.newest - self._file_began
        if self._file_octets >= FILE_BYTES or age >= FILE_S * TICKS:
            self._sink.roll()
            self._file_octets, self._file_began = 0, chunk.newest
            before += facts
        if before:
            chunk = chunk._replace(plain=before + chunk.plain)
        self._file_octets += len(chunk.plain)
        if self._sink.write(chunk):
            self._hole = b""
            return True
        self._hole = self._hole or pack_hole(HoleRecord(chunk.newest, "behind"))
        return False


def _turn_after(now: float) -> float:
    """The next multiple of `SPAN_S`: at the same time for every track."""
    return (now // SPAN_S + 1) * SPAN_S


def _cut(chunk: Chunk, end: int) -> Chunk:
    """The chunk without what came at `end` or later."""
    kept = cut_after(memoryview(chunk.plain), end)
    packets = sum(isinstance(record, PacketRecord) for record in read_records(kept))
    return Chunk(kept, packets, end - 1)
