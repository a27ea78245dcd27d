"""16-bit numbers that wrap, and the extended number nearest to a reference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.wire.sequence import SEQUENCES, unwrap


@pytest.mark.parametrize(
    ("sequence", "reference", "extended"),
    [
        (1, 65535, 65537),
        (65535, 65537, 65535),
        (5, 5, 5),
        (0, 0x1FFFF, 0x20000),
        (0xFFFF, 0x20000, 0x1FFFF),
        (65535, 3, 65535),  # before the first packet there is nothing: roll-over count stays 0
    ],
)
def test_unwrap_examples(sequence: int, reference: int, extended: int) -> None:
    assert unwrap(sequence, reference) == extended


@given(st.integers(0, 1 << 48), st.integers(-32768, 32767))
def test_unwrap_finds_what_was_cut_off(reference: int, offset: int) -> None:
    extended = reference + offset
    expected = extended if extended >= 0 else extended + SEQUENCES
    assert unwrap(expected & 0xFFFF, reference) == expected


@given(st.integers(0, 1 << 40), st.lists(st.integers(-3000, 3000), max_size=60))
def test_a_reordered_stream_keeps_its_extended_numbers(start: int, jumps: list[int]) -> None:
    reference = start + 200_000
    for jump in jumps:
        true = reference + jump
        assert unwrap(true & 0xFFFF, reference) == true
        reference = max(reference, true)
