"""How well a narrow link is used: a real media worker, real UDP, a link of a known shape between.

    python -m bench.congestion [--seconds 15] [--json FILE]

A tutor shares a screen (VP8 L1T3 at 2.3 Mbit/s), six people show cameras of 0.5 Mbit/s, two of all
speak: 5.5 Mbit/s together. One receiver gets all of it through a link whose rate steps up and down
(20 ms each way, a drop-tail queue of 300 ms); then through a token bucket that drops what is above
its rate; then two receivers share one link. Printed for each step, from 5 s after it: how much of
the link was used, the time packets queued in it, what the screen and the sound got; and after a
step up, how long until 85 % of the new rate were used.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.client import LoadClient, Remote
from bench.feedback import FEEDBACK_S
from bench.link import Link, Shape
from bench.load import CAMERA, SCREEN, Picture, Publisher, audio_parameters, plan, video_parameters
from bench.pipe import Pipe, Waited
from bench.reception import Reception
from bench.relay import UdpRelay
from media.ids import ConsumerId, EndpointId, RouterId, TransportId
from media.server.worker import MediaServer
from media.transport.certificate import Certificate
from media.wire.rtcp import FullIntraRequest, PictureLossIndication, parse_compound

Json = dict[str, Any]
STEPS_BPS = (300_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 1_000_000, 500_000)
BUCKET_BPS = 1_000_000
SHARED_BPS = 2_000_000
CAMERAS = 6
SPEAKERS = 2
SETTLE_S = 5.0
USED = 0.85
DELAY_S = 0.02
QUEUE_S = 0.3
BUCKET_BYTES = 15_000
_POLL_S = 0.002
_WINDOW_S = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one rate gave. `up_s` is None where the rate did not go up, the step's length if the
    new rate was never used."""

    name: str
    use: float
    queue_p95_ms: float
    up_s: float | None
    lost: float
    screen_fps: float
    sound_share: float


class Person:
    """A publisher, a receiver, or neither yet: one light client and what it counts."""

    def __init__(self, made: Json, certificate: Certificate, *, port: int | None = None) -> None:
        candidate = {**made["iceCandidates"][0], **({"port": port} if port else {})}
        remote = Remote.from_json({**made, "iceCandidates": [candidate]})
        self.client = LoadClient(remote, certificate)
        self.transport_id = TransportId(made["id"])
        self.publisher: Publisher | None = None
        self.reception = Reception()
        self.joined = asyncio.Event()
        self._feedback_at = 0.0

    def serve(self, now: float) -> None:
        """Reads what came, and answers."""
        for packet in self.client.poll(now):
            if 192 <= packet[1] <= 223:
                self._asked(bytes(packet))
            elif self.client.opener is not None and self.publisher is None:
                self.reception.take(packet, self.client.opener, now=now)
        if self.client.joined_at is not None:
            self.joined.set()
        if self.client.sealer is not None and now >= self._feedback_at:
            self._feedback_at = now + FEEDBACK_S
            feedback = self.reception.arrivals.feedback()
            if feedback is not None:
                self.client.send(self.client.sealer.seal_rtcp(feedback.pack()))

    def _asked(self, packet: bytes) -> None:
        opener, publisher = self.client.opener, self.publisher
        compound = opener.open_rtcp(packet) if opener is not None else None
        if compound is None or publisher is None:
            return
        wanted = (PictureLossIndication, FullIntraRequest)
        if any(isinstance(one, wanted) for one in parse_compound(compound)):
            publisher.key_frame_wanted = True


