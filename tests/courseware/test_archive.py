"""Zips, read with bounds."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.archive import Measure, read_member, read_members
from courseware.errors import Unfit
from tests.support.decks import zipped

MEASURE = Measure(entries=100, bytes=1 << 20)


def members(raw: bytes) -> dict[str, bytes]:
    """Every file of a zip, unpacked."""
    file = io.BytesIO(raw)
    return {one.path: read_member(file, one, 1 << 20) for one in read_members(file, MEASURE)}


def fault(raw: bytes) -> str:
    """What a zip is refused with."""
    with pytest.raises(Unfit) as refused:
        members(raw)
    return refused.value.fault


def test_what_is_packed_too_well_is_refused_beyond_a_size() -> None:
    """Hexadecimal digits are packed about twice."""
    words = random.Random(3).randbytes(60_000).hex().encode()
    raw = zipped({"a.js": words})
    for ratio, small, is_bomb in ((3, 0, False), (1, 0, True), (1, len(words), False)):
        measure = Measure(100, 1 << 20, ratio=ratio, small=small)
        with pytest.raises(Unfit, match="bomb") if is_bomb else contextlib.nullcontext():
            read_members(io.BytesIO(raw), measure)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_files_come_out_as_they_went_in(packing: int) -> None:
    files = {"a.txt": b"", "folder/": b"", "folder/文.js": bytes(range(256)) * 300}
    assert members(zipped(files, packing=packing)) == {
        name: raw for name, raw in files.items() if not name.endswith("/")
    }


@pytest.mark.parametrize(
    "name",
    ["/etc/x", "../x", "a/../../x", "C:x", "c:/x", "a\\..\\x", "a//b", "./a", "a\nb", "x" * 301],
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        member = zipfile.ZipInfo("placeholder")
        member.filename = name
        archive.writestr(member, b"x")
    assert fault(written.getvalue()) == "broken"


def test_a_name_with_a_zero_is_refused() -> None:
    assert fault(zipped({"abc": b"x"}).replace(b"abc", b"a\0c")) == "broken"


@pytest.mark.parametrize("name", ["a..b", "a/b.c", "..a", "a b/c", "%2e%2e/x", "文/件.html"])
def test_other_names_are_fine(name: str) -> None:
    assert members(zipped({name: b"x"})) == {name: b"x"}


def test_locked_files_are_told_apart() -> None:
    raw = bytearray(zipped({"a": b"x"}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert fault(bytes(raw)) == "encrypted"


def test_two_files_of_one_name_are_refused() -> None:
    assert fault(zipped({"aa": b"x", "ab": b"y"}).replace(b"ab", b"aa")) == "broken"


def test_other_ways_of_packing_are_refused() -> None:
    assert fault(zipped({"a": b"x" * 99}, packing=zipfile.ZIP_BZIP2)) == "broken"


def test_changed_bytes_are_noticed() -> None:
    raw = zipped({"a": b"hello"}, packing=zipfile.ZIP_STORED)
    assert fault(raw.replace(b"hello", b"hallo")) == "broken"


@pytest.mark.parametrize("count", [99, 101])
def test_there_may_be_so_many_files(count: int) -> None:
    raw = zipped({f"{n}": b"" for n in range(count)})
    assert len(members(raw)) == 99 if count == 99 else fault(raw) == "bomb"


def test_there_may_be_so_many_bytes() -> None:
    assert fault(zipped({"a": bytes((1 << 20) + 1)})) == "bomb"
    assert len(members(zipped({"a": bytes(1 << 20)}))["a"]) == 1 << 20


def test_a_directory_that_lies_about_itself_is_refused() -> None:
    raw = zipped({"a": b"x"})
    at = raw.index(b"PK\x05\x06")
    assert fault(raw[: at + 10] + struct.pack("<H", 2) + raw[at + 12 :]) == "broken"
    assert fault(raw[: at + 16] + struct.pack("<I", 0) + raw[at + 20 :]) == "broken"
    assert fault(raw[:at]) == "broken"


@settings(max_examples=100)
@given(st.data())
def test_any_damage_is_a_value_or_a_fault(data: st.DataObject) -> None:
    raw = bytearray(zipped({"a.txt": b"hello" * 20, "b/c.js": b"1"}))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unfit):
        members(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
