"""The waiting list: a free time is held for one after the other, and nobody is forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.jobs import holding as holding_module
from classroom.jobs.holding import Holding
from classroom.store.booking_rows import By, Change
from classroom.store.booking_tables import BookedCell, Booking, Client, WaitEntry
from classroom.store.bookings import Bookings
from classroom.store.clients_found import ClientGiven
from classroom.store.times_taken import CELL_S
from classroom.store.waitlist import Wish, follow_waiting, join, leave
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, make_place

MONDAY = Wish(date(2027, 3, 29), date(2027, 3, 29), 0, 1440)


async def wish(place: Place, email: str, what: Wish = MONDAY) -> str:
    given = ClientGiven(name=email[:2], email=email)
    made, _ = await join(place.org_id, place.offer_id, given, what, at=NOW)
    return made


async def states() -> list[str]:
    return [row.state for row in await WaitEntry.all().order_by("at", "id")]


async def full(place: Place, bookings: Bookings) -> list[str]:
    """Every hour of that Monday is booked."""
    made = []
    for hour in range(8):
        ask = place.ask(MONDAY_S + hour * HOUR_S, email=f"c{hour}@example.org")
        made.append((await bookings.take(ask, at=NOW)).id)
    return made


async def test_a_time_goes_from_one_to_the_next(store: str) -> None:
    place = await make_place()
    bookings = Bookings((follow_waiting,))
    holding = Holding(bookings)
    taken = await full(place, bookings)
    await wish(place, "first@example.org")
    await wish(place, "second@example.org")
    await holding.look(NOW)
    assert await states() == ["waiting", "waiting"]
    await bookings.drop(taken[3], by=By("account"), why="", at=NOW)
    await holding.look(NOW)
    assert sorted(await states()) == ["offered", "waiting"]
    held = await Booking.get(made_by="list")
    assert (held.state, held.hold_until) == ("unconfirmed", NOW + timedelta(hours=2))
    await holding.look(NOW + timedelta(minutes=119))
    assert await Booking.filter(made_by="list").count() == 1
    later = NOW + timedelta(minutes=121)
    await holding.look(later)
    assert sorted(await states()) == ["ended", "offered"]
    second = await Booking.get(made_by="list", state="unconfirmed")
    assert second.client_id != held.client_id
    await bookings.turn(second.id, "confirm", by=By("client"), at=later)
    assert sorted(await states()) == ["booked", "ended"]
    assert await BookedCell.all().count() == 8 * 12


async def test_only_what_was_wished_for(store: str) -> None:
    place = await make_place()
    bookings = Bookings((follow_waiting,))
    afternoon = Wish(date(2027, 3, 30), date(2027, 3, 31), 14 * 60, 16 * 60)
    await wish(place, "a@example.org", afternoon)
    await Holding(bookings).look(NOW)
    held = await Booking.get().select_related("appointment")
    assert held.appointment.wall == "2027-03-30T14:00"


async def test_leaving_and_bounds(store: str) -> None:
    place = await make_place()
    bookings = Bookings((follow_waiting,))
    await full(place, bookings)
    entry = await wish(place, "a@example.org")
    client = await Client.get(email="a@example.org")
    with pytest.raises(Refused, match=r"booking\.unknown"):
        await leave(entry, ["somebody else"])
    assert await leave(entry, [client.id]) == ""
    assert await states() == ["left"]
    for _ in range(5):
        await wish(place, "a@example.org")
    with pytest.raises(Refused, match=r"booking\.many"):
        await wish(place, "a@example.org")
    await Holding(bookings).look(NOW + timedelta(days=30))
    assert set(await states()) == {"left", "ended"}


async def test_cells_of_the_past_are_swept_a_day_later(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding_module, "SWEEP_MOST", 5)
    monkeypatch.setattr(holding_module, "BATCHES", 3)
    place = await make_place()
    bookings = Bookings(())
    for hour in (0, 1, 24):
        await bookings.take(place.ask(MONDAY_S + hour * HOUR_S), at=NOW)
    holding = Holding(bookings)
    ended = datetime.fromtimestamp(MONDAY_S + 2 * HOUR_S, UTC)
    await holding.look(ended)
    assert await BookedCell.all().count() == 36
    await holding.look(ended + timedelta(days=1))  # begins, and has more to do
    assert await BookedCell.all().count() == 21
    await holding.look(ended + timedelta(days=1, minutes=1))
    assert await BookedCell.all().count() == 12
    await holding.look(ended + timedelta(days=1, minutes=50))  # swept within the hour
    assert await BookedCell.all().count() == 12
    cells = await BookedCell.all().order_by("cell").values_list("cell", flat=True)
    assert cells[0] == (MONDAY_S + 24 * HOUR_S) // CELL_S
    assert await Booking.filter(state="booked").count() == 3


async def test_a_time_is_held_and_the_wish_knows_it_at_once(store: str) -> None:
    place = await make_place()

    async def fail(_: Change) -> None:
        raise KeyError("the power is gone")

    await wish(place, "a@example.org")
    broken = Holding(Bookings((follow_waiting, fail)))
    await broken.look(NOW)
    assert (await states(), await Booking.all().count()) == (["waiting"], 0)
    bookings = Bookings((follow_waiting,))
    await Holding(bookings).look(NOW)
    held = await Booking.get()
    entry = await WaitEntry.get()
    assert (entry.state, entry.offered) == ("offered", held.id)


async def test_who_left_meanwhile_is_offered_nothing(store: str) -> None:
    place = await make_place()
    entry = await wish(place, "a@example.org")
    client_id = (await Client.get()).id
    await leave(entry, [client_id])
    ask = place.ask(by=By("list", entry), made_by="list", state="unconfirmed")
    with pytest.raises(Refused, match=r"booking\.over"):
        await Bookings((follow_waiting,)).take(ask, at=NOW)
    assert await Booking.all().count() == 0


async def test_one_that_cannot_be_let_go_keeps_nobody_waiting(store: str) -> None:
    place = await make_place()
    bad: list[str] = []

    async def fail(change: Change) -> None:
        if change.deed == "lapse" and change.after.id in bad:
            raise KeyError("a row that cannot be read")

    bookings = Bookings((follow_waiting, fail))
    for hour in range(2):
        ask = place.ask(MONDAY_S + hour * HOUR_S, state="unconfirmed", email=f"{hour}@example.org")
        made = await bookings.take(ask, at=NOW + timedelta(seconds=hour))
        bad[:] = bad or [made.id]
    await wish(place, "a@example.org")
    await Holding(bookings).look(NOW + timedelta(minutes=30))
    assert sorted(row.state for row in await Booking.all()) == [
        *("lapsed", "unconfirmed", "unconfirmed")
    ]
    assert await states() == ["offered"]


async def test_wishes_that_never_fit_keep_no_others_waiting(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("classroom.store.waitlist", "classroom.jobs.holding"):
        monkeypatch.setattr(f"{module}.LOOK_MAX", 2)
    place = await make_place()
    night = Wish(date(2027, 3, 29), date(2027, 3, 29), 0, 60)
    for name in ("a", "b"):
        await wish(place, f"{name}@example.org", night)
    await wish(place, "c@example.org")
    holding = Holding(Bookings((follow_waiting,)))
    for _ in range(2):
        await holding.look(NOW)
    assert sorted(await states()) == ["offered", "waiting", "waiting"]


async def test_a_time_is_held_until_it_begins_at_most(store: str) -> None:
    place = await make_place()
    await wish(place, "a@example.org")
    starts = datetime.fromtimestamp(MONDAY_S, UTC)
    await Holding(Bookings((follow_waiting,))).look(starts - timedelta(minutes=70))
    assert (await Booking.get()).hold_until == starts
