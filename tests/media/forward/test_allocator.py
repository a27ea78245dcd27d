"""Allocator in virtual time: down at once, up in a few seconds, and no swings."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.forward.allocator import Allocator, Reduction
from media.forward.demand import Demand, Rank
from tests.support.demands import (
    ALL,
    CAMERA,
    SCREEN,
    Wire,
    camera,
    cameras,
    order,
    scaled,
    screen,
    sound,
)

QUIET = scaled(SCREEN, 0.02)
"""A screen nobody touches."""


def shown(wire: Wire) -> int:
    """How many cameras are on."""
    layers = wire.past[-1][1].layers
    return sum(layers[each.key] is not None for each in wire.demands if each.rank > Rank.SCREEN)


def test_on_a_good_line_everything_is_as_wanted() -> None:
    wire = Wire([sound(), screen(), *cameras(24, (2, 2))])
    allocation = wire.run(0.1, 100_000_000)
    assert allocation.layers == {each.key: each.wanted for each in wire.demands} | {
        f"camera {number}": (2, 2) for number in range(24)
    } | {"sound": (0, 7), "screen": (0, 7)}
    assert allocation.reductions == {}
    assert allocation.used_bps == allocation.wanted_bps == 50_000 + 2_300_000 + 24 * 1_500_000


def test_at_500_kbit_a_moving_screen_is_sharp_with_few_frames_and_no_faces() -> None:
    wire = Wire([sound(), screen(), *cameras(24)])
    allocation = wire.run(30, 500_000)
    assert allocation.layers["sound"] == (0, 7)
    assert wire.changes("screen") == [(0.0, (0, 0))]
    assert shown(wire) == 0
    assert allocation.reductions["screen"] is Reduction.FRAMES
    assert set(allocation.reductions.values()) == {Reduction.FRAMES, Reduction.OFF}
    assert next(iter(allocation.reductions)) == "screen"
    assert "sound" not in allocation.reductions


def test_at_500_kbit_a_screen_that_stands_still_leaves_room_for_small_faces() -> None:
    wire = Wire([sound(), screen(rates=QUIET), *cameras(6)])
    allocation = wire.run(5, 500_000)
    assert allocation.layers["screen"] == (0, 7)
    assert shown(wire) >= 4
    assert allocation.used_bps <= 500_000


def test_from_half_a_megabit_to_five_the_faces_are_back_in_five_seconds_without_a_swing() -> None:
    wire = Wire([sound(), screen(), *cameras(24)])
    wire.run(30, 500_000)
    wire.run(5, 5_000_000)
    assert shown(wire) == 24
    assert wire.past[-1][1].layers["screen"] == (0, 7)
    wire.run(60, 5_000_000)
    assert wire.falls(since=30.0) == 0
    assert wire.past[-1][1].used_bps > 0.85 * 5_000_000


@pytest.mark.parametrize(
    ("low", "high", "least_s"), [(1_100_000, 1_900_000, 0.9), (300_000, 5_000_000, 0.25)]
)
def test_a_fall_takes_effect_at_once_and_the_way_back_takes_a_few_seconds(
    low: int, high: int, least_s: float
) -> None:
    wire = Wire([sound(), screen(rates=QUIET), *cameras(10)])
    wire.run(40, high)
    full = wire.past[-1][1].layers
    assert wire.run(0.1, low).used_bps <= low
    wire.run(10, low)
    start = wire.now
    wire.run(5, high)
    assert wire.past[-1][1].layers == full
    back = min(at for each in wire.demands for at, _ in wire.changes(each.key, since=start)[1:])
    assert back - start >= least_s  # not on the first good figure


def test_a_dip_of_a_moment_brings_down_and_is_not_followed_up_and_down() -> None:
    wire = Wire([sound(), screen(rates=QUIET), *cameras(10)])
    wire.run(20, 2_000_000)
    wire.run(0.3, 600_000)
    back = wire.now
    wire.run(30, 2_000_000)
    assert wire.falls(since=back) == 0
    assert shown(wire) == 10


def test_the_more_often_going_up_was_in_vain_the_later_it_is_tried() -> None:
    wire = Wire([sound(), screen(rates=QUIET), *cameras(10)])
    wire.run(5, 2_000_000)
    waits = []
    for _ in range(6):
        wire.run(1, 400_000)
        start = wire.now
        while shown(wire) < 10 and wire.now < start + 60:
            wire.run(0.1, 2_000_000)
        waits.append(wire.now - start)
    assert waits == pytest.approx(sorted(waits), abs=0.2)
    assert waits[0] < 4
    assert 12 < waits[-1] < 20
    wire.run(120, 2_000_000)
    wire.run(1, 400_000)
    wire.run(5, 2_000_000)
    assert shown(wire) == 10  # forgiven


def wave(base: int, period: float) -> Callable[[float], float]:
    return lambda now: base * (1 + 0.1 * math.sin(2 * math.pi * now / period))


def square(base: int, period: float) -> Callable[[float], float]:
    return lambda now: base * (1.1 if now / period % 1 < 0.5 else 0.9)


@pytest.mark.parametrize("period", [0.5, 2, 7, 20])
@pytest.mark.parametrize("shape", [wave, square])
def test_a_capacity_that_swings_by_a_tenth_makes_no_swings(
    period: float, shape: Callable[[int, float], Callable[[float], float]]
) -> None:
    for base in (1_710_000, 2_820_000, 4_300_000):
        wire = Wire(
            [sound(), screen(), camera("speaker", Rank.SPEAKER, wanted=(2, 2)), *cameras(8)]
        )
        wire.run(40, shape(base, period))
        wire.run(40, shape(base, period))
        assert wire.falls(since=40.0) == 0, base


@pytest.mark.parametrize("base", [2_000_000, 4_000_000, 8_000_000])
def test_rates_that_differ_from_moment_to_moment_make_hardly_any(base: int) -> None:
    chance = random.Random(base)
    wire = Wire([])
    for _ in range(240):
        wire.demands = [
            sound(),
            screen(rates=scaled(SCREEN, chance.gauss(0.5, 0.02))),
            *(
                camera(f"camera {n}", wanted=(1, 2), rates=scaled(CAMERA, chance.gauss(1, 0.1)))
                for n in range(16)
            ),
        ]
        wire.run(0.3, base)
    assert wire.falls(since=20.0) <= 16  # a step of each face in 50 s, of some 500 chances


def test_pages_that_are_turned_again_and_again_do_not_take_the_faces_along_each_time() -> None:
    wire = Wire([])
    faces = cameras(6)
    for _ in range(6):
        wire.demands = [sound(), screen(rates=scaled(SCREEN, 0.4)), *faces]
        wire.run(1.5, 1_700_000)
        wire.demands = [sound(), screen(rates=QUIET), *faces]
        wire.run(8.5, 1_700_000)
    assert wire.falls(since=5.0) == 0
    assert shown(wire) == 6
    still = wire.now
    wire.run(45, 1_700_000)
    assert wire.falls(since=still) == 0
    assert wire.past[-1][1].reductions == {}


def test_a_new_speaker_takes_over_at_once_within_what_flowed() -> None:
    def face(name: str, speaker: str) -> Demand:
        rank = Rank.SPEAKER if name == speaker else Rank.OTHER
        return camera(name, rank, wanted=(2, 2) if name == speaker else (0, 2))

    names = [f"camera {n}" for n in range(8)]
    wire = Wire([sound(), screen(rates=QUIET), *(face(name, "camera 3") for name in names)])
    before = wire.run(10, 3_200_000)
    assert before.layers["camera 3"] == (2, 2)
    wire.demands = [sound(), screen(rates=QUIET), *(face(name, "camera 6") for name in names)]
    after = wire.run(0.1, 3_200_000)
    assert after.layers["camera 6"] == (2, 2)
    assert after.layers["camera 3"] == (0, 2)
    assert after.used_bps <= before.used_bps
    assert after.reductions == {}


def test_a_new_speaker_on_a_narrow_line_takes_from_the_others_only() -> None:
    wire = Wire([sound(), screen(rates=scaled(SCREEN, 0.2)), *cameras(8)])
    wire.run(10, 1_200_000)
    wire.demands[5] = camera("camera 3", Rank.SPEAKER, wanted=(2, 2))
    after = wire.run(0.1, 1_200_000)
    assert order(after.layers["camera 3"]) >= (0, 2)
    assert after.layers["screen"] == (0, 7)
    assert after.used_bps <= 1_200_000
    wire.run(20, 1_200_000)
    assert wire.falls(since=10.15) == 0


def test_who_becomes_more_important_never_loses_by_it() -> None:
    wire = Wire([camera("face", wanted=(1, 2))])
    wire.run(5, 2_000_000)
    assert wire.run(5, 530_000).layers["face"] == (1, 2)
    wire.demands = [camera("face", Rank.PINNED, wanted=(1, 2), rates=scaled(CAMERA, 1.05))]
    assert wire.run(0.1, 530_000).layers["face"] == (1, 2)


def test_who_has_the_floor_changes_places_with_who_had_it() -> None:
    names = ["ann", "ben", "cem"]
    wire = Wire([camera(each, wanted=(2, 2)) for each in names])
    wire.demands[0] = camera("ann", Rank.SPEAKER, wanted=(2, 2))
    before = wire.run(10, 2_000_000).layers
    wire.demands[0] = camera("ann", wanted=(2, 2))
    wire.demands[2] = camera("cem", Rank.SPEAKER, wanted=(2, 2))
    after = wire.run(0.1, 2_000_000).layers
    assert before["ann"] == after["cem"] == (2, 2)
    assert order(before["cem"]) < order(after["ann"]) < (2, 2)


def test_a_screen_is_seen_at_once_when_the_one_before_it_ends() -> None:
    wire = Wire([screen("first"), screen("second"), *cameras(2)])
    assert wire.run(5, 500_000).layers["second"] is None
    wire.demands = wire.demands[1:]
    assert wire.run(0.1, 500_000).layers["second"] == (0, 0)
    wire = Wire([screen("first"), screen("second", QUIET)])
    wire.run(1, 900_000)
    wire.demands = wire.demands[1:]
    assert wire.run(0.1, 900_000).layers["second"] is not None


def test_while_an_estimate_grows_the_screen_takes_from_faces_without_exceeding_it() -> None:
    wire = Wire([sound(), screen(), *cameras(12)])
    for _ in range(300):
        capacity = int(500_000 * 1.08 ** min(wire.now, 30.0))
        wire.run(0.1, capacity)
        assert wire.past[-1][1].used_bps <= max(capacity, 970_000)
    assert wire.past[-1][1].reductions == {}
    assert [layers for _, layers in wire.changes("screen")] == [(0, 0), (0, 1), (0, 7)]
    assert wire.falls() <= 2 * 12  # a step each, whenever the screen gets more frames


def test_who_is_looked_at_next_comes_without_waiting() -> None:
    wire = Wire([sound(), *cameras(10)])
    wire.run(10, 2_500_000)
    wire.demands = [sound(), *(camera(f"page 2 {n}") for n in range(10))]
    allocation = wire.run(0.1, 2_500_000)
    assert allocation.reductions == {}


def test_who_comes_late_to_a_full_line_gets_what_the_others_have() -> None:
    wire = Wire([sound(), *cameras(10)])
    wire.run(30, 1_000_000)
    wire.demands.append(camera("late"))
    wire.run(0.1, 1_000_000)
    layers = [wire.past[-1][1].layers[each.key] for each in wire.demands[1:]]
    assert None not in layers
    assert max(map(order, layers))[0] == min(map(order, layers))[0] == 0


def test_who_is_shown_stays_before_an_equal_who_is_not() -> None:
    stranger = camera("a stranger")
    known = camera("somebody")._replace(current=(0, 7))
    allocation = Allocator().allocate(
        [stranger, known], capacity_bps=110_000, backlog_bytes=0, now=0.0
    )
    assert allocation.layers == {"a stranger": None, "somebody": (0, 1)}


def test_a_layer_the_publisher_does_not_send_is_no_reduction() -> None:
    two_layers = camera("small", wanted=(2, 2), rates=(*CAMERA[:2], ()))
    silent = camera("off", wanted=(2, 2), rates=((), (), ()))
    allocation = Wire([two_layers, silent]).run(0.1, 10_000_000)
    assert allocation.layers == {"small": (1, 2), "off": (0, 2)}
    assert allocation.reductions == {}
    assert allocation.wanted_bps == 500_000


def test_what_comes_alive_is_given_at_once_where_there_is_room() -> None:
    wire = Wire([camera("face", wanted=(2, 2), rates=((), (), ()))])
    wire.run(1, 5_000_000)
    wire.demands = [camera("face", wanted=(2, 2))]
    assert wire.run(0.1, 5_000_000).layers["face"] == (2, 2)


def test_reductions_say_what_is_missing() -> None:
    wire = Wire([camera("size", Rank.SPEAKER, wanted=(2, 2)), camera("off")])
    wire.run(5, 350_000)
    assert wire.past[-1][1].reductions == {"size": Reduction.SIZE, "off": Reduction.OFF}
    wire = Wire([camera("frames", wanted=(0, 2))])
    assert wire.run(5, 130_000).reductions == {"frames": Reduction.FRAMES}


def test_a_backlog_comes_off_the_capacity_beyond_what_drains_by_itself() -> None:
    demands = [sound(), screen(rates=QUIET), *cameras(8)]
    settled = Wire(demands).run(1, 2_000_000, backlog=120_000)
    assert settled.reductions == {}
    wire = Wire(demands)
    wire.run(1, 2_000_000)
    wire.run(0.1, 2_000_000, backlog=200_000)
    assert wire.past[-1][1].used_bps < 1_000_000
    wire.run(0.1, 2_000_000, backlog=600_000)
    assert shown(wire) == 0
    assert wire.past[-1][1].layers["screen"] == (0, 0)


def test_the_key_frame_of_a_face_does_not_switch_it_off() -> None:
    wire = Wire([camera("alone", wanted=(0, 2), rates=((500_000, 700_000, 900_000),))])
    wire.run(2, 1_200_000)
    for backlog in (120_000, 200_000):
        wire.run(0.1, 1_200_000, backlog=backlog)
        assert wire.past[-1][1].layers["alone"] == (0, 0)
    wire.run(4, 1_200_000)
    assert wire.changes("alone")[-1][1] == (0, 2)


def test_a_page_on_its_way_switches_faces_off_only_when_it_takes_more_than_a_second() -> None:
    wire = Wire([sound(), screen(rates=QUIET), *cameras(8)])
    wire.run(1, 2_000_000)
    wire.run(0.3, 2_000_000, backlog=230_000)
    assert shown(wire) == 8
    wire.run(0.3, 2_000_000, backlog=400_000)
    assert shown(wire) == 0


def test_where_nothing_is_shown_at_all_it_does_not_stay_so() -> None:
    for _ in range(2):
        wire = Wire([sound(), camera("alone", rates=((300_000,),))])
        for _ in range(3):  # in vain, in vain
            wire.run(0.5, 250_000)
            start = wire.now
            wire.run(2.2, 480_000)
            assert wire.past[-1][1].layers["alone"] is not None, start


@st.composite
def demand_of_any(draw: st.DrawFn, key: int) -> Demand:
    rank = draw(st.sampled_from(Rank))
    factor = draw(st.sampled_from((0.0, 0.02, 0.5, 1.0, 1.3)))
    if rank is Rank.AUDIO:
        return sound(f"{key}")
    if rank is Rank.SCREEN:
        return screen(f"{key}", scaled(SCREEN, factor))
    dead = draw(st.integers(0, 3))
    rates = tuple(() if n == dead else row for n, row in enumerate(scaled(CAMERA, factor)))
    wanted = draw(st.sampled_from(((0, 0), (0, 2), (1, 1), (2, 2), ALL)))
    return Demand(f"{key}", rank, draw(st.sampled_from((0, 100, 255))), rates, wanted, None)


calls = st.lists(
    st.tuples(
        st.integers(0, 8).flatmap(lambda count: st.tuples(*map(demand_of_any, range(count)))),
        st.integers(0, 8_000_000),
        st.sampled_from((0, 0, 20_000, 400_000)),
        st.sampled_from((0.1, 0.1, 0.5, 5.0)),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=50)
@given(calls)
def test_whatever_happens_nothing_is_above_the_estimate_and_sound_stays(
    calls: list[tuple[tuple[Demand, ...], int, int, float]],
) -> None:
    first, second = Allocator(), Allocator()
    now = 0.0
    for demands, capacity, backlog, pause in calls:
        now += pause
        allocation, again = (
            each.allocate(demands, capacity_bps=capacity, backlog_bytes=backlog, now=now)
            for each in (first, second)
        )
        assert allocation == again
        assert set(allocation.layers) == {each.key for each in demands}
        sounds = [each for each in demands if each.rank is Rank.AUDIO]
        assert all(allocation.layers[each.key] == (0, 7) for each in sounds)
        least = 50_000 * len(sounds)
        screens = [each for each in demands if each.rank is Rank.SCREEN]
        if screens:
            assert any(allocation.layers[each.key] is not None for each in screens)
            least += max(each.rates[0][0] for each in screens)
        assert allocation.used_bps <= max(capacity, least)
        assert allocation.used_bps <= allocation.wanted_bps
        for each in demands:
            layers = allocation.layers[each.key]
            if layers is not None:
                assert layers[1] <= each.wanted[1]
            assert (each.key in allocation.reductions) >= (layers is None)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(100_000, 6_000_000), min_size=1, max_size=12), st.integers(0, 10))
def test_the_same_line_settles_and_then_stays(capacities: list[int], count: int) -> None:
    wire = Wire([sound(), screen(), *cameras(count, (1, 2))])
    for capacity in capacities:
        wire.run(1.0, capacity)
    wire.run(80, capacities[-1])
    settled = wire.now
    wire.run(20, capacities[-1])
    assert wire.falls(since=settled) == 0
    screens = [order(layers) for _, layers in wire.changes("screen", since=settled - 80)]
    assert all(low <= high for low, high in pairwise(screens))
