"""VP9 descriptors: every combination of fields, key frames, truncation, and Chromium's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.wire import vp9
from tests.support.packets import value_or_code
from tests.support.recorded import FRAMES_EACH, recorded

I, P, L, F, B = 0x80, 0x40, 0x20, 0x10, 0x08  # noqa: E741 - the RFC's names


def test_reads_all_fields() -> None:
    payload = bytes((I | P | L | B, 0x81, 0x02, 2 << 5 | 0x10 | 1 << 1, 7, 0xAA))
    assert vp9.parse(payload) == vp9.Vp9Descriptor(
        starts_picture=False,  # the second spatial layer of it
        key_frame=False,
        temporal_id=2,
        spatial_id=1,
        switching_up=True,
        picture_id=0x102,
    )


@pytest.mark.parametrize(
    ("payload", "starts", "key"),
    [
        (bytes((B, 0)), True, True),
        (bytes((B | P, 0)), True, False),
        (bytes((0, 0)), False, False),  # a later packet of a key frame
        (bytes((L | F | B, 0, 0)), True, True),
        (bytes((L | F | B, 1 << 5, 0)), True, False),  # no key frame lies in a higher layer
        (bytes((L | F | B, 1 << 1, 0)), False, False),  # nor begins there
    ],
)
def test_only_the_first_packet_of_the_lowest_layer_tells(
    payload: bytes, starts: bool, key: bool
) -> None:
    found = vp9.parse(payload)
    assert (found.starts_picture, found.key_frame) == (starts, key)


def test_picture_ids_have_7_or_15_bits_or_are_absent() -> None:
    assert vp9.parse(bytes((I, 0x7F, 0))).picture_id == 0x7F
    assert vp9.parse(bytes((I, 0xFF, 0xFE, 0))).picture_id == 0x7FFE
    assert vp9.parse(bytes((B, 0))).picture_id is None


@pytest.mark.parametrize(
    "payload", [b"", bytes((B,)), bytes((I, 1)), bytes((I, 0x80, 1)), bytes((L, 0, 0))]
)
def test_nothing_may_be_missing(payload: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        vp9.parse(payload)
    assert caught.value.code == "vp9.truncated"


@given(st.binary(max_size=8))
def test_any_bytes_give_a_descriptor_or_malformed(payload: bytes) -> None:
    found, code = value_or_code(vp9.parse, payload)
    assert code == "vp9.truncated" if found is None else found.spatial_id < 8


def test_reads_what_chromium_sent() -> None:
    found = [vp9.parse(each.payload) for each in recorded("vp9")]
    first = [each for each in found if each.starts_picture]
    assert [at for at, each in enumerate(first) if each.key_frame] == [0, 22]
    layers = [each.temporal_id for each in first]
    assert layers[:22] == ([0, 2, 1, 2] * 6)[:22]
    assert layers[22:] == ([0, 2, 1, 2] * 6)[: len(layers) - 22]
    ids = [each.picture_id for each in first]
    assert ids == list(range(ids[0] or 0, (ids[0] or 0) + len(ids)))
    assert all(each.switching_up for each in first[::FRAMES_EACH])
    assert len(found) > len(first)  # some pictures take several packets
