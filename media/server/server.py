"""A media worker process: one control socket, one port number on UDP and TCP, one core.

It starts without a port (the supervisor keeps one such as a spare) and gets it by the verb `open`.
It ends when the control socket does, or on SIGTERM; SIGINT is the web process's affair, which the
terminal sends to both.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import resource
import secrets
import signal
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from media.endpoint.exchange import Exchange
from media.errors import Malformed, RemoteError
from media.server import control, events
from media.server.address import candidates
from media.server.crowd import MAX_CONNECTIONS
from media.server.driver import Driver
from media.server.ports import Ports
from media.server.protocol import Failure, FrameReader, Json, Notice, Reply, Request, encode
from media.server.recorder import Recorder
from media.transport.certificate import Certificate

log = logging.getLogger(__name__)

MAX_UNREAD_BYTES = 4 * 1024 * 1024
"""A web process that leaves so much unread is stuck; notices are dropped rather than heaped up."""

JOURNALS = 512
"""Open at once: 60 people with three tracks each, and as many again."""

DESCRIPTORS = MAX_CONNECTIONS + JOURNALS + 256
"""Open files a worker may need."""


class WorkerServer(asyncio.Protocol):
    """The worker's end of the control socket, and owner of the ports, the core and the driver."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self._certificate = Certificate.generate(datetime.now(UTC))
        self._reader = FrameReader()
        self._transport: asyncio.Transport | None = None
        self._core: Exchange | None = None
        self._ports: Ports | None = None
        self._driver: Driver | None = None
        self._recorder: Recorder | None = None
        self._unsent_notices = 0

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            for message in self._reader.feed(data):
                if isinstance(message, Request):
                    self._answer(message)
        except Malformed as error:  # out of step with the web process: no way on
            log.error("control socket: %s", error)
            self.ended.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self.ended.set()

    def close(self) -> None:
        """Let go of the ports and the control socket, and end what is recorded."""
        if self._driver is not None:
            self._driver.stop()
        if self._recorder is not None:
            self._recorder.close()
        if self._ports is not None:
            self._ports.close()
        if self._transport is not None:
            self._transport.close()

    def _answer(self, request: Request) -> None:
        try:
            if self._recorder is None or not self._recorder.take(
                request.method, request.params, lambda refusal: self._answer_later(request, refusal)
            ):
                self._reply(Reply(request.id, self._apply(request.method, request.params)))
        except RemoteError as error:
            self._reply(Failure(request.id, error.code, str(error)))
        except Exception as error:  # one verb fails; the class goes on
            log.exception("verb %s failed", request.method)
            self._reply(Failure(request.id, "media.fault", type(error).__name__))
        if self._driver is not None:
            self._driver.attend()

    def _answer_later(self, request: Request, refusal: RemoteError | None) -> None:
        """The disk has done its part of a verb."""
        if refusal is None:
            self._reply(Reply(request.id, {}))
        else:
            self._reply(Failure(request.id, refusal.code, str(refusal)))
        if self._driver is not None:
            self._driver.attend()

    def _reply(self, reply: Reply | Failure) -> None:
        if self._transport is not None:
            self._transport.write(_frame(reply))

    def _apply(self, method: str, params: Json) -> Json:
        if method == "ping":
            return {"cpu_s": time.process_time()}
        if method == "open":
            return self._open(control.Params(params))
        if self._core is None:
            raise Malformed("control.not_open", method)
        if method == "metrics":
            return self._metrics(self._core)
        return control.apply(self._core, method, params, now=time.monotonic())

    def _open(self, params: control.Params) -> Json:
        if self._core is not None:
            raise Malformed("control.open_already")
        ports = Ports(params.text("host"), params.number("port"))
        try:
            announced = candidates(tuple(params.texts("announced")), ports.address)
        except RemoteError:
            ports.close()
            raise
        self._ports = ports
        self._core = Exchange(
            self._certificate,
            announced,
            ports,
            secrets.token_urlsafe,
            remedies=params.flag("remedies"),
        )
        self._recorder = Recorder(
            self._core,
            Path(params.text("recordings")) if params.text("recordings") else None,
            asyncio.get_running_loop().call_soon_threadsafe,
            self._notice,
        )
        self._driver = Driver(self._core, ports.udp, ports.tcp, self._notice)
        self._driver.start()
        gc.collect()
        gc.freeze()  # what is here now stays; do not walk it again and again
        return {"port": ports.address[1], "candidates": announced}

    def _notice(self, event: events.Told) -> None:
        if self._transport is None:
            return
        if self._transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            self._unsent_notices += 1
            return
        self._transport.write(encode(Notice(*events.encode(event))))

    def _metrics(self, core: Exchange) -> Json:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        assert self._ports is not None
        assert self._driver is not None
        assert self._recorder is not None
        return {
            **core.metrics(),
            **self._recorder.metrics(),
            "user_s": usage.ru_utime,
            "system_s": usage.ru_stime,
            "rss_bytes": _resident_bytes(),
            "tick_ms": self._driver.tick_ms,
            "turns": self._driver.turns,
            "faults": dict(self._driver.faults),
            "port_dropped": dict(self._ports.dropped),
            "tcp_connections": self._ports.tcp.connections,
            "unsent_notices": self._unsent_notices,
        }


def _frame(reply: Reply | Failure) -> bytes:
    """What the web process reads; an answer that is too long for it is one more failure."""
    try:
        return encode(reply)
    except Malformed as error:
        return encode(Failure(reply.id, error.code, str(error)))


def _resident_bytes() -> int:
    """Resident set now (proc(5) statm, in pages); 0 where there is no /proc."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


async def serve(control_socket: socket.socket) -> None:
    """Run until the control socket or a SIGTERM says it is over."""
    loop = asyncio.get_running_loop()
    worker = WorkerServer()
    loop.add_signal_handler(signal.SIGTERM, worker.ended.set)
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    await loop.create_unix_connection(lambda: worker, sock=control_socket)
    try:
        await worker.ended.wait()
    finally:
        worker.close()


def _allow_descriptors(wanted: int) -> None:
    """As many as the system lets us have without asking; its usual 1024 are fewer than `wanted`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _loop_factory() -> Any:
    """uvloop where it is installed (extra `speed`), asyncio's own loop otherwise."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def main(arguments: list[str]) -> None:
    """`python -m media.server FD`: FD is the inherited end of the control socket pair."""
    logging.basicConfig(format="%(levelname)s media %(message)s")
    _allow_descriptors(DESCRIPTORS)
    control_socket = socket.socket(fileno=int(arguments[0]))
    control_socket.setblocking(False)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(serve(control_socket))
