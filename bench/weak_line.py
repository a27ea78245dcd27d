"""Signalling over TCP of the real kernel on a line that loses most packets: asks and their answers.

    python -m bench.weak_line [--loss 0.7] [--people 30] [--again 4] [--json FILE]

People connect on a good line of 60 ms, over one WebSocket each as any client has it and over the
client's own bundles of two and of three (in Node: a browser opens one WebSocket at a time, so it is
somewhat slower to replace what stalls). Then the line loses packets in both directions, and all ask
at once: `first`. `again` are the asks after that, on the line that loses already. Nobody waits
longer than 20 s. Needs root (`lossy_net`) and Node.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import uvicorn

from bench.lossy_net import NEAR, LossyNet, lossy_net
from classroom.clock import monotonic
from classroom.live.bundles import Bundles

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
PORT = 9000
LINE_MAX = 1 << 20
CASES = tuple((strands, size) for size in (300, 8_000) for strands in (0, 2, 3))
BUILD = """
import { rolldown } from "ROOT/web/node_modules/rolldown/dist/index.mjs";
const made = await rolldown({ input: "ROOT/bench/weak_line.mjs", platform: "node" });
await made.write({ file: process.argv[1], format: "esm" });
"""


async def measure(loss: float, people: int, again: int) -> list[Json]:
    """A row for each case."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        client = await _built(folder / "client.mjs")
        net = await stack.enter_async_context(lossy_net(delay_s=0.03))
        await _begin(
            stack, net.inside(net.near, sys.executable, "-m", "bench.weak_line", "--serve")
        )
        asking = await _begin(stack, net.inside(net.far, "node", str(client)), is_silent=True)
        rows = []
        for strands, size in CASES:
            case = {"people": people, "strands": strands, "characters": size, "again": again}
            rows.append({**case, "loss": loss} | await _case(net, asking, case, loss))
            sys.stdout.write(_told(rows[-1]) + "\n")
            sys.stdout.flush()
        return rows


async def _case(net: LossyNet, asking: Process, case: Json, loss: float) -> Json:
    assert asking.stdin is not None
    assert asking.stdout is not None
    await net.change(down={"loss": 0.0}, up={"loss": 0.0})
    asking.stdin.write(json.dumps(case).encode() + b"\n")
    await asking.stdout.readline()
    await net.change(down={"loss": loss}, up={"loss": loss})
    answer = json.loads(await asking.stdout.readline())
    first = [times[0] for times in answer["times"]]
    again = [time for times in answer["times"] for time in times[1:]]
    return {"first": figures(first), "again": figures(again), "over": answer["over"]}


def figures(times: Sequence[float | None]) -> Json:
    """Of seconds, of which None is never. A percentile that was never reached is None."""
    known = sorted(time for time in times if time is not None)
    count = max(len(times), 1)

    def at(part: float) -> float | None:
        place = int(part * count)
        return round(known[place], 2) if place < len(known) else None

    within = sum(time <= 5 for time in known)
    return {
        "p50_s": at(0.5),
        "p90_s": at(0.9),
        "within_5s_pct": round(100 * within / count),
        "never_pct": round(100 * (count - len(known)) / count),
    }


def _told(row: Json) -> str:
    lines = "one WebSocket" if row["strands"] == 0 else f"a bundle of {row['strands']}"
    parts = [f"{lines}, answers of {row['characters']} characters"]
    for name in ("first", "again"):
        one = row[name]
        parts.append(
            f"{name}: p50 {one['p50_s']} s, p90 {one['p90_s']} s, within 5 s "
            f"{one['within_5s_pct']} %, never {one['never_pct']} %"
        )
    return "; ".join([*parts, f"connections that ended: {row['over']}"])


async def _built(target: Path) -> Path:
    """The client's own code as one file that Node runs."""
    program = BUILD.replace("ROOT", str(ROOT))
    command = ("node", "--input-type=module", "-e", program, str(target))
    made = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    _, said = await made.communicate()
    if made.returncode:
        raise RuntimeError(said.decode())
    return target


async def _begin(
    stack: AsyncExitStack, command: Sequence[str], *, is_silent: bool = False
) -> Process:
    """A process that ends with the stack; one that says so is ready."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdin=PIPE, stdout=PIPE, limit=LINE_MAX
    )

    async def end() -> None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    stack.push_async_callback(end)
    if not is_silent:
        assert process.stdout is not None
        await process.stdout.readline()
    return process


async def _answer(scope: Json, receive: Any, send: Any) -> None:
    """What stands behind the bundles: `<number> <characters> ...` is answered at that length."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        number, size, _ = message["text"].split(" ", 2)
        await send({"type": "websocket.send", "text": f"{number} " + "!" * int(size)})


async def _serve() -> None:
    bundles = Bundles(_answer, monotonic)  # type: ignore[arg-type]
    server = uvicorn.Server(
        uvicorn.Config(
            bundles.serve,
            host=NEAR,
            port=PORT,
            ws="wsproto",
            interface="asgi3",
            lifespan="off",
            log_config=None,
            ws_per_message_deflate=False,
        )
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await serving


def main(arguments: Sequence[str]) -> None:
    """The measurement, or the server in its namespace."""
    if list(arguments) == ["--serve"]:
        asyncio.run(_serve())
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--loss", type=float, default=0.7, help="of both directions, 0 to 1")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--again", type=int, default=4, help="asks after the first")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    rows = asyncio.run(measure(options.loss, options.people, options.again))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