class Lesson:
    """Everybody on one worker; `pipe` stands before the receivers."""

    def __init__(self, server: MediaServer, router_id: RouterId, relay: UdpRelay) -> None:
        self._server = server
        self._router_id = router_id
        self._relay = relay
        self._certificate = Certificate.generate(datetime.now(UTC))
        self._people: list[Person] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._tracks: list[tuple[str, Any]] = []
        """Source and producer id, the screen first."""

    async def serve(self) -> None:
        """Polls all sockets until cancelled."""
        while True:
            now = time.monotonic()
            for person in self._people:
                person.serve(now)
            await asyncio.sleep(_POLL_S)

    async def _join(self, *, port: int | None = None) -> Person:
        endpoint_id = EndpointId(f"person-{len(self._people)}")
        made = await self._server.create_transport(self._router_id, endpoint_id)
        fingerprints = [self._certificate.fingerprint.to_json()]
        dtls = {"role": "client", "fingerprints": fingerprints}
        await self._server.connect_transport(made["id"], dtls)
        person = Person(made, self._certificate, port=port)
        self._people.append(person)
        await asyncio.wait_for(person.joined.wait(), timeout=10)
        return person

    async def publish(self, source: str, picture: Picture, *, speaks: bool) -> None:
        """One more person who sends a picture, and sound if it `speaks`."""
        person = await self._join()
        assert person.client.sealer is not None
        person.publisher = Publisher(person.client.sealer, picture)
        tracks = [(source, video_parameters())]
        if speaks:
            tracks.append(("microphone", audio_parameters()))
        for kind, parameters in tracks:
            producer = await self._server.produce(person.transport_id, kind, parameters)
            self._tracks.append((kind, producer))
        self._tasks.append(
            asyncio.create_task(_send(person, person.publisher, picture, speaks=speaks))
        )

    async def listen(self, pipe: Pipe) -> tuple[Person, int]:
        """A receiver of everything behind `pipe`, and the SSRC of its screen."""
        before = set(self._relay.clients)
        person = await self._join(port=self._relay.port)
        self._relay.narrow(set(self._relay.clients) - before, pipe)
        screen = 0
        consumers = []
        for source, producer in self._tracks:
            made = await self._server.consume(
                person.transport_id, producer, self._server.capabilities()
            )
            consumers.append(ConsumerId(made["id"]))
            if source == "screen":
                screen = made["rtpParameters"]["encodings"][0]["ssrc"]
        await self._server.resume_consumers(consumers)
        return person, screen

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        for person in self._people:
            person.client.close()


async def _send(person: Person, publisher: Publisher, picture: Picture, *, speaks: bool) -> None:
    """Sends picture and sound for as long as it is let."""
    started = time.monotonic()
    for planned in plan(3600, picture):
        if not planned.is_video and not speaks:
            continue
        ahead = started + planned.at - time.monotonic()
        if ahead > 0:
            await asyncio.sleep(ahead)
        person.client.send(publisher.packet(planned, now=time.monotonic()))


@contextlib.asynccontextmanager
async def lesson() -> AsyncIterator[Lesson]:
    """A worker, a relay in front of it, and the publishers."""
    server = MediaServer("127.0.0.1", 0)
    await server.start()
    try:
        async with UdpRelay(("127.0.0.1", server.ports[0])) as relay:
            one = Lesson(server, await server.create_router(), relay)
            serving = asyncio.create_task(one.serve())
            try:
                await one.publish("screen", SCREEN, speaks=True)
                for place in range(CAMERAS):
                    await one.publish("camera", CAMERA, speaks=place < SPEAKERS - 1)
                yield one
            finally:
                serving.cancel()
                one.close()
    finally:
        await server.close()


class Watch:
    """What one receiver gets in one step."""

    def __init__(self, pipe: Pipe, person: Person, screen_ssrc: int) -> None:
        self._pipe, self._person, self._screen = pipe, person, screen_ssrc

    async def step(
        self, name: str, seconds: float, rate_bps: float, *, was_bps: float | None
    ) -> Step:
        """Watches `seconds` from now, when the rate changed from `was_bps`."""
        started = asyncio.get_running_loop().time()
        self._pipe.waited = waited = []
        await asyncio.sleep(SETTLE_S)
        before = self._counts()
        await asyncio.sleep(seconds - SETTLE_S)
        after = self._counts()
        settled = [one for one in waited if one.at >= started + SETTLE_S]
        queued = sorted(one.queued_s for one in settled)
        took = seconds - SETTLE_S
        sent, dropped, frames, sound = (b - a for a, b in zip(before, after, strict=True))
        goes_up = was_bps is not None and rate_bps > was_bps
        return Step(
            name=name,
            use=round(sum(one.size for one in settled) * 8 / took / rate_bps, 3),
            queue_p95_ms=round(queued[int(len(queued) * 0.95)] * 1000, 1) if queued else 0.0,
            up_s=convergence(waited, started, rate_bps, seconds=seconds) if goes_up else None,
            lost=round(dropped / max(sent, 1), 4),
            screen_fps=round(frames / took, 1),
            sound_share=round(sound / took / 50 / SPEAKERS, 3),
        )

    def _counts(self) -> tuple[int, int, int, int]:
        counts, streams = self._pipe.link.counts, self._person.reception.streams
        screen = streams.get(self._screen)
        sound = sum(one.packets for one in streams.values() if one.is_small)
        return counts["sent"], counts["dropped"], screen.frames if screen else 0, sound


