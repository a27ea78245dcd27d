"""What forwarding costs: one publisher to 1, 10, 25 and 50 receivers through a real media worker.

    python -m bench.forwarding [--receivers 1,10,25,50] [--seconds 6] [--json FILE]

Prints a table: processor microseconds of the worker (user and system) per forwarded packet, loss,
delay, memory. The load is VP8 of 2.3 Mbit/s and Opus, 326 packets a second in. Runs on one machine;
pinning worker and generator to different cores
(`--pin`, two cores or more) makes the figures steadier.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.load import audio_parameters, video_parameters
from media.ids import ConsumerId, EndpointId, RouterId, TransportId
from media.server.worker import MediaServer

WARM_S = 2.0
"""The tick, the key frame and the caches have settled by then."""
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `refused` counts sampled packets that did not decrypt."""

    receivers: int
    us_per_packet: float
    core_percent: float
    packets_s: int
    loss: float
    refused: int
    delay_p50_ms: float | None
    delay_p99_ms: float | None
    rss_mb: float
    tick_ms: float
    join_ms: float
    generator_late_ms: float


class Generator:
    """The load generator's process."""

    def __init__(self, process: asyncio.subprocess.Process, dtls: dict[str, Any]) -> None:
        self._process = process
        self.dtls_parameters = dtls

    @classmethod
    async def start(cls, core: int | None) -> Generator:
        """Start it, on a core of its own when one is given."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bench.loadgen",
            cwd=_ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1 << 20,
        )
        _pin(process.pid, core)
        assert process.stdout is not None
        hello = json.loads(await process.stdout.readline())
        return cls(process, hello["dtlsParameters"])

    def tell(self, message: dict[str, Any]) -> None:
        """Send one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")

    async def hear(self, key: str) -> Any:
        """The value of the next line, which must be about `key`."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load generator ended")
        return json.loads(line)[key]

    async def close(self) -> None:
        """End its input, and so itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


async def measure(receivers: int, seconds: float, *, pin: bool) -> Row:
    """One row: its own worker, router and generator."""
    server = MediaServer("127.0.0.1", 0)
    await server.start()
    generator = await Generator.start(1 if pin else None)
    try:
        _pin((await server.metrics())[0]["pid"], 0 if pin else None)
        joined = await _set_up(server, generator, receivers)
        generator.tell({"run": {"warm_s": WARM_S, "seconds": seconds}})
        await generator.hear("warm")
        before = (await server.metrics())[0]
        await asyncio.sleep(seconds / 2)
        tick_ms = (await server.metrics())[0]["tick_ms"]
        done = await generator.hear("done")
        after = (await server.metrics())[0]
    finally:
        await generator.close()
        await server.close()
    # Time and packets of the same two answers, so that a late answer spoils neither.
    cpu_s = sum(after[key] - before[key] for key in ("user_s", "system_s"))
    us_per_packet = cpu_s * 1e6 / max(after["packets_out"] - before["packets_out"], 1)
    return Row(
        receivers=receivers,
        us_per_packet=round(us_per_packet, 2),
        core_percent=round(us_per_packet * done["packets"] / seconds / 1e4, 1),
        packets_s=round(done["packets"] / seconds),
        loss=round(done["lost"] / (done["packets"] + done["lost"]), 6),
        refused=done["refused"],
        delay_p50_ms=done["delay_p50_ms"],
        delay_p99_ms=done["delay_p99_ms"],
        rss_mb=round(after["rss_bytes"] / 1e6, 1),
        tick_ms=tick_ms,
        join_ms=max(joined),
        generator_late_ms=done["generator_late_ms"],
    )


async def _set_up(server: MediaServer, generator: Generator, receivers: int) -> list[float]:
    """Join everybody, publish, consume, resume."""
    router_id = await server.create_router()
    transports = [
        await _transport(server, router_id, index, generator) for index in range(receivers + 1)
    ]
    generator.tell({"join": transports})
    joined: list[float] = await generator.hear("joined_ms")
    publisher, *listeners = [TransportId(one["id"]) for one in transports]
    producers = [
        await server.produce(publisher, "screen", video_parameters()),
        await server.produce(publisher, "microphone", audio_parameters()),
    ]
    consumers = [
        ConsumerId((await server.consume(one, producer, server.capabilities()))["id"])
        for one in listeners
        for producer in producers
    ]
    await server.resume_consumers(consumers)
    return joined


async def _transport(
    server: MediaServer, router_id: RouterId, index: int, generator: Generator
) -> dict[str, Any]:
    made = await server.create_transport(router_id, EndpointId(f"load-{index}"))
    await server.connect_transport(made["id"], generator.dtls_parameters)
    return made


def _pin(pid: int, core: int | None) -> None:
    if core is not None:
        os.sched_setaffinity(pid, {core})


_HEAD = (
    "  N  us/packet   core  packets/s      loss  p50 ms  p99 ms  RSS MB  tick  join ms  gen late"
)


def _line(row: Row) -> str:
    p50, p99 = (f"{value or 0:6.1f}" for value in (row.delay_p50_ms, row.delay_p99_ms))
    return (
        f"{row.receivers:3}  {row.us_per_packet:9.2f}  {row.core_percent:4.1f}%  {row.packets_s:9}"
        f"  {row.loss:8.4%}  {p50}  {p99}  {row.rss_mb:6.1f}  {row.tick_ms:4.0f}"
        f"  {row.join_ms:7.1f}  {row.generator_late_ms:8.1f}"
        + (f"  {row.refused} not decrypted" if row.refused else "")
    )


def headline(rows: list[Row]) -> dict[str, Any]:
    """The figures by name, flat: `us_per_packet_n50`, `loss_n50`, ..."""
    return {
        f"{name}_n{row.receivers}": value
        for row in rows
        for name, value in asdict(row).items()
        if name != "receivers"
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--receivers", default="1,10,25,50")
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--pin", action="store_true", help="worker on core 0, generator on core 1")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    sys.stdout.write(_HEAD + "\n")
    rows = []
    for receivers in map(int, arguments.receivers.split(",")):
        rows.append(asyncio.run(measure(receivers, arguments.seconds, pin=arguments.pin)))
        sys.stdout.write(_line(rows[-1]) + "\n")
        sys.stdout.flush()
    if arguments.json:
        arguments.json.write_text(json.dumps(headline(rows), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
