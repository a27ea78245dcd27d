"""Timeline in virtual time: senders with clocks of their own, over networks that are not kind.

What counts is lip-sync: of what was heard and seen at one moment, how far apart it is recorded.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from recording.timeline import LOOK_MS, PersonClock, StreamClock, ntp_ms

WAY_MS = 40.0
NTP_AT = 3_900_000_000_000.0
"""Of the sender's own clock at the recording's beginning."""
MINUTE = 60_000.0

Shift = Callable[[float], float]


def nothing(_: float) -> float:
    return 0.0


@dataclass
class Source:
    """A stream: true times in, (arrival, kind, values) out."""

    name: str
    rate: int
    every_ms: float
    report_ms: float
    first_stamp: int = 4_294_900_000
    starts_ms: float = 0.0
    drift: float = 0.0
    is_off: Callable[[float], bool] = lambda _: False
    stamps_stop: Shift = nothing
    """How much of the time until then the stamps did not count."""
    queue: Shift = nothing
    report_queue: Shift = nothing
    report_error: Shift = nothing
    """Ms that an SR's stamp is off."""
    own_clock: Shift = nothing
    """How far the sender's clock was set by then."""
    lost_reports: float = 0.0
    loss: float = 0.0
    hangs: Shift = nothing
    dice: random.Random = field(default_factory=lambda: random.Random(5))

    def stamp(self, true: float) -> int:
        counted = (true - self.stamps_stop(true)) * (1 + self.drift)
        return (self.first_stamp + round(counted * self.rate / 1000)) % (1 << 32)

    def packets(self, until: float) -> Iterator[tuple[float, str, float]]:
        true = self.starts_ms
        while true < until:
            if not self.is_off(true) and self.dice.random() >= self.loss:
                jitter = self.dice.random() * 12
                yield true + WAY_MS + jitter + self.queue(true) + self.hangs(true), "packet", true
            true += self.every_ms
        true = self.starts_ms + self.report_ms / 3
        while true < until:
            if not self.is_off(true) and self.dice.random() >= self.lost_reports:
                jitter = self.dice.random() * 12
                late = self.report_queue(true) + self.hangs(true)
                yield true + WAY_MS + jitter + late, "report", true
            true += self.report_ms


@dataclass
class Recorded:
    """What became of each frame, by its true time."""

    times: dict[str, dict[float, float]]

    def lip_sync(self, since: float = 0.0, to: float = 1e12) -> float:
        """The worst error between the two, ms: each voice frame against the nearest picture."""
        voice, picture = self.times["voice"], sorted(self.times["picture"].items())
        worst, at = 0.0, 0
        for true, ms in sorted(voice.items()):
            while at + 1 < len(picture) and picture[at + 1][0] <= true:
                at += 1
            seen_true, seen = picture[at]
            if abs(seen_true - true) < 200 and since <= true < to:
                worst = max(worst, abs((ms - true) - (seen - seen_true)))
        return worst

    def off(self, name: str) -> float:
        """The worst error against the truth and the way, ms."""
        return max(abs(ms - true - WAY_MS) for true, ms in self.times[name].items())


def record(*sources: Source, until: float) -> Recorded:
    """Run it all, and ask for each frame as soon as the clock can say it."""
    person = PersonClock()
    clocks = {source.name: StreamClock(source.rate) for source in sources}
    by_name = {source.name: source for source in sources}
    times: dict[str, dict[float, float]] = {source.name: {} for source in sources}
    waiting: dict[str, list[tuple[float, float]]] = {source.name: [] for source in sources}

    def ask(now: float) -> None:
        for name, frames in waiting.items():
            while frames:
                true, arrival = frames[0]
                stamp = clocks[name].unwrapped(by_name[name].stamp(true))
                at = clocks[name].at(stamp, arrival, until=now)
                if at is None:
                    break
                times[name][true] = at
                frames.pop(0)

    events = sorted(
        (arrival, source.name, kind, true)
        for source in sources
        for arrival, kind, true in source.packets(until)
    )
    asked = 0.0
    for arrival, name, kind, true in events:
        source, clock = by_name[name], clocks[name]
        if kind == "packet":
            clock.packet(arrival, source.stamp(true))
            waiting[name].append((true, arrival))
        else:
            own = NTP_AT + true + source.own_clock(true)
            stamp = source.stamp(true + source.report_error(true))
            offset = person.report(name, arrival, own)
            if offset is not None:
                clock.report(arrival, stamp, own, offset)
        if arrival - asked > 250:
            asked = arrival
            ask(arrival)
    ask(until + 2 * LOOK_MS)
    assert not any(waiting.values())
    return Recorded(times)


def voice(**changes: object) -> Source:
    return Source("voice", 48_000, 20, 5_000, **changes)  # type: ignore[arg-type]


def picture(**changes: object) -> Source:
    return Source("picture", 90_000, 40, 1_000, first_stamp=77, **changes)  # type: ignore[arg-type]


def during(start: float, end: float) -> Callable[[float], bool]:
    return lambda true: start <= true < end


