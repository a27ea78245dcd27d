"""Reminders in the store, on both databases: planned, taken by one, judged, each one letter."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from classroom.booking.reminder import DEFAULT, Rule
from classroom.errors import Refused
from classroom.store.booking_asked import Scene
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Client
from classroom.store.bookings import Bookings
from classroom.store.hook_tables import Job
from classroom.store.jobs import JobRow, NewJob, add_jobs, drop_jobs, take_jobs
from classroom.store.letter_posting import Letterhead, Letters
from classroom.store.letter_tables import Letter
from classroom.store.reminding import (
    KIND,
    change_rules,
    follow_reminders,
    own_rules,
    remind,
    rules_of,
)
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, make_place

START = datetime.fromtimestamp(MONDAY_S, UTC)
CLIENT = By("client")
LETTERS = Letters(Letterhead("desk@class.example", "class.example"))


def bookings() -> Bookings:
    return Bookings((follow_reminders,))


async def planned() -> list[tuple[str, datetime]]:
    return [(job.name, job.run_at) for job in await Job.filter(kind=KIND).order_by("run_at")]


async def due(at: datetime) -> list[JobRow]:
    jobs = await take_jobs(KIND, limit=50, at=at)
    await remind(jobs, LETTERS, None, at=at)
    return jobs


async def log() -> list[tuple[str, str, str]]:
    rows = await Letter.filter(kind="reminder").order_by("id")
    return [(row.once.partition(".")[2].partition(".")[2], row.state, row.failure) for row in rows]


async def test_jobs_wait_for_their_moment(store: str) -> None:
    jobs = [
        NewJob("x", "k", "now", {"n": 1}),
        NewJob("x", "k", "later", {"n": 2}, run_at=NOW + timedelta(hours=1)),
        NewJob("y", "k", "other", {}),
    ]
    await add_jobs(jobs, at=NOW)
    assert [job.name for job in await take_jobs("x", limit=9, at=NOW)] == ["now"]
    assert await take_jobs("x", limit=9, at=NOW) == []
    again = await take_jobs("x", limit=9, at=NOW + timedelta(hours=1))
    assert [(job.name, job.attempts, job.body) for job in again] == [
        ("now", 2, {"n": 1}),  # whoever had it is gone
        ("later", 1, {"n": 2}),
    ]
    await drop_jobs([job.id for job in again])
    assert await Job.filter(kind="x").count() == 0


async def test_many_who_take_get_different_jobs(store: str) -> None:
    await add_jobs([NewJob("x", "k", str(n), {}) for n in range(60)], at=NOW)
    taken = await asyncio.gather(*(take_jobs("x", limit=20, at=NOW) for _ in range(6)))
    ids = [job.id for jobs in taken for job in jobs]
    assert len(ids) == len(set(ids))
    rest = await take_jobs("x", limit=60, at=NOW)
    assert len(ids) + len(rest) == 60


async def test_a_booking_plans_and_a_move_plans_anew(store: str) -> None:
    place, there = await make_place(), bookings()
    booking = await there.take(place.ask(), at=NOW)
    day, hour = START - timedelta(days=1), START - timedelta(hours=1)
    assert await planned() == [("0.1440", day), ("0.60", hour)]
    later = MONDAY_S + 2 * HOUR_S
    await there.shift(booking.id, later, revision=0, by=CLIENT, at=NOW)
    by = timedelta(hours=2)
    assert await planned() == [
        ("0.1440", day),
        ("1.1440", day + by),
        ("0.60", hour),
        ("1.60", hour + by),
    ]
    assert await due(day) != []
    assert await due(day + by) != []
    assert await due(hour) != []
    assert await due(hour + by) != []
    assert await log() == [
        ("0.1440", "dropped", "moved"),
        ("1.1440", "waiting", ""),
        ("0.60", "dropped", "moved"),
        ("1.60", "waiting", ""),
    ]
    assert await planned() == []


async def test_a_batch_that_is_done_twice_is_one_letter(store: str) -> None:
    place = await make_place()
    await bookings().take(place.ask(), at=NOW)
    at = START - timedelta(days=1)
    jobs = await take_jobs(KIND, limit=50, at=at)
    await remind(jobs, LETTERS, None, at=at)
    await remind(jobs, LETTERS, None, at=at)
    assert await log() == [("0.1440", "waiting", "")]


async def test_what_is_late_cancelled_or_unwanted_says_so(store: str) -> None:
    place, there = await make_place(), bookings()
    await there.take(place.ask(), at=NOW)
    await there.take(place.ask(MONDAY_S + HOUR_S, email="b@example.org"), at=NOW)
    gone = await there.take(place.ask(MONDAY_S + 2 * HOUR_S, email="c@example.org"), at=NOW)
    await there.drop(gone.id, by=CLIENT, why="", at=NOW)
    await Client.filter(email="b@example.org").update(wants_reminders=False)
    await due(START - timedelta(hours=22))
    reasons = {(row.to_email, row.failure) for row in await Letter.filter(kind="reminder")}
    assert reasons == {
        ("ana@example.org", "late"),
        ("b@example.org", "off"),
        ("c@example.org", "cancelled"),
    }
    assert {row.state for row in await Letter.filter(kind="reminder")} == {"dropped"}


async def test_a_clock_that_went_back_plans_again(store: str) -> None:
    place = await make_place()
    await bookings().take(place.ask(), at=NOW)
    moment = START - timedelta(days=1)
    jobs = await take_jobs(KIND, limit=50, at=moment)
    await remind(jobs, LETTERS, None, at=moment - timedelta(hours=1))
    assert await log() == []
    assert ("0.1440", moment) in await planned()
    await due(moment)
    assert await log() == [("0.1440", "waiting", "")]


async def test_a_client_without_an_address_is_not_written_to(store: str) -> None:
    place = await make_place()
    await bookings().take(place.ask(), at=NOW)
    await Client.all().update(email="")
    assert len(await due(START - timedelta(days=1))) == 1
    assert await Letter.all().count() == 0


async def test_other_channels_are_told_instead(store: str) -> None:
    told: list[tuple[str, int]] = []

    async def tell(scene: Scene, minutes: int, at: datetime) -> None:
        told.append((scene.booking.id, minutes))

    place = await make_place()
    await change_rules(place.org_id, "", [Rule("120.hook", 120, "webhook")], at=NOW)
    booking = await bookings().take(place.ask(), at=NOW)
    await Client.all().update(wants_reminders=False)  # that is about letters
    at = START - timedelta(hours=2)
    await remind(await take_jobs(KIND, limit=9, at=at), LETTERS, tell, at=at)
    assert told == [(booking.id, 120)]
    assert await Letter.all().count() == 0


async def test_rules_of_an_offer_go_before_those_of_all(store: str) -> None:
    place: Place = await make_place()
    org, offer = place.org_id, place.offer_id
    assert await rules_of(org, offer) == DEFAULT
    everywhere, here = (Rule("30", 30),), (Rule("15", 15),)
    await change_rules(org, "", everywhere, at=NOW)
    assert await rules_of(org, offer) == everywhere
    await change_rules(org, offer, here, at=NOW)
    assert await rules_of(org, offer) == here
    assert await own_rules(org) == {"": everywhere, offer: here}
    await change_rules(org, offer, (), at=NOW)
    assert await rules_of(org, offer) == ()
    await change_rules(org, "", None, at=NOW)
    await change_rules(org, offer, None, at=NOW)
    assert await rules_of(org, offer) == DEFAULT


async def test_a_refused_booking_plans_nothing(store: str) -> None:
    place, there = await make_place(), bookings()
    await there.take(place.ask(), at=NOW)
    with pytest.raises(Refused):
        await there.take(place.ask(email="b@example.org"), at=NOW)
    assert len(await planned()) == 2
