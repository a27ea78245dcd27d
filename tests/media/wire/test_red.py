"""Redundant sound: what is packed is split again, within what Chromium takes, whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError, Malformed
from media.wire.red import MAX_LENGTH, MAX_OFFSET, MAX_REDUNDANT, Block, pack, split
from tests.support.packets import value_or_code

payload_types = st.integers(0, 127)
datas = st.binary(max_size=60) | st.just(bytes(MAX_LENGTH))
redundant = st.lists(
    st.builds(Block, payload_types, st.integers(0, MAX_OFFSET), datas), max_size=MAX_REDUNDANT
)
primaries = st.builds(Block, payload_types, st.just(0), st.binary(max_size=1300))


@given(redundant, primaries)
def test_what_is_packed_is_split_again(blocks: list[Block], primary: Block) -> None:
    assert split(pack(blocks, primary)) == (*blocks, primary)


@given(st.binary(max_size=200) | st.binary(max_size=8).map(lambda some: b"\xef" * 120 + some))
def test_whatever_comes_is_blocks_or_malformed(payload: bytes) -> None:
    blocks, code = value_or_code(split, payload)
    if blocks is None:
        assert code in {"red.truncated", "red.blocks"}
    else:
        assert pack(blocks[:-1], blocks[-1]) == payload


def test_the_form_is_that_of_the_rfc() -> None:
    # RFC 2198 section 3: F, payload type, 14 bits of offset, 10 of length; then 0 and the type.
    packed = pack([Block(100, 960, b"ab"), Block(100, 480, b"")], Block(100, 0, b"cde"))
    assert packed.hex() == "e40f0002" + "e4078000" + "64" + b"abcde".hex()
    assert split(b"\x64") == (Block(100, 0, b""),)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "red.truncated"),
        (b"\xe4\x0f\x00", "red.truncated"),
        (b"\xe4\x0f\x00\x02", "red.truncated"),
        (b"\xe4\x0f\x00\x02\x64a", "red.truncated"),
        (b"\xe4\x0f\x00\x00" * 32 + b"\x64", "red.blocks"),
    ],
)
def test_what_is_no_red_is_named(payload: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        split(payload)
    assert caught.value.code == code


def test_as_many_blocks_as_chromium_decodes_and_no_more() -> None:
    block = Block(100, 1, b"x")
    assert len(split(pack([block] * 31, block._replace(timestamp_offset=0)))) == 32
    for wrong in ([block] * 32, [Block(100, MAX_OFFSET + 1, b"")], [Block(100, 1, bytes(1024))]):
        with pytest.raises(LocalError):
            pack(wrong, Block(100, 0, b""))
