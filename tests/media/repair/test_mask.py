"""Mask: what publishers hear of their losses, on and off, and never a sum that jumps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.repair.mask import Mask
from media.wire.rtcp import ReportBlock


def block(lost: int, fraction: int = 0, ssrc: int = 7, last_sr: int = 9) -> ReportBlock:
    return ReportBlock(ssrc, fraction, lost, 1000 + lost, 5, last_sr, 100)


def test_without_it_all_is_told() -> None:
    mask = Mask()
    assert mask.cover(block(10, 128)) == block(10, 128)


def test_with_it_nothing_was_lost_and_the_round_trip_is_nothing() -> None:
    mask = Mask()
    mask.cover(block(10, 20))
    mask.is_on = True
    told = mask.cover(block(90, 180))
    assert (told.fraction_lost, told.packets_lost) == (0, 10)
    assert told.highest_sequence == 1090
    assert told.delay_since_last_sr > 3 * 65536
    assert mask.cover(block(90, 180, last_sr=0)).delay_since_last_sr == 0


def test_what_was_hidden_stays_hidden() -> None:
    mask = Mask()
    mask.is_on = True
    mask.cover(block(90, 180))
    mask.is_on = False
    told = mask.cover(block(95, 10))
    assert (told.fraction_lost, told.packets_lost) == (10, 5)
    assert told.delay_since_last_sr == 100


def test_streams_are_apart() -> None:
    mask = Mask()
    mask.is_on = True
    mask.cover(block(90))
    mask.is_on = False
    assert mask.cover(block(4, ssrc=8)).packets_lost == 4


def test_a_stream_that_is_gone_is_forgotten_and_begins_anew_when_it_comes_again() -> None:
    mask = Mask()
    mask.is_on = True
    mask.cover(block(90, ssrc=7))
    mask.keep(set())
    mask.is_on = False
    assert mask.cover(block(4, ssrc=7)).packets_lost == 4
    assert mask.cover(block(6, ssrc=7)).packets_lost == 6


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=30))
def test_the_sum_told_grows_by_what_was_lost_while_off(steps: list[tuple[int, bool]]) -> None:
    mask = Mask()
    honest = told = 0
    for lost, is_on in steps:
        mask.is_on = is_on
        honest += lost
        told += 0 if is_on else lost
        assert mask.cover(block(honest)).packets_lost == told
