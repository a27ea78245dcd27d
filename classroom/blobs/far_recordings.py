"""Bodies of recordings in an S3 bucket: nearly all bytes of a recording, sealed as they were.

What lies there opens with no key that the bucket has. An object is taken for what it should be only
when its size and the checksum beside it say so. Needs `obstore` (the extra `s3`).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from classroom.errors import LocalError
from classroom.ids import may_be_id

CHECKSUM: Final = "sha256"
ANSWER_S: Final = 60
PIECE_S: Final = 10
CONNECT_S: Final = 5
TRIES: Final = 4
TRY_FOR: Final = timedelta(seconds=60)
_PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where it is and how one gets in. `url` is `s3://bucket/folder`; without `endpoint` it is
    Amazon's."""

    url: str
    endpoint: str = ""
    region: str = "us-east-1"
    key: str = ""
    secret: str = field(default="", repr=False)


class FarRecordings:
    """What fails is an OSError; what is not there a FileNotFoundError."""

    def __init__(self, bucket: Bucket) -> None:
        parts = urlsplit(bucket.url)
        given = {
            "endpoint": bucket.endpoint,
            "access_key_id": bucket.key,
            "secret_access_key": bucket.secret,
        }
        options: dict[str, Any] = {name: value for name, value in given.items() if value}

        def store(within_s: int, tries: int) -> S3Store:
            return S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                region=bucket.region,
                virtual_hosted_style_request=False,
                client_options={
                    "timeout": timedelta(seconds=within_s),
                    "connect_timeout": timedelta(seconds=CONNECT_S),
                    "allow_http": bucket.endpoint.startswith("http://"),
                },
                retry_config={"max_retries": tries, "retry_timeout": TRY_FOR},
                **options,
            )

        self._store = store(ANSWER_S, TRIES)
        self._played = store(PIECE_S, 1)
        """For who waits for a piece."""

    async def send(self, recording_id: str, name: str, path: Path) -> None:
        """Keep a file; one that is there already is not sent again. It is there when this
        returns."""
        place = _place(recording_id, name)
        size, checksum = await asyncio.to_thread(_looked_at, path)
        if await self._holds(place, size, checksum):
            return
        with _failing():
            await obstore.put_async(self._store, place, path, attributes={CHECKSUM: checksum})
        if not await self._holds(place, size, checksum):
            raise OSError("the bucket did not keep what was sent")

    async def fetch(self, recording_id: str, name: str, path: Path) -> None:
        """Bring a file back; whole, or not at all."""
        part = path.with_name(path.name + ".new")
        with _failing():
            found = await obstore.get_async(self._store, _place(recording_id, name))
            checksum = found.attributes.get(CHECKSUM)
            with part.open("wb") as file:
                async for piece in found.stream(min_chunk_size=_PIECE):
                    await asyncio.to_thread(file.write, piece)
        if checksum != (await asyncio.to_thread(_looked_at, part))[1]:
            part.unlink()
            raise OSError("the bucket gave something else than was sent")
        part.replace(path)

    def read(self, recording_id: str, name: str, at: int, length: int) -> bytes:
        """A piece of a file; blocking."""
        with _failing():
            place = _place(recording_id, name)
            return bytes(obstore.get_range(self._played, place, start=at, length=length))

    async def sizes(self, recording_id: str) -> dict[str, int]:
        """What there is of a recording: name and bytes."""
        return await asyncio.to_thread(self._sizes, recording_id)

    async def remove(self, recording_id: str, names: Collection[str]) -> None:
        """Take files away; silent about those that are not there."""
        places = [_place(recording_id, name) for name in names]
        if places:
            with _failing(), contextlib.suppress(FileNotFoundError, NotFoundError):
                await obstore.delete_async(self._store, places)

    async def check(self) -> None:
        """Whether one gets in."""
        await asyncio.to_thread(self._listed, "none")

    def _sizes(self, recording_id: str) -> dict[str, int]:
        prefix = _place(recording_id, "")
        return {path.removeprefix(prefix): size for path, size in self._listed(prefix)}

    def _listed(self, prefix: str) -> list[tuple[str, int]]:
        with _failing():
            pages = obstore.list(self._store, prefix)
            return [(one["path"], one["size"]) for page in pages for one in page]

    async def _holds(self, place: str, size: int, checksum: str) -> bool:
        try:
            with _failing():
                found = await obstore.get_async(self._store, place, options={"head": True})
        except FileNotFoundError:
            return False
        kept = cast("dict[str, Any]", found.attributes)
        return found.meta["size"] == size and kept.get(CHECKSUM) == checksum


def _place(recording_id: str, name: str) -> str:
    if not may_be_id(recording_id):
        raise LocalError("no id of a recording")
    return f"{recording_id}/{name}"


def _looked_at(path: Path) -> tuple[int, str]:
    """Bytes and checksum."""
    with path.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), checksum


@contextlib.contextmanager
def _failing() -> Iterator[None]:
    """The words of the other side stay away from people: they may hold addresses and names."""
    try:
        yield
    except (FileNotFoundError, NotFoundError):
        raise FileNotFoundError("it is not there") from None
    except BaseError as error:
        raise OSError(f"the bucket failed: {type(error).__name__}") from None
