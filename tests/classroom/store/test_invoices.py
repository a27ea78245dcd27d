"""Money that follows bookings, on both databases: invoices, numbers, refunds, packages."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from tortoise.transactions import in_transaction

from classroom.booking.credit import new_code
from classroom.booking.money import Tax
from classroom.errors import Refused
from classroom.people.secret import token_hash
from classroom.store import credits as packages
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import BookingRow, By
from classroom.store.bookings import Bookings
from classroom.store.clients_found import ClientGiven, settled
from classroom.store.invoice_following import follow_money
from classroom.store.invoices import (
    InvoiceRow,
    LineRow,
    NewInvoice,
    hold_invoice,
    invoice_of,
    invoices,
    make_invoice,
)
from classroom.store.jobs import jobs_of
from classroom.store.letter_tables import Letter
from classroom.store.letters import post
from classroom.store.pay_tables import InvoiceYear
from classroom.store.pay_ways import change_ways
from classroom.store.payments import (
    REFUND,
    NewPayment,
    finish_refund,
    give_back,
    mark_done,
    payments_of,
    receive,
    to_look_at,
    undo,
)
from classroom.store.practice_tables import Offer, Organisation
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, make_place
from tests.support.letters import new_letter

CLIENT, HOUSE, CLOCK = By("client", "ana"), By("account", "mei"), By("clock", "hold")
STRIPE = By("gateway", "stripe")
AFTER = NOW + timedelta(days=7, hours=2)


def bookings() -> Bookings:
    return Bookings((follow_money,))


async def refused(work: object) -> str:
    with pytest.raises(Refused) as caught:
        await work  # type: ignore[misc]
    return caught.value.code


async def bill(booking: BookingRow) -> InvoiceRow:
    found = await invoice_of(booking.id)
    assert found is not None
    return found


def paid(amount: int, reference: str = "", by: str = "offline") -> dict[str, object]:
    return {"amount": amount, "gateway": by, "reference": reference}


async def online(**offer: object) -> Place:
    place = await make_place(price=6000, pay="before", **offer)  # type: ignore[arg-type]
    await change_ways(place.org_id, {"gateway": "stripe", "tax_percent": 1900, "tax_note": "DE1"})
    return place


async def test_paid_before_by_hand_is_booked_and_owed(store: str) -> None:
    place = await make_place(price=6000, pay="before")
    await Organisation.all().update(settings='{"address": "Straße 1\\nBerlin"}')
    made = await bookings().take(place.ask(), at=NOW)
    invoice = await bill(made)
    assert (made.state, invoice.state, invoice.number) == ("booked", "open", "2027-0001")
    assert invoice.lines == (LineRow("Planning", 6000, MONDAY_S),)
    assert invoice.sender == ("North", "Straße 1", "Berlin")
    assert (invoice.client_name, invoice.currency) == ("Ana", "EUR")
    assert invoice.due_at is not None
    assert int(invoice.due_at.timestamp()) == MONDAY_S


async def test_paid_before_online_waits_for_its_money(store: str) -> None:
    place, desk = await online(), bookings()
    made = await desk.take(place.ask(), at=NOW)
    invoice = await bill(made)
    assert (made.state, invoice.state, invoice.tax) == ("unpaid", "open", Tax(1900, "DE1"))
    done = await desk.turn(made.id, "pay", by=STRIPE, body=paid(6000, "pi_1", "stripe"), at=NOW)
    invoice = await bill(made)
    assert (done.state, invoice.state, invoice.paid_at) == ("booked", "paid", NOW)
    again = {"by": STRIPE, "body": paid(6000, "pi_1", "stripe"), "at": NOW}
    await desk.turn(made.id, "pay", **again)  # type: ignore[arg-type]
    assert [one.kind for one in await payments_of([invoice.id])] == ["paid"]


async def test_a_second_payment_of_the_same_goes_back(store: str) -> None:
    place, desk = await online(), bookings()
    made = await desk.take(place.ask(), at=NOW)
    for reference in ("pi_1", "pi_2"):
        body = paid(6000, reference, "stripe")
        await desk.turn(made.id, "pay", by=STRIPE, body=body, at=NOW)
    invoice = await bill(made)
    kinds = [(one.kind, one.state) for one in await payments_of([invoice.id])]
    assert kinds == [("paid", "done"), ("spare", "done"), ("spare_back", "asked")]
    assert (invoice.state, invoice.sums.kept) == ("paid", 6000)
    assert len(await jobs_of(REFUND, place.org_id, limit=5)) == 1


async def test_what_lapses_is_not_owed_and_late_money_goes_back(store: str) -> None:
    place, desk = await online(), bookings()
    made = await desk.take(place.ask(), at=NOW)
    later = NOW + timedelta(minutes=31)
    await desk.turn(made.id, "lapse", by=CLOCK, at=later)
    assert (await bill(made)).state == "void"
    body = paid(6000, "pi_1", "stripe")
    back = await desk.turn(made.id, "pay", by=STRIPE, body=body, at=later)
    assert (back.state, (await bill(made)).state) == ("booked", "paid")  # its time was still free


@pytest.mark.parametrize(
    ("hours", "by", "state", "kept"),
    [
        (30, CLIENT, "refunded", 0),
        (24, CLIENT, "refunded", 0),
        (23, CLIENT, "part_refunded", 3000),
        (1, CLIENT, "paid", 6000),
        (1, HOUSE, "refunded", 0),
    ],
)
async def test_what_a_cancellation_gives_back(
    store: str, hours: int, by: By, state: str, kept: int
) -> None:
    rule = [{"hours": 24, "percent": 100}, {"hours": 12, "percent": 50}]
    place = await make_place(price=6000, pay="before", terms={"hours": 0, "refund": rule})
    await change_ways(place.org_id, {"gateway": "stripe"})
    desk = bookings()
    made = await desk.take(place.ask(), at=NOW)
    await desk.turn(made.id, "pay", by=STRIPE, body=paid(6000, "pi_1", "stripe"), at=NOW)
    at = NOW + timedelta(seconds=MONDAY_S - int(NOW.timestamp()) - hours * HOUR_S)
    await desk.drop(made.id, by=by, why="ill", at=at)
    invoice = await bill(made)
    assert (invoice.state, invoice.sums.kept) == (state, kept)
    asked = await jobs_of(REFUND, place.org_id, limit=5)
    assert len(asked) == (0 if kept == 6000 else 1)


async def test_an_open_invoice_of_a_cancelled_booking_is_void(store: str) -> None:
    place, desk = await make_place(price=6000, pay="before"), bookings()
    made = await desk.take(place.ask(), at=NOW)
    await desk.drop(made.id, by=CLIENT, why="", at=NOW)
    assert (await bill(made)).state == "void"
    body = paid(6000)
    await desk.turn(made.id, "pay", by=HOUSE, body=body, at=NOW)
    assert [(one.kind, one.state) for one in await to_look_at(place.org_id)] == [
        ("refund", "asked")
    ]


async def test_paid_after_is_owed_when_it_was_held(store: str) -> None:
    place, desk = await make_place(price=6000, pay="after"), bookings()
    made = await desk.take(place.ask(), at=NOW)
    assert await invoice_of(made.id) is None
    await desk.turn(made.id, "held", by=HOUSE, body={"held_ms": 1}, at=AFTER)
    first = await bill(made)
    assert (first.state, first.due_at) == ("open", AFTER + timedelta(days=14))
    await desk.turn(made.id, "correct", by=HOUSE, at=AFTER)  # they were not there after all
    assert (await bill(made)).state == "void"
    await desk.turn(made.id, "correct", by=HOUSE, at=AFTER)
    second = await bill(made)
    assert (second.state, second.number) == ("open", "2027-0002")


@pytest.mark.parametrize(
    ("charged", "who", "state"),
    [(True, "client", "open"), (True, "host", None), (False, "client", None)],
)
async def test_missed_is_charged_as_the_organisation_says(
    store: str, charged: bool, who: str, state: str | None
) -> None:
    place, desk = await make_place(price=6000, pay="after"), bookings()
    await Organisation.all().update(settings=f'{{"missed_is_charged": {str(charged).lower()}}}')
    made = await desk.take(place.ask(), at=NOW)
    await desk.turn(made.id, "missed", by=HOUSE, body={"who": who}, at=AFTER)
    found = await invoice_of(made.id)
    assert (None if found is None else found.state) == state


async def test_a_move_keeps_what_was_paid(store: str) -> None:
    place, desk = await make_place(price=6000, pay="before"), bookings()
    made = await desk.take(place.ask(), at=NOW)
    await desk.turn(made.id, "pay", by=HOUSE, body=paid(6000), at=NOW)
    await desk.shift(made.id, MONDAY_S + HOUR_S, revision=0, by=CLIENT, at=NOW)
    invoice = await bill(made)
    assert (invoice.state, invoice.lines[0].at_s) == ("paid", MONDAY_S + HOUR_S)


async def test_no_price_changes_after_booking(store: str) -> None:
    place, desk = await make_place(price=6000, pay="after"), bookings()
    made = await desk.take(place.ask(), at=NOW)
    await Offer.all().update(price=9000, currency="USD")
    await desk.turn(made.id, "held", by=HOUSE, at=AFTER)
    invoice = await bill(made)
    assert (invoice.sums.amount, invoice.currency) == (6000, "EUR")


def new_invoice(place: Place, amount: int = 100) -> NewInvoice:
    lines = (LineRow("x", amount),)
    return NewInvoice(
        place.org_id, "Europe/Berlin", "package", "EUR", lines, "Ana", ("North",), Tax()
    )


async def test_numbers_have_no_holes(store: str) -> None:
    place = await make_place()

    async def one(number: int) -> None:
        async with in_transaction():
            await make_invoice(new_invoice(place), at=NOW)
            if number % 4 == 0:
                raise RuntimeError("undone")

    done = await asyncio.gather(*(one(number) for number in range(20)), return_exceptions=True)
    assert len([was for was in done if was is None]) == 15
    found = await invoices(place.org_id, limit=50)
    assert sorted(row.number for row in found) == [f"2027-{n:04}" for n in range(1, 16)]
    assert (await InvoiceYear.get()).count == 15


async def test_by_hand_in_parts_and_undone(store: str) -> None:
    place = await make_place()
    async with in_transaction():
        made = await make_invoice(new_invoice(place, 1000), at=NOW)
    async with in_transaction():
        half = await receive(await hold_invoice(made.id), NewPayment(400, "offline", "m"), at=NOW)
    assert (half.state, half.sums.owed) == ("open", 600)
    async with in_transaction():
        whole = await receive(half, NewPayment(600, "offline", "m", note="cash"), at=NOW)
    assert whole.state == "paid"
    last = (await payments_of([made.id]))[-1]
    assert last.note == "cash"
    async with in_transaction():
        again = await undo(await hold_invoice(made.id), last.id, at=NOW + timedelta(hours=1))
    assert (again.state, again.sums.received, again.paid_at) == ("open", 400, None)
    late = (await payments_of([made.id]))[0]
    with pytest.raises(Refused, match=r"invoice\.state"):
        async with in_transaction():
            await undo(await hold_invoice(made.id), late.id, at=NOW + timedelta(hours=25))


async def test_a_refund_that_fails_is_ours_again(store: str) -> None:
    place = await make_place()
    async with in_transaction():
        made = await make_invoice(new_invoice(place, 1000), at=NOW)
        held = await receive(made, NewPayment(1000, "stripe", "g", reference="pi"), at=NOW)
        await give_back(held, 300, by="mei", note="", at=NOW)
    back = (await payments_of([made.id]))[-1]
    assert (back.kind, back.state) == ("refund", "asked")
    async with in_transaction():
        assert await finish_refund(back, at=NOW, failure="the card is closed")
        assert not await finish_refund(back, at=NOW, failure="the card is closed")
    async with in_transaction():
        invoice = await hold_invoice(made.id)
    assert (invoice.state, invoice.sums.kept) == ("paid", 1000)
    (failed,) = await to_look_at(place.org_id)
    assert (failed.state, failed.note) == ("failed", "the card is closed")
    async with in_transaction():
        await mark_done(failed, by="mei", at=NOW)  # given back by hand
    async with in_transaction():
        invoice = await hold_invoice(made.id)
    assert (invoice.state, invoice.sums.kept) == ("part_refunded", 700)
    assert await to_look_at(place.org_id) == []


async def package(place: Place, credits: int = 8) -> tuple[packages.PackageRow, str]:
    values = {"name": "Eight", "offer_ids": [place.offer_id], "credits": credits, "days": 90}
    row = await packages.create_package(
        place.org_id, {**values, "price": 40000, "currency": "EUR"}, at=NOW
    )
    code = new_code()
    await packages.sell(row, client_id="", code_hash=token_hash(code), invoice_id="", at=NOW)
    return row, code


async def test_a_package_pays_instead_of_an_invoice(store: str) -> None:
    place, desk = await online(), bookings()
    _, code = await package(place)
    made = await desk.take(place.ask(body={"voucher": code.upper()}), at=NOW)
    assert (made.state, await invoice_of(made.id)) == ("booked", None)
    used = await packages.use_of(made.id)
    assert used is not None
    assert (used.left, used.total, used.client_id) == (7, 8, made.client_id)
    stranger = place.ask(MONDAY_S + HOUR_S, email="b@example.org", body={"voucher": code})
    assert await refused(desk.take(stranger, at=NOW)) == "voucher.unknown"
    await desk.drop(made.id, by=CLIENT, why="", at=NOW)
    assert (await packages.credits_of(place.org_id))[0].left == 8
    assert await packages.use_of(made.id) is None


async def test_a_package_is_not_given_back_too_late(store: str) -> None:
    rule = {"hours": 0, "refund": [{"hours": 24, "percent": 100}]}
    place = await make_place(price=6000, pay="before", terms=rule)
    desk, (_, code) = bookings(), await package(place)
    made = await desk.take(place.ask(body={"voucher": code}), at=NOW)
    await desk.drop(made.id, by=CLIENT, why="", at=NOW + timedelta(days=6, hours=1))
    assert (await packages.credits_of(place.org_id))[0].left == 7


async def test_the_last_credit_is_used_once(store: str) -> None:
    place, desk = await make_place(kind="group", seats=20, price=6000, pay="before"), bookings()
    _, code = await package(place, credits=1)
    given = ClientGiven(name="Ana", email="ana@example.org", by_house=True)
    asks = [
        place.ask(MONDAY_S, client=given, by=HOUSE, anyway=True, body={"voucher": code})
        for _ in range(8)
    ]
    done = await asyncio.gather(*(desk.take(ask, at=NOW) for ask in asks), return_exceptions=True)
    assert len([one for one in done if isinstance(one, BookingRow)]) == 1
    assert {one.code for one in done if isinstance(one, Refused)} == {"voucher.used"}
    (credit,) = await packages.credits_of(place.org_id)
    assert (credit.used, credit.left) == (1, 0)
    old = packages.look(place.org_id, token_hash(code), offer_id=place.offer_id, at=AFTER)
    assert await refused(old) == "voucher.used"


async def test_codes_end_and_are_for_their_offers(store: str) -> None:
    place = await make_place()
    _, code = await package(place)
    digest = token_hash(code)
    late = NOW + timedelta(days=90)
    assert (
        await refused(packages.look(place.org_id, digest, offer_id=place.offer_id, at=late))
        == "voucher.old"
    )
    assert (
        await refused(packages.look(place.org_id, digest, offer_id="other", at=NOW))
        == "voucher.offer"
    )
    assert (
        await refused(packages.look("other", digest, offer_id=place.offer_id, at=NOW))
        == "voucher.unknown"
    )
    assert (await packages.look(place.org_id, digest, offer_id=place.offer_id, at=NOW)).left == 8


async def test_a_series_on_a_package(store: str) -> None:
    place, desk = await make_place(price=6000, pay="before"), bookings()
    await package(place, credits=3)
    (credit,) = await packages.credits_of(place.org_id)
    given = ClientGiven(name="Ana", email="ana@example.org", by_house=True)
    body = {"credit": credit.id}

    def asks(count: int, by: By = HOUSE) -> list[Take]:
        starts = [MONDAY_S + number * HOUR_S for number in range(count)]
        return [place.ask(one, client=given, by=by, anyway=True, body=body) for one in starts]

    assert await refused(desk.book_all(asks(4), at=NOW)) == "voucher.used"
    assert (await packages.credits_of(place.org_id))[0].left == 3  # all of them, or none
    made = await desk.book_all(asks(3), at=NOW)
    assert (await packages.credits_of(place.org_id))[0].left == 0
    assert await invoices(place.org_id, limit=5) == []
    await desk.drop(made[0].booking.id, by=HOUSE, why="", at=NOW)
    assert (await packages.credits_of(place.org_id))[0].left == 1
    client = await desk.take(asks(1, by=CLIENT)[0], at=NOW)  # an id is for the desk alone
    assert (await packages.credits_of(place.org_id))[0].left == 1
    assert (await bill(client)).state == "open"


async def test_a_package_is_its_owners_in_every_browser(store: str) -> None:
    place, bookings = await make_place(price=6000, pay="after"), Bookings((follow_money,))
    ana = (await settled(place.org_id, ClientGiven(name="Ana", email="ana@example.org"), at=NOW)).id
    code = new_code()
    package = await packages.create_package(
        place.org_id,
        {"name": "Two", "credits": 2, "price": 0, "currency": "EUR", "days": 90},
        at=NOW,
    )
    await packages.sell(package, client_id=ana, code_hash=token_hash(code), invoice_id="", at=NOW)
    body = {"voucher": code}
    stranger = place.ask(email="eve@example.org", body=body)
    with pytest.raises(Refused, match=r"voucher\.unknown"):
        await bookings.take(stranger, at=NOW)
    made = await bookings.take(place.ask(body=body), at=NOW)  # another browser, the same address
    assert made.client_id != ana
    (credit,) = await packages.credits_of(place.org_id)
    assert (credit.client_id, credit.left) == (ana, 1)


async def test_nobody_is_asked_for_what_is_not_owed_any_more(store: str) -> None:
    place, bookings = await make_place(price=6000, pay="before"), Bookings((follow_money,))
    made = await bookings.take(place.ask(), at=NOW)
    found = await invoice_of(made.id)
    assert found is not None
    await post(new_letter(f"invoice.{found.id}", kind="invoice"), at=NOW)  # no server takes it yet
    await post(new_letter("invoice.other", kind="invoice"), at=NOW)
    await bookings.drop(made.id, by=CLIENT, why="", at=NOW)
    rows = await Letter.all().order_by("id").values_list("state", "failure")
    assert rows == [("dropped", "over"), ("waiting", "")]


async def test_a_list_goes_on_behind_those_that_were_made_at_once(store: str) -> None:
    place, bookings = await make_place(price=6000, pay="after"), Bookings((follow_money,))
    for number in range(5):
        ask = place.ask(MONDAY_S + number * HOUR_S, email=f"{number}@example.org")
        made = await bookings.take(ask, at=NOW)
        await bookings.turn(made.id, "held", by=By("clock"), at=NOW + timedelta(days=8))
    seen: list[str] = []
    while page := await invoices(place.org_id, limit=2, after=seen[-1] if seen else ""):
        seen += [one.id for one in page]
    assert seen == [one.id for one in await invoices(place.org_id, limit=50)]
    assert len(seen) == 5
