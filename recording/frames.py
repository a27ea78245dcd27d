"""Frames: records of one stream become whole frames, in order.

Packets that were lost and came again stand in a journal where they came, so they are put in order
first. A packet that is missing is waited for as long as it can still come; then pictures are left
out until the next key frame, as a decoder could not read them. Decides which frames there are; when
they are shown is `timeline`'s. Sans-IO.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from media.errors import Malformed
from media.journal.records import (
    KEY_FRAME,
    MARKER,
    STARTS_PICTURE,
    TICKS,
    PacketRecord,
)
from recording.payloads import JOINS, PICTURE_IDS

SETTLED = 3 * TICKS
"""What came before a packet of that age will not come any more (ten requests of 0.2 s)."""


class Frame(NamedTuple):
    """A picture, or a packet of sound. `arrival` in 0.1 ms, of its first packet."""

    timestamp: int
    arrival: int
    data: bytes
    is_key: bool
    level: int
    orientation: int
    is_after_gap: bool
    """Frames are missing before it."""


def _number(record: PacketRecord) -> int:
    return record.number


class _Ordered:
    """Packets that were not taken yet, by their number, each once."""

    __slots__ = ("next", "waiting")

    def __init__(self) -> None:
        self.waiting: list[PacketRecord] = []
        self.next: int | None = None
        """The number that comes next; None before the first."""

    def add(self, record: PacketRecord) -> None:
        waiting, number = self.waiting, record.number
        if self.next is not None and number < self.next:
            return
        if not waiting or number > waiting[-1].number:
            waiting.append(record)
            return
        at = bisect_left(waiting, number, key=_number)
        if waiting[at].number != number:
            waiting.insert(at, record)


class Sound:
    """Opus: every packet is a frame."""

    __slots__ = ("_ordered",)

    def __init__(self) -> None:
        self._ordered = _Ordered()

    def add(self, record: PacketRecord) -> None:
        """One packet, in any order."""
        self._ordered.add(record)

    def take(self, settled: int) -> list[Frame]:
        """The frames that are certain: nothing before them is missing, or what is came too long
        ago. Packets that arrived until `settled` are waited before for nothing."""
        ordered, taken = self._ordered, []
        for record in ordered.waiting:
            is_after_gap = ordered.next is not None and record.number != ordered.next
            if (is_after_gap or ordered.next is None) and record.arrival > settled:
                break
            ordered.next = record.number + 1
            _, arrival, _, timestamp, _, level, orientation, payload = record
            taken.append(
                Frame(timestamp, arrival, bytes(payload), True, level, orientation, is_after_gap)
            )
        del ordered.waiting[: len(taken)]
        return taken


class Pictures:
    """One video codec. `broken` counts what was no picture of that codec."""

    __slots__ = (
        "_had_gap",
        "_is_waiting",
        "_join",
        "_last_id",
        "_ordered",
        "_picture_id",
        "broken",
    )

    def __init__(self, mime: str) -> None:
        self.broken = 0
        self._join = JOINS[mime]
        self._picture_id = PICTURE_IDS.get(mime)
        self._ordered = _Ordered()
        self._is_waiting = True
        """For a key frame."""
        self._had_gap = False
        self._last_id: tuple[int, int] | None = None

    def add(self, record: PacketRecord) -> None:
        """One packet, in any order."""
        self._ordered.add(record)

    def take(self, settled: int) -> list[Frame]:
        """The frames that are whole, as `Sound.take`."""
        taken: list[Frame] = []
        ordered = self._ordered
        waiting, at = ordered.waiting, 0
        while at < len(waiting):
            head = waiting[at]
            if head.number != ordered.next:
                if head.arrival > settled:
                    break
                self._missed(head)
            end, is_whole = self._end(at)
            if not is_whole:
                if end == len(waiting) or waiting[end].arrival > settled:
                    break
                self._break()
            else:
                frame = self._frame(waiting[at:end])
                if frame is not None:
                    taken.append(frame)
            ordered.next = waiting[end - 1].number + 1
            at = end
        del waiting[:at]
        return taken

    def _end(self, at: int) -> tuple[int, bool]:
        """Behind the last packet of the picture that begins at `at`; False while some of it may
        be missing."""
        waiting = self._ordered.waiting
        timestamp, number = waiting[at].timestamp, waiting[at].number
        for end in range(at, len(waiting)):
            record = waiting[end]
            if record.number != number:
                return end, False
            if record.timestamp != timestamp:
                return end, True
            if record.flags & MARKER:
                return end + 1, True
            number += 1
        return len(waiting), False

    def _missed(self, head: PacketRecord) -> None:
        """Numbers are missing before it: pictures, or only packets that padded a line."""
        if self._ordered.next is None:
            return
        told = self._picture_id(head.payload) if self._picture_id else None
        last = self._last_id
        if told is not None and last is not None and head.flags & STARTS_PICTURE:
            number, bits = last
            if told[0] == (number + 1) & ((1 << bits) - 1):
                return
        self._break()

    def _break(self) -> None:
        self._is_waiting = self._had_gap = True

    def _frame(self, records: list[PacketRecord]) -> Frame | None:
        head = records[0]
        is_key = bool(head.flags & KEY_FRAME)
        if self._picture_id is not None:
            self._last_id = self._picture_id(head.payload)
        if not head.flags & STARTS_PICTURE:
            self._break()
            return None
        if self._is_waiting and not is_key:
            return None
        try:
            data = self._join([record.payload for record in records])
        except Malformed:
            self.broken += 1
            self._break()
            return None
        had_gap, self._had_gap, self._is_waiting = self._had_gap, False, False
        orientation = records[-1].orientation
        return Frame(head.timestamp, head.arrival, data, is_key, head.level, orientation, had_gap)


def frames_of(mime: str) -> Sound | Pictures:
    """For one stream of a codec."""
    return Sound() if mime == "audio/opus" else Pictures(mime)
