"""Sealed files: what went in comes out, and nothing that was changed, moved or cut does."""

from __future__ import annotations

import random
from typing import cast

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import LocalError, Malformed
from media.journal.envelope import (
    CHUNK_MAX,
    FACTS_MAX,
    TAG,
    Header,
    Reader,
    Sealer,
    Tampered,
    framed_bytes,
    open_chunk,
    open_whole,
    pack_header,
    read_header,
    seal_whole,
)
from tests.support.nonces import NonceWatch

KEY = bytes(range(32))
OTHER = bytes(32)


def written(plains: list[bytes], *, is_whole: bool = True) -> tuple[bytes, list[bytes]]:
    """(header, chunks) of a file."""
    header = pack_header(Header({"track": "t1"}))
    sealer = Sealer(KEY, header)
    last = len(plains) - 1
    return header, [
        sealer.seal(plain, is_last=is_whole and at == last) for at, plain in enumerate(plains)
    ]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_what_was_sealed_is_read_in_pieces_of_any_size(
    plains: list[bytes], chance: random.Random
) -> None:
    header, chunks = written(plains)
    whole = header + b"".join(chunks)
    reader, read, at = Reader(KEY), [], 0
    while at < len(whole):
        step = chance.randrange(1, 200)
        read += reader.feed(whole[at : at + step])
        at += step
    assert read == plains
    assert reader.is_ended
    assert reader.left == 0
    assert reader.header == Header({"track": "t1"}, header[4:12])
    for number, plain in enumerate(plains):
        is_last = number == len(plains) - 1
        assert open_chunk(KEY, header, number, chunks[number]) == (plain, is_last)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_changed_bit_is_never_read_as_something_else(data: st.DataObject) -> None:
    plains = [b"first", b"second", b""]
    header, chunks = written(plains)
    whole = bytearray(header + b"".join(chunks))
    at = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[at // 8] ^= 1 << at % 8
    reader = Reader(KEY)
    try:
        read = reader.feed(bytes(whole))
    except Malformed:
        return
    assert not reader.is_ended  # a longer length: what follows is missing
    assert read == plains[: len(read)]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_malformed_or_unfinished(garbage: bytes) -> None:
    reader = Reader(KEY)
    try:
        assert reader.feed(garbage) == []
        assert reader.left == len(garbage)
    except Malformed:
        pass
    with pytest.raises(Tampered):
        open_whole(KEY, "index", garbage)


@pytest.mark.parametrize("garbage", [b"CRJ2", b"CRJ1" + bytes(8) + b"\xff\xff"])
def test_another_beginning_is_refused_at_once(garbage: bytes) -> None:
    with pytest.raises(Malformed) as raised:
        Reader(KEY).feed(garbage)
    assert raised.value.code == "journal.header"


@pytest.mark.parametrize("facts", [b"[]", b"{", b"\xff\xff", b"[" * FACTS_MAX])
def test_a_header_without_facts_is_refused(facts: bytes) -> None:
    with pytest.raises(Malformed) as raised:
        read_header(b"CRJ1" + bytes(8) + len(facts).to_bytes(2, "big") + facts)
    assert raised.value.code == "journal.header"


def test_a_file_that_lost_its_end_is_told_from_a_whole_one() -> None:
    header, chunks = written([b"one", b"two"])
    reader = Reader(KEY)
    assert reader.feed(header + chunks[0] + chunks[1][:-1]) == [b"one"]
    assert not reader.is_ended
    assert reader.left == len(chunks[1]) - 1


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2), (1, 2), (0, 0, 1, 2)])
def test_chunks_that_were_swapped_repeated_or_taken_out_are_refused(order: tuple[int, ...]) -> None:
    header, chunks = written([b"zero", b"one", b"two"])
    with pytest.raises(Tampered):
        Reader(KEY).feed(header + b"".join(chunks[each] for each in order))


def test_nothing_may_follow_the_last_chunk() -> None:
    header, chunks = written([b"one"])
    with pytest.raises(Tampered):
        Reader(KEY).feed(header + chunks[0] + b"x")
    reader = Reader(KEY)
    reader.feed(header + chunks[0])
    with pytest.raises(Tampered):
        reader.feed(b"x")


def test_a_chunk_opens_under_its_own_key_header_number_and_flag_alone() -> None:
    header, (chunk, _) = written([b"one", b"two"])
    other, _ = written([b"one"])
    flagged = bytes([chunk[0] | 0x80]) + chunk[1:]
    for key, start, number, framed in (
        (OTHER, header, 0, chunk),
        (KEY, other, 0, chunk),
        (KEY, header, 1, chunk),
        (KEY, header, 0, flagged),
        (KEY, header, 0, chunk[:-1]),
        (KEY, header, 0, chunk + b"x"),
    ):
        with pytest.raises(Tampered):
            open_chunk(key, start, number, framed)
    assert open_chunk(KEY, header, 0, chunk) == (b"one", False)


@pytest.mark.parametrize("length", [0, TAG - 1, CHUNK_MAX + TAG + 1])
def test_a_length_no_chunk_has_is_refused(length: int) -> None:
    with pytest.raises(Tampered):
        framed_bytes(length.to_bytes(4, "big"))


def test_a_sealer_refuses_what_would_break_its_promise() -> None:
    header = pack_header(Header())
    sealer = Sealer(KEY, header)
    with pytest.raises(LocalError):
        sealer.seal(bytes(CHUNK_MAX + 1))
    sealer.seal(bytes(CHUNK_MAX), is_last=True)
    with pytest.raises(LocalError):
        sealer.seal(b"")
    counted = Sealer(KEY, header)
    counted.counter = 1 << 32
    with pytest.raises(LocalError):
        counted.seal(b"")
    with pytest.raises(LocalError):
        Sealer(KEY[:16], header)
    with pytest.raises(LocalError):
        pack_header(Header({"much": "x" * FACTS_MAX}))


def test_no_nonce_seals_two_chunks() -> None:
    noted = NonceWatch(AESGCM(KEY))
    for _ in range(3):
        sealer = Sealer(KEY, pack_header(Header()))
        sealer._aead = cast(AESGCM, noted)
        for number in range(20):
            sealer.seal(b"%d" % (number % 2))
    assert len(noted.used) == 60


def test_a_whole_file_opens_under_its_name_alone() -> None:
    sealed = seal_whole(KEY, "t1.index", b"plain")
    assert open_whole(KEY, "t1.index", sealed) == b"plain"
    assert seal_whole(KEY, "t1.index", b"plain") != sealed
    for key, name, data in (
        (KEY, "t2.index", sealed),
        (OTHER, "t1.index", sealed),
        (KEY, "t1.index", sealed[:-1]),
        (KEY, "t1.index", b"CRW2" + sealed[4:]),
    ):
        with pytest.raises(Tampered):
            open_whole(key, name, data)
