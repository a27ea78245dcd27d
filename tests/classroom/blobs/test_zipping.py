"""A zip that is made while it is sent has the files, bytes equal, under names of their own."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from functools import partial
from zipfile import ZipFile

from classroom.blobs import zipping
from classroom.blobs.zipping import Packed, zipped

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


async def pieces(*content: bytes) -> AsyncGenerator[bytes, None]:
    for piece in content:
        yield piece


async def gone() -> AsyncGenerator[bytes, None]:
    raise FileNotFoundError
    yield b""


def packed(name: str, *content: bytes, at: datetime = AT) -> Packed:
    return Packed(name, sum(map(len, content)), at, partial(pieces, *content))


async def read(*files: Packed) -> ZipFile:
    whole = b"".join([piece async for piece in zipped(files)])
    return ZipFile(io.BytesIO(whole))


async def test_a_zip_has_the_files() -> None:
    archive = await read(
        packed("a.txt", b"one", b"two"),
        packed("作业.txt", bytes(100_000)),
        packed("a.txt", b"other"),
        Packed("gone.txt", 5, AT, gone),
        packed("empty.txt", at=datetime(1970, 1, 1, tzinfo=UTC)),
    )
    assert archive.namelist() == ["a.txt", "作业.txt", "a (2).txt", "empty.txt"]
    assert archive.testzip() is None
    assert archive.read("a.txt") == b"onetwo"
    assert archive.read("作业.txt") == bytes(100_000)
    assert archive.read("a (2).txt") == b"other"
    assert archive.getinfo("a.txt").date_time == (2026, 3, 1, 9, 30, 0)
    assert archive.getinfo("empty.txt").date_time[0] == 1980


async def test_nothing_to_send_is_an_empty_zip() -> None:
    assert (await read()).namelist() == []


async def test_a_large_file_has_room_for_its_size() -> None:
    huge = Packed("huge.bin", 5 * 1024**3, AT, partial(pieces, b"not so large"))
    assert (await read(huge)).read("huge.bin") == b"not so large"


async def test_it_is_made_piece_by_piece() -> None:
    content = [bytes(50_000)] * 20
    sizes = [len(piece) async for piece in zipped([packed("a.bin", *content)])]
    assert max(sizes) < 51_000
    assert zipping.unlike is not None


async def test_who_hangs_up_in_the_middle_closes_what_was_read() -> None:
    closed: list[bool] = []

    async def slow() -> AsyncGenerator[bytes, None]:
        try:
            for _ in range(10):
                yield b"piece"
        finally:
            closed.append(True)

    sending = zipped([Packed("a.bin", 50, AT, slow)])
    await anext(sending)
    await sending.aclose()
    assert closed == [True]
