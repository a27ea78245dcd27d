"""A very large class: 200 people in one room, 50 events a second, and all of them back at once.

`python -m bench.room [--people N] [--seconds S] [--json FILE]`. The server is `classroom serve` in
a process of its own; the people are in this one, without sound and pictures. 40 of 100 events are
hands, 30 are chat lines and 30 are answers to a question. Processor time and memory are those of
the web process (proc(5)); an event is delivered when it stands in a socket's frame here.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from bench.crowd import Hearing, Member
from bench.figures import tell
from bench.join import percentile
from bench.product import Product, product
from bench.seat import Refusal, take_seat

GOALS = {
    "delivery_p95_ms": 150,
    "us_per_delivered": 60,
    "join_200th_ms": 300,
    "kb_per_participant": 300,
    "storm_back_s": 5,
}
EVENTS_PER_S = 50
TURN = ("hand", "chat", "vote", "hand", "chat", "hand", "vote", "chat", "hand", "vote")
"""Forty hands, thirty lines and thirty answers in a hundred."""
SETTLE_S = 1.0
"""What is still on its way arrives, and the server comes to rest."""
QUESTION = {
    "kind": "yes_no",
    "text": "Clear?",
    "options": [],
    "right": [],
    "right_texts": [],
    "points": 0,
    "is_multiple": False,
    "is_anonymous": False,
    "seconds": None,
}


@dataclass
class Load:
    """What the lively seconds came to."""

    sent: int
    refused: int
    delivered: int
    delays_s: list[float]
    processor_s: float


def processor_s(pid: int) -> float:
    """Processor time of one process, without its children (proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_kb(pid: int) -> int:
    """Memory of one process that is really there (proc(5), status)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise LookupError("no VmRSS")


async def gather(running: Product, people: int, hearing: Hearing) -> tuple[list[Member], float]:
    """A tutor and students, one after the other; milliseconds in which the last one joined."""
    links = [running.link("/enter/"), *[running.link("/r/")] * (people - 1)]
    names = ["Amara Okafor", *(f"Student {number}" for number in range(1, people))]
    seats = [
        await asyncio.to_thread(take_seat, running.address, link, name)
        for link, name in zip(links, names, strict=True)
    ]
    members, began = list[Member](), 0.0
    for number, seat in enumerate(seats):
        began = monotonic()
        members.append(await Member.come(running.http_port, seat, f"tab{number}", hearing))
    return members, (monotonic() - began) * 1000


async def lively(members: list[Member], seconds: float, hearing: Hearing, pid: int) -> Load:
    """Events at a steady rate, in turn by all students."""
    tutor, students = members[0], members[1:]
    loop, refused, sent = asyncio.get_running_loop(), 0, 0
    hearing.delays_s.clear()
    before, used = hearing.delivered, processor_s(pid)
    start, tasks, voters = loop.time(), list[asyncio.Task[bool]](), list[Member]()
    poll_id = ""
    for number in range(int(EVENTS_PER_S * seconds)):
        await asyncio.sleep(max(0.0, start + number / EVENTS_PER_S - loop.time()))
        who = students[number * 7 % len(students)]
        kind = TURN[number % len(TURN)]
        if kind == "vote":
            if not voters:
                poll_id = (await tutor.ask("ask.open", {"question": QUESTION}))["poll_id"]
                voters = list(students)
            act: Coroutine[Any, Any, None] = voters.pop().vote(poll_id)
        else:
            act = who.wave() if kind == "hand" else who.write(number)
        tasks.append(asyncio.create_task(_was_taken(act)))
        sent += 1
    refused = (await asyncio.gather(*tasks)).count(False)
    await asyncio.sleep(SETTLE_S)
    return Load(
        sent,
        refused,
        hearing.delivered - before,
        list(hearing.delays_s),
        processor_s(pid) - used,
    )


async def _was_taken(act: Coroutine[Any, Any, None]) -> bool:
    with suppress(Refusal, TimeoutError):
        await act
        return True
    return False


async def storm(running: Product, members: list[Member], hearing: Hearing) -> float:
    """Everybody's connection goes at once, and everybody comes back; seconds until all are in."""
    await asyncio.gather(*(member.close() for member in members))
    began = monotonic()
    back = await asyncio.gather(
        *(
            Member.come(running.http_port, member.seat, f"tab{number}", hearing)
            for number, member in enumerate(members)
        )
    )
    took = monotonic() - began
    members[:] = back
    return took


async def measure(people: int, seconds: float) -> dict[str, float]:
    """Every figure of one run."""
    hearing = Hearing()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"CLASSROOM_ROOM_CAPACITY": str(people + 50)}
        async with product(Path(folder), settings) as running:
            pid = running.process.pid
            empty_kb = resident_kb(pid)
            members, join_ms = await gather(running, people, hearing)
            await asyncio.sleep(SETTLE_S)
            full_kb = resident_kb(pid)
            load = await lively(members, seconds, hearing, pid)
            back_s = await storm(running, members, hearing)
            seen = await members[0].ask("room.sync", {})
            here = [one for one in seen["participants"] if one["connection"] == "here"]
            await asyncio.gather(*(member.close() for member in members))
    return {
        "people": people,
        "events_sent": load.sent,
        "events_refused": load.refused,
        "events_delivered": load.delivered,
        "delivery_p50_ms": round(percentile(load.delays_s, 0.5) * 1000, 1),
        "delivery_p95_ms": round(percentile(load.delays_s, 0.95) * 1000, 1),
        "us_per_delivered": round(load.processor_s * 1e6 / max(1, load.delivered), 1),
        "join_200th_ms": round(join_ms, 1),
        "kb_per_participant": round((full_kb - empty_kb) / people, 1),
        "storm_back_s": round(back_s, 2),
        "storm_people_back": len(here),
    }


def main() -> None:
    """Measure, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    figures = asyncio.run(measure(options.people, options.seconds))
    tell(figures, GOALS, options.json)


if __name__ == "__main__":
    main()
