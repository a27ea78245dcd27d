"""Timeline: when a frame was seen or heard, on the recording's clock.

Senders stamp frames with a clock of each stream, and tell now and then by an SR (RFC 3550 section
6.4.1) which moment of their own clock a stamp was. Two steps, both piecewise:

- `PersonClock`: a person's own clock -> recording time. One for all their tracks, so that voice and
  picture move together: the quickest an SR came lately.
- `StreamClock`: stamps of a stream -> the person's clock, between the SRs before and after. Where
  stamps stopped or jumped (a device stalled, a laptop slept) a new segment begins: nothing is ever
  stretched. SRs that disagree with arrivals are not used; without any, arrivals alone decide.

All times are milliseconds as floats, arrivals since the recording's beginning. Sans-IO.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final, NamedTuple

LOOK_MS: Final = 6_000.0
"""A frame waits so long for an SR after it; browsers send one each 1 to 5 s."""
_WINDOW_MS: Final = 60_000.0
_DRIFT: Final = 0.001
"""A person's clock is moved by at most 1 ms a second."""
_WRONG_MS: Final = 150.0
"""Beyond that an SR, or a clock, is not what it says."""
_AGREE_MS: Final = 100.0
_SLOPE: Final = 0.002
_EVEN_MS: Final = 5.0
_LEAP_MS: Final = 50.0
_BREAK_MS: Final = 500.0
"""A step of stamps against arrivals within one packet that may be a break..."""
_STAYS_MS: Final = 300.0
"""...if so much of it is still there..."""
_DECIDED_MS: Final = 3_000.0
"""...after that time: a network that stood still catches up until then."""
_QUIET_MS: Final = 15_000.0
_ANCHORS: Final = 16
_SECOND: Final = 1 << 32


def ntp_ms(ntp: int) -> float:
    """An NTP time of 64 bits as milliseconds."""
    return ntp * 1000 / _SECOND


class PersonClock:
    """Of one person: recording time less their own time."""

    def __init__(self) -> None:
        self._offset: float | None = None
        self._moved_at = 0.0
        self._seen: deque[tuple[float, float]] = deque()
        self._suspects: list[tuple[str, float]] = []
        self._streams: dict[str, float] = {}

    def report(self, stream: str, arrival: float, own: float) -> float | None:
        """An SR of one of their streams, in order of arrival: the offset it is read with, or None
        as it is not believed."""
        self._streams[stream] = arrival
        found = arrival - own
        if self._offset is None:
            return self._begin(arrival, found)
        away = found - self._offset
        if abs(away) > _WRONG_MS:
            return self._suspect(stream, arrival, found, is_early=away < 0)
        self._suspects.clear()
        self._seen.append((arrival, found))
        while self._seen[0][0] < arrival - _WINDOW_MS:
            self._seen.popleft()
        best = min(value for _, value in self._seen)
        step = _DRIFT * max(arrival - self._moved_at, 0.0)
        self._offset += min(max(best - self._offset, -step), step)
        self._moved_at = arrival
        return self._offset

    def _begin(self, arrival: float, offset: float) -> float:
        self._offset, self._moved_at = offset, arrival
        self._suspects.clear()
        self._seen.clear()
        self._seen.append((arrival, offset))
        return offset

    def _suspect(
        self, stream: str, arrival: float, found: float, *, is_early: bool
    ) -> float | None:
        """Too early is impossible, so two agreeing say that the clock was set. Late may be a queue:
        then other streams of the person are not late."""
        offset = self._offset
        if self._suspects and abs(self._suspects[-1][1] - found) > _AGREE_MS:
            self._suspects.clear()
        self._suspects.append((stream, found))
        late = {name for name, _ in self._suspects}
        alive = {name for name, at in self._streams.items() if at > arrival - _QUIET_MS}
        needed = 2 if is_early else 3
        if len(self._suspects) >= needed and (is_early or alive <= late):
            return self._begin(arrival, min(value for _, value in self._suspects))
        is_far = offset is not None and abs(found - offset) > 2 * _BREAK_MS
        return None if is_early or is_far else offset


