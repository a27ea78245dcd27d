"""Meter: what a layer takes on the wire, soon enough and not too soon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.forward.meter import EACH, OVERHEAD_BYTES, WINDOW, Meter, meter_of
from media.source import Source
from tests.support.forwarding import Studio

TICK = 0.01


class Clock:
    """Packets of so many octets per second, by temporal layer, as a stream counts them."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.now = 5.0
        meter.begin(self.now)

    def run(self, seconds: float, *bps: float) -> tuple[int, ...]:
        for _ in range(round(seconds / TICK)):
            if self.now >= self.meter.sample_at:
                self.meter.sample(self.now)
            for temporal, each in enumerate(bps):
                self.meter.octets[temporal] += round(each * TICK / 8)
            self.now += TICK
        return self.meter.rates(now=self.now)


def screen() -> Clock:
    return Clock(meter_of(Source.SCREEN, 1, 0))


def test_nothing_came_and_nothing_is_shown() -> None:
    assert meter_of(Source.CAMERA, 3, 1).rates(now=3.0) == (0,)


@pytest.mark.parametrize(
    ("source", "layers", "spatial", "bps"),
    [
        (Source.MICROPHONE, 1, 0, 60_000),
        (Source.SCREEN, 1, 0, 1_000_000),
        (Source.CAMERA, 1, 0, 500_000),
        (Source.CAMERA, 3, 0, 150_000),
        (Source.CAMERA, 3, 2, 1_500_000),
    ],
)
def test_what_just_began_is_guessed(source: Source, layers: int, spatial: int, bps: int) -> None:
    clock = Clock(meter_of(source, layers, spatial))
    assert clock.run(0.3, 1_000) == (bps,)
    assert clock.run(WINDOW, 1_000)[0] < 3_000


def test_a_guess_is_split_among_the_temporal_layers_seen() -> None:
    clock = screen()
    assert clock.run(0.2, 8_000, 8_000) == (600_000, 1_000_000)
    assert clock.run(0.2, 8_000, 8_000, 8_000) == (400_000, 600_000, 1_000_000)


def test_what_is_more_than_the_guess_counts_at_once() -> None:
    assert screen().run(1.0, 5_000_000)[0] == pytest.approx(5_000_000, rel=0.02)


def test_temporal_layers_add_up_and_the_fourth_counts_with_the_third() -> None:
    rates = screen().run(3.0, 400_000, 200_000, 300_000, 100_000)
    assert rates == pytest.approx((400_000, 600_000, 1_000_000), rel=0.02)


def test_half_of_a_step_shows_after_half_the_window_and_all_of_it_soon() -> None:
    clock = screen()
    clock.run(5.0, 100_000)
    assert clock.run(WINDOW / 2, 2_100_000)[0] == pytest.approx(1_100_000, rel=0.1)
    assert clock.run(WINDOW / 2 + EACH, 2_100_000)[0] == pytest.approx(2_100_000, rel=0.05)


def test_a_link_of_500_kbit_is_known_to_be_too_narrow_within_half_a_second() -> None:
    clock = screen()
    clock.run(5.0, 20_000)
    assert clock.run(0.5, 2_300_000)[0] > 500_000


def test_a_burst_is_forgotten_after_the_window() -> None:
    clock = screen()
    clock.run(5.0, 50_000)
    clock.run(0.2, 8_000_000)
    assert clock.run(WINDOW - 0.4, 50_000)[0] > 500_000
    assert clock.run(0.6, 50_000)[0] == pytest.approx(50_000, rel=0.1)


def test_what_is_silent_takes_nothing_however_seldom_it_is_looked_at() -> None:
    clock = screen()
    clock.run(1.95, 4_000_000)
    assert clock.run(WINDOW + EACH, 0)[0] == 0
    assert clock.run(0.15, 4_000_000)[0] > 50_000
    clock.now += 60
    assert clock.meter.rates(now=clock.now)[0] < 5_000
    assert clock.run(WINDOW + EACH, 0)[0] == 0


def test_a_screen_that_was_quiet_is_known_and_a_layer_that_was_off_is_not() -> None:
    for is_layer, bps in ((False, 20_000), (True, 700_000)):
        clock = Clock(Meter(700_000, is_layer=is_layer))
        clock.run(3.0, 300_000)
        clock.run(10.0, 0)
        clock.meter.begin(clock.now)
        assert clock.run(0.1, 100_000)[0] == pytest.approx(bps, rel=0.7)


def test_a_layer_that_comes_back_larger_than_thought_counts_at_once() -> None:
    clock = Clock(Meter(700_000, is_layer=True))
    clock.run(3.0, 300_000)
    clock.now += 10
    clock.meter.begin(clock.now)
    assert clock.run(0.5, 5_000_000)[0] > 4_000_000


def test_between_two_judgements_there_is_one_answer() -> None:
    clock = screen()
    rates = clock.run(2.0, 1_000_000)
    clock.meter.octets[0] += 1_000_000
    assert clock.meter.rates(now=clock.now + EACH / 2) is rates
    assert clock.meter.rates(now=clock.now + 2 * EACH) > rates


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(1, 100_000), st.floats(0, 3)), max_size=60)
)
def test_more_layers_never_take_less(packets: list[tuple[int, int, float]]) -> None:
    meter = Meter(100_000, is_layer=True)
    now = 0.0
    meter.begin(now)
    for temporal, octets, pause in packets:
        now += pause
        if now >= meter.sample_at:
            meter.sample(now)
        meter.octets[temporal] += octets
        rates = meter.rates(now=now)
        assert list(rates) == sorted(rates)
        assert min(rates) >= 0
        assert 1 <= len(rates) <= 3


def test_a_producer_tells_what_its_living_layers_take_on_the_wire() -> None:
    studio = Studio(layers=3)
    studio.plays(90, layers=(0, 1))
    low, middle, high = studio.producer.demand_rates(now=studio.now)
    octets = 3 * (200 + OVERHEAD_BYTES)  # three packets a picture, 30 pictures a second
    assert low == pytest.approx([8 * octets * 30 * share for share in (0.25, 0.5, 1)], rel=0.1)
    assert len(middle) == 3
    assert high == ()
    studio.now += 3
    assert studio.producer.demand_rates(now=studio.now) == ((), (), ())


def test_a_single_layer_lives_even_when_it_is_silent() -> None:
    studio = Studio()
    assert studio.producer.demand_rates(now=0.0) == ((0,),)
    studio.plays(30)
    studio.now += 30
    (row,) = studio.producer.demand_rates(now=studio.now)
    assert len(row) == 3
    assert row[-1] < 1_000
