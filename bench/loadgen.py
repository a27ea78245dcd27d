"""The load generator: a process of its own, one publisher and its receivers in one loop.

Spoken to in lines of JSON on standard input, answers on standard output:
    -> (at start)                       <- {"dtlsParameters": ...}
    -> {"join": [transport, ...]}       <- {"joined_ms": [...]}    the first transport publishes
    -> {"run": {"warm_s", "seconds"}}   <- {"warm": true}, then {"done": {...}} with the counters
It ends when its input does. No asyncio: it polls all sockets once a millisecond, as a loop of its
own would cost more than the packets.
"""

from __future__ import annotations

import copy
import gc
import json
import select
import sys
import time
from datetime import UTC, datetime
from typing import Any

from bench.client import LoadClient, Remote
from bench.load import AUDIO_SSRC, VIDEO_SSRC, Planned, Publisher, plan
from bench.reception import Reception, summary
from media.errors import Malformed
from media.transport.certificate import Certificate
from media.wire.rtcp import (
    FullIntraRequest,
    PictureLossIndication,
    SenderReport,
    parse_compound,
    to_ntp,
)

POLL_S = 0.001
JOIN_S = 20.0
DRAIN_S = 0.3
"""After the last packet: ticks, queues and sockets run empty."""
REPORT_S = 1.0


class Load:
    """All clients, and the loop that serves them."""

    def __init__(self, certificate: Certificate, transports: list[dict[str, Any]]) -> None:
        self._clients = [LoadClient(Remote.from_json(one), certificate) for one in transports]
        self._receptions = [Reception() for _ in self._clients[1:]]
        self._by_fd = {one.socket.fileno(): index for index, one in enumerate(self._clients)}
        self._epoll = select.epoll()
        for fd in self._by_fd:
            self._epoll.register(fd, select.EPOLLIN)
        self._publisher: Publisher | None = None
        self._report_at = 0.0
        self.worst_late_s = 0.0

    def join(self) -> list[float]:
        """Connect all at once; milliseconds each took. TimeoutError when one does not come in."""
        started = time.monotonic()
        while any(client.joined_at is None for client in self._clients):
            now = time.monotonic()
            if now - started > JOIN_S:
                raise TimeoutError("a load client could not join")
            for client in self._clients:
                for _ in client.poll(now):
                    pass
            time.sleep(POLL_S)
        sealer = self._clients[0].sealer
        assert sealer is not None
        self._publisher = Publisher(sealer)
        return [round(((one.joined_at or 0) - started) * 1000, 1) for one in self._clients]

    def run(self, warm_s: float, seconds: float) -> dict[str, Any]:
        """Send the load; counters of what came in after `warm_s`."""
        gc.disable()
        started = time.monotonic()
        packets = plan(warm_s + seconds)
        planned = next(packets, None)
        before: list[Reception] = []
        end = started + warm_s + seconds + DRAIN_S
        while (now := time.monotonic()) < end:
            while planned is not None and started + planned.at <= now:
                self._publish(planned, late=now - started - planned.at)
                planned = next(packets, None)
            if not before and now - started >= warm_s:
                before = copy.deepcopy(self._receptions)
                self.worst_late_s = 0.0
                answer({"warm": True})
            self._receive(now)
            time.sleep(POLL_S)
        gc.enable()
        worst = round(self.worst_late_s * 1000, 1)
        return {**summary(self._receptions, before), "generator_late_ms": worst}

    def _publish(self, planned: Planned, *, late: float) -> None:
        assert self._publisher is not None
        self.worst_late_s = max(self.worst_late_s, late)
        self._clients[0].send(self._publisher.packet(planned, now=time.monotonic()))

    def _receive(self, now: float) -> None:
        for fd, _ in self._epoll.poll(0):
            self._drain(self._by_fd[fd], now)
        if now >= self._report_at:
            self._report_at = now + REPORT_S
            self._report(now)

    def _drain(self, index: int, now: float) -> None:
        client = self._clients[index]
        for packet in client.poll(now):
            if 192 <= packet[1] <= 223:  # RFC 5761 section 4
                self._take_rtcp(index, bytes(packet))
            elif index and client.opener is not None:
                self._receptions[index - 1].take(packet, client.opener)

    def _take_rtcp(self, index: int, packet: bytes) -> None:
        opener = self._clients[index].opener
        compound = opener.open_rtcp(packet) if opener is not None else None
        if index or compound is None or self._publisher is None:
            return
        try:
            parsed = parse_compound(compound)
        except Malformed:
            return
        if any(isinstance(one, PictureLossIndication | FullIntraRequest) for one in parsed):
            self._publisher.key_frame_wanted = True

    def _report(self, now: float) -> None:
        """Reports of all, and what is due with time alone (consent checks)."""
        for index, client in enumerate(self._clients):
            self._drain(index, now)
            if client.sealer is None:
                continue
            if index:
                client.send(client.sealer.seal_rtcp(self._receptions[index - 1].report()))
                continue
            for ssrc, rate in ((VIDEO_SSRC, 90000), (AUDIO_SSRC, 48000)):
                timestamp = int(now * rate) & 0xFFFFFFFF
                report = SenderReport(ssrc, to_ntp(now), timestamp, 0, 0)
                client.send(client.sealer.seal_rtcp(report.pack()))


def answer(message: dict[str, Any]) -> None:
    """One line to whoever drives us."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve lines until the input ends."""
    certificate = Certificate.generate(datetime.now(UTC))
    fingerprints = [certificate.fingerprint.to_json()]
    answer({"dtlsParameters": {"role": "client", "fingerprints": fingerprints}})
    load: Load | None = None
    for line in sys.stdin:
        message = json.loads(line)
        if "join" in message:
            load = Load(certificate, message["join"])
            answer({"joined_ms": load.join()})
        elif "run" in message and load is not None:
            answer({"done": load.run(message["run"]["warm_s"], message["run"]["seconds"])})


if __name__ == "__main__":
    main()
