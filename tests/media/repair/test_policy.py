"""What is done grows with the loss, and never takes more than the line carries."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.forward.meter import OVERHEAD_BYTES
from media.repair import cost
from media.repair.cost import protected_bps
from media.repair.fitting import (
    ELASTIC_FROM,
    FLOOR_BPS,
    MOST_DOWN_BPS,
    SMALL_PICTURE_BPS,
    Load,
    Way,
    fitting_up,
    opus_bps,
    remedy_for,
)
from media.repair.loss_sense import Sensed
from media.repair.policy import DOWN, UP, against_bursts_up, is_bursty, level_of
from media.repair.remedy import ALWAYS_DEPTH, CALM, Buffers, Level, Remedy, together
from media.wire.advice import read_advice

AMPLE_BPS = 8e6
levels = st.sampled_from(Level)
capacities = st.floats(0.0, 10e6)
loads = st.builds(
    Load,
    sound_bps=st.floats(0.0, 400e3),
    sounds=st.integers(1, 6),
    picture_bps=st.sampled_from([0.0, 60e3, 110e3, 400e3]),
    has_camera=st.booleans(),
)


def remedy(down: Level, up: Level = Level.CALM, *, bps: float = AMPLE_BPS) -> Remedy:
    return remedy_for(Way(down, bps), Way(up, bps), Load())


def taken_down(remedy: Remedy, load: Load) -> float:
    """Of sound and what protects it."""
    each = protected_bps(load.sound_bps / load.sounds, remedy.down.depth) * load.sounds
    return each * (2 if remedy.down.echo else 1)


def test_levels_lie_around_what_was_measured() -> None:
    measured = [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 1.0]
    assert [level_of(loss).told for loss in measured] == [
        *("calm", "calm", "light", "weak", "heavy", "severe", "severe")
    ]


def test_the_table_says_more_where_more_is_lost() -> None:
    for one, other in pairwise(Level):
        less, more = DOWN[one], DOWN[other]
        assert less.depth <= more.depth
        assert less.copies <= more.copies
        assert (less.echo, less.is_small, less.repeats) <= (more.echo, more.is_small, more.repeats)
        assert less.sound.alone <= more.sound.alone
        sent, more_sent = UP[one], UP[other]
        assert sent.depth <= more_sent.depth
        assert sent.opus <= more_sent.opus
        assert sent.nack_times <= more_sent.nack_times
        assert sent.nack_wait_s >= more_sent.nack_wait_s
        assert sent.sound.with_another <= more_sent.sound.with_another


@given(levels, levels, capacities, capacities, loads, st.integers(0, 3), st.booleans())
def test_nothing_is_spent_that_is_not_there(
    down: Level, up: Level, down_bps: float, up_bps: float, load: Load, far: int, rows: bool
) -> None:
    found = remedy_for(Way(down, down_bps, rows), Way(up, up_bps, rows), load, far=far)
    if found.down.level is not Level.CALM and found.down.depth > ALWAYS_DEPTH:
        room = min(max(down_bps, FLOOR_BPS), MOST_DOWN_BPS)
        # A picture may go with half of its frames, and then each copy does; of copies a few must
        # fit, the rest is left to the rate of the line.
        copies = min(found.down.copies, ELASTIC_FROM)
        picture = load.picture_bps * 0.6 * (1 + copies) if copies else 0.0
        assert taken_down(found, load) + picture <= room * 1.0001
    if found.up.level is not Level.CALM and found.up.depth > ALWAYS_DEPTH:
        room = max(up_bps, FLOOR_BPS)
        assert protected_bps(opus_bps(found.up.opus), found.up.depth) <= room * 1.0001
    assert found.up.opus >= far


@given(levels, levels, st.lists(capacities, min_size=2, max_size=2).map(sorted), loads)
def test_a_wider_line_gets_no_less(down: Level, up: Level, widths: list[float], load: Load) -> None:
    narrow, wide = (remedy_for(Way(down, w), Way(up, w), load) for w in widths)
    if down is not Level.CALM:
        assert narrow.down.depth <= wide.down.depth
    assert narrow.up.opus >= wide.up.opus
    assert narrow.down.echo <= wide.down.echo or narrow.down.copies <= wide.down.copies


def test_a_narrow_line_that_loses_a_third_gets_what_was_measured_to_fit() -> None:
    """Depth 5, one copy, in 381 kbit/s: 0.00 % concealed; 17 and 7 took a second of pictures."""
    found = remedy(Level.WEAK, bps=400e3).down
    assert found.depth in (5, 6)
    assert found.copies == 1
    assert not found.echo


def test_eight_hundred_kilobits_at_seventy_of_a_hundred_go_to_all_sound_and_one_slow_picture() -> (
    None
):
    narrow = Load(sound_bps=opus_bps(3))
    found = remedy_for(Way(Level.SEVERE, 760e3), Way(Level.CALM, 8e6), narrow).down
    assert found.depth == 17
    assert found.opus == 3
    assert found.copies == DOWN[Level.SEVERE].copies
    assert not found.echo
    up = remedy_for(Way(Level.CALM, 8e6), Way(Level.SEVERE, 500e3), Load()).up
    assert (up.depth, up.opus, up.is_camera_off) == (17, 3, False)


@pytest.mark.parametrize("level", [each for each in Level if each is not Level.CALM])
@pytest.mark.parametrize("sounds", [1, 3, 6])
def test_a_lossy_line_never_gets_less_of_a_voice_than_a_calm_one(level: Level, sounds: int) -> None:
    load = Load(sounds * opus_bps(0), sounds)
    found = remedy_for(Way(level, 60e3), Way(level, 60e3), load)
    assert found.down.depth >= CALM.down.depth
    assert found.up.depth >= 1


@pytest.mark.parametrize("bps", [60e3, 100e3, 150e3, 250e3])
@pytest.mark.parametrize(
    ("level", "left"), [(Level.HEAVY, 0.01), (Level.SEVERE, 0.06)], ids=["half", "seventy"]
)
def test_a_voice_gets_through_a_line_of_which_hardly_anything_is_left(
    bps: float, level: Level, left: float
) -> None:
    load = Load(opus_bps(3), picture_bps=SMALL_PICTURE_BPS)
    found = remedy_for(Way(level, bps), Way(level, bps), load)
    assert found.down.opus == found.up.opus == 3
    assert level.loss ** (found.down.depth + 1) < left
    assert level.loss ** (found.up.depth + 1) < left
    assert (found.down.echo, found.down.copies, found.up.is_camera_off) == (False, 0, True)


def test_what_is_always_spent_on_a_voice_does_not_keep_a_narrow_line_lossy() -> None:
    """A line of 100 kbit/s that loses by itself nothing: what it loses of this is no more than
    takes a level at which less is spent.
    """
    for level in (Level.HEAVY, Level.SEVERE):
        for size in range(4):
            load = Load(opus_bps(size))
            taken = taken_down(remedy_for(Way(level, 100e3), Way(level, 100e3), load), load)
            assert level_of(1 - 100e3 / taken) < Level.HEAVY


def test_a_camera_goes_where_it_has_no_room_beside_the_voice() -> None:
    up = remedy(Level.CALM, Level.SEVERE, bps=250e3).up
    assert up.is_camera_off
    assert up.depth >= 10
    without = Load(has_camera=False)
    off = remedy_for(Way(Level.CALM, 1e6), Way(Level.SEVERE, 250e3), without)
    assert not off.up.is_camera_off


def test_a_line_that_is_merely_narrow_gets_nothing_more() -> None:
    assert remedy(Level.CALM, bps=100e3) == CALM
    assert CALM.measures == ()


def test_rows_of_losses_take_all_there_is_for_sound() -> None:
    rows = Sensed(0.3, 10.0, 50.0)
    assert is_bursty(rows)
    assert not is_bursty(rows._replace(packets_per_second=500.0))  # 20 ms: a frame
    assert not is_bursty(Sensed(0.7, 1 / 0.3, 50.0))  # as chance alone makes them
    way = Way(Level.WEAK, 2.5e6, is_bursty=True)
    found = remedy_for(way, way, Load())
    assert (found.down.depth, found.down.echo, found.up.depth) == (17, True, 27)
    assert found.down.sound.alone == 600


def test_sound_reaches_further_back_where_a_camera_has_room_beside_it() -> None:
    up = UP[Level.SEVERE]
    wide, narrow = (fitting_up(up, bps, Load(), 0) for bps in (1.0e6, 0.6e6))
    assert (wide.depth, wide.is_camera_off) == (23, False)
    assert (narrow.depth, narrow.is_camera_off) == (17, False)
    most = against_bursts_up(up, is_bursty=True)
    assert fitting_up(most, 1.2e6, Load(), 0).depth == 27
    assert protected_bps(opus_bps(up.opus), 23) < 0.5e6


def test_who_waits_for_two_bad_lines_waits_longer_only_where_both_add() -> None:
    calm = Buffers()
    severe, light = DOWN[Level.SEVERE].sound, UP[Level.LIGHT].sound
    assert together(Level.SEVERE, severe, Level.CALM, calm) == 500
    assert together(Level.CALM, calm, Level.SEVERE, severe) == 500
    assert together(Level.SEVERE, severe, Level.SEVERE, severe) == 700
    assert together(Level.SEVERE, severe, Level.LIGHT, light) == 500
    assert together(Level.LIGHT, light, Level.LIGHT, light) == 150


def test_the_word_says_what_is_to_be_done_and_a_calm_line_hears_none() -> None:
    assert CALM.word(CALM.up) is None
    bad = remedy(Level.SEVERE, Level.HEAVY)
    word = bad.word(CALM.up)
    assert word is not None
    advice = read_advice(word)
    assert advice is not None
    assert (advice.down, advice.up, advice.depth, advice.opus) == (3, 2, 10, 2)
    assert (advice.sound_buffer_ms, advice.is_camera_small) == (500, True)
    heard = CALM.word(bad.up)
    assert heard is not None
    told = read_advice(heard)
    assert told is not None
    assert (told.sound_buffer_ms, told.down, told.up, told.depth) == (300, 0, 0, 0)


def test_what_is_done_has_names() -> None:
    assert remedy(Level.SEVERE, Level.SEVERE).measures == (
        *("sound_down", "sound_copy", "picture_copies", "picture_lowest", "sound_up"),
        *("picture_asked", "opus_lower", "camera_small", "buffer"),
    )
    assert remedy(Level.LIGHT).measures == ("sound_down", "buffer")


@pytest.mark.parametrize("level", Level)
def test_both_sides_count_headers_alike(level: Level) -> None:
    assert cost.OVERHEAD_BYTES == OVERHEAD_BYTES
    assert remedy(level).down.level is level
