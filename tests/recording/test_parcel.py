"""Sealed files that a program writes into: what was written is read, what was changed is not."""

from __future__ import annotations

import io
import os
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.journal.envelope import CHUNK_MAX
from recording.composing import Plan, Track, compose
from recording.errors import Damaged, LocalError
from recording.parcel import ParcelReader, ParcelWriter
from recording.scenes import Scene
from tests.support.made_films import BLUE, even, film

KEY = bytes(range(32))
FACTS = {"name": "rec/exports/one"}


def written(path: Path, *parts: bytes) -> ParcelReader:
    writer = ParcelWriter(path, KEY, FACTS)
    for part in parts:
        writer.write(part)
    writer.finish()
    return ParcelReader(path, KEY, FACTS["name"])


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_MAX - 1, CHUNK_MAX, CHUNK_MAX + 1, 2 * CHUNK_MAX, 3 * CHUNK_MAX + 7]
)
def test_what_was_put_in_comes_out_whatever_its_length(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    parcel = written(tmp_path / "one", *(data[at : at + 70_001] for at in range(0, size, 70_001)))

    assert parcel.length == size
    assert parcel.read(0, size + 5) == data
    assert parcel.read(size // 2, size // 2 + 9) == data[size // 2 : size // 2 + 9]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=60)), max_size=12))
def test_its_beginning_may_be_written_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bytes]]
) -> None:
    """As a file in memory has it, for every order of steps back and on."""
    path = tmp_path_factory.mktemp("parcel") / "one"
    twin, writer = io.BytesIO(), ParcelWriter(path, KEY, FACTS)
    for back, data in steps:
        for each in (twin, writer):
            each.seek(0, os.SEEK_END)
            each.seek(max(each.tell() - back, 0))
            each.write(data)
        assert writer.tell() == twin.tell()
    writer.finish()

    assert ParcelReader(path, KEY, FACTS["name"]).read(0, 10_000) == twin.getvalue()


def test_nothing_but_its_beginning_is_written_twice(tmp_path: Path) -> None:
    writer = ParcelWriter(tmp_path / "one", KEY, FACTS)
    writer.write(bytes(3 * CHUNK_MAX))
    writer.seek(40)
    writer.write(b"moov")
    writer.seek(CHUNK_MAX + 40)
    with pytest.raises(LocalError):
        writer.write(b"moov")
    writer.seek(4 * CHUNK_MAX)
    with pytest.raises(LocalError):
        writer.write(b"beyond")
    writer.discard()
    assert not (tmp_path / "one").exists()


def test_its_end_may_be_written_anew_where_it_is_held(tmp_path: Path) -> None:
    data = bytearray(os.urandom(3 * CHUNK_MAX))
    writer = ParcelWriter(tmp_path / "one", KEY, FACTS)
    writer.write(data)
    writer.hold()
    for part in (os.urandom(2 * CHUNK_MAX), os.urandom(10)):
        writer.write(part)
        data += part
    back = 3 * CHUNK_MAX + 5
    writer.seek(back)
    writer.write(b"size")
    data[back : back + 4] = b"size"
    writer.seek(0, os.SEEK_END)
    writer.write(b"end")
    data += b"end"
    writer.seek(CHUNK_MAX + 5)
    with pytest.raises(LocalError):
        writer.write(b"size")
    writer.finish()

    parcel = ParcelReader(tmp_path / "one", KEY, FACTS["name"])
    assert parcel.read(0, parcel.length) == data


def test_no_plain_byte_reaches_the_disk(tmp_path: Path) -> None:
    written(tmp_path / "one", b"a sentence of the class " * 40_000)

    assert b"sentence" not in (tmp_path / "one").read_bytes()


def test_what_was_changed_cut_or_exchanged_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "one"
    data = os.urandom(3 * CHUNK_MAX)
    written(path, data)
    whole = path.read_bytes()
    size = len(whole) - 3 * (CHUNK_MAX + 20)
    chunk = CHUNK_MAX + 20

    def is_refused(changed: bytes) -> bool:
        path.write_bytes(changed)
        try:
            return ParcelReader(path, KEY, FACTS["name"]).read(0, 3 * CHUNK_MAX) != data
        except Damaged:
            return True

    assert not is_refused(whole)
    assert is_refused(whole[:-1])
    assert is_refused(whole[:-chunk])
    assert is_refused(whole[:size])
    assert is_refused(whole[: size + 9] + b"?" + whole[size + 10 :])
    assert is_refused(
        whole[: size + chunk] + whole[size + 2 * chunk :] + whole[size + chunk : size + 2 * chunk]
    )
    with pytest.raises(Damaged):
        ParcelReader(path, KEY, "rec/exports/two")
    path.write_bytes(whole)
    with pytest.raises(Damaged):
        ParcelReader(path, bytes(32), FACTS["name"])


def test_an_unfinished_one_is_not_read(tmp_path: Path) -> None:
    writer = ParcelWriter(tmp_path / "one", KEY, FACTS)
    writer.write(bytes(2 * CHUNK_MAX))
    writer.close()

    with pytest.raises(Damaged):
        ParcelReader(tmp_path / "one", KEY, FACTS["name"])


@pytest.mark.parametrize("seconds", [2, 180])
def test_a_film_is_written_into_it_and_opened_out_of_it(tmp_path: Path, seconds: int) -> None:
    """The index of the longer one is larger than what the muxer holds itself."""

    class Blue:
        def film(self, track: str) -> io.BytesIO:
            return film(even(lambda ms: BLUE, (0, 2_000), (16, 16), 10))

        def mix(self) -> None:
            return None

    path = tmp_path / "one"
    writer = ParcelWriter(path, KEY, FACTS)
    end = seconds * 1_000
    plan = Plan((16, 16), 25, [(0, end)], [Scene(0, end, "b")], {"b": Track(0)})
    compose(plan, Blue(), writer, on_index=writer.hold)
    length = writer.finish()

    parcel = ParcelReader(path, KEY, FACTS["name"])
    assert parcel.length == length
    with av.open(io.BytesIO(parcel.read(0, length))) as container:
        assert sum(1 for _ in container.decode(video=0)) == 25 * seconds
