"""The web client: its built files, and one page for every address that is not a file.

Files are read once and kept in memory with their gzip form (a client is about a megabyte). Names of
built assets hold a hash, so those are kept by browsers for ever and the page never.
"""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from quart import Blueprint, Response, request

from classroom.errors import Refused

INDEX = "index.html"
ASSETS = "assets/"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
WORTH_PACKING_BYTES = 1024
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")

NOT_BUILT = (
    "The web client is not built yet. Run `make run`, or `npm ci && npm run build` in web/.\n"
)


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it goes out; `packed` is None where gzip does not pay."""

    body: bytes
    packed: bytes | None
    mimetype: str
    tag: str
    changed_ns: int


class StaticFiles:
    """The files below one folder, by their address. Nothing outside of it is ever read."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._kept: dict[str, StaticFile] = {}

    @property
    def is_built(self) -> bool:
        """Whether there is a page to show."""
        return (self._root / INDEX).is_file()

    def find(self, path: str) -> StaticFile | None:
        """The file, or None; read again when it changed on the disk."""
        if "\0" in path or "\\" in path:
            return None
        file = (self._root / path).resolve()
        if not file.is_relative_to(self._root) or not file.is_file():
            return None
        changed_ns = file.stat().st_mtime_ns
        kept = self._kept.get(path)
        if kept is None or kept.changed_ns != changed_ns:
            kept = self._kept[path] = _read(file, changed_ns)
        return kept


def page_routes(files: StaticFiles) -> Blueprint:
    """Everything that no other resource has taken."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    async def home() -> Response:
        return _page(files)

    @routes.get("/<path:path>")
    async def anything(path: str) -> Response:
        if path.startswith("api/"):
            raise Refused("path.unknown")
        file = files.find(path)
        if file is not None and path != INDEX:
            return _answer(file, FOR_EVER if path.startswith(ASSETS) else ASK_AGAIN)
        if "." in path.rpartition("/")[2]:
            raise Refused("path.unknown")
        return _page(files)

    return routes


def _page(files: StaticFiles) -> Response:
    index = files.find(INDEX)
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


def _read(file: Path, changed_ns: int) -> StaticFile:
    body = file.read_bytes()
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    worth = len(body) >= WORTH_PACKING_BYTES and mimetype.startswith(_TEXT)
    return StaticFile(
        body=body,
        packed=gzip.compress(body, 6, mtime=0) if worth else None,
        mimetype=mimetype,
        tag=f'"{sha256(body).hexdigest()[:32]}"',
        changed_ns=changed_ns,
    )
