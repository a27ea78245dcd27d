"""VP8 descriptors: every combination of fields, key frames, rewriting at constant width."""

from __future__ import annotations

import pytest
from aiortc.codecs.vpx import VpxPayloadDescriptor
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.wire import vp8
from tests.support.packets import value_or_code

KEY, DELTA = b"\x10", b"\x11"  # the P bit of a VP8 frame header


def descriptor(
    picture_id: int | None, tl0picidx: int | None, tid: tuple[int, int] | None, keyidx: int | None
) -> bytes:
    """A descriptor as aiortc writes it, for the first packet of a picture."""
    return bytes(VpxPayloadDescriptor(1, 0, picture_id, tl0picidx, tid, keyidx))


def test_reads_all_fields() -> None:
    payload = bytes.fromhex("b0 f0 8102 07 65") + KEY
    assert vp8.parse(payload) == vp8.Vp8Descriptor(
        start_of_partition=True,
        partition=0,
        key_frame=True,
        picture_id=258,
        picture_id_bits=15,
        tl0picidx=7,
        temporal_id=1,
        layer_sync=True,
        non_reference=True,
        length=6,
    )


def test_reads_the_smallest_descriptor() -> None:
    found = vp8.parse(b"\x10" + KEY)
    assert (found.starts_picture, found.key_frame, found.length) == (True, True, 1)
    assert found.picture_id is found.tl0picidx is found.temporal_id is None
    assert found.picture_id_bits == 0


@pytest.mark.parametrize(
    ("payload", "starts", "key"),
    [
        (b"\x10" + KEY, True, True),
        (b"\x10" + DELTA, True, False),
        (b"\x00" + KEY, False, False),  # a later packet of the first partition
        (b"\x11" + KEY, False, False),  # the start of a later partition
    ],
)
def test_only_the_first_packet_tells_a_key_frame(payload: bytes, starts: bool, key: bool) -> None:
    found = vp8.parse(payload)
    assert (found.starts_picture, found.key_frame) == (starts, key)


@given(
    st.none() | st.integers(0, 0x7FFF),
    st.none() | st.integers(0, 255),
    st.none() | st.tuples(st.integers(0, 3), st.integers(0, 1)),
    st.none() | st.integers(0, 31),
)
def test_reads_what_aiortc_writes(
    picture_id: int | None, tl0picidx: int | None, tid: tuple[int, int] | None, keyidx: int | None
) -> None:
    written = descriptor(picture_id, tl0picidx, tid, keyidx)
    found = vp8.parse(written + DELTA)
    assert (found.picture_id, found.tl0picidx) == (picture_id, tl0picidx)
    assert found.temporal_id == (tid[0] if tid else None)
    assert found.layer_sync is bool(tid and tid[1])
    assert found.length == len(written)


@given(st.binary(max_size=12))
def test_any_bytes_give_a_descriptor_or_malformed(payload: bytes) -> None:
    found, code = value_or_code(vp8.parse, payload)
    if found is None:
        assert code == "vp8.truncated"
    else:
        assert found.length < len(payload)
        assert len(vp8.rewrite(payload, 1, 1)) == len(payload)


@pytest.mark.parametrize("whole", [bytes.fromhex("90f08102076500"), bytes.fromhex("90f00107 6500")])
def test_a_cut_descriptor_is_malformed(whole: bytes) -> None:
    assert vp8.parse(whole).length == len(whole) - 1
    for size in range(len(whole)):
        with pytest.raises(Malformed):
            vp8.parse(whole[:size])


@given(
    st.none() | st.integers(0, 0x7FFF),
    st.none() | st.integers(0, 255),
    st.none() | st.tuples(st.integers(0, 3), st.integers(0, 1)),
    st.integers(0, 1 << 20),
    st.integers(0, 1 << 20),
)
def test_rewriting_changes_the_ids_alone(
    picture_id: int | None,
    tl0picidx: int | None,
    tid: tuple[int, int] | None,
    new_picture: int,
    new_tl0: int,
) -> None:
    payload = descriptor(picture_id, tl0picidx, tid, None) + DELTA + b"picture"
    before = vp8.parse(payload)
    rewritten = vp8.rewrite(payload, new_picture, new_tl0)
    mask = (1 << before.picture_id_bits) - 1
    assert vp8.parse(rewritten) == before._replace(
        picture_id=None if picture_id is None else new_picture & mask,
        tl0picidx=None if tl0picidx is None else new_tl0 & 0xFF,
    )
    assert rewritten[before.length :] == payload[before.length :]


def test_rewriting_nothing_changes_nothing() -> None:
    payload = bytes.fromhex("90 e0 8102 07 60") + KEY
    assert vp8.rewrite(payload, None, None) == payload
    assert vp8.rewrite(b"\x10" + KEY, 5, 5) == b"\x10" + KEY


def test_rewriting_masks_to_seven_bits() -> None:
    payload = bytes.fromhex("90 80 05") + KEY
    assert vp8.rewrite(payload, 0x1FF, None) == bytes.fromhex("90 80 7f") + KEY


@pytest.mark.parametrize("payload", [b"", b"\x80", b"\x80\x80", b"\x80\x80\x81", b"\x80\x40"])
def test_rewriting_a_cut_descriptor_is_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        vp8.rewrite(payload, 1, 1)