class _Anchor(NamedTuple):
    arrival: float
    stamp: float
    at: float
    """In recording time."""
    leap: float | None
    """The stamp at the largest step of arrivals since the SR before, if there was one."""


@dataclass(slots=True)
class _Segment:
    """Stamps that go on without a break. `delay` is the least of arrival less stamp lately."""

    stamp: float
    arrival: float
    delay: float
    is_certain: bool
    anchors: deque[_Anchor] = field(default_factory=lambda: deque(maxlen=_ANCHORS))
    bias: float = 0.0
    leap: tuple[float, float] = (0.0, 0.0)
    """(size, stamp) of the largest step since the last anchor."""

    def add(self, anchor: _Anchor) -> None:
        """An SR that is believed."""
        self.anchors.append(anchor)
        self.leap = (0.0, 0.0)

    def put_right(self) -> None:
        """Judge the SRs that came before it was known to be a segment."""
        first = self.anchors[0]
        self.bias = _bias(self.delay - (first.at - first.stamp))
        moved = [each._replace(at=each.at + self.bias) for each in self.anchors]
        self.anchors.clear()
        self.anchors.extend(moved)


def _bias(late: float) -> float:
    """Frames come a little after they were taken. An SR that says otherwise is wrong about the
    stamp, and stays so: arrivals put it right."""
    return late if abs(late) > _WRONG_MS else 0.0


def _is_even(before: _Anchor, after: _Anchor) -> bool:
    """Whether stamps counted on from one to the other."""
    stamps, passed = after.stamp - before.stamp, after.at - before.at
    return abs(stamps - passed) <= max(_EVEN_MS, _SLOPE * abs(passed))