def since(start: float, ms: float) -> Shift:
    return lambda true: ms if true >= start else 0.0


def test_an_even_call_is_in_step() -> None:
    recorded = record(voice(), picture(starts_ms=3_000), until=2 * MINUTE)
    assert recorded.lip_sync() < 5
    assert recorded.off("voice") < 20


def test_a_clock_that_runs_away_is_followed() -> None:
    recorded = record(voice(drift=80e-6), picture(), until=10 * MINUTE)
    assert recorded.lip_sync() < 20


def test_a_device_that_stalls_leaves_a_gap_and_nothing_is_stretched() -> None:
    def stopped(true: float) -> float:
        return min(max(true - 60_000, 0.0), 18_000)

    stalled = voice(is_off=during(60_000, 78_000), stamps_stop=stopped)
    recorded = record(stalled, picture(), until=3 * MINUTE)
    assert recorded.lip_sync() < 120
    assert recorded.lip_sync(since=90_000) < 20


def test_a_short_stall_is_found_between_two_reports() -> None:
    def stopped(true: float) -> float:
        return min(max(true - 61_000, 0.0), 300)

    stalled = voice(is_off=during(61_000, 61_300), stamps_stop=stopped)
    assert record(stalled, picture(), until=2 * MINUTE).lip_sync() < 120


def test_a_queue_of_pictures_moves_nothing() -> None:
    def grows(true: float) -> float:
        return min(max(true - 30_000, 0.0) / 50, 400)

    recorded = record(voice(), picture(queue=grows), until=2 * MINUTE)
    assert recorded.lip_sync() < 20
    both = record(voice(), picture(queue=grows, report_queue=grows), until=2 * MINUTE)
    assert both.lip_sync() < 20


@pytest.mark.parametrize("does_clock_sleep", [True, False])
def test_a_laptop_that_sleeps_goes_on_later(does_clock_sleep: bool) -> None:
    start, length = 60_000.0, 5 * MINUTE

    def slept(true: float) -> float:
        return min(max(true - start, 0.0), length)

    def clock(true: float) -> float:
        return -slept(true) if does_clock_sleep else 0.0

    sources = [
        make(is_off=during(start, start + length), stamps_stop=slept, own_clock=clock)
        for make in (voice, picture)
    ]
    recorded = record(*sources, until=8 * MINUTE)
    assert recorded.lip_sync() < 120
    assert recorded.lip_sync(since=start + length + 20_000) < 20
    assert recorded.off("voice") < 150


@pytest.mark.parametrize("step", [-3_600_000.0, -700.0, 700.0, 3_600_000.0])
def test_a_sender_whose_clock_is_set_stays_in_step(step: float) -> None:
    moved = since(60_000, step)
    recorded = record(voice(own_clock=moved), picture(own_clock=moved), until=3 * MINUTE)
    assert recorded.lip_sync() < 120


@pytest.mark.parametrize("error", [-318.0, 318.0])
def test_reports_that_are_wrong_about_the_stamp_are_put_right(error: float) -> None:
    wrong = voice(report_error=lambda _: error)
    assert record(wrong, picture(), until=2 * MINUTE).lip_sync() < 60


def test_one_wrong_report_is_not_used() -> None:
    wrong = voice(report_error=lambda true: 600.0 if 60_000 < true < 65_000 else 0.0)
    assert record(wrong, picture(), until=2 * MINUTE).lip_sync() < 20


def test_a_network_that_stands_still_is_no_break() -> None:
    def hangs(true: float) -> float:
        return max(0.0, 62_000 - true) if 60_000 <= true < 62_000 else 0.0

    recorded = record(voice(hangs=hangs), picture(hangs=hangs), until=2 * MINUTE)
    assert recorded.lip_sync() < 20
    assert recorded.off("voice") < 30


@pytest.mark.parametrize("loss", [0.05, 0.3])
def test_losses_do_no_harm(loss: float) -> None:
    recorded = record(
        voice(loss=loss, lost_reports=loss, dice=random.Random(1)),
        picture(loss=loss, lost_reports=loss, dice=random.Random(2)),
        until=3 * MINUTE,
    )
    assert recorded.lip_sync() < 20


def test_a_mute_gap_keeps_its_length() -> None:
    muted = voice(is_off=during(40_000, 100_000))
    assert record(muted, picture(), until=3 * MINUTE).lip_sync() < 20
    # A browser's stamps go on while it is muted, or they stop: both are a gap of that length.

    def stopped(true: float) -> float:
        return min(max(true - 40_000, 0.0), 60_000)

    both = voice(is_off=during(40_000, 100_000), stamps_stop=stopped)
    assert record(both, picture(), until=3 * MINUTE).lip_sync() < 120


def test_without_reports_arrivals_decide() -> None:
    recorded = record(voice(lost_reports=1.0), picture(lost_reports=1.0), until=MINUTE)
    assert recorded.lip_sync() < 30
    assert recorded.off("picture") < 30


def test_an_ntp_time_in_ms() -> None:
    assert ntp_ms(5 << 32 | 1 << 31) == 5500.0
