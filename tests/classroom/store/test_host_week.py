"""What a week shows of appointments, on both databases."""

from __future__ import annotations

import pytest

from classroom.store.booking_tables import Appointment, Booking
from classroom.store.host_week import entries_of
from classroom.store.practice_tables import Offer
from tests.support.practice import FROM_S, a_booking, a_client, a_practice

pytestmark = pytest.mark.usefixtures("store")


async def test_a_group_is_one_entry_with_everybody_who_stands() -> None:
    made = await a_practice()
    (alone,) = await entries_of(made.host_id, FROM_S - 60, FROM_S + 60)
    assert (alone.kind, alone.offer, alone.room_code) == ("talk", "Talk", "")
    assert [(one.name, one.zone) for one in alone.people] == [("Wei Chen", "Asia/Shanghai")]
    other = await a_client(made.org_id, "c2", "Ada")
    await a_booking(made.org_id, made.host_id, made.offer_id, other, "b2", FROM_S + 7200)
    await Booking.filter(id="b2").update(appointment_id=alone.id)
    (both,) = await entries_of(made.host_id, FROM_S, FROM_S + 3000)
    assert {one.name for one in both.people} == {"Wei Chen", "Ada"}
    await Booking.filter(id="b2").update(state="cancelled")
    (again,) = await entries_of(made.host_id, FROM_S, FROM_S + 3000)
    assert [one.name for one in again.people] == ["Wei Chen"]


async def test_only_what_shares_a_moment_is_told_and_nothing_that_was_cancelled() -> None:
    made = await a_practice()
    assert await entries_of(made.host_id, FROM_S - 600, FROM_S) == []
    assert await entries_of(made.host_id, FROM_S + 3000, FROM_S + 6000) == []
    assert len(await entries_of(made.host_id, FROM_S + 2999, FROM_S + 6000)) == 1
    await Offer.filter(id=made.offer_id).delete()
    (kept,) = await entries_of(made.host_id, FROM_S, FROM_S + 1)
    assert (kept.offer, kept.offer_id, kept.title) == ("", "", "Talk")
    await Appointment.filter(id=kept.id).update(state="cancelled")
    assert await entries_of(made.host_id, FROM_S, FROM_S + 1) == []
