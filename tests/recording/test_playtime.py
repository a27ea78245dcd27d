"""Play time: both ways, and the file that the other language is held to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recording.playtime import length, merged, to_play, to_recorded
from tests.corpus import playtime as corpus

pairs = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), max_size=8)
moments = st.integers(0, 2500)


def test_the_corpus_is_what_this_code_says() -> None:
    assert corpus.FILE.read_text(encoding="utf-8") == corpus.text()


@given(pairs, moments)
def test_it_counts_what_is_not_left_out(pairs: list[tuple[int, int]], ms: int) -> None:
    def is_out(moment: int) -> bool:
        return any(start <= moment < end for start, end in pairs)

    assert to_play(ms, merged(pairs)) == sum(not is_out(moment) for moment in range(ms))


@given(pairs, moments)
def test_what_is_played_is_never_left_out(pairs: list[tuple[int, int]], ms: int) -> None:
    holes = merged(pairs)
    recorded = to_recorded(ms, holes)
    assert to_play(recorded, holes) == ms
    assert not any(start <= recorded < end for start, end in holes)


@given(pairs)
def test_holes_are_apart_and_ascend(pairs: list[tuple[int, int]]) -> None:
    holes = merged(pairs)
    flat = [ms for hole in holes for ms in hole]
    assert flat == sorted(set(flat))
    assert length(2000, holes) == 2000 - sum(end - start for start, end in holes)
