"""What forwarding costs: processor time, delay and memory of a real media worker under load.

    python -m bench.forwarding [--receivers 1,10,25,50] [--no-mesh] [--no-limit] [--janus]
                               [--seconds 6] [--pin] [--redundant] [--json FILE]

Prints a table: processor microseconds of the worker (user and system, kernel included) for each
forwarded packet, loss, delay, memory. The load "screen" is VP8 of 2.3 Mbit/s and Opus, 326 packets
a second in, to N receivers that send transport feedback each 50 ms as browsers do; the mesh is ten
people with sound and a camera of 0.5 Mbit/s, 9,900 packets a second out. The last
rows are a screen of three times the rate to more and more receivers, until packets are lost or
late.

`--janus` runs Debian's Janus (package `janus`, one event loop: its best) at the same loads beside
it. It does not gather loopback addresses, so everything then runs in a network namespace of its
own, which needs root. `--pin` puts server and generator on cores of their own, which makes figures
steadier.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.generator import Generator, pin
from bench.janus import Janus, enter_namespace
from bench.subject import Cast, OwnWorker, Subject, lecture, mesh

WARM_S = 2.0
"""The tick, the key frame and the caches have settled by then."""
MESH = 10
LIMIT_RECEIVERS = (50, 75, 100, 125)
LIMIT_FACTOR = 3.0
"""Of the picture's rate: 6.9 Mbit/s, what one screen may be at most (8 Mbit/s and 900 packets a
second with all its headers)."""
LIMIT_WARM_S = 6.0
"""The estimate of 7 Mbit/s for each receiver has been reached by then."""
LATE_MS = 250.0
"""A packet as late as this is as good as lost."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `refused` counts sampled packets that did not decrypt."""

    us_per_packet: float
    core_percent: float
    packets_s: int
    loss: float
    refused: int
    delay_p50_ms: float | None
    delay_p99_ms: float | None
    rss_mb: float
    tick_ms: float | None
    join_ms: float
    generator_late_ms: float

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, and nothing so late that it is no use."""
        return not self.loss and not self.refused and (self.delay_p99_ms or 0) < LATE_MS


async def measure(
    subject: Subject, cast: Cast, seconds: float, *, pinned: bool = False, warm_s: float = WARM_S
) -> Row:
    """One row: a server of its own, and its own generator."""
    await subject.start()
    generator = await Generator.start(1 if pinned else None)
    try:
        pin(subject.pid, 0 if pinned else None)
        joined = await subject.set_up(generator, cast)
        generator.tell({"run": {"warm_s": warm_s, "seconds": seconds}})
        await generator.hear("warm")
        before = await subject.usage()
        await asyncio.sleep(seconds / 2)
        tick_ms = (await subject.usage()).tick_ms
        done = await generator.hear("done")
        after = await subject.usage()
    finally:
        await generator.close()
        await subject.close()
    packets = done["packets"]
    if after.packets is not None and before.packets is not None:
        # Time and packets of the same two answers, so that a late answer spoils neither.
        packets = after.packets - before.packets
    us_per_packet = (after.cpu_s - before.cpu_s) * 1e6 / max(packets, 1)
    return Row(
        us_per_packet=round(us_per_packet, 2),
        core_percent=round(us_per_packet * done["packets"] / seconds / 1e4, 1),
        packets_s=round(done["packets"] / seconds),
        loss=round(done["lost"] / max(done["packets"] + done["lost"], 1), 6),
        refused=done["refused"],
        delay_p50_ms=done["delay_p50_ms"],
        delay_p99_ms=done["delay_p99_ms"],
        rss_mb=round(after.rss_mb, 1),
        tick_ms=tick_ms,
        join_ms=max(joined),
        generator_late_ms=done["generator_late_ms"],
    )


_HEAD = "load        us/packet   core  packets/s      loss  p50 ms  p99 ms  RSS MB  tick  gen late"


def _line(name: str, row: Row) -> str:
    p50, p99 = (f"{value or 0:6.1f}" for value in (row.delay_p50_ms, row.delay_p99_ms))
    tick = "   -" if row.tick_ms is None else f"{row.tick_ms:4.0f}"
    return (
        f"{name:10}  {row.us_per_packet:9.2f}  {row.core_percent:4.1f}%  {row.packets_s:9}"
        f"  {row.loss:8.4%}  {p50}  {p99}  {row.rss_mb:6.1f}  {tick}  {row.generator_late_ms:8.1f}"
        + (f"  {row.refused} not decrypted" if row.refused else "")
    )


def headline(rows: dict[str, Row]) -> dict[str, Any]:
    """The figures by name, flat: `us_per_packet_n50`, `janus_us_per_packet_n50`, ..."""
    figures: dict[str, Any] = {}
    for name, row in rows.items():
        whose, _, load = name.rpartition(" ")
        prefix = f"{whose}_" if whose else ""
        figures |= {f"{prefix}{key}_{load}": value for key, value in asdict(row).items()}
    last = rows.get("n50")
    if last is not None:
        figures |= {"delay_p99_ms": last.delay_p99_ms, "rss_n50_mb": last.rss_mb}
    limits = [row.packets_s for name, row in rows.items() if " " not in name and "x" in name]
    if limits:
        whole = [row.packets_s for name, row in rows.items() if "x" in name and row.is_whole]
        figures["max_lossfree_pps"] = max(whole, default=0)
    return figures


class Session:
    """The rows measured so far."""

    def __init__(self, seconds: float, *, pinned: bool) -> None:
        self.rows: dict[str, Row] = {}
        self._seconds = seconds
        self._pinned = pinned

    def take(
        self, name: str, make: Callable[[], Subject], cast: Cast, *, warm_s: float = WARM_S
    ) -> Row:
        """One row, printed."""
        run = measure(make(), cast, self._seconds, pinned=self._pinned, warm_s=warm_s)
        row = self.rows[name] = asyncio.run(run)
        sys.stdout.write(_line(name, row) + "\n")
        sys.stdout.flush()
        return row

    def find_limit(self, make: Callable[[], Subject]) -> None:
        """More and more receivers of a heavy screen, until something is lost or late."""
        for receivers in LIMIT_RECEIVERS:
            cast = lecture(receivers, factor=LIMIT_FACTOR)
            if not self.take(f"x{receivers}", make, cast, warm_s=LIMIT_WARM_S).is_whole:
                return


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--receivers", default="1,10,25,50")
    parser.add_argument("--no-mesh", action="store_true")
    parser.add_argument("--no-limit", action="store_true")
    parser.add_argument(
        "--redundant", action="store_true", help="receivers read sound with earlier frames"
    )
    parser.add_argument("--janus", action="store_true", help="Debian's janus beside it")
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--pin", action="store_true", help="server on core 0, generator on core 1")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    host = enter_namespace() if arguments.janus else "127.0.0.1"
    session = Session(arguments.seconds, pinned=arguments.pin)
    sys.stdout.write(_HEAD + "\n")
    loads = {f"n{count}": lecture(count) for count in map(int, arguments.receivers.split(","))}
    if not arguments.no_mesh:
        loads[f"mesh{MESH}"] = mesh(MESH)
    for name, cast in loads.items():
        session.take(name, lambda: OwnWorker(host, is_redundant=arguments.redundant), cast)
        if arguments.janus:
            session.take(f"janus {name}", lambda: Janus(host), cast)
    if not arguments.no_limit:
        session.find_limit(lambda: OwnWorker(host, is_redundant=arguments.redundant))
    if arguments.json:
        figures = json.dumps(headline(session.rows), indent=1)
        arguments.json.write_text(figures + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
