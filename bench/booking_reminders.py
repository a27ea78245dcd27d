"""Reminders that are due together, through the real product into a real mail server.

    python -m bench.booking_reminders [--count 10000] [--kills 2] [--json FILE]

So many bookings begin an hour after moments that are spread over one minute. The product begins
with a clock that is moved to the end of that minute, and is killed (SIGKILL) that often while it
sends.
`reminders_lost` and `reminders_twice` are counted by what lies in the mail server's folder;
`reminders_per_s` is from the first to the last that arrived, starts after kills left out.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.figures import tell
from bench.product import product
from classroom.store.booking_tables import Appointment, Booking, Client
from classroom.store.database import close_database, open_database
from classroom.store.jobs import NewJob, add_jobs
from classroom.store.reminding import KIND
from tests.support.clocked import MovedClock
from tests.support.mailbox import MailServer, mail_server
from tests.support.rows import (
    new_appointment,
    new_booking,
    new_client,
    new_host,
    new_offer,
    new_organisation,
)

GOALS = {"reminders_lost": 1, "reminders_twice": 1}
HOUR_S = 3600
FIRST = datetime(2027, 3, 29, 7, tzinfo=UTC)
"""When the first one is due."""
AT = FIRST - timedelta(days=7)
QUIET_S = 20.0
"""Nothing more comes when nothing came for so long."""
CHUNK = 500
LOOK_S = 0.2
"""Counting files costs, too."""


async def measure_reminders(folder: Path, *, count: int, kills: int) -> dict[str, float]:
    """The figures; `folder` gets the product's data and the mail server's letters."""
    await _seed(folder / "data" / "classroom.db", count)
    clock = MovedClock(folder / "clock")
    clock.set(FIRST + timedelta(minutes=1))
    settings = {"CLASSROOM_DEMO": "true"}
    with mail_server(folder / "mail") as mail:
        settings["CLASSROOM_MAIL_URL"] = mail.url
        settings["CLASSROOM_MAIL_FROM"] = "desk@class.example"
        spent = 0.0
        for kill in range(kills + 1):
            is_last = kill == kills
            wanted = count if is_last else count * (kill + 1) // (kills + 1)
            async with _started(folder / "data", settings, clock) as running:
                spent += await _until(mail, wanted)
                if not is_last:
                    running.process.kill()
        arrived = Counter(one.to for one in mail.letters())
    return {
        "reminders_lost": count - len(arrived),
        "reminders_twice": sum(times - 1 for times in arrived.values()),
        "reminders_per_s": round(sum(arrived.values()) / max(spent, 0.001), 1),
    }


def _started(folder: Path, settings: dict[str, str], clock: MovedClock) -> Any:
    return product(folder, settings, program=clock.program)


async def _until(mail: MailServer, wanted: int) -> float:
    """Wait for so many letters; the seconds in which they came."""
    first: float | None = None
    newest, seen = time.monotonic(), mail.count()
    while True:
        here = mail.count()
        if here > seen:
            newest, seen = time.monotonic(), here
            first = first or newest
        if here >= wanted or time.monotonic() - newest > QUIET_S:
            return newest - (first or newest)
        await asyncio.sleep(LOOK_S)


async def _seed(file: Path, count: int) -> None:
    """Bookings whose reminders are due in one minute, as the product itself would have stored
    them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    await open_database(f"sqlite://{file}")
    try:
        await new_organisation(AT, id="org").save()
        await new_host("org", AT, id="host").save()
        await new_offer("host", AT, id="offer").save()
        for begin in range(0, count, CHUNK):
            await _seed_some(range(begin, min(begin + CHUNK, count)), count)
    finally:
        await close_database()


async def _seed_some(numbers: range, count: int) -> None:
    starts = {n: int(FIRST.timestamp()) + HOUR_S + n * 60 // count for n in numbers}
    await Client.bulk_create([_client(n) for n in numbers])
    await Appointment.bulk_create([_appointment(n, starts[n]) for n in numbers])
    await Booking.bulk_create([_booking(n) for n in numbers])
    body = {"minutes": 60, "channel": "mail", "revision": 0}
    jobs = [
        NewJob(
            KIND,
            f"b{n}",
            "0.60",
            body,
            run_at=datetime.fromtimestamp(starts[n] - HOUR_S, UTC),
        )
        for n in numbers
    ]
    await add_jobs(jobs, at=AT)


def _client(number: int) -> Client:
    id_ = f"c{number}"
    own = {"id": id_, "name": f"Client {number}", "email": f"{id_}@example.org"}
    chinese = {"locale": "zh-CN", "zone": "Asia/Shanghai"} if number % 2 else {}
    return new_client("org", AT, **own, **chinese)


def _appointment(number: int, from_s: int) -> Appointment:
    own = {"id": f"a{number}", "offer_id": "offer", "title": "Planning"}
    return new_appointment("host", from_s, from_s + HOUR_S, **own)


def _booking(number: int) -> Booking:
    return new_booking("org", f"a{number}", f"c{number}", AT, id=f"b{number}")


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure_reminders(Path(folder), count=given.count, kills=given.kills))
    tell(figures, GOALS, given.json)


if __name__ == "__main__":
    main()