def convergence(waited: list[Waited], started: float, rate_bps: float, *, seconds: float) -> float:
    """Seconds until the first second in which enough of the rate was used; all `seconds` of the
    step if there is none.
    """
    need = USED * rate_bps * _WINDOW_S / 8
    first, total = 0, 0
    for one in waited:
        total += one.size
        while waited[first].at <= one.at - _WINDOW_S:
            total -= waited[first].size
            first += 1
        if total >= need:
            return round(max(one.at - started, 0.0), 1)
    return seconds


async def steps(seconds: float) -> list[Step]:
    """One receiver; the rate goes up and down."""
    async with lesson() as one:
        shape = Shape(rate_bps=STEPS_BPS[0], delay_s=DELAY_S, queue_s=QUEUE_S)
        pipe = Pipe(Link(shape))
        watch = Watch(pipe, *await one.listen(pipe))
        found = []
        for was, rate in pairwise((None, *STEPS_BPS)):
            assert rate is not None
            pipe.change(rate_bps=float(rate))
            found.append(await watch.step(_name(rate, was), seconds, rate, was_bps=was))
            _print(found[-1])
        pipe.close()
        return found


def _name(rate: int, was: int | None) -> str:
    text = f"{rate // 1000}k" if rate < 1_000_000 else f"{rate // 1_000_000}m"
    return text if was is None or rate > was else f"{text}_down"


async def bucket(seconds: float) -> Step:
    """A policer: no queue, what is above the rate is gone."""
    async with lesson() as one:
        shape = Shape(BUCKET_BPS, DELAY_S, bucket_bytes=BUCKET_BYTES, is_policed=True)
        pipe = Pipe(Link(shape))
        watch = Watch(pipe, *await one.listen(pipe))
        step = await watch.step("bucket_1m", seconds, BUCKET_BPS, was_bps=None)
        _print(step)
        pipe.close()
        return step


async def shared(seconds: float) -> float:
    """Two receivers on one link, the second 5 s later: the smaller part of what both got."""
    async with lesson() as one:
        pipe = Pipe(Link(Shape(SHARED_BPS, DELAY_S, QUEUE_S)))
        first, _ = await one.listen(pipe)
        await asyncio.sleep(SETTLE_S)
        second, _ = await one.listen(pipe)
        await asyncio.sleep(SETTLE_S)
        people = first, second
        before = [person.reception.packet_bytes for person in people]
        await asyncio.sleep(seconds)
        got = [person.reception.packet_bytes - b for person, b in zip(people, before, strict=True)]
        pipe.close()
        share = round(min(got) / max(sum(got), 1), 3)
        sys.stdout.write(
            f"two receivers share {SHARED_BPS // 1000} kbit/s: the smaller {share:.1%}\n"
        )
        return share


_HEAD = "link         used  queue p95 ms   up s    lost  screen/s   sound"


def _print(step: Step) -> None:
    up = "    -" if step.up_s is None else f"{step.up_s:5.1f}"
    sys.stdout.write(
        f"{step.name:10}  {step.use:5.1%}  {step.queue_p95_ms:12.1f}  {up}  {step.lost:6.2%}"
        f"  {step.screen_fps:8.1f}  {step.sound_share:6.1%}\n"
    )
    sys.stdout.flush()


def headline(found: list[Step], policed: Step, share: float) -> Json:
    """Flat, by name: `link_use_500k`, `queue_p95_ms` (the worst step), `up_s` (the slowest)."""
    figures: Json = {}
    for step in (*found, policed):
        figures |= {
            f"{'link_use' if key == 'use' else key}_{step.name}": value
            for key, value in asdict(step).items()
            if key != "name" and value is not None
        }
    figures["queue_p95_ms"] = max(step.queue_p95_ms for step in found)
    figures["up_s"] = max(step.up_s for step in found if step.up_s is not None)
    figures["fair_share"] = share
    return figures


async def measure(seconds: float) -> Json:
    """Everything, printed as it comes."""
    sys.stdout.write(_HEAD + "\n")
    found = await steps(seconds)
    return headline(found, await bucket(seconds), await shared(seconds))


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=15.0, help="of each step")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    figures = asyncio.run(measure(arguments.seconds))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
