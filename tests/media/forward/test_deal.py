"""Deal: never above the capacity, sound never dropped, the screen before all faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from media.forward.deal import Table
from media.forward.demand import Rank

rises = st.lists(st.integers(0, 1_000_000), max_size=5)
capacities = st.integers(-1_000_000, 12_000_000)


@dataclass(frozen=True)
class Want:
    rank: Rank
    costs: tuple[int, ...]


def want(rank: Rank, rises: Sequence[int]) -> Want:
    costs = [0]
    for rise in rises:
        costs.append(costs[-1] + rise)
    return Want(rank, tuple(costs))


wants = st.lists(st.builds(want, st.sampled_from(Rank), rises), max_size=12).map(
    lambda some: sorted(some, key=lambda each: each.rank)
)


def table_of(wants: Sequence[Want]) -> Table:
    return Table([each.rank for each in wants], [each.costs for each in wants])


@given(wants, capacities)
def test_never_above_the_capacity_but_for_sound_and_the_least_of_the_screen(
    wants: list[Want], capacity: int
) -> None:
    table = table_of(wants)
    given = table.deal(capacity, table.tops)
    assert table.total(given) <= max(capacity, table.total(table.least()))
    assert all(step <= top for step, top in zip(given, table.tops, strict=True))


@given(wants, capacities, st.integers(0, 3_000_000))
def test_what_is_spared_for_faces_is_not_exceeded_either(
    wants: list[Want], capacity: int, spare: int
) -> None:
    table = table_of(wants)
    given = table.deal(capacity, table.tops, spare)
    assert table.total(given) <= max(capacity + spare, table.total(table.least()))
    without = table.deal(capacity, table.tops)
    for step, before, each in zip(given, without, wants, strict=True):
        if each.rank <= Rank.SCREEN:
            assert step == before


@given(wants, capacities)
def test_sound_is_never_dropped_nor_the_first_screen(wants: list[Want], capacity: int) -> None:
    table = table_of(wants)
    given = table.deal(capacity, table.tops)
    screens = [step for step, each in zip(given, wants, strict=True) if each.rank is Rank.SCREEN]
    for step, top, each in zip(given, table.tops, wants, strict=True):
        if each.rank is Rank.AUDIO:
            assert step == top
    for index, each in enumerate(wants):
        if each.rank is Rank.SCREEN:
            assert screens[0] >= min(1, table.tops[index])
            break


@given(wants, capacities, st.integers(0, 3_000_000))
def test_more_capacity_never_gives_the_screen_less(
    wants: list[Want], capacity: int, more: int
) -> None:
    table = table_of(wants)
    first = next((n for n, each in enumerate(wants) if each.rank is Rank.SCREEN), None)
    if first is None:
        return
    poor, rich = (table.deal(bps, table.tops) for bps in (capacity, capacity + more))
    assert rich[first] >= poor[first]


@given(wants, capacities)
def test_the_more_important_never_pays_for_the_less_important(
    wants: list[Want], capacity: int
) -> None:
    """Without everybody of lower rank, nobody has more."""
    table = table_of(wants)
    given = table.deal(capacity, table.tops)
    for rank in Rank:
        above = [each for each in wants if each.rank <= rank]
        alone = table_of(above)
        assert alone.deal(capacity, alone.tops) == given[: len(above)]


@given(wants, capacities, st.data())
def test_what_fits_is_left_alone(wants: list[Want], capacity: int, data: st.DataObject) -> None:
    table = table_of(wants)
    held = [
        max(data.draw(st.integers(0, top)), least)
        for top, least in zip(table.tops, table.least(), strict=True)
    ]
    dealt = table.deal(capacity, held)
    assert all(new <= old for new, old in zip(dealt, held, strict=True))
    if table.total(held) <= capacity:
        assert dealt == held
    assert table.deal(capacity, dealt) == dealt


@given(wants, capacities, st.integers(0, 2_000_000), st.data())
def test_who_is_raised_fits_into_what_is_safe(
    wants: list[Want], safe: int, allowance: int, data: st.DataObject
) -> None:
    table = table_of(wants)
    given = table.deal(safe, [data.draw(st.integers(0, top)) for top in table.tops])
    raised = table.raised(given, safe, allowance)
    assert all(new >= old for new, old in zip(raised, given, strict=True))
    if table.total(given) <= safe:
        assert table.total(table.deal(safe, raised)) <= safe
    # The most important of those who rise gets it, whoever has to make place.
    highest = next((n for n in range(len(given)) if raised[n] > given[n]), None)
    if highest is not None:
        assert table.deal(safe, raised)[highest] > given[highest]


@given(st.integers(1, 30), st.integers(0, 6_000_000))
def test_equals_have_equal_parts_of_what_there_is(count: int, capacity: int) -> None:
    table = table_of([want(Rank.OTHER, (60_000, 30_000, 60_000, 150_000))] * count)
    given = table.deal(capacity, table.tops)
    assert given == sorted(given, reverse=True)
    for index, step in enumerate(given):
        if step < max(given) - 1:  # there is not enough to bring it one step further
            assert table.total(given) + table.total([step + 1]) - table.total([step]) > capacity
            assert index > 0


def test_faces_go_before_the_screen_loses_a_frame() -> None:
    screen = want(Rank.SCREEN, (400_000, 200_000, 400_000))
    speaker = want(Rank.SPEAKER, (100_000, 400_000))
    pinned = want(Rank.PINNED, (100_000,))
    other = want(Rank.OTHER, (100_000,))
    table = table_of([screen, speaker, pinned, other, other])
    dealt = {bps: table.deal(bps * 1000, table.tops) for bps in range(300, 1_900, 100)}
    assert dealt[1_800] == [3, 2, 1, 1, 1]
    assert dealt[1_700] == [3, 2, 1, 1, 0]
    assert dealt[1_600] == [3, 2, 1, 0, 0]
    assert dealt[1_500] == [3, 2, 0, 0, 0]
    assert dealt[1_100] == [3, 1, 0, 0, 0]
    assert dealt[1_000] == [3, 0, 0, 0, 0]
    assert dealt[600] == [2, 0, 0, 0, 0]
    assert dealt[500] == [1, 1, 0, 0, 0]
    assert dealt[400] == dealt[300] == [1, 0, 0, 0, 0]


def test_the_first_screen_is_whole_before_the_second() -> None:
    screen = want(Rank.SCREEN, (400_000, 200_000, 400_000))
    table = table_of([screen, screen])
    assert table.deal(1_400_000, table.tops) == [3, 1]
    assert table.deal(1_300_000, table.tops) == [3, 0]
    assert table.deal(100_000, table.tops) == [1, 0]


def test_who_cannot_afford_a_step_leaves_it_to_others() -> None:
    table = table_of([want(Rank.OTHER, (500_000,)), want(Rank.OTHER, (100_000,))])
    assert table.deal(300_000, table.tops) == [0, 1]


def test_all_have_a_small_picture_before_one_has_a_large_one() -> None:
    table = table_of([want(Rank.OTHER, (100_000, 100_000, 300_000))] * 4)
    assert table.deal(400_000, table.tops) == [1, 1, 1, 1]
    assert table.deal(500_000, table.tops) == [2, 1, 1, 1]
    assert table.deal(1_199_000, table.tops) == [3, 2, 2, 2]
    assert table.raised([3, 0, 0, 0], 900_000, 250_000) == [3, 1, 1, 0]


def test_a_rise_takes_one_step_at_least_and_passes_nobody_over() -> None:
    screen = want(Rank.SCREEN, (400_000, 500_000))
    table = table_of([screen, *[want(Rank.OTHER, (50_000, 50_000))] * 3])
    assert table.raised([1, 0, 0, 0], 1_000_000, 100_000) == [2, 0, 0, 0]
    assert table.raised([2, 0, 0, 0], 1_000_000, 10_000) == [2, 1, 0, 0]
    assert table.raised([1, 1, 1, 0], 550_000, 1_000_000) == [1, 1, 1, 1]
    assert table.raised([1, 1, 1, 1], 500_000, 1_000_000) == [1, 1, 1, 1]
