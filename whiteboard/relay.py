"""Relay: what the open channels of one page say to each other, gathered until the next tick.

Each frame is built once; a receiver's part of a tick is one join of the shared frames without its
own. Work per tick is receivers times the join, not receivers times frames in Python.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from whiteboard.channel import Channel
from whiteboard.frame_writing import Segment


class Sort(Enum):
    """Who gets a segment, and whether it may get lost on the way."""

    WORK = "work"  # to all, always
    SIGN = "sign"  # to writers, always: the end of a preview, a cursor that went
    EPHEMERA = "ephemera"  # to writers, if they keep up


class Said(NamedTuple):
    """A frame, the same without its author, and who must not get it back."""

    segment: Segment
    veiled: Segment | None
    source: Channel

    def to(self, channel: Channel) -> bytes:
        """What a channel of this number and sight gets."""
        segment = self.veiled if channel.is_veiled else self.segment
        return segment.under(channel.number) if segment else b""


class Relay:
    """Of one page. What was said first arrives first."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[tuple[Said, Sort]] = []

    def add(
        self, segment: Segment, source: Channel, sort: Sort, veiled: Segment | None = None
    ) -> None:
        """For all but `source`, at the next flush; `veiled` for those who see the page without
        its authors, who get nothing when it is None."""
        self._waiting.append((Said(segment, veiled, source), sort))

    @property
    def is_waiting(self) -> bool:
        """Whether a flush would have anything to do."""
        return bool(self._waiting)

    def flush(self, channels: Collection[Channel]) -> None:
        """Into the postboxes of `channels`."""
        waiting, self._waiting = self._waiting, []
        for sort, run in groupby(waiting, key=itemgetter(1)):
            _deliver([said for said, _ in run], sort, channels)


def _deliver(run: list[Said], sort: Sort, channels: Collection[Channel]) -> None:
    sources = {said.source for said in run}
    frames_by_number: dict[tuple[int, bool], list[bytes]] = {}
    whole_by_number: dict[tuple[int, bool], bytes] = {}
    for channel in channels:
        if sort is not Sort.WORK and not channel.is_writer:
            continue
        number = channel.number, channel.is_veiled
        frames = frames_by_number.get(number)
        if frames is None:
            frames = [said.to(channel) for said in run]
            frames_by_number[number] = frames
            whole_by_number[number] = b"".join(frames)
        content = whole_by_number[number]
        if channel in sources:
            content = b"".join(
                [
                    frame
                    for frame, said in zip(frames, run, strict=True)
                    if said.source is not channel
                ]
            )
        if not content:
            continue
        if sort is Sort.EPHEMERA:
            channel.postbox.put_droppable(content)
        else:
            channel.postbox.put(content)
