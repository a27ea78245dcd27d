"""The web client: its built files, and one page for every address that is not a file.

Files are read once, in a thread, and kept in memory with their gzip form (a client is about a
megabyte). Names of built assets hold a hash, so those are kept by browsers for ever and the page
never.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from quart import Blueprint, Response, request

from classroom.errors import Refused

INDEX = "index.html"
BOOK = "book.html"
"""The light client of the public pages: booking, a private link, and what is mine."""
ASSETS = "assets/"
NO_PAGES = ("api/", "slides/", "films/", "activities/", "recorded/", "ics/")
"""Below these a wrong address is no page of the client."""
DOTTED = ("consent/", "k/")
"""Below these a dot is part of a page's address, elsewhere it is the name of a file."""
LIGHT = ("b", "k", "mine")
"""The first parts of addresses that are pages of the light client."""
REFERENCE = "api/docs"
"""The one address under `api` that is a page: its reference."""
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
WORTH_PACKING_BYTES = 1024
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")

NOT_BUILT = (
    "The web client is not built yet. Run `make run`, or `npm ci && npm run build` in web/.\n"
)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it goes out; `packed` is None where gzip does not pay.

    `name` is its path below the folder, however it was asked for.
    """

    name: str
    body: bytes
    packed: bytes | None
    mimetype: str
    tag: str
    changed_ns: int


class StaticFiles:
    """The files below one folder. Nothing outside of it is ever read.

    Invariant: what is kept has one entry for each file there is, however many addresses lead to it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._kept: dict[Path, StaticFile] = {}
        self._reading = asyncio.Lock()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    @property
    def is_built(self) -> bool:
        """Whether there is a page to show."""
        return (self._root / INDEX).is_file()

    async def find(self, path: str) -> StaticFile | None:
        """The file, or None; read again when it changed on the disk."""
        if "\0" in path or "\\" in path:
            return None
        file = (self._root / path).resolve()
        if not file.is_relative_to(self._root) or not file.is_file():
            self._kept.pop(file, None)
            return None
        if not self._is_kept(file):
            async with self._reading:
                if not self._is_kept(file):  # whoever waited may find it read
                    self._kept[file] = await asyncio.to_thread(_read, file, self._root)
        return self._kept.get(file)

    def _is_kept(self, file: Path) -> bool:
        """Whether it is kept as it is on the disk now."""
        kept = self._kept.get(file)
        return kept is not None and kept.changed_ns == file.stat().st_mtime_ns


def page_routes(files: StaticFiles) -> Blueprint:
    """Everything that no other resource has taken."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    async def home() -> Response:
        return await _page(files)

    @routes.get("/<path:path>")
    async def anything(path: str) -> Response:
        if path.startswith(NO_PAGES) and path.rstrip("/") != REFERENCE:
            raise Refused("path.unknown")
        file = await files.find(path)
        if file is not None and file.name not in (INDEX, BOOK):
            return _answer(file, FOR_EVER if file.name.startswith(ASSETS) else ASK_AGAIN)
        if "." in path.rpartition("/")[2] and not path.startswith(DOTTED):
            raise Refused("path.unknown")
        return await _page(files, BOOK if path.partition("/")[0] in LIGHT else INDEX)

    return routes


async def _page(files: StaticFiles, name: str = INDEX) -> Response:
    index = await files.find(name)
    if index is None:
        return Response(NOT_BUILT, status=503, mimetype="text/plain")
    return _answer(index, ASK_AGAIN)


def _answer(file: StaticFile, keep: str) -> Response:
    headers = {"Cache-Control": keep, "ETag": file.tag, "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == file.tag:
        return Response(b"", status=304, headers=headers)
    if file.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.packed, mimetype=file.mimetype, headers=headers)
    return Response(file.body, mimetype=file.mimetype, headers=headers)


def _read(file: Path, root: Path) -> StaticFile:
    changed_ns = file.stat().st_mtime_ns
    body = file.read_bytes()
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    worth = len(body) >= WORTH_PACKING_BYTES and mimetype.startswith(_TEXT)
    return StaticFile(
        name=file.relative_to(root).as_posix(),
        body=body,
        packed=gzip.compress(body, 6, mtime=0) if worth else None,
        mimetype=mimetype,
        tag=f'"{sha256(body).hexdigest()[:32]}"',
        changed_ns=changed_ns,
    )
