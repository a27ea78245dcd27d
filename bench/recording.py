"""What recording costs a media worker, and what is lost when it is killed.

    python -m bench.recording [--people 10] [--rounds 16] [--window 1] [--kills 20] [--seeks 60]
        [--film 60] [--minutes 10] [--range 1000] [--json FILE]

`us_per_recorded_packet`: processor microseconds of a real worker for each packet that it writes,
sealed and synced: what a packet that comes in costs while everybody is recorded, less what it costs
while nobody is, under one load (cameras of 0.5 Mbit/s with sound, of whom three see all), in
windows that take turns; of each side the median. It is a small difference of two large figures: a
busy machine makes noise of it.

`kill_loss_s`: a worker that records is killed (SIGKILL) at a random moment; seconds from the last
packet that is readable afterwards to the end, the worst track of the worst kill.

`assemble_x_realtime`: seconds of one person in 720p (1.5 Mbit/s) and their voice that a second of
one core makes playable out of journals.

`end_to_playable_s`: from the end of a class of ten people with cameras (`--minutes`, 10), which was
made playable while it went on, until all its tracks and the mixed sound are whole and the first
bytes are read (`bench/recording_class.py`).

`mp4_x_realtime`: seconds of a class (a scrolling screen of 1080p15, a face, four voices) that
become an MP4 of 720p25 in a second of this machine; `mp4_peak_mb` is the most memory of the child
that makes it (`bench/recording_film.py`).

`range_mb_s`: megabytes a second that a real server sends of recorded tracks over loopback, opened
as they are read, to three connections (`--range`, 1000 MB); `manifest_ms` is how long it takes to
tell of a class of six hours with forty tracks (`bench/recording_range.py`).

`seek_p95_ms`: in a recorded page of 10,000 strokes, in a real Chromium: milliseconds from a jump to
the whole right picture of the board (`bench/recorded_page.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.generator import Generator
from bench.recorded_page import SEEKS, measure_seeks
from bench.recording_class import measure_assembling, measure_end
from bench.recording_film import measure_film
from bench.recording_range import measure_ranges
from bench.subject import Cast, OwnWorker
from media.journal.envelope import Reader
from media.journal.records import TICKS, PacketRecord, read_records
from media.server.journal import Journal

SETTLE_S = 0.5
"""After a verb: what it costs is no packet's."""
SEEN_BY = 3
KILL_PEOPLE = 4
KILL_AFTER_S = (1.0, 2.0)
"""Between the start of a recording and its kill."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    people: int = 10
    rounds: int = 16
    window_s: float = 1.0
    kills: int = 20
    warm_s: float = 2.0
    class_s: int = 600
    class_people: int = 10
    assembled_s: int = 120
    film_s: int = 60
    range_mb: int = 1000
    seeks: int = SEEKS
    strokes: int = 10_000


class Recorded:
    """A worker with people in it who can be recorded into a folder."""

    def __init__(self, subject: OwnWorker, folder: Path) -> None:
        self.subject = subject
        self.key = os.urandom(32)
        self.began = 0.0
        self._folder = folder
        self._number = 0

    async def record(self) -> None:
        """Everybody, into journals of their own."""
        self.began = time.monotonic()
        for producer_id in self.subject.producers:
            path = self._folder / f"track{self._number}.0.rj"
            self._number += 1
            journal = Journal(str(path), self.key, self.began, {})
            await self.subject.server.record(producer_id, journal)

    async def stop(self) -> None:
        """All of them."""
        at = time.monotonic()
        await asyncio.gather(
            *(self.subject.server.stop_record(each, at=at) for each in self.subject.producers)
        )

    async def used(self) -> tuple[float, int]:
        """(processor seconds, packets that came in) so far."""
        (seen,) = await self.subject.server.metrics()
        return seen["user_s"] + seen["system_s"], seen["packets_in"]

    def last_arrivals(self) -> list[float]:
        """When the last packet of each journal came, in monotonic time."""
        return [self.began + _last(path, self.key) / TICKS for path in self._folder.glob("*.rj")]


def _last(path: Path, key: bytes) -> int:
    chunks = Reader(key).feed(path.read_bytes())
    arrivals = (
        record.arrival
        for chunk in chunks
        for record in read_records(chunk)
        if isinstance(record, PacketRecord)
    )
    return max(arrivals, default=0)


def _class_of(people: int) -> Cast:
    """Enough see all others for the worker to look at its socket in ticks, as in every class: woken
    by each packet it would cost more or less by how it is woken."""
    everybody = range(people)
    return Cast(
        "camera",
        people,
        tuple(tuple(one for one in everybody if one != me) for me in everybody[:SEEN_BY]),
    )


async def measure_cost(plan: Plan, folder: Path) -> float:
    """Microseconds for each recorded packet."""
    subject = OwnWorker(recordings=str(folder))
    await subject.start()
    generator = await Generator.start(None)
    try:
        await subject.set_up(generator, _class_of(plan.people))
        recorded = Recorded(subject, folder)
        seconds = plan.rounds * 2 * (plan.window_s + 2 * SETTLE_S)
        generator.tell({"run": {"warm_s": plan.warm_s, "seconds": seconds}})
        await generator.hear("warm")
        pairs = [await _pair(recorded, plan.window_s) for _ in range(plan.rounds)]
    finally:
        await generator.close()
        await subject.close()
    return median([with_it for _, with_it in pairs]) - median([without for without, _ in pairs])


async def _pair(recorded: Recorded, window_s: float) -> tuple[float, float]:
    """What a packet costs in a window without, and in one with."""
    without = await _window(recorded, window_s)
    await recorded.record()
    with_it = await _window(recorded, window_s)
    await recorded.stop()
    return without, with_it


async def _window(recorded: Recorded, window_s: float) -> float:
    """Microseconds for each packet that comes in."""
    await asyncio.sleep(SETTLE_S)
    cpu_s, packets = await recorded.used()
    await asyncio.sleep(window_s)
    later_s, later = await recorded.used()
    return (later_s - cpu_s) * 1e6 / max(later - packets, 1)


async def measure_loss(seed: int, folder: Path) -> float:
    """Seconds that are missing at the end of the worst track of one kill."""
    subject = OwnWorker(recordings=str(folder))
    await subject.start()
    generator = await Generator.start(None)
    try:
        await subject.set_up(generator, Cast("camera", KILL_PEOPLE, ()))
        generator.tell({"run": {"warm_s": 0.2, "seconds": KILL_AFTER_S[1] + 3.0}})
        await generator.hear("warm")
        recorded = Recorded(subject, folder)
        await recorded.record()
        await asyncio.sleep(random.Random(seed).uniform(*KILL_AFTER_S))
        killed_at = time.monotonic()
        os.kill(subject.pid, signal.SIGKILL)
    finally:
        await generator.close()
        await subject.close()
    return max(killed_at - last for last in recorded.last_arrivals())


def measure(plan: Plan) -> dict[str, float]:
    """The figures by name."""
    figures: dict[str, float] = {}
    if plan.rounds:
        with tempfile.TemporaryDirectory() as folder:
            cost = asyncio.run(measure_cost(plan, Path(folder)))
            figures["us_per_recorded_packet"] = round(cost, 2)
    losses = []
    for seed in range(plan.kills):
        with tempfile.TemporaryDirectory() as folder:
            losses.append(asyncio.run(measure_loss(seed, Path(folder))))
    if losses:
        figures["kill_loss_s"] = round(max(losses), 3)
    if plan.class_s:
        with tempfile.TemporaryDirectory() as folder:
            speed = measure_assembling(Path(folder), plan.assembled_s)
            figures["assemble_x_realtime"] = round(speed, 1)
        with tempfile.TemporaryDirectory() as folder:
            took = asyncio.run(measure_end(Path(folder), plan.class_people, plan.class_s))
            figures["end_to_playable_s"] = round(took, 2)
    if plan.film_s:
        with tempfile.TemporaryDirectory() as folder:
            speed, peak_mb = measure_film(Path(folder), plan.film_s)
            figures |= {"mp4_x_realtime": round(speed, 2), "mp4_peak_mb": round(peak_mb)}
    if plan.range_mb:
        with tempfile.TemporaryDirectory() as folder:
            speed, told_ms = asyncio.run(measure_ranges(Path(folder), plan.range_mb))
            figures |= {"range_mb_s": round(speed), "manifest_ms": round(told_ms, 1)}
    if plan.seeks:
        sought = asyncio.run(measure_seeks(plan.strokes, plan.seeks))
        figures["seek_p95_ms"] = round(sought.p95_ms, 1)
    return figures


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    usual = Plan()
    parser.add_argument("--people", type=int, default=usual.people)
    parser.add_argument("--rounds", type=int, default=usual.rounds)
    parser.add_argument("--window", type=float, default=usual.window_s)
    parser.add_argument("--kills", type=int, default=usual.kills)
    parser.add_argument("--minutes", type=float, default=usual.class_s / 60)
    parser.add_argument("--film", type=int, default=usual.film_s)
    parser.add_argument("--range", type=int, default=usual.range_mb)
    parser.add_argument("--seeks", type=int, default=usual.seeks)
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    plan = Plan(
        given.people,
        given.rounds,
        given.window,
        given.kills,
        film_s=given.film,
        range_mb=given.range,
        class_s=round(given.minutes * 60),
        seeks=given.seeks,
    )
    figures = measure(plan)
    for name, value in figures.items():
        sys.stdout.write(f"{name:24} {value:10}\n")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
