"""How fast a real server sends recorded tracks, opened as they are read, and tells of long ones.

Three tracks of one recording lie sealed on the disk; three connections fetch them in ranges over
loopback. The manifest is that of a class of six hours with forty tracks.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench.product import Product, product
from bench.recording_stock import BIG, LONG, LONG_TRACKS, MEGABYTE, TRACKS, put_recordings, token_of

ASKED = 32 * MEGABYTE
"""Bytes a range asks for."""
ASKS = 20


async def measure_ranges(folder: Path, megabytes: int) -> tuple[float, float]:
    """(megabytes a second, median milliseconds of a long manifest)."""
    await put_recordings(folder, megabytes)
    async with product(folder) as server:
        speed = await asyncio.to_thread(_fetch_all, server, BIG)
        took = await asyncio.to_thread(_ask_manifest, server, LONG)
    return speed, took


class _Viewer:
    """One browser with a session."""

    def __init__(self, server: Product, rec: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", server.http_port, timeout=60)
        _, headers, body = self._ask("GET", "/api/session")
        self._own = {
            "Cookie": headers["Set-Cookie"].partition(";")[0],
            "X-CSRF-Token": json.loads(body)["csrf"],
            "Content-Type": "application/json",
        }
        path = f"/api/recordings/{rec}/play"
        status, _, body = self._ask("POST", path, json.dumps({"share": token_of(rec)}), self._own)
        if status != 200:
            raise RuntimeError(f"not played: {body!r}")
        self.base = f"/recorded/{json.loads(body)['session']}"

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: Any = None
    ) -> tuple[int, Any, bytes]:
        self._line.request(method, path, body, headers or {})
        answer = self._line.getresponse()
        return answer.status, answer.headers, answer.read()

    def close(self) -> None:
        """Go."""
        self._line.close()

    def manifest_ms(self) -> float:
        """How long it takes to be told what there is."""
        begun = time.perf_counter()
        status, _, body = self._ask("GET", f"{self.base}/manifest.json")
        took = (time.perf_counter() - begun) * 1000
        if status != 200 or len(json.loads(body)["tracks"]) != LONG_TRACKS:
            raise RuntimeError(f"not told: {body[:200]!r}")
        return took

    def fetch(self, track: str, counted: list[int]) -> None:
        """The whole track, range by range."""
        space, start, size = bytearray(MEGABYTE), 0, 1
        while start < size:
            asked = {"Range": f"bytes={start}-{start + ASKED - 1}"}
            self._line.request("GET", f"{self.base}/{track}.webm?rev=1", None, asked)
            answer = self._line.getresponse()
            size = int(answer.headers["Content-Range"].rpartition("/")[2])
            while read := answer.readinto(space):
                start += read
                counted.append(read)


def _fetch_all(server: Product, rec: str) -> float:
    counted: list[int] = []
    threads = [
        threading.Thread(target=_fetch, args=(server, rec, f"t{number}", counted))
        for number in range(TRACKS)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counted) / MEGABYTE / (time.perf_counter() - begun)


def _fetch(server: Product, rec: str, track: str, counted: list[int]) -> None:
    with closing(_Viewer(server, rec)) as viewer:
        viewer.fetch(track, counted)


def _ask_manifest(server: Product, rec: str) -> float:
    with closing(_Viewer(server, rec)) as viewer:
        return median(viewer.manifest_ms() for _ in range(ASKS))
