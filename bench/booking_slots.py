"""Free times of a month for a busy host, read through the store.

    python -m bench.booking_slots [--bookings 1000] [--feeds 5] [--json FILE]

The host has so many bookings in the month and so many calendars with 2,000 busy times each, open
from 06:00 to 22:00 every day, in a zone whose clocks change within the month. `slots_month_ms` is
CPU of this process for the rows and the search, the median of 20 runs after two that do not count.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import tell
from classroom.booking.diary import Bounds, Diary, Hours, write_diary
from classroom.booking.slot import Lengths, free_starts
from classroom.booking.span import Span
from classroom.store import feeds
from classroom.store.booking_tables import Appointment
from classroom.store.database import close_database, open_database
from classroom.store.host_times import times_of
from classroom.store.hours import host_of
from tests.support.rows import new_appointment, new_host, new_organisation

GOALS = {"slots_month_ms": 30}
RUNS = 20
WARM = 2
AT = datetime(2027, 3, 10, tzinfo=UTC)
FROM_S = int(AT.timestamp())
MONTH_S = 31 * 24 * 3600
SPANS = 2_000
"""Of one calendar; over thirteen months, as they are kept."""
OFFER = Lengths(30, before_min=5, after_min=5)
DIARY = Diary(
    "Europe/Berlin",
    tuple(Hours(weekday, 360, 1320) for weekday in range(7)),
    bounds=Bounds(notice_min=60, horizon_days=60, daily_max=60, step_min=15),
)


async def measure_slots(file: Path, *, bookings: int, calendars: int) -> dict[str, float]:
    """The figure; `file` becomes a database."""
    await open_database(f"sqlite://{file}")
    try:
        await _seed(bookings, calendars)
        took_ms: list[float] = []
        for _ in range(RUNS + WARM):
            begun = time.process_time()
            free = await _month()
            took_ms.append((time.process_time() - begun) * 1000)
    finally:
        await close_database()
    if not free:
        raise RuntimeError("a month without a free time measures nothing")
    return {
        "slots_month_ms": round(statistics.median(took_ms[WARM:]), 2),
        "slots_month_free": float(len(free)),
    }


async def _month() -> list[tuple[int, int]]:
    """As the public page asks: the host, what takes the time, what is left."""
    times = await times_of(await host_of("host"), FROM_S, FROM_S + MONTH_S)
    return [
        tuple(one)
        for one in free_starts(
            times.diary,
            OFFER,
            busy=times.busy,
            taken=times.taken,
            now_s=FROM_S,
            from_s=FROM_S,
            to_s=FROM_S + MONTH_S,
        )
    ]


async def _seed(bookings: int, calendars: int) -> None:
    org = new_organisation(AT)
    await org.save()
    await new_host(org.id, AT, id="host", diary=json.dumps(write_diary(DIARY))).save()
    step_s = MONTH_S // max(1, bookings) // 300 * 300
    starts = [FROM_S + number * step_s for number in range(bookings)]
    await Appointment.bulk_create([_appointment(start_s) for start_s in starts])
    for number in range(calendars):
        feed = await feeds.create_feed(
            "host", url="https://calendar.example/", name=f"{number}", kind="busy", at=AT
        )
        begin = FROM_S + number * 1500
        every_s = 400 * 24 * 3600 // SPANS // 300 * 300
        spans = tuple(Span(begin + n * every_s, begin + n * every_s + 1200) for n in range(SPANS))
        reading = feeds.NewReading(spans, SPANS, (), "", 0)
        await feeds.feed_read(feed.id, reading, at=AT, next_at=AT)


def _appointment(from_s: int) -> Appointment:
    pauses = {"busy_from_s": from_s - 300, "busy_to_s": from_s + 1200}
    return new_appointment("host", from_s, from_s + 900, **pauses)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bookings", type=int, default=1000)
    parser.add_argument("--feeds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(
            measure_slots(
                Path(folder) / "classroom.db", bookings=given.bookings, calendars=given.feeds
            )
        )
    tell(figures, GOALS, given.json)


if __name__ == "__main__":
    main()
