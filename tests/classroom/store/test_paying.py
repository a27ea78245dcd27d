"""Being paid through a company that is late, tells twice, lies or goes away; on both databases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs.paying import AGAIN_AFTER, KEYS_LIVE, Payer, Paying
from classroom.pay.gateways import KEY as KEY_USE
from classroom.pay.gateways import SIGNING as SIGNING_USE
from classroom.pay.gateways import Gateways
from classroom.pay.keys import seal
from classroom.people.secret import Secret
from classroom.store.booking_lines import lines_of
from classroom.store.booking_rows import BookingRow, By
from classroom.store.booking_tables import Booking
from classroom.store.bookings import Bookings
from classroom.store.checkouts import LOOK, open_page_of
from classroom.store.hook_tables import Job
from classroom.store.invoice_following import follow_money
from classroom.store.invoices import InvoiceRow, invoice_of, must_find
from classroom.store.jobs import JobRow, take_job
from classroom.store.pay_keys import KEPT, forget_keys, keys_aside, put_aside
from classroom.store.pay_tables import Payment
from classroom.store.pay_ways import change_ways, ways_of
from classroom.store.payments import REFUND, payments_of, to_look_at
from classroom.store.practice_tables import Organisation
from tests.support.hosts import MONDAY_S, NOW, Place, make_place
from tests.support.stripe_stand_in import KEY, SIGNING, Message, StripeStandIn, stripe_stand_in

SECRET = Secret(b"s" * 32)
PAYER = Payer("ana@example.org", "en", "http://localhost/k/token")
CLIENT = By("client", "ana")


@dataclass
class Shop:
    """An organisation that is paid through the stand-in."""

    place: Place
    bookings: Bookings
    paying: Paying
    company: StripeStandIn

    async def book(self, email: str = "ana@example.org") -> tuple[BookingRow, InvoiceRow]:
        made = await self.bookings.take(self.place.ask(email=email), at=NOW)
        found = await invoice_of(made.id)
        assert found is not None
        return made, found

    async def page(self, invoice: InvoiceRow, at: datetime = NOW) -> str:
        """The name of the page that somebody is sent to."""
        return (await self.paying.begin(invoice.id, PAYER, at=at)).rpartition("/")[2]

    async def tell(self, message: Message, at: datetime = NOW) -> None:
        org_id = self.place.org_id
        news = await self.paying.read(org_id, message.body, message.signed(at), at=at)
        assert news is not None
        await self.paying.take(org_id, news, at=at)

    async def goes_on_by_hand(self, at: datetime = NOW) -> None:
        """The organisation leaves Stripe, as its settings do."""
        await put_aside(await ways_of(self.place.org_id), at=at)
        gone = {"gateway": "offline", "key_sealed": "", "key_end": "", "signing_sealed": ""}
        await change_ways(self.place.org_id, gone)

    async def do_jobs(self, kind: str) -> JobRow | None:
        """The next one that is due, done."""
        job = await take_job(at=utc_now() + timedelta(days=400), kinds=(kind,))
        if job is not None:
            does = {REFUND: self.paying.refund, LOOK: self.paying.look_job}
            await does[kind](job)
        return job


@pytest.fixture(scope="module")
def server() -> Iterator[StripeStandIn]:
    with stripe_stand_in() as running:
        yield running


@pytest.fixture
async def shop(store: str, server: StripeStandIn) -> Shop:
    server.mood = "answers"
    for known in (server.sessions, server.refunds, server.by_key, server.asked):
        known.clear()
    place = await make_place(price=6000, pay="before")
    keys = {
        "key_sealed": seal(SECRET, place.org_id, KEY_USE, KEY),
        "signing_sealed": seal(SECRET, place.org_id, SIGNING_USE, SIGNING),
    }
    await change_ways(place.org_id, {"gateway": "stripe", **keys})
    bookings = Bookings((follow_money,))
    return Shop(place, bookings, Paying(bookings, Gateways(SECRET, server.url)), server)


async def state_of(booking: BookingRow) -> str:
    return (await Booking.get(id=booking.id)).state


async def kinds_of(invoice: InvoiceRow) -> list[tuple[str, str, int]]:
    return [(one.kind, one.state, one.amount) for one in await payments_of([invoice.id])]


async def test_paid_and_told_twice_is_paid_once(shop: Shop) -> None:
    booking, invoice = await shop.book()
    assert booking.state == "unpaid"
    page = await shop.page(invoice)
    message = shop.company.pay(page)
    await shop.tell(message)  # before the browser is back
    await shop.tell(message)
    await shop.tell(shop.company.pay(page))  # the same, as another message
    await shop.paying.look(invoice.id, at=NOW)
    assert await state_of(booking) == "booked"
    assert (await must_find(invoice.id)).state == "paid"
    assert await kinds_of(invoice) == [("paid", "done", 6000)]


async def test_pressing_twice_is_one_page(shop: Shop) -> None:
    _, invoice = await shop.book()
    pages = await asyncio.gather(*(shop.page(invoice) for _ in range(4)))
    assert len(set(pages)) == 1
    assert len(shop.company.sessions) == 1
    later = NOW + timedelta(minutes=20)
    assert await shop.page(invoice, later) == pages[0]
    ended = NOW + timedelta(minutes=30)
    assert await shop.page(invoice, ended) != pages[0]


async def test_a_page_holds_the_time_as_long_as_it_lives(shop: Shop) -> None:
    booking, invoice = await shop.book()
    began = NOW + timedelta(minutes=29)
    await shop.page(invoice, began)
    assert (await Booking.get(id=booking.id)).hold_until == began + timedelta(minutes=31)


async def test_a_page_that_ends_lets_the_time_go(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    await shop.tell(shop.company.expire(page), NOW + timedelta(minutes=5))
    assert await state_of(booking) == "lapsed"
    assert (await must_find(invoice.id)).state == "void"
    with pytest.raises(Refused, match=r"invoice\.state"):
        await shop.page(invoice)


async def test_paid_after_it_lapsed_takes_the_time_again(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    later = NOW + timedelta(minutes=40)
    await shop.bookings.turn(booking.id, "lapse", by=By("clock"), at=later)
    await shop.tell(shop.company.pay(page), later)
    assert await state_of(booking) == "booked"
    assert (await must_find(invoice.id)).state == "paid"


async def test_paid_when_the_time_is_gone_goes_back(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    later = NOW + timedelta(minutes=40)
    await shop.bookings.turn(booking.id, "lapse", by=By("clock"), at=later)
    await shop.book("b@example.org")
    await shop.tell(shop.company.pay(page), later)
    assert await state_of(booking) == "lapsed"
    assert (await must_find(invoice.id)).state == "refunded"
    await shop.do_jobs(REFUND)
    assert [one["amount"] for one in shop.company.refunds.values()] == [6000]
    assert await kinds_of(invoice) == [("paid", "done", 6000), ("refund", "done", 6000)]


@pytest.mark.parametrize(("amount", "currency"), [(5999, None), (6001, None), (None, "usd")])
async def test_another_amount_settles_nothing(
    shop: Shop, amount: int | None, currency: str | None
) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    await shop.tell(shop.company.pay(page, amount=amount, currency=currency))
    assert (await state_of(booking), (await must_find(invoice.id)).state) == ("unpaid", "open")
    (odd,) = await to_look_at(shop.place.org_id)
    assert (odd.kind, odd.note) == ("odd", f"{amount or 6000} {(currency or 'EUR').upper()}")


async def test_a_message_that_never_comes_is_asked_for(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    shop.company.pay(page)
    await shop.paying.look(invoice.id, at=NOW)  # the browser came back
    assert await state_of(booking) == "booked"


async def test_a_page_of_which_nothing_is_heard_is_asked_after(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    first = await shop.do_jobs(LOOK)
    assert first is not None
    assert first.run_at == NOW + timedelta(minutes=32)
    assert await open_page_of(invoice.id) is not None  # it was put off
    shop.company.pay(page)
    await shop.do_jobs(LOOK)
    assert await state_of(booking) == "booked"
    assert await shop.do_jobs(LOOK) is None


async def test_a_company_that_is_away_is_told(shop: Shop) -> None:
    _, invoice = await shop.book()
    shop.company.mood = "busy"
    with pytest.raises(Refused, match=r"payment\.gateway"):
        await shop.page(invoice)
    shop.company.mood = "answers"
    assert await shop.page(invoice)
    assert len(shop.company.sessions) == 1


async def test_refunds_are_asked_for_until_they_are_given(shop: Shop) -> None:
    booking, invoice = await shop.book()
    await shop.tell(shop.company.pay(await shop.page(invoice)))
    await shop.bookings.drop(booking.id, by=CLIENT, why="", at=NOW)
    assert (await must_find(invoice.id)).state == "refunded"
    shop.company.mood = "busy"
    for _ in range(2):
        assert await shop.do_jobs(REFUND) is not None
    assert await kinds_of(invoice) == [("paid", "done", 6000), ("refund", "asked", 6000)]
    shop.company.mood = "answers"
    await shop.do_jobs(REFUND)
    assert await kinds_of(invoice) == [("paid", "done", 6000), ("refund", "done", 6000)]
    (refund,) = shop.company.refunds.values()
    fails = shop.company.refund_fails(refund["id"])
    await shop.tell(fails)
    await shop.tell(fails)
    assert (await must_find(invoice.id)).state == "paid"
    (failed,) = await to_look_at(shop.place.org_id)
    assert (failed.state, failed.note) == ("failed", "expired_or_canceled_card")


@pytest.mark.parametrize("mood", ["refuses", "busy"])
async def test_a_refund_that_fails_for_good_is_told(shop: Shop, mood: str) -> None:
    booking, invoice = await shop.book()
    await shop.tell(shop.company.pay(await shop.page(invoice)))
    await shop.bookings.drop(booking.id, by=CLIENT, why="", at=NOW)
    shop.company.mood = mood  # type: ignore[assignment]
    if mood == "busy":
        await Job.filter(kind=REFUND).update(attempts=len(AGAIN_AFTER))
    await shop.do_jobs(REFUND)
    assert await shop.do_jobs(REFUND) is None
    (failed,) = await to_look_at(shop.place.org_id)
    assert (failed.kind, failed.state) == ("refund", "failed")
    assert (await must_find(invoice.id)).sums.kept == 6000


async def test_nothing_of_another_organisation_is_believed(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    message = shop.company.pay(page)
    signed = message.signed(NOW)
    news = await shop.paying.read(shop.place.org_id, message.body, signed, at=NOW)
    assert news is not None
    other = await make_place(slug="other")
    await shop.paying.take(other.org_id, news, at=NOW)
    assert await state_of(booking) == "unpaid"
    with pytest.raises(Refused, match=r"payment\.off"):
        await shop.paying.read(other.org_id, message.body, signed, at=NOW)


async def test_told_of_again_after_a_late_cancellation_gives_nothing_more_back(shop: Shop) -> None:
    half = json.dumps({"refund": [{"hours": 240, "percent": 100}, {"hours": 1, "percent": 50}]})
    await Organisation.filter(id=shop.place.org_id).update(terms=half)
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    late = shop.company.pay(page)
    await shop.paying.look(invoice.id, at=NOW)  # the browser was faster than the message
    await shop.bookings.drop(booking.id, by=CLIENT, why="", at=NOW)
    assert (await must_find(invoice.id)).sums.kept == 3000
    await shop.tell(late)
    assert (await must_find(invoice.id)).sums.kept == 3000
    assert await kinds_of(invoice) == [("paid", "done", 6000), ("refund", "asked", 3000)]


async def test_told_of_again_gives_no_time_for_money_that_went_back(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    later = NOW + timedelta(minutes=40)
    await shop.bookings.turn(booking.id, "lapse", by=By("clock"), at=later)
    other, _ = await shop.book("b@example.org")
    await shop.tell(shop.company.pay(page), later)
    await shop.bookings.drop(other.id, by=By("account"), why="", at=later)
    await shop.tell(shop.company.pay(page), later)  # the time is free again, the money is gone
    assert await state_of(booking) == "lapsed"
    assert (await must_find(invoice.id)).state == "refunded"


async def test_paid_after_the_time_is_over_goes_back(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    lapsed = NOW + timedelta(minutes=40)
    await shop.bookings.turn(booking.id, "lapse", by=By("clock"), at=lapsed)
    over = datetime.fromtimestamp(MONDAY_S, UTC) + timedelta(hours=2)
    await shop.tell(shop.company.pay(page), over)
    assert await state_of(booking) == "lapsed"
    assert (await must_find(invoice.id)).state == "refunded"


async def test_what_is_owed_after_a_late_cancellation_can_be_paid(shop: Shop) -> None:
    late = json.dumps({"refund": [{"hours": 240, "percent": 100}]})
    await Organisation.filter(id=shop.place.org_id).update(terms=late)
    made = await shop.bookings.take(shop.place.ask(by=By("account")), at=NOW)
    invoice = await invoice_of(made.id)
    assert invoice is not None
    await shop.bookings.drop(made.id, by=CLIENT, why="", at=NOW)
    assert (await must_find(invoice.id)).sums.owed == 6000
    await shop.tell(shop.company.pay(await shop.page(invoice)))
    paid = await must_find(invoice.id)
    assert (paid.state, paid.sums.kept, await state_of(made)) == ("paid", 6000, "cancelled")


async def test_money_is_taken_once_by_two_who_are_told_at_once(shop: Shop) -> None:
    booking, invoice = await shop.book()
    await shop.page(invoice)
    told = {"amount": 6000, "gateway": "stripe", "reference": "pi_1"}
    by = By("gateway", "stripe")
    for _ in range(2):  # neither had been written down when they were looked for
        await shop.bookings.turn(booking.id, "pay", by=by, at=NOW, body=told)
    assert [line.deed for line in await lines_of(booking.id)] == ["make", "pay"]
    assert await kinds_of(invoice) == [("paid", "done", 6000)]


@pytest.mark.parametrize("is_told", [True, False])
async def test_paid_on_a_page_of_an_account_that_was_left(shop: Shop, is_told: bool) -> None:
    booking, invoice = await shop.book()
    message = shop.company.pay(await shop.page(invoice))
    await shop.goes_on_by_hand()
    if is_told:
        await shop.tell(message)
    else:
        await shop.do_jobs(LOOK)
    assert await state_of(booking) == "booked"
    assert (await must_find(invoice.id)).state == "paid"


async def test_paid_there_when_the_time_is_gone_goes_back(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    await shop.goes_on_by_hand()
    later = NOW + timedelta(minutes=40)
    await shop.bookings.turn(booking.id, "lapse", by=By("clock"), at=later)
    await shop.book("b@example.org")
    await shop.tell(shop.company.pay(page), later)
    await shop.do_jobs(REFUND)
    assert [one["amount"] for one in shop.company.refunds.values()] == [6000]
    assert await kinds_of(invoice) == [("paid", "done", 6000), ("refund", "done", 6000)]


async def test_what_an_old_signature_says_is_asked_of_the_company(shop: Shop) -> None:
    booking, invoice = await shop.book()
    page = await shop.page(invoice)
    await shop.goes_on_by_hand()
    lie = dict(shop.company.sessions[page], payment_status="paid", payment_intent="pi_lie")
    forged = shop.company.message("checkout.session.completed", lie)
    org_id, signed = shop.place.org_id, forged.signed(NOW)
    assert await shop.paying.read(org_id, forged.body, signed, at=NOW) is None
    assert await state_of(booking) == "unpaid"
    shop.company.mood = "busy"
    with pytest.raises(Refused, match=r"payment\.gateway"):
        await shop.paying.read(org_id, forged.body, signed, at=NOW)


async def test_keys_that_were_put_aside_are_forgotten(shop: Shop) -> None:
    await shop.goes_on_by_hand()
    await shop.goes_on_by_hand()  # there are none any more
    org_id = shop.place.org_id
    await forget_keys(NOW + KEPT - timedelta(minutes=1))
    assert len(await keys_aside(org_id, at=NOW)) == 1
    assert await keys_aside(org_id, at=NOW + KEPT) == []
    await forget_keys(NOW + KEPT)
    assert await keys_aside(org_id, at=NOW) == []


@pytest.mark.parametrize("was_done", [True, False])
async def test_a_refund_asked_again_after_a_day_is_made_once(shop: Shop, was_done: bool) -> None:
    booking, invoice = await shop.book()
    await shop.tell(shop.company.pay(await shop.page(invoice)))
    await shop.bookings.drop(booking.id, by=CLIENT, why="", at=NOW)
    *_, back = await payments_of([invoice.id])
    if was_done:  # and its answer was lost
        form = {"amount": "6000", "payment_intent": "pi_test_1", "metadata[key]": back.reference}
        shop.company.answer("POST", "/v1/refunds", form, back.reference)
    shop.company.forget_keys()
    await Payment.filter(id=back.id).update(at=utc_now() - KEYS_LIVE - timedelta(minutes=1))
    await shop.do_jobs(REFUND)
    assert [one["amount"] for one in shop.company.refunds.values()] == [6000]
    assert await kinds_of(invoice) == [("paid", "done", 6000), ("refund", "done", 6000)]
