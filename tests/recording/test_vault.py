"""Body, index and vault: appended, killed in between, cut, served in any range, tampered with."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from recording import index as indexes
from recording import webm
from recording.body import Body
from recording.errors import Damaged
from recording.index import Index
from recording.vault import VirtualFile, open_index, verify

KEY = bytes(range(32))
REC = "rec1"
PACKETS = 50
"""In a second of sound."""


def packet(number: int) -> bytes:
    """An Opus packet of 20 ms (one frame, CELT only) with a number in it."""
    return bytes([0xF8]) + number.to_bytes(4, "big") * 10


def write(folder: Path, track: str, seconds: range, key: bytes = KEY) -> Index:
    """Seconds of sound at the end of a track, by one process."""
    body = Body(folder, REC, track, key)
    index = body.load() or Index(
        "audio/opus", 2000, 48_000, channels=1, private=webm.opus_private(1)
    )
    body.open(index)
    for second in seconds:
        ms = second * 1000
        frames = [(ms + 20 * each, packet(ms + each), True) for each in range(PACKETS)]
        body.add(index, webm.cluster(ms, frames), ms, has_key=True)
        index.end_ms = index.start_ms + ms + 1000
        body.flush(index)
    body.save(index)
    body.close()
    return index


def served(folder: Path, track: str = "t1", cuts: tuple[tuple[int, int], ...] = ()) -> VirtualFile:
    return VirtualFile(folder, track, KEY, open_index(folder, REC, track, KEY), cuts)


def demuxed(data: bytes) -> Iterator[tuple[int, bytes]]:
    with av.open(io.BytesIO(data)) as container:
        for each in container.demux():
            if each.pts is not None and each.time_base is not None:
                yield round(each.pts * each.time_base * 1000), bytes(each)


def test_a_file_is_what_was_written_and_tells_its_length(tmp_path: Path) -> None:
    write(tmp_path, "t1", range(5))
    file = served(tmp_path)
    data = file.read(0, file.length)
    assert len(data) == file.length
    expected = [(ms * 20, packet(ms // 50 * 1000 + ms % 50)) for ms in range(5 * PACKETS)]
    assert list(demuxed(data)) == expected
    with av.open(io.BytesIO(data)) as container:
        assert container.duration == 5_000_000
        container.seek(3_000_000)
        found = next(iter(container.demux()))
        assert found.pts is not None
        assert found.pts <= 3000


def test_any_range_is_that_part_of_the_whole(tmp_path: Path) -> None:
    write(tmp_path, "t1", range(20))
    for cuts in ((), ((4000, 9000), (21_000, 30_000))):
        file = served(tmp_path, cuts=cuts)
        whole = file.read(0, file.length)
        dice = random.Random(7)
        for _ in range(60):
            start, stop = sorted(dice.randrange(file.length + 1) for _ in range(2))
            assert file.read(start, stop) == whole[start:stop]
        assert file.read(file.length - 5, file.length + 100) == whole[-5:]


async def test_it_comes_in_pieces(tmp_path: Path) -> None:
    write(tmp_path, "t1", range(3))
    file = served(tmp_path)
    pieces = [piece async for piece in file.pieces(10, file.length - 3)]
    assert b"".join(pieces) == file.read(10, file.length - 3)


def test_cut_parts_are_nowhere_in_it(tmp_path: Path) -> None:
    write(tmp_path, "t1", range(10))
    file = served(tmp_path, cuts=((4000, 6000),))  # the track began at 2000
    times = [ms for ms, _ in demuxed(file.read(0, file.length))]
    assert times == [ms for ms in range(0, 10_000, 20) if not 2000 <= ms < 4000]


def test_pictures_go_on_behind_a_cut_with_a_key_frame(tmp_path: Path) -> None:
    body = Body(tmp_path, REC, "t1", KEY)
    index = Index("video/VP8", 0, 90_000, sizes=[[0, 64, 48]], end_ms=10_000)
    body.open(index)
    for second in range(10):
        is_key = second % 3 == 0
        frames = [(second * 1000, bytes([second] * 30), is_key)]
        body.add(index, webm.cluster(second * 1000, frames), second * 1000, has_key=is_key)
    body.flush(index)
    body.save(index)
    body.close()
    file = served(tmp_path, cuts=((4000, 5000),))
    times = [ms for ms, _ in demuxed(file.read(0, file.length))]
    assert times == [0, 1000, 2000, 3000, 6000, 7000, 8000, 9000]


def test_a_process_goes_on_where_the_index_is_with_numbers_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "t1", range(3))
    first = open_index(tmp_path, REC, "t1", KEY)
    path = tmp_path / "tracks/t1.body"
    # One that was killed after its chunks and before its index.
    killed = Body(tmp_path, REC, "t1", KEY)
    index = killed.load()
    assert index is not None
    killed.open(index)
    lost = webm.cluster(3000, [(3000, packet(1), True)])
    killed.add(index, lost, 3000, has_key=True)
    killed.flush(index)
    killed.close()
    assert path.stat().st_size > first.file_bytes
    last = write(tmp_path, "t1", range(3, 5))
    assert [start for start, _ in last.generations] == [0, 3]
    assert last.generations[1][1] == 2 * indexes.GENERATION
    verify(tmp_path, "t1", KEY, open_index(tmp_path, REC, "t1", KEY))
    file = served(tmp_path)
    assert [ms for ms, _ in demuxed(file.read(0, file.length))] == list(range(0, 5000, 20))


def _flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def _swap_chunks(path: Path, index: Index) -> None:
    size = index.chunks[0] + 20
    data = path.read_bytes()
    start = len(index.header)
    first, second = data[start : start + size], data[start + size : start + 2 * size]
    path.write_bytes(data[:start] + second + first + data[start + 2 * size :])


def test_what_was_changed_is_refused_by_name(tmp_path: Path) -> None:
    index = write(tmp_path, "t1", range(3))
    write(tmp_path, "t2", range(3))
    body = tmp_path / "tracks/t1.body"
    good = body.read_bytes()
    other = (tmp_path / "tracks/t2.body").read_bytes()

    def refuses() -> None:
        with pytest.raises(Damaged, match=r"envelope\.tampered"):
            verify(tmp_path, "t1", KEY, open_index(tmp_path, REC, "t1", KEY))
        body.write_bytes(good)

    for at in (5, len(index.header) + 1, len(index.header) + 100, len(good) - 1):
        _flip(body, at)
        refuses()
    _swap_chunks(body, index)
    refuses()
    body.write_bytes(good[: -(index.chunks[-1] + 20)])  # at a chunk's edge
    refuses()
    body.write_bytes(good + good[-100:])
    refuses()
    body.write_bytes(other)  # the same person's, of the same lengths
    refuses()
    verify(tmp_path, "t1", KEY, open_index(tmp_path, REC, "t1", KEY))


def test_an_index_belongs_to_one_track_and_one_key(tmp_path: Path) -> None:
    write(tmp_path, "t1", range(1))
    write(tmp_path, "t2", range(1))
    write(tmp_path, "t3", range(1), key=bytes(32))
    for other in ("t2", "t3"):
        data = (tmp_path / f"tracks/{other}.index").read_bytes()
        (tmp_path / "tracks/t1.index").write_bytes(data)
        with pytest.raises(Damaged, match=r"index\.tampered"):
            open_index(tmp_path, REC, "t1", KEY)
    with pytest.raises(Damaged, match=r"index\.tampered"):
        open_index(tmp_path, REC, "t2", os.urandom(32))


def test_an_index_keeps_everything(tmp_path: Path) -> None:
    index = Index(
        "video/VP8", 5, 90_000, end_ms=77, private=b"\1\2", header=b"head", sizes=[[0, 1, 2]],
        rotations=[[0, 90]], gaps=[[1, 2, "loss"]], voice=[[3, 4]], state={"read": {"a": 1}},
    )  # fmt: skip
    index.chunks.extend([1, 2**31])
    index.clusters.add(2**30, 70_000, has_key=True)
    index.begin_generation()
    packed = indexes.pack(index, KEY, "name")
    assert indexes.unpack(packed, KEY, "name") == index