class StreamClock:
    """Of one stream. `packet` and `report` are told in order of arrival."""

    def __init__(self, clock_rate: int) -> None:
        self._per_ms = clock_rate / 1000
        self._newest: int | None = None
        self._stamp = self._arrival = 0.0
        self._segments: list[_Segment] = []
        self._delays: deque[tuple[float, float]] = deque()

    def unwrapped(self, timestamp: int) -> float:
        """The stamp of 32 bits in ms, without its wrap, near the newest one."""
        if self._newest is None:
            return timestamp / self._per_ms
        ahead = (timestamp - self._newest + (1 << 31)) % (1 << 32) - (1 << 31)
        return (self._newest + ahead) / self._per_ms

    def packet(self, arrival: float, timestamp: int) -> None:
        """One came. What is not newer than all before tells nothing."""
        if self._newest is None:
            self._newest = timestamp
            self._begin(self.unwrapped(timestamp), arrival, is_certain=True)
            return
        ahead = (timestamp - self._newest + (1 << 31)) % (1 << 32) - (1 << 31)
        if ahead <= 0 and arrival - self._arrival < _DECIDED_MS:
            return
        if ahead <= 0:
            ahead += 1 << 32  # nothing newer came for long: stamps began anew
        self._newest += ahead
        stamp = self._newest / self._per_ms
        step = (arrival - self._arrival) - (stamp - self._stamp)
        self._stamp, self._arrival = stamp, arrival
        segment = self._segments[-1]
        if step > _BREAK_MS or (step < -_BREAK_MS and segment.is_certain):
            self._begin(stamp, arrival, is_certain=False)
            return
        if step > _LEAP_MS:
            self._delays.clear()  # delays before it say nothing of stamps behind it
        if step > segment.leap[0]:
            segment.leap = (step, stamp)
        delay = arrival - stamp
        if not segment.is_certain:
            segment.delay = min(segment.delay, delay)
            if arrival - segment.arrival >= _DECIDED_MS:
                self._decide()
            return
        self._delays.append((arrival, delay))
        while self._delays[0][0] < arrival - _DECIDED_MS:
            self._delays.popleft()
        segment.delay = min(segment.delay, delay)

    def report(self, arrival: float, timestamp: int, own: float, offset: float) -> None:
        """An SR that the person's clock believes."""
        if not self._segments:
            return
        segment = self._segments[-1]
        size, where = segment.leap
        leap = where if size > _LEAP_MS else None
        stamp = self.unwrapped(timestamp)
        at = own + offset + segment.bias
        if segment.is_certain and not segment.anchors:
            segment.bias = _bias(segment.delay - (at - stamp))
            at += segment.bias
        elif segment.is_certain:
            at = self._believed(segment, stamp, at)
        segment.add(_Anchor(arrival, stamp, at, leap))

    def at(self, stamp: float, arrival: float, *, until: float) -> float | None:
        """When a frame was, given that everything that arrived until `until` is known. None while
        that is not enough."""
        is_over = until >= arrival + LOOK_MS
        segment = self._segment(stamp)
        if not segment.is_certain:
            if not is_over:
                return None
            self._decide()
            segment = self._segment(stamp)
        before = after = None
        for anchor in segment.anchors:
            if anchor.arrival <= arrival:
                before = anchor
            elif after is None:
                after = anchor
        if after is None and not is_over:
            return None
        return self._between(segment, stamp, before, after)

    # Segments

    def _begin(self, stamp: float, arrival: float, *, is_certain: bool) -> None:
        if self._segments and not self._segments[-1].is_certain:
            self._decide()
        self._segments.append(_Segment(stamp, arrival, arrival - stamp, is_certain))
        self._stamp, self._arrival = stamp, arrival
        del self._segments[:-4]
        if is_certain:
            self._delays.clear()

    def _decide(self) -> None:
        """Whether the newest segment is one: the step is still there."""
        newest = self._segments[-1]
        newest.is_certain = True
        if len(self._segments) < 2:
            return
        before = self._segments[-2]
        usual = min((value for _, value in self._delays), default=before.delay)
        if abs(newest.delay - usual) < _STAYS_MS:
            self._segments.pop()
            before.delay = min(before.delay, newest.delay)
            before.anchors.extend(newest.anchors)
        else:
            self._delays.clear()
            if newest.anchors:
                newest.put_right()

    def _segment(self, stamp: float) -> _Segment:
        return next(
            (each for each in reversed(self._segments) if each.stamp <= stamp), self._segments[0]
        )

    # Anchors

    def _believed(self, segment: _Segment, stamp: float, at: float) -> float:
        """What an SR that does not go on from the one before is taken for. Where arrivals agree
        with it, stamps did stop for a moment; else it, or the clock it tells, is wrong, and stamps
        go on."""
        last = segment.anchors[-1]
        expected = last.at + (stamp - last.stamp)
        if abs(at - expected) <= max(_EVEN_MS, _SLOPE * abs(stamp - last.stamp)):
            return at
        recent = min((value for _, value in self._delays), default=segment.delay)
        is_likely = -_LEAP_MS <= recent - (at - stamp) <= _WRONG_MS
        return at if is_likely else expected

    def _between(
        self, segment: _Segment, stamp: float, before: _Anchor | None, after: _Anchor | None
    ) -> float:
        if before is None and after is None:
            return segment.delay + stamp
        if before is not None and after is not None and _is_even(before, after):
            share = (stamp - before.stamp) / ((after.stamp - before.stamp) or 1.0)
            share = min(max(share, 0.0), 1.0)
            drift = (after.at - after.stamp) - (before.at - before.stamp)
            return before.at + (stamp - before.stamp) + share * drift
        if before is not None and after is not None:
            before = after if after.leap is not None and stamp >= after.leap else before
        anchor = before or after
        return stamp if anchor is None else anchor.at + (stamp - anchor.stamp)
