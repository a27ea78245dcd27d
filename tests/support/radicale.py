"""A real calendar server in a process of its own: collections are made, changed and read over HTTP.

`with radicale(folder) as server:` starts it; `server.feed("ada")` is the address of a collection as
one ICS file. Whoever knows an address may read and write it.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.product import free_port

START_WITHIN_S = 20.0
CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}/collections
[logging]
level = warning
"""
RIGHTS = """
[everybody]
user: .*
collection: .*
permissions: RrWw
"""


class Radicale:
    """The server; collections lie at `/<name>/calendar/`."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "rights").write_text(RIGHTS, encoding="utf-8")
        config = folder / "config"
        config.write_text(CONFIG.format(port=self.port, folder=folder), encoding="utf-8")
        self._command = [sys.executable, "-m", "radicale", "-C", str(config)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run; returns when it answers."""
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        ends_at = time.monotonic() + START_WITHIN_S
        while time.monotonic() < ends_at:
            with suppress(OSError):
                self.asks("GET", "/.web/")
                return
            time.sleep(0.02)
        raise RuntimeError("the calendar server did not start")

    def stop(self) -> None:
        """End it; what it keeps stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def feed(self, name: str) -> str:
        """The address of a collection."""
        return f"http://127.0.0.1:{self.port}/{name}/calendar/"

    def create(self, name: str) -> None:
        """A collection with nothing in it."""
        for method, path in (("MKCOL", f"/{name}/"), ("MKCALENDAR", f"/{name}/calendar/")):
            status, said = self.asks(method, path)
            assert status == 201, said

    def put(self, name: str, event: str, calendar: str) -> None:
        """An event, new or instead of the one of the same name; iCalendar without METHOD."""
        path = f"/{name}/calendar/{event}.ics"
        status, said = self.asks("PUT", path, calendar.encode())
        assert status in (201, 204), said

    def delete(self, name: str, event: str) -> None:
        """Take an event away."""
        status, said = self.asks("DELETE", f"/{name}/calendar/{event}.ics")
        assert status in (200, 204), said

    def read(self, name: str) -> str:
        """The collection as one file."""
        status, said = self.asks("GET", f"/{name}/calendar/")
        assert status == 200, said
        return said.decode()

    def asks(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            headers = {"Content-Type": "text/calendar; charset=utf-8"} if body else {}
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """A server that is there while the block is."""
    server = Radicale(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
