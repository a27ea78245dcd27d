"""The control socket's framing: round trips, pieces, and what is refused."""

from __future__ import annotations

import json
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.server.protocol import (
    MAX_FRAME_BYTES,
    Failure,
    FrameReader,
    Message,
    Notice,
    Reply,
    Request,
    decode,
    encode,
)

texts = st.text(max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(texts, values, max_size=4)
numbers = st.integers(0, 2**53)
messages = st.one_of(
    st.builds(Request, numbers, texts, objects),
    st.builds(Reply, numbers, objects),
    st.builds(Failure, numbers, texts, texts),
    st.builds(Notice, texts, objects),
)


@given(st.lists(messages, max_size=5), st.integers(1, 40))
def test_messages_survive_the_stream_in_any_pieces(sent: list[Message], size: int) -> None:
    stream = b"".join(encode(message) for message in sent)
    reader = FrameReader()
    received: list[Message] = []
    for start in range(0, len(stream), size):
        received += reader.feed(stream[start : start + size])
    assert received == sent


@given(st.binary(max_size=200))
def test_any_bytes_give_messages_or_malformed(data: bytes) -> None:
    with suppress(Malformed):
        FrameReader().feed(data)


@given(values)
def test_any_json_gives_a_message_or_malformed(value: object) -> None:
    with suppress(Malformed):
        decode(json.dumps(value).encode())


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b"3",
        b'{"id":"1","method":"ping","params":{}}',
        b'{"id":1,"method":"ping"}',
        b'{"id":1,"error":{"code":7,"detail":""}}',
        b'{"event":"X","params":[]}',
    ],
)
def test_what_is_no_message_is_named(body: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        decode(body)
    assert caught.value.code == "control.shape"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 20_000])
def test_what_is_no_json_is_named(body: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        decode(body)
    assert caught.value.code == "control.json"


def test_a_length_beyond_the_bound_is_refused_before_its_bytes_come() -> None:
    with pytest.raises(Malformed) as caught:
        FrameReader().feed(struct.pack("!I", MAX_FRAME_BYTES + 1))
    assert caught.value.code == "control.too_long"


def test_a_message_beyond_the_bound_is_not_written() -> None:
    with pytest.raises(Malformed) as caught:
        encode(Notice("X", {"text": "x" * MAX_FRAME_BYTES}))
    assert caught.value.code == "control.too_long"
