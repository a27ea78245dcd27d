"""Whatever is done with bookings, in whatever order: nobody's time is had twice.

Sequences of random deeds on both databases, and two processes that want the same times.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from classroom.booking.states import HOLDING
from classroom.errors import Refused
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Appointment, BookedCell, Booking
from classroom.store.bookings import Bookings
from classroom.store.practice_tables import Host
from classroom.store.times_taken import cells_of
from classroom.store.timetable import Asked, add_block, remove_block
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, add_offer, make_place

ROOT = Path(__file__).resolve().parents[3]
HOUSE = By("account", "mei")
STEPS = 40
DEEDS = ("take", "take", "take", "shift", "shift", "drop", "pay", "lapse", "block", "unblock")


class Desk:
    """Somebody who does things without thinking."""

    def __init__(self, place: Place, group_id: str, seed: int) -> None:
        self.place, self.group_id = place, group_id
        self.random = Random(seed)
        self.bookings = Bookings(())
        self.blocks: list[str] = []
        self.turn = 0
        self.done = 0
        self.codes: set[str] = set()
        self.at = NOW

    async def act(self) -> None:
        """One deed, which may be refused."""
        deed = self.random.choice(DEEDS)
        self.at += timedelta(minutes=self.random.choice((0, 1, 25)))
        start_s = MONDAY_S + self.random.randrange(0, 24) * 900
        known = [
            str(one) for one in await Booking.all().order_by("id").values_list("id", flat=True)
        ]
        one = self.random.choice(known) if known else ""
        work: Awaitable[object]
        if deed == "take" or (deed in ("shift", "drop", "pay", "lapse") and not one):
            work = self._take(start_s)
        elif deed == "shift":
            revision = (await Booking.get(id=one)).revision
            work = self.bookings.shift(one, start_s, revision=revision, by=HOUSE, at=self.at)
        elif deed == "drop":
            work = self.bookings.drop(one, by=HOUSE, why="", at=self.at)
        elif deed in ("pay", "lapse"):
            name = "pay" if deed == "pay" else "lapse"
            work = self.bookings.turn(one, name, by=By("clock"), at=self.at)
        elif deed == "block":
            work = self._block(start_s)
        elif self.blocks:
            work = remove_block(self.place.host_id, self.blocks.pop())
        else:
            return
        try:
            await work
            self.done += 1
        except Refused as refused:
            self.codes.add(refused.code)

    async def _take(self, start_s: int) -> None:
        offer_id = self.random.choice((self.place.offer_id, self.group_id))
        state = self.random.choice(("", "unconfirmed"))
        email = f"c{self.random.randrange(40)}@example.org"
        ask = self.place.ask(start_s, offer_id=offer_id, email=email, state=state, by=HOUSE)
        await self.bookings.take(ask, at=self.at)

    async def _block(self, start_s: int) -> None:
        made = await add_block(self.place.host_id, Asked(start_s, start_s + HOUR_S, ""))
        self.blocks.append(made.id)

    async def look(self) -> None:
        """What has to be true after every deed."""
        rows = [row for row in await Appointment.all() if row.state == "open"]
        wanted = sorted(cell for row in rows for cell in cells_of(row.busy_from_s, row.busy_to_s))
        cells = await BookedCell.all().values_list("cell", flat=True)
        assert sorted(int(str(cell)) for cell in cells) == wanted
        assert len(set(wanted)) == len(wanted)
        for row in rows:
            seats = Booking.filter(appointment_id=row.id, state__in=list(HOLDING))
            assert row.kind == "block" or row.taken == await seats.count()
            assert row.taken <= row.seats
        turn = (await Host.get(id=self.place.host_id)).turn
        assert turn >= self.turn
        assert all(code.startswith("booking.") for code in self.codes), self.codes
        self.turn = turn


@pytest.mark.parametrize("seed", range(4))
async def test_cells_are_the_union_of_what_stands(store: str, seed: int) -> None:
    place = await make_place(before_min=5, after_min=10, minutes=45)
    group = await add_offer(place.host_id, kind="group", seats=3, minutes=60, name="Group")
    desk = Desk(place, group, seed)
    for _ in range(STEPS):
        await desk.act()
        await desk.look()
    assert desk.done > STEPS / 3


async def test_all_at_once(store: str) -> None:
    place = await make_place(minutes=30)
    group = await add_offer(place.host_id, kind="group", seats=3, minutes=60, name="Group")
    desks = [Desk(place, group, 100 + number) for number in range(8)]
    for desk in desks:
        desk.at = NOW

    async def work(desk: Desk) -> None:
        for _ in range(8):
            await desk.act()

    await asyncio.gather(*(work(desk) for desk in desks))
    await desks[0].look()


CHILD = """
import asyncio, json, sys
from classroom.errors import Refused
from classroom.store.bookings import Bookings
from classroom.store.database import close_database, open_database
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place

async def main():
    url, host, offer, who = sys.argv[1:]
    await open_database(url)
    bookings, place, won, codes = Bookings(()), Place("", host, offer), [], set()
    print("ready", flush=True)
    sys.stdin.readline()

    async def take(slot, number):
        ask = place.ask(MONDAY_S + slot * HOUR_S, email=f"{who}{slot}.{number}@example.org")
        try:
            await bookings.take(ask, at=NOW)
            won.append(slot)
        except Refused as refused:
            codes.add(refused.code)

    for slot in range(8):
        await asyncio.gather(*(take(slot, number) for number in range(10)))
    await close_database()
    print(json.dumps({"won": won, "codes": sorted(codes)}), flush=True)

asyncio.run(main())
"""


async def test_two_processes_want_the_same_times(store: str) -> None:
    place = await make_place()
    command = [sys.executable, "-c", CHILD, store, place.host_id, place.offer_id]

    def run() -> list[dict[str, list[str]]]:
        children = [
            subprocess.Popen(
                [*command, who], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for who in "ab"
        ]
        try:
            for child in children:
                assert child.stdout is not None
                assert child.stdout.readline() == "ready\n"
            told = [child.communicate("go\n", timeout=60)[0] for child in _begin(children)]
        finally:
            for child in children:
                child.kill()
                child.wait()
        return [json.loads(one) for one in told]

    both = await asyncio.to_thread(run)
    won = [slot for one in both for slot in one["won"]]
    assert sorted(won) == list(range(8))
    assert set().union(*(one["codes"] for one in both)) <= {"booking.taken"}
    assert await Booking.all().count() == 8
    assert await BookedCell.all().count() == 8 * 12


def _begin(children: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    return children
