"""Frames: round trips, arbitrary bytes, and that the documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.board_lesson import Lesson
from whiteboard import frame
from whiteboard.errors import LocalError, Refused
from whiteboard.frame import CLIENT_FORMS, SERVER_FORMS, Form, Kind
from whiteboard.frame_reading import client_frames, inflate, server_frames
from whiteboard.frame_writing import Segment, deflate, encode, encode_all

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "board_protocol.md"
NUMBERS = st.integers(0, 2**32 - 1)
VALUES: dict[Kind, st.SearchStrategy[object]] = {
    Kind.CHANNEL: st.integers(0, 63),
    Kind.VARUINT: NUMBERS,
    Kind.VARINT: st.integers(-(2**31), 2**31 - 1),
    Kind.BYTE: st.integers(0, 255),
    Kind.STR: st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=64),
    Kind.BYTES: st.binary(max_size=1024),
    Kind.JSON: st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.text())),
}

SPECIAL: dict[tuple[str, str], st.SearchStrategy[object]] = {
    ("OPEN", "mode"): st.integers(0, 1),
    ("VIEW", "page_id"): st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True),
}


def frames_of(forms: tuple[Form, ...]) -> st.SearchStrategy[frame.Frame]:
    def one(form: Form) -> st.SearchStrategy[frame.Frame]:
        parts = [SPECIAL.get((form.name, name), VALUES[kind]) for name, kind in form.fields]
        return st.tuples(*parts).map(lambda values: form.make(*values))

    return st.one_of([one(form) for form in forms])


@given(st.lists(frames_of(CLIENT_FORMS), min_size=1, max_size=4))
def test_a_clients_frames_come_back(frames: list[frame.Frame]) -> None:
    assert list(client_frames(encode_all(frames))) == frames


@given(st.lists(frames_of(SERVER_FORMS), min_size=1, max_size=4))
def test_the_servers_frames_come_back(frames: list[frame.Frame]) -> None:
    assert list(server_frames(encode_all(frames))) == frames


@given(frames_of(tuple(form for form in SERVER_FORMS if form.fields[0][1] is Kind.CHANNEL)))
def test_a_segment_is_the_frame_under_each_number(one: frame.Frame) -> None:
    segment = Segment(one)
    for number in (0, 15, 7, 0):
        [read] = server_frames(segment.under(number))
        assert getattr(read, "channel") == number  # noqa: B009, not all frames have one
        assert encode(read) == segment.under(number)


def read_or_refused(message: bytes) -> list[frame.ClientFrame] | str:
    try:
        return list(client_frames(message))
    except Refused as refusal:
        if refusal.code != "frame.malformed":
            raise
        return refusal.code


@given(st.binary(max_size=200))
def test_any_bytes_are_frames_or_malformed(message: bytes) -> None:
    assert read_or_refused(message) != []


@given(st.lists(frames_of(CLIENT_FORMS), min_size=1, max_size=3), st.data())
def test_damaged_frames_are_frames_or_malformed(
    frames: list[frame.Frame], data: st.DataObject
) -> None:
    message = bytearray(encode_all(frames))
    for _ in range(data.draw(st.integers(1, 4))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    assert read_or_refused(bytes(message)) != []


MALFORMED = {
    "empty": b"",
    "no type": b"\x00",
    "unknown type": b"\x01\x63",
    "type 0": b"\x01\x00",
    "longer than the message": b"\x03\x09\x01",
    "shorter than its fields": b"\x01\x09",
    "longer than its fields": b"\x03\x09\x01\x01",
    "channel 64": b"\x02\x03\x40",
    "number of 33 bits": b"\x06\x09\xff\xff\xff\xff\x1f",
    "number without end": b"\x07\x09\xff\xff\xff\xff\xff\x01",
    "no UTF-8": b"\x03\x01\x01\xff",
    "mode 2": encode(frame.Open(0, "b/p/0", 1, b"", 2)),
    "key too long": encode(frame.Live(0, "k" * 65, 0, b"")),
    "no key": encode(frame.Live(0, "", 0, b"")),
    "preview too large": encode(frame.Live(0, "k", 0, bytes(4097))),
    "trail too large": encode(frame.Laser(0, bytes(1025))),
    "page id too long": encode(frame.View("p" * 65, 0, 0, 1, 1)),
    "no page id": encode(frame.View("p/1", 0, 0, 1, 1)),
}


@pytest.mark.parametrize("message", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_malformed_ends_the_connection(message: bytes) -> None:
    with pytest.raises(Refused, match=r"frame\.malformed"):
        list(client_frames(message))
    lesson = Lesson()
    sam = lesson.comes("sam")
    sam.says(message)
    assert sam.closed_with == "frame.malformed"
    assert lesson.board.take_counts() == {"frame.frame.malformed": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        frame.Ping(2**32),
        frame.Ping(-1),
        frame.CloseChannel(64),
        frame.Cursor(0, 256, 0, 0),
        frame.Cursor(0, 0, 2**31, 0),
    ],
)
def test_a_value_that_does_not_fit_is_our_own_mistake(wrong: frame.ClientFrame) -> None:
    with pytest.raises(LocalError):
        encode(wrong)


@given(st.binary(max_size=5000))
def test_deflated_updates_come_back(update: bytes) -> None:
    deflated = deflate(update)
    assert inflate(deflated, size_max=5000) == update
    for wrong in (deflated[:-1], deflated + b"\x00"):
        with pytest.raises(Refused):
            inflate(wrong, size_max=5000)
    if len(update) > 1:
        with pytest.raises(Refused):
            inflate(deflated, size_max=len(update) - 1)


SENT = st.one_of(
    st.binary(max_size=80),
    st.lists(frames_of(CLIENT_FORMS), min_size=1, max_size=3).map(encode_all),
    st.builds(encode, st.builds(frame.Update, st.integers(0, 2), NUMBERS, st.binary(max_size=60))),
    st.builds(
        encode,
        st.builds(
            frame.Open,
            st.integers(0, 2),
            st.just("board/p1/0"),
            NUMBERS,
            st.sampled_from([b"", b"\x00"]) | st.binary(max_size=12),
            st.integers(0, 1),
        ),
    ),
    st.builds(
        encode,
        st.builds(
            frame.Live, st.integers(0, 2), st.just("k"), st.integers(0, 1), st.binary(max_size=9)
        ),
    ),
)


@given(st.lists(SENT, max_size=12))
def test_whatever_is_sent_nothing_is_raised_and_nobody_else_is_disturbed(
    messages: list[bytes],
) -> None:
    lesson = Lesson()
    tina, sam = lesson.comes("tina"), lesson.comes("sam")
    tina.opens()
    for message in messages:
        sam.says(message)
        lesson.passes(0.03)
    key = tina.draws()
    assert tina.closed_with is None
    assert tina.acked == {0: 1}
    assert key in lesson.stored().items()


def documented(heading: str) -> list[tuple[int, str, str]]:
    text = DOCUMENT.read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (\d+) \| `([A-Z]+)` \| ([^|]+) \|", section, re.MULTILINE)
    return [(int(number), name, fields.strip()) for number, name, fields in rows]


@pytest.mark.parametrize(
    ("heading", "forms"),
    [("From the client", CLIENT_FORMS), ("From the server", SERVER_FORMS)],
)
def test_the_documented_table_is_the_codes(heading: str, forms: tuple[Form, ...]) -> None:
    written = [
        (
            form.number,
            form.name,
            ", ".join(
                kind.value if kind is Kind.CHANNEL else f"{kind.value} {name}"
                for name, kind in form.fields
            ),
        )
        for form in forms
    ]
    assert documented(heading) == written
