"""Dependency descriptors: structures, frames of their own, bounds, and Chromium's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.wire import dependency_descriptor as dd
from media.wire.bits import Bits
from tests.support.packets import value_or_code
from tests.support.recorded import recorded

ABSENT, DISCARDABLE, SWITCH, REQUIRED = range(4)
STAYS, NEXT_TEMPORAL, NEXT_SPATIAL, END = range(4)
ALL = 0xFF


def packed(*fields: tuple[int, int]) -> bytes:
    """(bits, value) one behind the other, padded to whole bytes."""
    value = length = 0
    for bits, each in fields:
        assert 0 <= each < 1 << bits
        value, length = value << bits | each, length + bits
    return (value << -length % 8).to_bytes(-(-length // 8), "big")


def lead(template: int = 0, number: int = 1, *, starts: int = 1, ends: int = 1) -> bytes:
    return packed((1, starts), (1, ends), (6, template), (16, number))


def flags(
    structure: int = 0, active: int = 0, targets: int = 0, references: int = 0, chains: int = 0
) -> list[tuple[int, int]]:
    return [(1, structure), (1, active), (1, targets), (1, references), (1, chains)]


def l1t2(offset: int = 0) -> list[tuple[int, int]]:
    """A key frame, T0 and T1 (section A.6's notation: SS, SS, -D), one chain."""
    layers = [STAYS, NEXT_TEMPORAL, END]
    indications = [SWITCH, SWITCH, SWITCH, SWITCH, ABSENT, DISCARDABLE]
    references = [(1, 0), (1, 1), (4, 1), (1, 0), (1, 1), (4, 0), (1, 0)]
    chains = [(2, 0b10), (4, 0), (4, 2), (4, 1)]  # one chain: that it protects takes no bits
    resolution = [(1, 1), (16, 1919), (16, 1079)]
    return [
        (6, offset),
        (5, 1),
        *((2, each) for each in layers),
        *((2, each) for each in indications),
        *references,
        *chains,
        *resolution,
    ]


def structure(offset: int = 0) -> dd.Structure:
    found = dd.parse(lead(offset) + packed(*flags(structure=1), *l1t2(offset)), None).structure
    assert found is not None
    return found


def test_a_key_frame_brings_the_structure() -> None:
    found = dd.parse(lead(5) + packed(*flags(structure=1), *l1t2(5)), None)
    assert found.structure is not None
    assert found.structure.targets == ((0, 0), (0, 1))
    assert found.frame == dd.Frame(0, 0, ALL, refers=False)
    assert found.structure.templates[1:] == (
        dd.Frame(0, 0, ALL, refers=True),
        dd.Frame(0, 1, 0, refers=True),
    )


def test_what_follows_a_structure_is_read_behind_it() -> None:
    own = [(2, SWITCH), (2, REQUIRED), (2, 1), (4, 7), (2, 0)]
    data = lead() + packed(*flags(structure=1, targets=1, references=1), *l1t2(), *own)
    assert dd.parse(data, None).frame == dd.Frame(0, 0, 1, refers=True)


def test_short_descriptors_name_a_template() -> None:
    found = dd.parse(lead(63 - 60, number=0xABCD, starts=0), structure(1))
    assert (found.starts_frame, found.ends_frame, found.frame_number) == (False, True, 0xABCD)
    assert found.frame is not None
    assert found.frame.temporal_id == 1


def test_template_ids_wrap() -> None:
    known = structure(62)
    found = [known.frame(template) for template in (62, 63, 0)]
    assert [each and each.temporal_id for each in found] == [0, 0, 1]
    assert known.frame(1) is None


def test_without_its_structure_a_frame_is_unknown() -> None:
    assert dd.parse(lead(), None).frame is None
    assert dd.parse(lead(9), structure()).frame is None
    assert dd.parse(lead(9) + packed(*flags(targets=1), (4, 0)), structure()).frame is None


def test_a_frame_may_say_targets_and_references_of_its_own() -> None:
    own = packed(*flags(active=1, targets=1, references=1), (2, 3), (2, REQUIRED), (2, SWITCH))
    none = packed(
        *flags(active=1, targets=1, references=1), (2, 3), (2, REQUIRED), (2, SWITCH), (2, 0)
    )
    assert dd.parse(lead(1) + none, structure()).frame == dd.Frame(0, 0, 0xFE, refers=False)
    with pytest.raises(Malformed):  # the references are cut off
        dd.parse(lead(1) + own[:1], structure())


def test_switches_count_only_for_all_spatial_layers() -> None:
    # L2T1 with an occasional switch (section A.6.2): the lowest layer alone is nobody's target.
    fields = [
        (6, 0), (5, 1),
        *((2, each) for each in (STAYS, STAYS, NEXT_SPATIAL, STAYS, END)),
        *((2, each) for each in (SWITCH, SWITCH, REQUIRED, SWITCH, SWITCH, SWITCH)),
        *((2, each) for each in (SWITCH, ABSENT, REQUIRED, ABSENT)),
        (1, 0), *[(1, 1), (4, 1), (1, 0)] * 2, (1, 1), (4, 0), (1, 0),
        (1, 1), (4, 1), (1, 1), (4, 0), (1, 0),
        (2, 0), (1, 0),
    ]  # fmt: skip
    found = dd.parse(lead() + packed(*flags(structure=1), *fields), None).structure
    assert found is not None
    assert found.targets == ((1, 0), (0, 0))
    assert [each.switches for each in found.templates] == [ALL, 0, ALL, ALL, 0]
    assert [each.spatial_id for each in found.templates] == [0, 0, 0, 1, 1]
    assert [each.refers for each in found.templates] == [False, True, True, True, True]


@pytest.mark.parametrize(
    "layers",
    [
        [NEXT_SPATIAL] * 4,
        [NEXT_TEMPORAL] * 8,
        [STAYS] * 64,
    ],
)
def test_structures_are_bounded(layers: list[int]) -> None:
    fields = [(6, 0), (5, 0), *((2, each) for each in layers), (2, END), (64, 0)]
    with pytest.raises(Malformed) as caught:
        dd.parse(lead() + packed(*flags(structure=1), *fields), None)
    assert caught.value.code == "dependency_descriptor.structure"


@pytest.mark.parametrize("size", range(3))
def test_the_mandatory_fields_are_mandatory(size: int) -> None:
    with pytest.raises(Malformed) as caught:
        dd.parse(lead()[:size], None)
    assert caught.value.code == "dependency_descriptor.truncated"


@given(st.binary(min_size=3, max_size=255), st.booleans())
def test_any_bytes_give_a_descriptor_or_malformed(data: bytes, is_known: bool) -> None:
    found, code = value_or_code(
        lambda each: dd.parse(each, structure() if is_known else None), data
    )
    if found is None:
        assert code in {"dependency_descriptor.truncated", "dependency_descriptor.structure"}
    elif found.frame is not None:
        assert found.frame.temporal_id < 8
        assert found.frame.switches < 256


def test_numbers_below_a_limit_take_few_bits() -> None:
    # AV1 section 4.10.7: of five values three are two bits long and two are three.
    codes = {0: "00", 1: "01", 2: "10", 3: "110", 4: "111"}
    for value, code in codes.items():
        bits = Bits(packed((len(code), int(code, 2))), "short")
        assert bits.read_below(5) == value
    assert Bits(b"", "short").read_below(1) == 0


@pytest.mark.parametrize("codec", ["vp9", "av1"])
def test_reads_what_chromium_sent(codec: str) -> None:
    known, layers, numbers, structures = None, [], [], 0
    for each in recorded(codec):
        assert each.descriptor is not None
        found = dd.parse(each.descriptor, known)
        structures += found.structure is not None
        known = found.structure or known
        assert found.frame is not None
        assert found.ends_frame is each.marker
        if found.starts_frame:
            layers.append(found.frame.temporal_id)
            numbers.append(found.frame_number)
            assert found.frame.switches == (ALL, 0xFC, 0)[found.frame.temporal_id]
    assert structures == 2
    assert numbers == list(range(1, len(numbers) + 1))
    second = layers.index(0, 21)
    for part in (layers[:second], layers[second:]):
        assert part == ([0, 2, 1, 2] * 8)[: len(part)]
