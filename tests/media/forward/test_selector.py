"""Selector: which layer, and at which packet."""

from __future__ import annotations

from itertools import product

import pytest

from media.forward.packet import Packet
from media.forward.selector import TOP, Selector
from media.forward.view import ALL_TEMPORAL


def picture(*, key: bool = False, temporal: int | None = 0, sync: bool = False) -> Packet:
    packet = Packet(1, 0, False, b"x", 0.0)
    packet.starts_frame = True
    packet.key_frame, packet.temporal, packet.layer_sync = key, temporal, sync
    return packet


def selector(spatial: int | None, temporal: int, wanted: tuple[int, int] = (TOP, TOP)) -> Selector:
    made = Selector()
    made.wanted = wanted
    made.spatial, made.temporal = spatial, temporal
    return made


@pytest.mark.parametrize(
    ("wanted", "alive", "target"),
    [
        (TOP, [True, True, True], 2),
        (1, [True, True, True], 1),
        (2, [True, False, False], 0),
        (0, [False, True, True], 1),  # below what lives: the lowest
        (1, [False, False, False], None),
        (0, [True], 0),
    ],
)
def test_the_best_living_layer_below_the_wish(
    wanted: int, alive: list[bool], target: int | None
) -> None:
    assert selector(None, ALL_TEMPORAL, (wanted, TOP)).target(alive) == target


def test_what_the_network_allows_is_a_ceiling_as_well() -> None:
    made = selector(None, ALL_TEMPORAL, (2, 2))
    made.allowed = (1, 0)
    assert made.target([True, True, True]) == 1
    assert made.limit == 0


def test_where_nothing_is_allowed_there_is_nothing_to_reach() -> None:
    made = selector(None, ALL_TEMPORAL)
    made.allowed = None
    assert made.target([True, True, True]) is None
    assert not made.is_too_much(made.target([True, True, True]))


@pytest.mark.parametrize(
    ("spatial", "allowed", "target", "limit"),
    [
        (2, (1, 2), 1, 0),  # the lower layer is on its way: the least of this one until then
        (2, (1, 2), 2, ALL_TEMPORAL),  # nothing lower lives
        (1, (2, 1), 2, 1),
        (1, (1, 2), 0, ALL_TEMPORAL),  # its own wish: no hurry
    ],
)
def test_a_layer_the_network_does_not_carry_gives_up_its_frames(
    spatial: int, allowed: tuple[int, int], target: int, limit: int
) -> None:
    made = selector(spatial, ALL_TEMPORAL)
    made.allowed = allowed
    decided = made.decide(picture(temporal=2), spatial, target)
    assert (decided if decided is not None else made.temporal) == limit


def test_a_layer_is_entered_at_a_key_frame_only() -> None:
    for spatial, key in product((None, 0, 2), (False, True)):
        made = selector(spatial, ALL_TEMPORAL)
        assert made.decide(picture(key=key), 1, 1) == (ALL_TEMPORAL if key else None)


def test_with_nothing_on_screen_a_lower_layer_will_do_but_no_higher_one() -> None:
    made = selector(None, ALL_TEMPORAL)
    assert made.decide(picture(key=True), 0, 1) == ALL_TEMPORAL
    assert made.decide(picture(key=True), 2, 1) is None
    shown = selector(1, ALL_TEMPORAL)
    assert shown.decide(picture(key=True), 0, 2) is None


def test_temporal_layers_go_down_at_any_picture() -> None:
    made = selector(0, ALL_TEMPORAL, (TOP, 0))
    assert made.decide(picture(temporal=2), 0, 0) == 0


@pytest.mark.parametrize(
    ("temporal", "sync", "result"),
    [(0, True, None), (1, False, None), (1, True, 1), (2, True, ALL_TEMPORAL), (2, False, None)],
)
def test_temporal_layers_go_up_where_nothing_is_missing(
    temporal: int, sync: bool, result: int | None
) -> None:
    made = selector(0, 0, (TOP, 2))
    assert made.decide(picture(temporal=temporal, sync=sync), 0, 0) == result


def test_a_key_frame_opens_all_temporal_layers_and_a_stream_without_them_too() -> None:
    made = selector(0, 0, (TOP, 2))
    assert made.decide(picture(key=True), 0, 0) == ALL_TEMPORAL
    assert made.decide(picture(temporal=None), 0, 0) == ALL_TEMPORAL


def test_up_no_further_than_wanted() -> None:
    made = selector(0, 0, (TOP, 1))
    assert made.decide(picture(temporal=2, sync=True), 0, 0) is None
    assert made.decide(picture(temporal=1, sync=True), 0, 0) == 1


def test_settled_means_nothing_to_wait_for() -> None:
    made = selector(1, ALL_TEMPORAL)
    assert made.is_settled(1)
    assert made.is_settled(None)  # no layer lives: what is current stays
    assert not made.is_settled(2)
    made.wanted = (TOP, 0)
    assert not made.is_settled(1)
    assert not selector(None, ALL_TEMPORAL).is_settled(None)
