"""Recordings of which the bodies lie in a bucket, on a real server that speaks S3."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from classroom.blobs.far_recordings import Bucket, FarRecordings
from classroom.blobs.recordings import RecordingBlobs
from classroom.errors import LocalError
from tests.support.bucket import bucket_at, s3_server

BODIES = {"mix.body": 300_000, "tracks/t1.body": 2_000_000, "tracks/t1-2.body": 10}
OTHERS = ("manifest.json", "tracks/t1.index", "room.rj", "people/ada.ink.rj")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with s3_server() as port:
        yield port


@pytest.fixture
async def bucket(port: int, request: pytest.FixtureRequest) -> Bucket:
    return await bucket_at(port, f"class/{request.node.name[:40]}")


@pytest.fixture
async def far(bucket: Bucket) -> FarRecordings:
    return FarRecordings(bucket)


@pytest.fixture
async def blobs(far: FarRecordings, tmp_path: Path) -> RecordingBlobs:
    return RecordingBlobs(tmp_path / "recordings", far)


async def filled(blobs: RecordingBlobs, recording_id: str = "rec1") -> dict[str, bytes]:
    """A recording, and what lies in its folder."""
    folder = await blobs.make(recording_id)
    content = {name: os.urandom(size) for name, size in BODIES.items()}
    content |= {name: name.encode() for name in OTHERS}
    for name, data in content.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return content


def there(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


async def test_bodies_go_away_and_are_read_from_there(
    blobs: RecordingBlobs, far: FarRecordings
) -> None:
    content = await filled(blobs)
    folder = blobs.folder("rec1")
    size = await blobs.size("rec1")
    assert await blobs.is_to_be_sent("rec1")
    await blobs.send_away("rec1")
    await blobs.send_away("rec1")
    assert not await blobs.is_to_be_sent("rec1")
    assert there(folder) == {name: content[name] for name in OTHERS}
    assert await far.sizes("rec1") == BODIES
    assert await far.sizes("rec") == {}
    assert await blobs.size("rec1") == size - sum(BODIES.values())
    read = blobs.reads_far("rec1")
    assert read is not None
    assert read("tracks/t1.body", 70_000, 500) == content["tracks/t1.body"][70_000:70_500]
    with pytest.raises(FileNotFoundError, match="not there"):
        read("tracks/t2.body", 0, 1)


async def test_bodies_are_at_home_while_somebody_works_on_them(
    blobs: RecordingBlobs, far: FarRecordings
) -> None:
    content = await filled(blobs)
    folder = blobs.folder("rec1")
    await blobs.send_away("rec1")
    async with blobs.at_home("rec1"):
        async with blobs.at_home("rec1"):
            assert there(folder) == content
        await blobs.send_away("rec1")
        assert there(folder) == content, "somebody still works on it"
        assert await far.sizes("rec1") == BODIES
    assert there(folder).keys() == set(OTHERS)


async def test_what_is_changed_at_home_is_nowhere_else_meanwhile(
    blobs: RecordingBlobs, far: FarRecordings
) -> None:
    await filled(blobs)
    folder = blobs.folder("rec1")
    await blobs.send_away("rec1")

    async def changes() -> None:
        async with blobs.at_home("rec1", is_changed=True):
            assert await far.sizes("rec1") == {}
            (folder / "tracks/t1.body").unlink()
            (folder / "mix.body").write_bytes(b"anew")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await changes()
    assert await far.sizes("rec1") == {"mix.body": 4, "tracks/t1-2.body": 10}


async def test_what_was_sent_half_or_changed_there_is_sent_again(
    blobs: RecordingBlobs, far: FarRecordings, tmp_path: Path
) -> None:
    content = await filled(blobs)
    folder = blobs.folder("rec1")
    wrong = tmp_path / "wrong"
    wrong.write_bytes(bytes(BODIES["mix.body"]))
    await far.send("rec1", "mix.body", wrong)
    await blobs.send_away("rec1")
    async with blobs.at_home("rec1"):
        assert (folder / "mix.body").read_bytes() == content["mix.body"]


async def test_drop_and_remove_reach_both_places(blobs: RecordingBlobs, far: FarRecordings) -> None:
    await filled(blobs)
    await filled(blobs, "rec2")
    for recording_id in ("rec1", "rec2"):
        await blobs.send_away(recording_id)
    await blobs.drop("rec1", ("mix.*", "people/*"))
    assert (await far.sizes("rec1")).keys() == {"tracks/t1.body", "tracks/t1-2.body"}
    await blobs.remove("rec1")
    await blobs.remove("rec1")
    assert await far.sizes("rec1") == {}
    assert not blobs.folder("rec1").exists()
    assert await far.sizes("rec2") == BODIES


async def test_a_bucket_that_fails_loses_nothing(
    bucket: Bucket, far: FarRecordings, tmp_path: Path
) -> None:
    nobody = FarRecordings(replace(bucket, url="s3://nobody/there"))
    blobs = RecordingBlobs(tmp_path / "recordings", nobody)
    content = await filled(blobs)
    with pytest.raises(OSError, match="bucket failed"):
        await nobody.check()
    with pytest.raises(OSError, match=r"bucket failed|not there") as raised:
        await blobs.send_away("rec1")
    assert bucket.secret not in str(raised.value)
    assert bucket.secret not in repr(bucket)
    assert there(blobs.folder("rec1")) == content
    assert await blobs.size("rec1") == sum(len(data) for data in content.values())
    with pytest.raises(OSError, match=r"bucket failed|not there"):
        await blobs.remove("rec1")
    assert not blobs.folder("rec1").exists()
    await far.check()


async def test_names_lead_out_of_no_recording(far: FarRecordings) -> None:
    with pytest.raises(LocalError):
        await far.sizes("../other")


async def test_without_a_far_place_everything_stays(tmp_path: Path) -> None:
    blobs = RecordingBlobs(tmp_path)
    content = await filled(blobs)
    await blobs.send_away("rec1")
    async with blobs.at_home("rec1", is_changed=True):
        pass
    assert there(blobs.folder("rec1")) == content
    assert not await blobs.is_to_be_sent("rec1")
    assert blobs.reads_far("rec1") is None
