"""The product as a person starts it: `classroom serve` in a process of its own, on free ports."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 10.0
LINK = re.compile(r"https?://\S+")


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port nobody holds now; of media (SOCK_DGRAM), neither on UDP nor on TCP."""
    while True:
        with (
            socket.socket(socket.AF_INET, kind) as probe,
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as beside,
        ):
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            if kind is socket.SOCK_STREAM:
                return port
            with contextlib.suppress(OSError):
                beside.bind(("127.0.0.1", port))
                return port


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
) -> AsyncIterator[Product]:
    """Starts the product with its data in `folder`, and ends it with SIGTERM.

    `settings` are further `CLASSROOM_*` variables.
    """
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
        sys.executable, "-m", "classroom", "serve",
        cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    drain: asyncio.Task[None] | None = None
    try:
        printed = await asyncio.wait_for(_until_ready(process), START_TIMEOUT_S)
        running = Product(process, http_port, media_port, printed)
        drain = asyncio.create_task(_keep(process, running))
        yield running
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_TIMEOUT_S)
            except TimeoutError:
                process.kill()
                await process.wait()
                raise
        if drain is not None:
            await drain


async def _until_ready(process: asyncio.subprocess.Process) -> str:
    """Reads what the server prints until its links are there."""
    assert process.stdout is not None
    printed = ""
    while "/r/" not in printed or not printed.endswith("\n\n"):
        line = await process.stdout.readline()
        if not line:
            raise RuntimeError(f"the server ended:\n{printed}")
        printed += line.decode()
    return printed


async def _keep(process: asyncio.subprocess.Process, running: Product) -> None:
    """Goes on reading, so that the server never waits for a full pipe."""
    assert process.stdout is not None
    while line := await process.stdout.readline():
        running.printed += line.decode()
