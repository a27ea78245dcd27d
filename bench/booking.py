"""Booking: free times, bookings a second, reminders, and the page on which somebody books.

    python -m bench.booking [--rounds 15] [--reminders 10000] [--kills 2] [--loads 7] [--json FILE]

`slots_month_ms` (`bench/booking_slots.py`): free times of a month of a host with 1,000 bookings and
five calendars. `bookings_per_s_sqlite`, `bookings_per_s_postgres`, `doubles`
(`bench/booking_load.py`): with all that follows a booking, and whether a time was ever had twice;
`guard_per_s_sqlite`, `guard_per_s_postgres`: what guards a time alone.
`reminders_lost`, `reminders_twice` (`bench/booking_reminders.py`): of so many that are due in one
minute, through the real product into a real mail server, killed meanwhile. `page_kb`,
`page_interactive_ms` (`bench/booking_page.py`): what a phone fetches, and when it can be used.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import booking_load, booking_page, booking_reminders, booking_slots
from bench.figures import tell

GOALS = {
    **booking_slots.GOALS,
    **booking_load.GOALS,
    **booking_reminders.GOALS,
    **booking_page.GOALS,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. No `reminders`: without a product; no `loads`: without a browser."""

    bookings: int = 1_000
    calendars: int = 5
    rounds: int = 15
    reminders: int = 10_000
    kills: int = 2
    loads: int = booking_page.LOADS


async def measure(folder: Path, plan: Plan) -> dict[str, float]:
    """All figures, one part after the other; `folder` gets everything that is made for it."""
    figures = await booking_slots.measure_slots(
        folder / "slots.db", bookings=plan.bookings, calendars=plan.calendars
    )
    figures |= await booking_load.measure_bookings(folder, rounds=plan.rounds)
    if plan.reminders:
        figures |= await booking_reminders.measure_reminders(
            folder / "reminders", count=plan.reminders, kills=plan.kills
        )
    if plan.loads:
        figures |= await booking_page.measure_page(folder / "page", loads=plan.loads)
    return figures


def main() -> None:
    """Measure, print, write."""
    usual = Plan()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=usual.rounds)
    parser.add_argument("--reminders", type=int, default=usual.reminders)
    parser.add_argument("--kills", type=int, default=usual.kills)
    parser.add_argument("--loads", type=int, default=usual.loads)
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    plan = Plan(
        rounds=given.rounds, reminders=given.reminders, kills=given.kills, loads=given.loads
    )
    with tempfile.TemporaryDirectory(prefix="classroom-bench-") as folder:
        figures = asyncio.run(measure(Path(folder), plan))
    tell(figures, GOALS, given.json, above=booking_load.ABOVE)


if __name__ == "__main__":
    main()
