"""The load generator: a process of its own, publishers and receivers in one loop.

Spoken to in lines of JSON on standard input, answers on standard output:
    -> (at start)                       <- {"dtlsParameters": ...}
    -> {"publish": {"transports": [...], "picture", "factor"}}     <- {"joined_ms": [...]}
    -> {"listen": {"transports": [...]}}                            <- {"joined_ms": [...]}
    -> {"run": {"warm_s", "seconds"}}   <- {"warm": true}, then {"done": {...}} with the counters
It ends when its input does. No asyncio: it polls all sockets once a millisecond, as a loop of its
own would cost more than the packets.
"""

from __future__ import annotations

import copy
import gc
import heapq
import json
import select
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import repeat
from typing import Any

from bench.client import LoadClient, Remote
from bench.feedback import FEEDBACK_S
from bench.load import AUDIO_SSRC, PICTURES, VIDEO_SSRC, Picture, Planned, Publisher, plan
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

    def __init__(self, certificate: Certificate) -> None:
        self._certificate = certificate
        self._clients: list[LoadClient] = []
        self._picture = PICTURES["screen"]
        self._publishers: list[Publisher] = []
        self._receptions: list[Reception] = []
        self._by_fd: dict[int, int] = {}
        self._epoll = select.epoll()
        self._report_at = 0.0
        self._feedback_at: list[float] = []
        self.worst_late_s = 0.0

    def publish(self, transports: list[dict[str, Any]], picture: Picture) -> list[float]:
        """Publishers join, before any receiver; milliseconds each took."""
        self._picture = picture
        joined = self._join(transports)
        for client in self._clients:
            assert client.sealer is not None
            self._publishers.append(Publisher(client.sealer, picture))
        return joined

    def listen(self, transports: list[dict[str, Any]]) -> list[float]:
        """Receivers join; milliseconds each took."""
        self._receptions += [Reception() for _ in transports]
        self._feedback_at += [0.0] * len(transports)
        return self._join(transports)

    def _join(self, transports: list[dict[str, Any]]) -> list[float]:
        """All at once. TimeoutError when one does not come in."""
        new = [LoadClient(Remote.from_json(one), self._certificate) for one in transports]
        for client in new:
            self._by_fd[client.socket.fileno()] = len(self._clients)
            self._epoll.register(client.socket.fileno(), select.EPOLLIN)
            self._clients.append(client)
        started = time.monotonic()
        while any(client.joined_at is None for client in new):
            now = time.monotonic()
            if now - started > JOIN_S:
                raise TimeoutError("a load client could not join")
            for client in self._clients:
                for _ in client.poll(now):
                    pass
            time.sleep(POLL_S)
        return [round(((one.joined_at or 0) - started) * 1000, 1) for one in new]

    def _plan(self, seconds: float) -> Iterator[tuple[int, Planned]]:
        """Packets of all publishers in order of time; they begin one after the other."""
        count = len(self._publishers)
        apart = 1 / self._picture.frames_s / count
        plans = (
            zip(repeat(index), plan(seconds, self._picture, begin=index * apart))
            for index in range(count)
        )
        return heapq.merge(*plans, key=lambda entry: entry[1].at)

    def run(self, warm_s: float, seconds: float) -> dict[str, Any]:
        """Send the load; counters of what came in after `warm_s`."""
        gc.disable()
        started = time.monotonic()
        packets = self._plan(warm_s + seconds)
        planned = next(packets, None)
        before: list[Reception] = []
        end = started + warm_s + seconds + DRAIN_S
        while (now := time.monotonic()) < end:
            while planned is not None and started + planned[1].at <= now:
                self._publish(*planned, late=now - started - planned[1].at)
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

    def _publish(self, index: int, planned: Planned, *, late: float) -> None:
        self.worst_late_s = max(self.worst_late_s, late)
        packet = self._publishers[index].packet(planned, now=time.monotonic())
        self._clients[index].send(packet)

    def _receive(self, now: float) -> None:
        for fd, _ in self._epoll.poll(0):
            self._drain(self._by_fd[fd], time.monotonic())
        self._feed_back(now)
        if now >= self._report_at:
            self._report_at = now + REPORT_S
            self._report(now)

    def _reception(self, index: int) -> Reception | None:
        """Of the client `index`; None for a publisher."""
        place = index - len(self._publishers)
        return self._receptions[place] if place >= 0 else None

    def _drain(self, index: int, now: float) -> None:
        client, reception = self._clients[index], self._reception(index)
        for packet in client.poll(now):
            if 192 <= packet[1] <= 223:  # RFC 5761 section 4
                self._take_rtcp(index, bytes(packet))
            elif reception is not None and client.opener is not None:
                reception.take(packet, client.opener, now=now)

    def _take_rtcp(self, index: int, packet: bytes) -> None:
        opener = self._clients[index].opener
        if opener is None or index >= len(self._publishers):
            return
        compound = opener.open_rtcp(packet)
        if compound is None:
            return
        try:
            parsed = parse_compound(compound)
        except Malformed:
            return
        if any(isinstance(one, PictureLossIndication | FullIntraRequest) for one in parsed):
            self._publishers[index].key_frame_wanted = True

    def _feed_back(self, now: float) -> None:
        """Transport feedback of every receiver whose time has come."""
        for place, reception in enumerate(self._receptions):
            if now < self._feedback_at[place]:
                continue
            # Spread over the interval, as fifty browsers would be.
            phase = FEEDBACK_S * place / len(self._receptions)
            self._feedback_at[place] = (now // FEEDBACK_S + 1) * FEEDBACK_S + phase
            feedback = reception.arrivals.feedback()
            client = self._clients[len(self._publishers) + place]
            if feedback is not None and client.sealer is not None:
                client.send(client.sealer.seal_rtcp(feedback.pack()))

    def _report(self, now: float) -> None:
        """Reports of all, and what is due with time alone (consent checks)."""
        for index, client in enumerate(self._clients):
            self._drain(index, now)
            if client.sealer is None:
                continue
            reception = self._reception(index)
            if reception is not None:
                client.send(client.sealer.seal_rtcp(reception.report()))
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
    load = Load(certificate)
    for line in sys.stdin:
        message = json.loads(line)
        if (told := message.get("publish")) is not None:
            picture = PICTURES[told["picture"]].scaled(told["factor"])
            answer({"joined_ms": load.publish(told["transports"], picture)})
        elif (told := message.get("listen")) is not None:
            answer({"joined_ms": load.listen(told["transports"])})
        elif (told := message.get("run")) is not None:
            answer({"done": load.run(told["warm_s"], told["seconds"])})


if __name__ == "__main__":
    main()
