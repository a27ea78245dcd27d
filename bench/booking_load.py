"""Bookings a second on both databases, and whether any time is had twice.

    python -m bench.booking_load [--rounds 15] [--json FILE]

Twenty hosts, twenty clients at once: each books the next hour of its host, so many rounds. Then all
twenty want the same hour of one host, ten times; exactly one may have it.

`bookings_per_s_*` is a booking as it is: hours, calendars and what is booked are asked, and client,
appointment, its five minutes, booking and log are written in one transaction with everything that
follows: two reminders, letters to both with a calendar, an invoice and its letter, and news for a
webhook. `guard_per_s_*` is without what follows. SQLite has one connection, PostgreSQL those of the
product's pool (`connections_postgres`), all of one process.

`doubles` are appointments that meet another of their host, and hours that two have, counted by
looking at all of them; `losers_wrong` are those who were told anything else than that the time is
taken, and hours that nobody or two got.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from bench.booking_ground import AT, HOSTS, new_bookings, seed
from bench.figures import tell
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.bookings import Bookings
from classroom.store.clients_found import ClientGiven
from classroom.store.database import POOL_MAX, close_database, open_database
from tests.support.database import postgresql

HOUR_S = 3600
SAME = 10
"""Hours that all want."""
FIRST_S = int((AT + timedelta(days=1)).timestamp())
ABOVE = {"bookings_per_s_sqlite": 50, "bookings_per_s_postgres": 200}
GOALS = {"doubles": 1, "losers_wrong": 1}


async def measure_bookings(folder: Path, *, rounds: int) -> dict[str, float]:
    """On SQLite and on a PostgreSQL of its own, bare and with everything that follows."""
    told: dict[str, float] = {"connections_postgres": POOL_MAX}
    with postgresql() as cluster:
        for kind, url in (
            ("sqlite", f"sqlite://{folder / 'bookings.db'}"),
            ("postgres", cluster.new_database()),
        ):
            await open_database(url)
            try:
                for name, whole in (("guard", False), ("bookings", True)):
                    found = await _measure(new_bookings(folder, whole=whole), name, rounds)
                    told[f"{name}_per_s_{kind}"] = found["per_s"]
                    for count in ("doubles", "losers_wrong"):
                        told[count] = told.get(count, 0) + found[count]
            finally:
                await close_database()
    return told


async def _measure(bookings: Bookings, slug: str, rounds: int) -> dict[str, float]:
    hosts = await seed(slug)
    begun = time.perf_counter()
    for number in range(rounds):
        await asyncio.gather(*(_take(bookings, host, number, f"{number}") for host in hosts))
    took_s = time.perf_counter() - begun
    wrong = 0
    for number in range(SAME):
        each = (f"s{number}.{one}" for one in range(HOSTS))
        codes = await asyncio.gather(
            *(_take(bookings, hosts[0], rounds + number, who) for who in each)
        )
        wrong += abs(codes.count("") - 1) + len([one for one in codes if one not in _KNOWN])
    ids = [host for host, _ in hosts]
    made = await Booking.filter(appointment__host_id__in=ids).count()
    return {
        "per_s": round(rounds * HOSTS / took_s, 1),
        "doubles": await _doubles(ids),
        "losers_wrong": wrong + abs(made - rounds * HOSTS - SAME),
    }


_KNOWN = ("", "booking.taken")


async def _take(bookings: Bookings, host: tuple[str, str], number: int, who: str) -> str:
    """The code with which it was refused, or ""."""
    ask = Take(
        host_id=host[0],
        offer_id=host[1],
        start_s=FIRST_S + number * HOUR_S,
        client=ClientGiven(name="Ana", email=f"c{who}.{host[0]}@example.org"),
        by=By("client"),
        once=new_id(),
    )
    try:
        await bookings.take(ask, at=AT)
    except Refused as refused:
        return refused.code
    return ""


async def _doubles(hosts: list[str]) -> int:
    """Appointments of a host that meet the one before, and hours with two bookings."""
    by_host: dict[str, list[tuple[int, int]]] = defaultdict(list)
    rows = await Appointment.filter(state="open", host_id__in=hosts).values_list(
        "host_id", "busy_from_s", "busy_to_s"
    )
    for host, from_s, to_s in rows:
        by_host[str(host)].append((int(from_s), int(to_s)))
    found = 0
    for spans in by_host.values():
        spans.sort()
        found += sum(after[0] < before[1] for before, after in pairwise(spans))
    appointments = await Booking.filter(appointment__host_id__in=hosts).values_list(
        "appointment_id", flat=True
    )
    return found + len(appointments) - len(set(appointments))


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="classroom-bench-") as folder:
        figures = asyncio.run(measure_bookings(Path(folder), rounds=given.rounds))
    tell(figures, GOALS, given.json, above=ABOVE)


if __name__ == "__main__":
    main()
