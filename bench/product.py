"""The product as a person starts it: `classroom serve` in a process of its own, on free ports."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.migrated import begin_migrated

ROOT = Path(__file__).resolve().parents[1]
START_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 10.0
LINK = re.compile(r"https?://\S+")


_PORTS = range(20_000, 32_000)
"""Below those a kernel gives away by itself (Linux from 32,768, RFC 6335 from 49,152): until its
server is up a port would else be taken by any line that is opened meanwhile."""
_from_here = itertools.count(random.SystemRandom().randrange(len(_PORTS)))


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port nobody holds now, and none that was given away before; of media (SOCK_DGRAM), neither
    on UDP nor on TCP."""
    for number in itertools.islice(_from_here, len(_PORTS)):
        port = _PORTS[number % len(_PORTS)]
        with (
            socket.socket(socket.AF_INET, kind) as probe,
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as beside,
            contextlib.suppress(OSError),
        ):
            probe.bind(("127.0.0.1", port))
            if kind is not socket.SOCK_STREAM:
                beside.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


@dataclass
class Product:
    """A running server: its process, its ports, and the links it printed."""

    process: asyncio.subprocess.Process
    http_port: int
    media_port: int
    printed: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http_port}"

    def links(self) -> list[str]:
        return LINK.findall(self.printed)

    def link(self, part: str) -> str:
        """The first printed link that contains `part`."""
        return next(link for link in self.links() if part in link)

    def worker_holding_media_port(self) -> int:
        """Process id of the media worker: the child whose socket is bound to the media port."""
        inode = _inode_of(self.media_port)
        for child in (
            Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            .read_text(encoding="ascii")
            .split()
        ):
            for file in Path(f"/proc/{child}/fd").iterdir():
                if os.readlink(file) == f"socket:[{inode}]":
                    return int(child)
        raise LookupError(f"no worker holds port {self.media_port}")


def _inode_of(port: int) -> str:
    """The socket bound to a UDP port, as the kernel lists it (proc(5), net/udp)."""
    for line in Path("/proc/net/udp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if int(fields[1].split(":")[1], 16) == port:
            return fields[9]
    raise LookupError(f"nobody holds port {port}")


@asynccontextmanager
async def product(
    folder: Path,
    settings: Mapping[str, str] | None = None,
    *,
    media_port: int | None = None,
    program: Sequence[str] = ("-m", "classroom"),
    prefix: Sequence[str] = (),
) -> AsyncIterator[Product]:
    """Starts the product with its data in `folder`, and ends it with SIGTERM. Its tables are there.

    `settings` are further `CLASSROOM_*` variables; `program` is what stands between `python` and
    `serve`, `prefix` what stands before `python`.
    """
    if "CLASSROOM_DATABASE_URL" not in (settings or {}):
        await asyncio.to_thread(begin_migrated, folder / "classroom.db")
    http_port = free_port()
    media_port = media_port or free_port(socket.SOCK_DGRAM)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CLASSROOM_")}
    environment = {
        **clean,
        "CLASSROOM_HTTP_PORT": str(http_port),
        "CLASSROOM_MEDIA_PORT": str(media_port),
        "CLASSROOM_MEDIA_WORKERS": "1",  # one port, so that a relay can stand before it
        "CLASSROOM_DATA_DIR": str(folder),
        "PYTHONUNBUFFERED": "1",
        **(settings or {}),
    }
    process = await asyncio.create_subprocess_exec(
        *prefix, sys.executable, *program, "serve",
        cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    running = Product(process, http_port, media_port, printed="")
    ready = asyncio.Event()
    reading = asyncio.create_task(_keep(process, running, ready))
    try:
        await _until_ready(running, ready, reading)
        yield running
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await _ended(process, reading)


async def _keep(
    process: asyncio.subprocess.Process, running: Product, ready: asyncio.Event
) -> None:
    """Reads what the server prints to its end, so that it never waits for a full pipe; tells when
    its links are there."""
    assert process.stdout is not None
    while some := await process.stdout.read(65536):
        running.printed += some.decode(errors="replace")
        if not ready.is_set() and "\n\n" in running.printed.partition("/r/")[2]:
            ready.set()


async def _until_ready(running: Product, ready: asyncio.Event, reading: asyncio.Task[None]) -> None:
    is_ready = asyncio.create_task(ready.wait())
    await asyncio.wait(
        {is_ready, reading}, timeout=START_TIMEOUT_S, return_when=asyncio.FIRST_COMPLETED
    )
    is_ready.cancel()
    if not ready.is_set():
        happened = "ended" if reading.done() else f"was not ready within {START_TIMEOUT_S:g} s"
        raise RuntimeError(f"the server {happened}:\n{running.printed}")


async def _ended(process: asyncio.subprocess.Process, reading: asyncio.Task[None]) -> None:
    """Waits for the server and for all it began, which hold the pipe. Who is there still is killed.

    Reading goes on meanwhile: `Process.wait` waits for the end of the pipe, which is not seen while
    nobody reads.
    """
    await asyncio.wait({reading}, timeout=STOP_TIMEOUT_S)
    if not reading.done():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await asyncio.wait({reading}, timeout=STOP_TIMEOUT_S)
        reading.cancel()
        raise RuntimeError(f"the server, or what it began, did not end in {STOP_TIMEOUT_S:g} s")
    await process.wait()
