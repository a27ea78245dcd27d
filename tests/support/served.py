"""The real `classroom serve` in a process of its own, and somebody who calls it over HTTP."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.migrated import begin_migrated
from tests.support.people import BOOK_HTML, GOOD_PASSWORD, INDEX_HTML, Answer

ROOT = Path(__file__).resolve().parents[2]
START_WITHIN_S = 90.0
"""Far above what a start takes, for a machine that runs many other things."""
STOP_WITHIN_S = 5.0


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """A server of its own: free ports, its data and a built client below `folder`."""
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "index.html").write_text(INDEX_HTML)
    (static / "book.html").write_text(BOOK_HTML)
    plain = {k: v for k, v in os.environ.items() if not k.startswith("CLASSROOM_")}
    chosen = {
        "HTTP_PORT": "0",
        "MEDIA_PORT": "0",
        "MEDIA_WORKERS": "1",
        "DATA_DIR": str(folder / "data"),
        "STATIC_DIR": str(static),
        **settings,
    }
    python_path = os.pathsep.join(filter(None, (str(ROOT), plain.get("PYTHONPATH"))))
    return {**plain, "PYTHONPATH": python_path} | {f"CLASSROOM_{k}": v for k, v in chosen.items()}


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `classroom ARGUMENTS` to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "classroom", *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=START_WITHIN_S,
        check=False,
    )


class Served:
    """A running server; `greeting` is what it printed, `took_s` how long that took. It finds its
    tables made, except `from_nothing`. `program` is what stands between `python` and `serve`."""

    def __init__(
        self,
        folder: Path,
        *,
        from_nothing: bool = False,
        program: Sequence[str] = ("-m", "classroom"),
        **settings: str,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if not from_nothing and "DATABASE_URL" not in settings:
            begin_migrated(folder / "data" / "classroom.db")
        self._log = folder / "log"
        started = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *program, "serve"],
                cwd=folder,
                env=environment(folder, **settings),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        last = "Classroom is ready" if settings.get("DEMO") == "false" else "/r/"
        self.greeting = self._read_until(last)
        self.took_s = time.monotonic() - started
        self.address = self._link("http://[^ /]*:[0-9]+")
        self.port = int(self.address.rpartition(":")[2])

    @property
    def log(self) -> str:
        """Everything it wrote to standard error."""
        return self._log.read_text()

    @property
    def setup_token(self) -> str:
        return self._link("/setup/([0-9a-f]+)")

    @property
    def host_link(self) -> str:
        return self._link(r"/enter/\S+")

    @property
    def demo_code(self) -> str:
        return self._link("/r/([a-z-]+)")

    def children(self) -> list[int]:
        """The processes it started."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    def visitor(self) -> Visitor:
        """A browser that has opened the page."""
        visitor = Visitor(self.port)
        visitor.get("/api/session")
        return visitor

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to stop; its exit code and the seconds it took."""
        asked = time.monotonic()
        self._process.send_signal(number)
        return self.wait(), time.monotonic() - asked

    def kill(self) -> None:
        """End it at once, as a power cut would: nothing is stored or told any more."""
        self._process.kill()
        self._process.wait()
        self.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self) -> int:
        """Its exit code; it is killed when it does not end."""
        try:
            return self._process.wait(STOP_WITHIN_S * 2)
        finally:
            self.close()

    def close(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self._process.poll() is None:
            self._kill_all()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _kill_all(self) -> None:
        """With what it began, which would hold the pipe that is read."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _read_until(self, wanted: str) -> str:
        text = ""
        watch = threading.Timer(START_WITHIN_S, self._kill_all)
        watch.start()
        try:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                text += line
                if wanted in line:
                    return text
        finally:
            watch.cancel()
        self.close()
        raise AssertionError(
            f"the server ended, or was not ready within {START_WITHIN_S:g} s:\n{text}{self.log}"
        )

    def _link(self, pattern: str) -> str:
        found = re.search(pattern, self.greeting)
        assert found is not None, self.greeting
        return found[found.re.groups]


@dataclass
class Visitor:
    """Cookies and the CSRF token of one browser; every call is its own connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, body: Any = None) -> Answer:
        return self.send("POST", path, body)

    def send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request, with what the browser knows; `headers` replace it."""
        mine = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if self.csrf:
            mine["X-CSRF-Token"] = self.csrf
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            mine["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, data, {**mine, **(headers or {})})
            response = connection.getresponse()
            for line in response.headers.get_all("set-cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            lowered = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, lowered, response.read())
        if answer.is_json and isinstance(answer.json, dict) and "csrf" in answer.json:
            self.csrf = answer.json["csrf"]
        return answer

    def signs_up(self, email: str = "mei@example.org", **more: str) -> Answer:
        """Make an account."""
        body = {"email": email, "name": "Mei Wang", "password": GOOD_PASSWORD, **more}
        return self.post("/api/accounts", body)

    def takes_seat(self, code: str, name: str, **more: str) -> dict[str, Any]:
        """A seat in the room with this code."""
        answer = self.post(f"/api/rooms/by-code/{code}/seat", {"name": name, **more})
        assert answer.status == 200, answer.body
        seat: dict[str, Any] = answer.json
        return seat

    def capabilities(self, code: str) -> dict[str, Any]:
        """What the router of the room can do."""
        told: dict[str, Any] = self.get(f"/api/rooms/by-code/{code}").json["rtp_capabilities"]
        return told
