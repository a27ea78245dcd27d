"""Relay: what the open channels of one page say to each other, gathered until the next tick.

Each frame is built once; a receiver's part of a tick is one join of the shared frames without its
own. Work per tick is receivers times the join, not receivers times frames in Python.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from itertools import groupby
from operator import itemgetter

from whiteboard.channel import Channel
from whiteboard.frame_writing import Segment


class Sort(Enum):
    """Who gets a segment, and whether it may get lost on the way."""

    WORK = "work"  # to all, always
    SIGN = "sign"  # to writers, always: the end of a preview, a cursor that went
    EPHEMERA = "ephemera"  # to writers, if they keep up


class Relay:
    """Of one page. What was said first arrives first."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[tuple[Segment, Channel, Sort]] = []

    def add(self, segment: Segment, source: Channel, sort: Sort) -> None:
        """For all but `source`, at the next flush."""
        self._waiting.append((segment, source, sort))

    @property
    def is_waiting(self) -> bool:
        """Whether a flush would have anything to do."""
        return bool(self._waiting)

    def flush(self, channels: Collection[Channel]) -> None:
        """Into the postboxes of `channels`."""
        waiting, self._waiting = self._waiting, []
        for sort, run in groupby(waiting, key=itemgetter(2)):
            _deliver([(segment, source) for segment, source, _ in run], sort, channels)


def _deliver(run: list[tuple[Segment, Channel]], sort: Sort, channels: Collection[Channel]) -> None:
    sources = {source for _, source in run}
    frames_by_number: dict[int, list[bytes]] = {}
    whole_by_number: dict[int, bytes] = {}
    for channel in channels:
        if sort is not Sort.WORK and not channel.is_writer:
            continue
        number = channel.number
        frames = frames_by_number.get(number)
        if frames is None:
            frames = [segment.under(number) for segment, _ in run]
            frames_by_number[number] = frames
            whole_by_number[number] = b"".join(frames)
        content = whole_by_number[number]
        if channel in sources:
            content = b"".join(
                [
                    frame
                    for frame, (_, source) in zip(frames, run, strict=True)
                    if source is not channel
                ]
            )
        if not content:
            continue
        if sort is Sort.EPHEMERA:
            channel.postbox.put_droppable(content)
        else:
            channel.postbox.put(content)
