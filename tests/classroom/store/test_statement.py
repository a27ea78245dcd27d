"""SQL that is written out says the same on both databases as what the library makes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.store.booking_tables import BookedCell
from classroom.store.hook_tables import Job
from classroom.store.practice_tables import Host, Offer
from classroom.store.statement import ROWS_MAX, add, add_rows, ask, do, made_of, selected
from tests.support.hosts import make_place

AT = datetime(2027, 3, 22, 8, 30, 0, 123456, tzinfo=UTC)
CELLS = "INSERT INTO booked_cells (host_id, cell, appointment_id) VALUES {rows}"


def new_job(name: str) -> Job:
    return Job(
        kind="k", key="it's", name=name, body="{}", run_at=AT, attempts=0, failure="", created_at=AT
    )


async def test_more_rows_than_one_statement_takes(store: str) -> None:
    await add([new_job(str(number)) for number in range(2 * ROWS_MAX + 1)])
    assert await Job.all().count() == 2 * ROWS_MAX + 1
    job = await Job.get(name="7")
    assert (job.key, job.run_at, job.leased_until) == ("it's", AT, None)


async def test_no_rows_are_no_statement(store: str) -> None:
    await add([])
    assert await Job.all().count() == 0


async def test_what_is_there_stays_when_it_is_asked_to(store: str) -> None:
    await add([new_job("a")])
    await Job.all().update(attempts=3)
    await add([new_job("a"), new_job("b")], once=True)
    assert sorted(await Job.all().values_list("name", "attempts")) == [("a", 3), ("b", 0)]
    with pytest.raises(IntegrityError):
        await add([new_job("b")])


async def test_a_statement_is_part_of_the_transaction_around_it(store: str) -> None:
    async def broken_off() -> None:
        async with in_transaction():
            await add([new_job("a")])
            raise KeyError

    with pytest.raises(KeyError):
        await broken_off()
    assert await Job.all().count() == 0


async def test_what_a_row_does_not_say_is_said_by_the_table(store: str) -> None:
    place = await make_place()
    offer = Offer(
        id="o", host_id=place.host_id, kind="talk", name="New", minutes=30, currency="EUR"
    )
    offer.created_at = AT
    await add([offer])
    made = await Offer.get(id="o")
    assert (made.seats, made.is_on, made.pay, made.hours) == (1, True, "free", None)


async def test_a_row_becomes_the_object_that_the_library_reads(store: str) -> None:
    place = await make_place()
    later = AT + timedelta(days=1)
    await Host.filter(id=place.host_id).update(is_listed=False, free_since=later)
    rows = await ask(
        f"SELECT {selected(Host, 'h')} FROM hosts h WHERE h.id = $1 AND h.id = $1", place.host_id
    )
    read, own = made_of(Host, "h", rows[0]), await Host.get(id=place.host_id)
    names = Host._meta.fields_db_projection
    assert {name: getattr(read, name) for name in names} == {
        name: getattr(own, name) for name in names
    }
    assert (read.is_listed, read.free_since) == (False, later)


async def test_how_many_rows_it_touched(store: str) -> None:
    await add([new_job("a"), new_job("b")])
    assert await do("UPDATE jobs SET attempts = $2 WHERE name = $1", "a", 5) == 1
    assert await do("DELETE FROM jobs WHERE key = $1", "nobody's") == 0
    told = await ask("UPDATE jobs SET attempts = attempts + 1 WHERE name = 'a' RETURNING attempts")
    assert told == [{"attempts": 6}]


async def test_rows_without_objects(store: str) -> None:
    place = await make_place()
    await do(
        """INSERT INTO appointments (id, host_id, kind, title, from_s, to_s, busy_from_s, busy_to_s,
        zone, wall, seats, taken, state) VALUES ('a', $1, 'talk', '', 0, 0, 0, 0, '', '', 1, 1, '')
        """,
        place.host_id,
    )
    await add_rows(CELLS, [(place.host_id, cell, "a") for cell in range(3)])
    assert await BookedCell.filter(appointment_id="a").count() == 3
    with pytest.raises(IntegrityError):
        await add_rows(CELLS, [(place.host_id, 3, "a"), (place.host_id, 2, "a")])
    assert await BookedCell.filter(appointment_id="a").count() == 3
