"""Bookings on both databases: taken once, moved, given up, turned, and followed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom.booking.diary import Bounds
from classroom.errors import Refused
from classroom.store import booking_reading
from classroom.store.booking_lines import lines_of
from classroom.store.booking_rows import By, Change, host_row
from classroom.store.booking_tables import Appointment, BookedCell, Booking, Client
from classroom.store.bookings import Bookings
from classroom.store.clients_found import ClientGiven
from classroom.store.host_times import times_of
from classroom.store.pay_tables import PayWays
from classroom.store.practice_tables import Host, Offer
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, add_offer, make_place

CLIENT, HOUSE = By("client", "ana"), By("account", "mei")


def silent() -> Bookings:
    return Bookings(())


async def refused(work: object) -> str:
    with pytest.raises(Refused) as caught:
        await work  # type: ignore[misc]
    return caught.value.code


async def pays_online(org_id: str) -> None:
    await PayWays.create(org_id=org_id, gateway="stripe")


async def cells() -> int:
    return await BookedCell.all().count()


async def test_a_time_is_booked_once(store: str) -> None:
    place, bookings = await make_place(), silent()
    asks = [place.ask(email=f"c{number}@example.org") for number in range(20)]
    done = await asyncio.gather(
        *(bookings.take(ask, at=NOW) for ask in asks), return_exceptions=True
    )
    won = [one for one in done if not isinstance(one, BaseException)]
    lost = [one.code for one in done if isinstance(one, Refused)]
    assert len(won) == 1
    assert lost == ["booking.taken"] * 19
    assert await cells() == 12
    assert await Booking.all().count() == 1
    assert await Client.all().count() == 1  # whoever lost left nothing behind


async def test_the_cells_hold_when_nothing_else_does(store: str) -> None:
    place, bookings = await make_place(), silent()
    await bookings.take(place.ask(), at=NOW)
    for start_s in (MONDAY_S, MONDAY_S + 900, MONDAY_S - 900):
        ask = place.ask(start_s, email="b@example.org", anyway=True, by=HOUSE)
        assert await refused(bookings.take(ask, at=NOW)) == "booking.taken"
    assert await cells() == 12
    ask = place.ask(MONDAY_S - HOUR_S, email="b@example.org", anyway=True, by=HOUSE)
    await bookings.take(ask, at=NOW)  # before the hours begin
    assert await cells() == 24


async def test_pauses_are_taken_too(store: str) -> None:
    place, bookings = await make_place(before_min=10, after_min=15, minutes=30), silent()
    await bookings.take(place.ask(), at=NOW)
    assert await cells() == (10 + 30 + 15) // 5
    near = place.ask(MONDAY_S + 45 * 60, email="b@example.org")
    assert await refused(bookings.take(near, at=NOW)) == "booking.taken"
    await bookings.take(place.ask(MONDAY_S + HOUR_S, email="b@example.org"), at=NOW)


async def test_what_the_hours_do_not_offer_is_refused(store: str) -> None:
    place, bookings = await make_place(bounds=Bounds(notice_min=60, daily_max=1)), silent()
    for start_s, code in (
        (MONDAY_S - HOUR_S, "booking.closed"),
        (MONDAY_S + 60, "booking.closed"),
        (int(NOW.timestamp()) - 7200, "booking.closed"),
        (int(NOW.timestamp()), "booking.early"),
        (MONDAY_S + 70 * 24 * HOUR_S, "booking.far"),
    ):
        assert await refused(bookings.take(place.ask(start_s), at=NOW)) == code
    await bookings.take(place.ask(), at=NOW)
    later = place.ask(MONDAY_S + 4 * HOUR_S)
    assert await refused(bookings.take(later, at=NOW)) == "booking.cap"
    assert await refused(bookings.take(place.ask(offer_id="none"), at=NOW)) == "offer.unknown"


async def test_pressing_twice_is_one_booking(store: str) -> None:
    place, bookings = await make_place(), silent()
    ask = place.ask(once="a-mark-of-the-page")
    first, second = await asyncio.gather(bookings.take(ask, at=NOW), bookings.take(ask, at=NOW))
    assert first.id == second.id
    assert await Booking.all().count() == 1
    other = place.ask(once="a-mark-of-the-page", email="b@example.org")
    assert await refused(bookings.take(other, at=NOW)) == "booking.taken"


async def test_a_group_has_its_seats(store: str) -> None:
    place, bookings = await make_place(kind="group", seats=8), silent()
    asks = [place.ask(email=f"c{number}@example.org") for number in range(12)]
    done = await asyncio.gather(
        *(bookings.take(ask, at=NOW) for ask in asks), return_exceptions=True
    )
    won = [one for one in done if not isinstance(one, BaseException)]
    assert len(won) == 8
    assert {one.code for one in done if isinstance(one, Refused)} == {"booking.full"}
    appointment = await Appointment.get()
    assert appointment.taken == 8
    moved = await bookings.shift(won[0].id, MONDAY_S + HOUR_S, revision=0, by=CLIENT, at=NOW)
    assert moved.appointment_id != won[0].appointment_id
    assert (await Appointment.get(id=appointment.id)).taken == 7
    for one in won[1:]:
        await bookings.drop(one.id, by=CLIENT, why="", at=NOW)
    left = await Appointment.get(id=appointment.id)
    assert (left.taken, left.state) == (0, "cancelled")
    assert await cells() == 12


async def test_a_move_keeps_the_booking_and_frees_its_time(store: str) -> None:
    place, bookings = await make_place(), silent()
    made = await bookings.take(place.ask(), at=NOW)
    moved = await bookings.shift(made.id, MONDAY_S + 900, revision=0, by=CLIENT, at=NOW)
    assert (moved.id, moved.revision, moved.moves) == (made.id, 1, 1)
    appointment = await Appointment.get()
    assert (appointment.from_s, appointment.sequence) == (MONDAY_S + 900, 1)
    assert appointment.wall == "2027-03-29T09:15"
    assert await cells() == 12
    stale = bookings.shift(made.id, MONDAY_S + 7200, revision=0, by=CLIENT, at=NOW)
    assert await refused(stale) == "booking.moved"
    other = await bookings.take(place.ask(MONDAY_S + 2 * HOUR_S, email="b@example.org"), at=NOW)
    onto = bookings.shift(other.id, MONDAY_S + HOUR_S, revision=0, by=CLIENT, at=NOW)
    assert await refused(onto) == "booking.taken"
    assert (await Appointment.get(id=other.appointment_id)).from_s == MONDAY_S + 2 * HOUR_S
    assert await cells() == 24
    assert [line.deed for line in await lines_of(made.id)] == ["make", "move"]


async def test_a_client_changes_within_the_terms(store: str) -> None:
    place = await make_place(terms={"hours": 24, "moves": 1})
    bookings = silent()
    made = await bookings.take(place.ask(), at=NOW)
    late = NOW + timedelta(days=6, hours=23)  # Monday 07:00 UTC is the beginning
    assert await refused(
        bookings.shift(made.id, MONDAY_S + 900, revision=0, by=CLIENT, at=late)
    ) == ("booking.begun" if late.timestamp() >= MONDAY_S else "booking.late")
    await bookings.shift(made.id, MONDAY_S + HOUR_S, revision=0, by=CLIENT, at=NOW)
    again = bookings.shift(made.id, MONDAY_S, revision=1, by=CLIENT, at=NOW)
    assert await refused(again) == "booking.moves"
    sunday = NOW + timedelta(days=6, hours=2)
    assert await refused(bookings.drop(made.id, by=CLIENT, why="", at=sunday)) == "booking.late"
    gone = await bookings.drop(made.id, by=HOUSE, why="ill", at=sunday)
    assert gone.state == "cancelled"
    assert await cells() == 0
    assert (await bookings.drop(made.id, by=CLIENT, why="", at=sunday)).state == "cancelled"
    assert [line.deed for line in await lines_of(made.id)] == ["make", "move", "cancel"]


async def test_what_is_held_for_somebody_lapses(store: str) -> None:
    place, bookings = await make_place(price=6000, pay="before"), silent()
    await pays_online(place.org_id)
    made = await bookings.take(place.ask(state="unconfirmed"), at=NOW)
    confirmed = await bookings.turn(made.id, "confirm", by=CLIENT, at=NOW)
    assert (confirmed.state, confirmed.hold_until) == ("unpaid", NOW + timedelta(minutes=30))
    soon, late = NOW + timedelta(minutes=29), NOW + timedelta(minutes=31)
    assert (await bookings.turn(made.id, "lapse", by=By("clock"), at=soon)).state == "unpaid"
    assert (await bookings.turn(made.id, "lapse", by=By("clock"), at=late)).state == "lapsed"
    assert await cells() == 0
    paid = await bookings.turn(made.id, "pay", by=By("gateway"), at=late)
    assert paid.state == "booked"
    assert await cells() == 12


async def test_what_was_paid_too_late_does_not_push_out(store: str) -> None:
    place, bookings = await make_place(price=6000, pay="before"), silent()
    await pays_online(place.org_id)
    made = await bookings.take(place.ask(), at=NOW)
    late = NOW + timedelta(minutes=31)
    await bookings.turn(made.id, "lapse", by=By("clock"), at=late)
    await bookings.take(place.ask(email="b@example.org"), at=late)
    paid = bookings.turn(made.id, "pay", by=By("gateway"), at=late)
    assert await refused(paid) == "booking.taken"
    assert (await Booking.get(id=made.id)).state == "lapsed"


async def test_afterwards(store: str) -> None:
    place, bookings = await make_place(), silent()
    made = await bookings.take(place.ask(), at=NOW)
    for deed in ("held", "missed"):
        early = bookings.turn(made.id, deed, by=HOUSE, at=NOW)  # type: ignore[arg-type]
        assert await refused(early) == "booking.unbegun"
    then = NOW + timedelta(days=7, hours=1)
    await bookings.turn(made.id, "begin", by=HOUSE, at=then)
    assert await refused(bookings.drop(made.id, by=HOUSE, why="", at=then)) == "booking.begun"
    held = await bookings.turn(made.id, "held", by=HOUSE, at=then, body={"held_ms": 1000})
    assert (held.state, held.held_ms) == ("held", 1000)
    assert (await Appointment.get()).state == "over"
    assert (await bookings.turn(made.id, "correct", by=HOUSE, at=then)).state == "missed"
    much_later = then + timedelta(days=31)
    correct = bookings.turn(made.id, "correct", by=HOUSE, at=much_later)
    assert await refused(correct) == "booking.over"


async def test_followers_are_inside_and_news_are_after(store: str) -> None:
    place = await make_place()
    seen: list[str] = []

    async def follow(change: Change) -> None:
        seen.append(f"{change.deed} {change.after.state} {change.client.name}")
        if change.deed == "move":
            raise Refused("voucher.used")

    told: list[Change] = []
    bookings = Bookings((follow,), (told.append,))
    made = await bookings.take(place.ask(), at=NOW)
    move = bookings.shift(made.id, MONDAY_S + 900, revision=0, by=CLIENT, at=NOW)
    assert await refused(move) == "voucher.used"
    assert (await Appointment.get()).from_s == MONDAY_S
    assert [line.deed for line in await lines_of(made.id)] == ["make"]
    assert seen == ["make booked Ana", "move booked Ana"]
    assert [one.deed for one in told] == ["make"]


async def test_an_address_makes_nobody_somebody_else(store: str) -> None:
    place, bookings = await make_place(), silent()
    first = await bookings.book(place.ask(), at=NOW)
    assert first.is_known
    stranger = await bookings.book(place.ask(MONDAY_S + HOUR_S), at=NOW)
    assert stranger.client.id != first.client.id  # nobody proved the address
    await Client.filter(id=first.client.id).update(is_proved=True)
    again = await bookings.book(place.ask(MONDAY_S + 2 * HOUR_S), at=NOW)
    assert again.client.id not in (first.client.id, stranger.client.id)
    given = ClientGiven(name="A", email="ana@example.org", known=(first.client.id,))
    known = await bookings.book(place.ask(MONDAY_S + 3 * HOUR_S, client=given), at=NOW)
    assert known.client.id == first.client.id
    house = ClientGiven(name="A", email="ana@example.org", by_house=True)
    ask = place.ask(MONDAY_S + 4 * HOUR_S, client=house, by=HOUSE)
    assert (await bookings.book(ask, at=NOW)).client.id == first.client.id


async def test_an_address_has_five_at_most(store: str) -> None:
    place, bookings = await make_place(), silent()
    for hour in range(5):
        await bookings.take(place.ask(MONDAY_S + hour * HOUR_S), at=NOW)
    sixth = place.ask(MONDAY_S + 5 * HOUR_S)
    assert await refused(bookings.take(sixth, at=NOW)) == "booking.many"
    first = await Client.all().order_by("created_at", "id").first()
    assert first is not None
    await Client.filter(id=first.id).update(is_proved=True)
    given = ClientGiven(name="Ana", email="ana@example.org", known=(first.id,))
    await bookings.take(place.ask(MONDAY_S + 6 * HOUR_S, client=given), at=NOW)
    house = place.ask(MONDAY_S + 5 * HOUR_S, by=HOUSE, made_by="host")
    await bookings.take(house, at=NOW)


async def test_who_walks_in_takes_what_is_free(store: str) -> None:
    place, bookings = await make_place(), silent()
    await bookings.take(place.ask(MONDAY_S + 1800), at=NOW)
    given = ClientGiven(name="Bo", by_house=True)
    ask = place.ask(MONDAY_S, client=given, by=HOUSE, walk_in=True)
    made = await bookings.take(ask, at=NOW)
    assert made.state == "booked"
    assert await cells() == 12 + 6
    await bookings.drop(made.id, by=HOUSE, why="", at=NOW)
    assert await cells() == 12


async def test_two_offers_of_a_host_share_the_host(store: str) -> None:
    place, bookings = await make_place(), silent()
    short = await add_offer(place.host_id, minutes=20, name="First talk")
    await bookings.take(place.ask(), at=NOW)
    ask = place.ask(MONDAY_S + 900, offer_id=short, email="b@example.org")
    assert await refused(bookings.take(ask, at=NOW)) == "booking.taken"


async def test_a_time_that_was_used_up_early_is_not_shown_as_free(store: str) -> None:
    place, bookings = await make_place(kind="group", seats=8), silent()
    made = await bookings.take(place.ask(), at=NOW)
    begun = datetime.fromtimestamp(MONDAY_S, UTC) + timedelta(minutes=5)
    await bookings.turn(made.id, "held", by=By("account"), at=begun)
    host = host_row(await Host.get(id=place.host_id))
    times = await times_of(host, MONDAY_S, MONDAY_S + 3 * HOUR_S)
    assert [(one.from_s, one.to_s, one.left) for one in times.taken] == [
        (MONDAY_S, MONDAY_S + HOUR_S, 0)
    ]


async def test_who_is_moved_out_of_a_group_leaves_the_others_there(store: str) -> None:
    place, bookings = await make_place(kind="group", seats=8), silent()
    ana = await bookings.take(place.ask(), at=NOW)
    ben = await bookings.take(place.ask(email="ben@example.org"), at=NOW)
    await Offer.filter(id=place.offer_id).delete()
    later = MONDAY_S + 2 * HOUR_S
    moved = await bookings.shift(ana.id, later, revision=0, by=By("account"), at=NOW)
    assert moved.appointment_id != ben.appointment_id
    stays = await Appointment.get(id=ben.appointment_id)
    assert (stays.from_s, stays.taken) == (MONDAY_S, 1)
    apart = await Appointment.get(id=moved.appointment_id)
    assert (apart.from_s, apart.to_s, apart.taken) == (later, later + HOUR_S, 1)
    assert await cells() == 24


async def test_a_talk_that_moves_keeps_the_length_that_was_booked(store: str) -> None:
    place, bookings = await make_place(), silent()
    made = await bookings.take(place.ask(), at=NOW)
    at_four = MONDAY_S + 7 * HOUR_S  # the host goes home at five
    await Offer.filter(id=place.offer_id).update(minutes=90, before_min=0, after_min=30)
    await bookings.shift(made.id, at_four, revision=0, by=By("client"), at=NOW)
    moved = await Appointment.get()
    assert (moved.from_s, moved.to_s, moved.busy_to_s) == (at_four, at_four + HOUR_S, moved.to_s)
    await Offer.filter(id=place.offer_id).update(minutes=30, after_min=0)
    late = bookings.shift(made.id, at_four + 1800, revision=1, by=By("client"), at=NOW)
    assert await refused(late) == "booking.closed"


async def test_a_list_goes_on_behind_those_that_begin_at_once(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, bookings = await make_place(kind="group", seats=8), silent()
    monkeypatch.setattr(booking_reading, "PAGE", 2)
    mails = [f"{number}@example.org" for number in range(5)]
    made = [await bookings.take(place.ask(email=mail), at=NOW) for mail in mails]
    seen: list[str] = []
    wanted = booking_reading.Wanted(place.org_id)
    has_more = True
    while has_more:
        page, has_more = await booking_reading.scenes_wanted(wanted)
        seen += [one.booking.id for one in page]
        wanted = replace(wanted, before_s=page[-1].appointment.from_s, before_id=seen[-1])
    assert seen == sorted(one.id for one in made)
