"""Header extension elements: both forms, padding, bounds, and what the elements say."""

from __future__ import annotations

import pytest
from aiortc.rtp import unpack_header_extensions
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError, Malformed
from media.wire import extension
from media.wire.extension import ONE_BYTE_PROFILE, TWO_BYTE_PROFILE
from tests.support.packets import uint16, value_or_code

one_byte_elements = st.dictionaries(
    st.integers(1, 14), st.binary(min_size=1, max_size=16), max_size=14
)
two_byte_elements = st.dictionaries(st.integers(1, 255), st.binary(max_size=255), max_size=8)


def test_reads_one_byte_elements_between_padding() -> None:
    block = bytes.fromhex("10 30 00 a0 85 00 32 010203 0000")
    assert extension.parse(ONE_BYTE_PROFILE, block) == {1: b"0", 10: b"\x85", 3: b"\1\2\3"}


def test_one_byte_readers_stop_at_id_15() -> None:
    block = bytes.fromhex("1041 f0 00 2042 0000")
    assert extension.parse(ONE_BYTE_PROFILE, block) == {1: b"A"}


def test_one_byte_padding_may_claim_a_length() -> None:
    block = bytes.fromhex("01 aabb 1041 000000")
    assert extension.parse(ONE_BYTE_PROFILE, block) == {1: b"A"}


@pytest.mark.parametrize("profile", [0x1000, 0x100F])
def test_reads_two_byte_elements_whatever_the_appbits(profile: int) -> None:
    block = bytes.fromhex("01 00 00 0f 02 aabb c8 01 07")
    assert extension.parse(profile, block) == {1: b"", 15: b"\xaa\xbb", 200: b"\7"}


@pytest.mark.parametrize("profile", [None, 0, 0x2000, 0xBEDF])
def test_other_profiles_hold_no_elements(profile: int | None) -> None:
    assert extension.parse(profile, b"\x10\x41\0\0") == {}


@pytest.mark.parametrize(
    ("profile", "block"),
    [
        (ONE_BYTE_PROFILE, b"\x13abc"),
        (ONE_BYTE_PROFILE, b"\0\0\0\x10"),
        (TWO_BYTE_PROFILE, b"\1\3ab"),
        (TWO_BYTE_PROFILE, b"\0\0\0\1"),
    ],
)
def test_elements_beyond_the_block_are_malformed(profile: int, block: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        extension.parse(profile, block)
    assert caught.value.code == "extension.truncated"


@given(st.sampled_from((ONE_BYTE_PROFILE, TWO_BYTE_PROFILE)) | uint16, st.binary(max_size=80))
def test_any_block_gives_elements_or_malformed(profile: int, block: bytes) -> None:
    elements, code = value_or_code(extension.parse, profile, block)
    if elements is None:
        assert code == "extension.truncated"
    else:
        assert all(1 <= key <= 255 for key in elements)
        assert sum(map(len, elements.values())) <= len(block)


@given(one_byte_elements)
def test_small_elements_take_the_one_byte_form(elements: dict[int, bytes]) -> None:
    profile, block = extension.pack(elements)
    assert (profile, len(block) % 4) == (ONE_BYTE_PROFILE, 0)
    assert extension.parse(profile, block) == elements
    assert dict(unpack_header_extensions(profile, block)) == elements


@pytest.mark.parametrize("elements", [{15: b"a"}, {1: b""}, {1: bytes(17)}])
def test_what_the_one_byte_form_cannot_hold_takes_the_other(elements: dict[int, bytes]) -> None:
    assert extension.pack(elements)[0] == TWO_BYTE_PROFILE


@given(two_byte_elements)
def test_all_elements_survive(elements: dict[int, bytes]) -> None:
    profile, block = extension.pack(elements)
    assert len(block) % 4 == 0
    assert extension.parse(profile, block) == elements


@pytest.mark.parametrize("elements", [{0: b"a"}, {256: b"a"}, {1: bytes(256)}])
def test_elements_no_form_can_hold_are_our_own_fault(elements: dict[int, bytes]) -> None:
    with pytest.raises(LocalError):
        extension.pack(elements)


@pytest.mark.parametrize("data", [b"0", b"r1", b"audio-0", b"~" * 32])
def test_reads_names(data: bytes) -> None:
    assert extension.parse_name(data) == data.decode()


@pytest.mark.parametrize("data", [b"", b"a b", b"a\0", b"\xc3\xa4", b"a" * 33])
def test_refuses_names_that_are_none(data: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        extension.parse_name(data)
    assert caught.value.code == "extension.name"


@given(st.integers(0, 127), st.booleans())
def test_audio_level_survives(level: int, voice: bool) -> None:
    packed = extension.pack_audio_level(level, voice=voice)
    assert extension.parse_audio_level(packed) == (level, voice)


def test_audio_level_is_clamped_and_read_by_its_bits() -> None:
    assert extension.pack_audio_level(300, voice=False) == b"\x7f"
    assert extension.pack_audio_level(-1, voice=True) == b"\x80"
    assert extension.parse_audio_level(b"\x94\0") == (20, True)  # the two-byte form may pad


@given(st.floats(0, 1e7))
def test_send_time_keeps_four_microseconds(now: float) -> None:
    seconds = extension.parse_abs_send_time(extension.pack_abs_send_time(now))
    late = (now - seconds) % 64
    assert min(late, 64 - late) < 1 / (1 << 18) + 1e-6


def test_empty_elements_are_malformed_by_name() -> None:
    readers = {
        "extension.audio_level": extension.parse_audio_level,
        "extension.abs_send_time": extension.parse_abs_send_time,
    }
    for code, read in readers.items():
        with pytest.raises(Malformed) as caught:
            read(b"")
        assert caught.value.code == code
