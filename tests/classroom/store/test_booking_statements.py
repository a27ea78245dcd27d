"""How often a booking asks the database: it is what a booking costs."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bench.booking_ground import AT, new_bookings, seed
from classroom.ids import new_id
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import By
from classroom.store.clients_found import ClientGiven
from classroom.store.hook_tables import Job
from classroom.store.letter_tables import Letter

STATEMENTS = 16


async def test_a_booking_with_all_that_follows(
    store: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bookings = new_bookings(tmp_path, whole=True)
    host_id, offer_id = (await seed("north"))[0]

    def at_hour(hour: int) -> Take:
        return Take(
            host_id=host_id,
            offer_id=offer_id,
            start_s=int((AT + timedelta(days=2, hours=hour)).timestamp()),
            client=ClientGiven(name="Ana", email="ana@example.org"),
            by=By("client"),
            once=new_id(),
        )

    await bookings.take(at_hour(0), at=AT)  # the first one of a year begins its numbers, too
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):
        await bookings.take(at_hour(2), at=AT)
    asked = [one.getMessage() for one in caplog.records if one.name == "tortoise.db_client"]
    assert len(asked) <= STATEMENTS, asked
    assert await Letter.all().count() == 6
    assert await Job.filter(kind="reminder").count() == 4
    assert await Job.filter(kind="webhook").count() == 2
