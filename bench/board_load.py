"""Thirty people who draw at once, in a process of their own: `python -m bench.board_load`.

Prints `ready` when everybody has the page open, begins when a line comes in, and prints one line of
JSON at the end. Started by `bench.board`, which watches the server's CPU meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from bench.board_writer import BoardWriter
from bench.join import percentile


async def gather(address: str, host_link: str, link: str, writers: int) -> list[BoardWriter]:
    """A host who gives everybody a pen, and the others; all with the page open."""
    host = await BoardWriter.come(address, host_link, "Amara Okafor")
    await host.room.ask("board.give_pen", {"participant_id": None, "pen": "own"})
    await host.room.ask("board.show", {"shown": True})
    people = [host]
    for number in range(writers - 1):
        people.append(await BoardWriter.come(address, link, f"Student {number + 1}"))
    await asyncio.gather(*(person.open() for person in people))
    return people


async def draw(person: BoardWriter, rate: float, seconds: float, offset: float) -> int:
    """Live messages at a steady rate; how many were sent."""
    loop = asyncio.get_running_loop()
    start = loop.time() + offset
    sent = 0
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, start + number / rate - loop.time()))
        await person.live(number // 30 + 1)
        sent += 1
    return sent


async def run(options: argparse.Namespace) -> None:
    people = await gather(options.address, options.host_link, options.link, options.writers)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    before = [person.delivered for person in people]
    for person in people:
        person.delays.clear()
    step = 1 / options.rate / len(people)
    sent = await asyncio.gather(
        *(
            draw(person, options.rate, options.seconds, index * step)
            for index, person in enumerate(people)
        )
    )
    print("drawn", flush=True)
    await asyncio.sleep(0.5)  # what is still on its way
    delays = [delay for person in people for delay in person.delays]
    delivered = sum(p.delivered for p in people) - sum(before)
    found = {
        "sent": sum(sent),
        "delivered": delivered,
        "expected": sum(sent) * (len(people) - 1),
        "p50_ms": percentile(delays, 0.5) * 1000,
        "p95_ms": percentile(delays, 0.95) * 1000,
    }
    print(json.dumps(found), flush=True)
    await asyncio.gather(*(person.close() for person in people))


def main() -> None:
    """Read the options, draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("address")
    parser.add_argument("host_link")
    parser.add_argument("link")
    parser.add_argument("--writers", type=int, default=30)
    parser.add_argument("--rate", type=float, default=30.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
