"""Reading updates: every kind of content Yjs knows, and the edges of numbers, texts and values."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.boards import Browsers, any_bytes, number_bytes, text_bytes, write_update
from whiteboard.errors import Refused
from whiteboard.plain import DEEPEST, Strange, read_plain
from whiteboard.ranges import Ranges
from whiteboard.reader import LARGEST, Reader
from whiteboard.update import Ref, Struct, read_state_vector, read_update, utf16_length

plain = st.recursive(
    st.none() | st.booleans() | st.text() | st.binary() | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(plain)
def test_plain_values_come_back(value: Any) -> None:
    deep = depth(value)
    reader = Reader(any_bytes(value))
    if deep > DEEPEST:
        with pytest.raises(Refused):
            read_plain(reader)
    else:
        assert read_plain(reader) == value
        assert reader.left == 0


def depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth, value), default=0)
    return 0


def test_values_as_yjs_writes_them(browsers: Browsers) -> None:
    value = {
        "ints": [0, -1, 63, 64, -64, 2**31 - 1, -(2**31), 2**31, 2**53 - 1],
        "floats": [0.5, 1.7e12, 1e300, 0.1],
        "rest": [None, True, False, "三🙂", "", b"\x00\xff", {}],
    }
    (update,) = browsers.open(5).edit(["set", "el", "k", value])
    (struct,) = read_update(update).structs[5]
    assert struct._replace(size=0) == Struct(0, 1, Ref.ANY, parent="el", key="k", content=[value])


@pytest.mark.parametrize("tag", [b"\x7f", b"\x7a" + bytes(8)])
def test_values_no_element_has(tag: bytes) -> None:
    assert read_plain(Reader(tag)) in set(Strange)


CONTENTS = {
    Ref.DELETED: (7, b"\x07", None),
    Ref.JSON: (2, b"\x02" + text_bytes("1") + text_bytes('"a"'), ["1", '"a"']),
    Ref.BINARY: (1, b"\x02ab", b"ab"),
    Ref.STRING: (4, text_bytes("a🙂b"), "a🙂b"),
    Ref.EMBED: (1, text_bytes("{}"), "{}"),
    Ref.FORMAT: (1, text_bytes("bold") + text_bytes("true"), ("bold", "true")),
    Ref.TYPE: (1, b"\x02", 2),
    Ref.ANY: (2, b"\x02\x7e" + any_bytes("b"), [None, "b"]),
    Ref.DOC: (1, text_bytes("guid") + any_bytes({}), ("guid", {})),
}


@pytest.mark.parametrize("ref", CONTENTS)
def test_every_kind_of_content_is_read(ref: Ref) -> None:
    length, raw, content = CONTENTS[ref]
    structs = [
        Struct(5, 3, Ref.GC, content=b"\x03"),
        Struct(8, length, ref, parent="el", key="k", content=raw),
        Struct(8 + length, length, ref, parent=(1, 2), content=raw),
        Struct(8 + 2 * length, length, ref, origin=(1, 2), content=raw),
        Struct(8 + 3 * length, length, ref, right_origin=(3, 2**20), content=raw),
        Struct(8 + 4 * length, length, ref, origin=(1, 2), right_origin=(3, 4), content=raw),
        Struct(8 + 5 * length, 300, Ref.SKIP, content=number_bytes(300)),
    ]
    data = write_update({9: structs}, {4: [(1, 2), (3, 1)]})
    update = read_update(data)
    assert update.deletes == {4: [(1, 3), (3, 4)]}
    assert sum(one.size for one in update.structs[9]) == len(data) - 11
    read = [one._replace(size=0) for one in update.structs[9]]
    assert read[0] == Struct(5, 3, 0)
    assert read[-1].length == 300
    assert read[1:-1] == [struct._replace(content=content) for struct in structs[1:-1]]
    for end in range(len(data)):
        with pytest.raises(Refused, match=r"update\.malformed"):
            read_update(data[:end])
    with pytest.raises(Refused, match=r"update\.trailing"):
        read_update(data + b"\x00")


@pytest.mark.parametrize(
    "data",
    [
        write_update({9: []}),
        write_update({9: [Struct(0, 0, Ref.GC, content=b"\x00")]}),
        write_update({9: [Struct(0, 1, Ref.STRING, parent="a", key="k", content=b"\x00")]}),
        write_update({9: [Struct(0, 1, Ref.ANY, parent="a", key="k", content=b"\x00")]}),
        write_update({9: [Struct(0, 1, 9 + 2, parent="a", key="k", content=b"\x01\x01")]}),
        write_update({9: [Struct(0, 1, Ref.GC, key="k", content=b"\x01")]}),
        write_update({9: [Struct(0, 1, Ref.TYPE, parent="a", key="k", content=b"\x07")]}),
        write_update({2**32: [Struct(0, 1, Ref.GC, content=b"\x01")]}),
        write_update({}, {9: [(3, 1), (1, 1)]}),
        write_update({}, {9: [(1, 3), (3, 1)]}),
        write_update({}, {9: [(1, 0)]}),
        write_update({}, {9: [(2**31, 1)]}),
        b"\x00\x02\x09\x01\x01\x01\x09\x01\x05\x01",
        b"\x80\x00\x00",
        b"\xff" * 12,
        b"\x00" + b"\xff" * 6 + b"\x01",
        b"\x01\x01\x09\x00\x28\x02\x02el\x01k\x01\x7e\x00",
    ],
)
def test_what_two_readers_could_read_differently(data: bytes) -> None:
    with pytest.raises(Refused, match=r"update\.malformed"):
        read_update(data)


@pytest.mark.parametrize("value", [0, 1, 127, 128, 2**31, LARGEST])
def test_numbers_up_to_the_largest(value: int) -> None:
    assert Reader(number_bytes(value)).varuint() == value
    with pytest.raises(Refused):
        Reader(number_bytes(value)[:-1]).varuint()


@pytest.mark.parametrize("raw", [number_bytes(2**53), number_bytes(2**70), b"\x81\x00", b"\xff"])
def test_numbers_that_are_none(raw: bytes) -> None:
    with pytest.raises(Refused, match="mine"):
        Reader(raw, "mine").varuint()


def test_state_vectors() -> None:
    assert read_state_vector(b"") == {}
    assert read_state_vector(b"\x02\x05\x07\x06\x80\x01") == {5: 7, 6: 128}
    for wrong in (b"\x01", b"\x02\x05\x07\x05\x07", b"\x00\x00", b"\xff\xff\xff\xff\x0f"):
        with pytest.raises(Refused):
            read_state_vector(wrong)


@given(st.text())
def test_letters_are_counted_as_javascript_does(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))), st.integers(0, 60))
def test_ranges_are_a_set(added: list[tuple[int, int]], start: int) -> None:
    ranges, clocks = Ranges(), set[int]()
    for first, length in added:
        ranges.add(first, first + length)
        clocks |= set(range(first, first + length))
    assert {clock for clock in range(80) if clock in ranges} == clocks
    listed = list(ranges)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(listed))
    gaps = ranges.gaps(start, start + 15)
    missing = [clock for first, last in gaps for clock in range(first, last)]
    assert missing == [clock for clock in range(start, start + 15) if clock not in clocks]
