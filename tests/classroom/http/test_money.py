"""Money over HTTP: the client pays, gets a receipt and something back; the team keeps order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from classroom.booking.zone import wall
from classroom.clock import utc_now
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Booking
from classroom.store.jobs import take_job
from classroom.store.pay_tables import Credit, PayKeys, PayWays
from classroom.store.practice_tables import Member
from tests.support.booker import Practice, open_practice, visitor
from tests.support.people import Browser, House, house
from tests.support.stripe_stand_in import KEY, SIGNING, Message, StripeStandIn, stripe_stand_in


@pytest.fixture(scope="module")
def server() -> Iterator[StripeStandIn]:
    with stripe_stand_in() as running:
        yield running


@pytest.fixture
async def practice(home: House) -> Practice:
    return await open_practice(home, price=6000, pay="after")


@pytest.fixture
async def shop(tmp_path: Path, server: StripeStandIn) -> AsyncIterator[Practice]:
    server.mood = "answers"
    for known in (server.sessions, server.refunds, server.by_key, server.asked):
        known.clear()
    async with house(tmp_path, stripe_url=server.url) as home:
        place = await open_practice(home, price=6000, pay="before")
        ways = f"/api/organisations/{place.org_id}/payments"
        keys = {"gateway": "stripe", "key": KEY, "signing": SIGNING}
        answer = await place.mei.send("PUT", ways, keys)
        assert answer.status == 200, answer.body
        yield place


async def booked(practice: Practice, ana: Browser, number: int = 200) -> str:
    at = (await practice.free(ana))[number]
    answer = await practice.books(ana, at)
    assert answer.status == 201, answer.body
    booking_id: str = answer.json["id"]
    return booking_id


async def held(practice: Practice, ana: Browser) -> str:
    """A booking that was held, and its invoice's id."""
    booking_id = await booked(practice, ana)
    bookings = practice.home.doors.appointments.bookings
    await bookings.turn(booking_id, "held", by=By("clock"), at=utc_now())
    (invoice,) = (await ana.get("/api/mine/invoices")).json
    return str(invoice["id"])


async def member(practice: Practice, role: str, address: str = "10.0.0.3") -> Browser:
    email = f"{role}@example.org"
    other = await practice.home.browser(address).signs_up(email=email)
    me = (await other.get("/api/session")).json
    await Member.create(
        id=role,
        org_id=practice.org_id,
        account_id=me["account"]["id"],
        role=role,
        created_at=utc_now(),
    )
    return other


async def test_paid_by_hand_with_a_receipt(practice: Practice) -> None:
    ana = await visitor(practice.home)
    invoice_id = await held(practice, ana)
    path = f"/api/invoices/{invoice_id}"
    listed = (await practice.mei.get(f"/api/invoices?org={practice.org_id}&state=open")).json
    assert [(one["state"], one["owed"]) for one in listed["invoices"]] == [("open", 6000)]
    half = await practice.mei.post(f"{path}/paid", {"amount": 2000, "note": "cash"})
    assert (half.json["invoice"]["state"], half.json["invoice"]["owed"]) == ("open", 4000)
    whole = await practice.mei.post(f"{path}/paid", {})
    assert whole.json["invoice"]["state"] == "paid"
    assert (await practice.mei.post(f"{path}/paid", {})).code in ("invoice.state", "payment.amount")
    payment_id = whole.json["invoice"]["payments"][1]["id"]
    undone = await practice.mei.post(f"{path}/undo", {"payment_id": payment_id})
    assert undone.json["invoice"]["owed"] == 4000
    await practice.mei.post(f"{path}/paid", {"note": "transfer"})
    receipt = f"/api/mine/invoices/{invoice_id}/receipt.pdf"
    first, second = await ana.get(receipt), await ana.get(f"{receipt}?locale=en")
    assert first.body == second.body
    assert first.headers["content-type"] == "application/pdf"
    text = pdfium.PdfDocument(first.body)[0].get_textpage().get_text_range()
    assert "Receipt" in text
    assert "transfer" not in text  # a note is for the team
    chinese = (await ana.get(f"{receipt}?locale=zh-CN")).body
    assert "收据" in pdfium.PdfDocument(chinese)[0].get_textpage().get_text_range()
    assert (await practice.mei.get(f"{path}/receipt.pdf")).body == first.body


async def test_a_client_sees_own_invoices_only(practice: Practice) -> None:
    ana, eve = await visitor(practice.home), await visitor(practice.home, "10.0.0.66")
    invoice_id = await held(practice, ana)
    at = (await practice.free(eve))[250]
    assert (await practice.books(eve, at, name="Eve", email="eve@example.org")).status == 201
    assert (await eve.get("/api/mine/invoices")).json == []
    for deed, method in (("receipt.pdf", "GET"), ("pay", "POST"), ("look", "POST")):
        path = f"/api/mine/invoices/{invoice_id}/{deed}"
        body = {"back": "/k/x"} if deed == "pay" else None
        assert (await eve.send(method, path, body)).code == "invoice.unknown"
    nobody = await visitor(practice.home, "10.0.0.67")
    assert (await nobody.get("/api/mine/invoices")).json == []
    assert (await nobody.get(f"/api/invoices/{invoice_id}")).code == "session.required"


async def test_who_of_a_team_does_what_with_money(practice: Practice) -> None:
    ana = await visitor(practice.home)
    invoice_id = await held(practice, ana)
    path = f"/api/invoices/{invoice_id}"
    reception = await member(practice, "reception")
    other = await member(practice, "counsellor", "10.0.0.4")
    stranger = await practice.home.browser("10.0.0.5").signs_up(email="s@example.org")
    for nobody in (other, stranger):
        assert (await nobody.get(path)).code == "invoice.unknown"
        assert (await nobody.post(f"{path}/paid", {})).code == "invoice.unknown"
    assert (await reception.post(f"{path}/paid", {})).status == 200
    refund = {"amount": 1000, "why": "sorry"}
    assert (await reception.post(f"{path}/refund", refund)).code == "right.missing"
    ways = f"/api/organisations/{practice.org_id}/payments"
    assert (await reception.get(ways)).code == "right.missing"
    assert (await practice.mei.send("PUT", ways, {"reception_refunds": True})).status == 200
    back = await reception.post(f"{path}/refund", refund)
    assert (back.status, back.json["invoice"]["state"]) == (200, "part_refunded")
    assert (await reception.post(f"{path}/void")).code == "invoice.state"


async def test_keys_are_written_and_never_read(shop: Practice) -> None:
    ways = f"/api/organisations/{shop.org_id}/payments"
    told = (await shop.mei.get(ways)).json
    assert (told["gateway"], told["key_end"], told["is_test"]) == ("stripe", KEY[-4:], True)
    row = await PayWays.get(org_id=shop.org_id)
    for place in (str(told), row.key_sealed, row.signing_sealed):
        assert KEY not in place
        assert SIGNING not in place
    wrong = {"key": "sk_test_wrongwrong", "signing": SIGNING}
    assert (await shop.mei.send("PUT", ways, wrong)).code == "payment.keys"
    assert (await PayWays.get(org_id=shop.org_id)).key_sealed == row.key_sealed
    await shop.mei.send("PUT", ways, {"gateway": "offline"})
    row = await PayWays.get(org_id=shop.org_id)
    assert (row.key_sealed, row.signing_sealed, row.key_end) == ("", "", "")


async def tells(shop: Practice, message: Message, signature: str = "") -> tuple[int, str | None]:
    stripe = shop.home.browser("10.9.9.9")  # no cookie, no token
    answer = await stripe.client.post(
        f"/api/pay/stripe/{shop.org_id}",
        data=message.body,
        headers={
            "Content-Type": "application/json",
            "Stripe-Signature": signature or message.signed(utc_now()),
        },
    )
    body = await answer.get_json(silent=True) if answer.status_code != 204 else None
    return answer.status_code, None if body is None else body["code"]


async def test_the_whole_loop_online(shop: Practice, server: StripeStandIn) -> None:
    ana = await visitor(shop.home)
    booking_id = await booked(shop, ana)
    money = (await ana.get(f"/api/mine/bookings/{booking_id}/money")).json
    assert (money["is_online"], money["is_test"], money["invoice"]["owed"]) == (True, True, 6000)
    invoice_id = money["invoice"]["id"]
    path = f"/api/mine/invoices/{invoice_id}"
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", "k/x"):
        assert (await ana.post(f"{path}/pay", {"back": back})).code == "body.malformed"
    begun = await ana.post(f"{path}/pay", {"back": "/k/token?paid=1"})
    assert begun.json["url"].startswith(f"{server.url}/pay/")
    (session,) = server.sessions.values()
    assert session["success_url"].endswith("/k/token?paid=1")
    message = server.pay(session["id"])
    forged = message.signed(utc_now(), "whsec_other")
    assert await tells(shop, message, forged) == (403, "payment.signature")
    assert (await Booking.get(id=booking_id)).state == "unpaid"
    for _ in range(2):
        assert await tells(shop, message) == (204, None)
    assert (await Booking.get(id=booking_id)).state == "booked"
    assert (await ana.post(f"{path}/look")).json["state"] == "paid"
    money = (await ana.get(f"/api/mine/bookings/{booking_id}/money")).json
    assert money["rule"] == {"percent": 100, "amount": 6000, "until": money["rule"]["until"]}
    await ana.post(f"/api/mine/bookings/{booking_id}/cancel", {})
    job = await take_job(at=utc_now(), kinds=("pay.refund",))
    assert job is not None
    (invoice,) = (await ana.get("/api/mine/invoices")).json
    assert (invoice["state"], invoice["returned"]) == ("refunded", 6000)


async def test_what_comes_after_the_keys_were_forgotten(
    shop: Practice, server: StripeStandIn
) -> None:
    ana = await visitor(shop.home)
    booking_id = await booked(shop, ana)
    (invoice,) = (await ana.get("/api/mine/invoices")).json
    path = f"/api/mine/invoices/{invoice['id']}"
    assert (await ana.post(f"{path}/pay", {"back": "/k/token"})).status == 200
    ways = f"/api/organisations/{shop.org_id}/payments"
    assert (await shop.mei.send("PUT", ways, {"gateway": "offline"})).status == 200
    assert (await ana.post(f"{path}/pay", {"back": "/k/token"})).code == "payment.off"
    (session,) = server.sessions.values()
    message = server.pay(session["id"])
    forged = message.signed(utc_now(), "whsec_other")
    assert await tells(shop, message, forged) == (403, "payment.signature")
    assert await tells(shop, message) == (204, None)
    assert (await Booking.get(id=booking_id)).state == "booked"
    assert KEY not in str((await PayKeys.get(org_id=shop.org_id)).key_sealed)
    await PayKeys.all().update(until=utc_now())
    assert await tells(shop, message) == (409, "payment.off")


async def test_messages_for_nobody_are_refused(shop: Practice, server: StripeStandIn) -> None:
    message = server.message("checkout.session.expired", {"id": "cs_none"})
    assert await tells(shop, message) == (204, None)  # of another shop of theirs
    shop.org_id = "nobody"
    assert await tells(shop, message) == (409, "payment.off")


async def test_a_package_from_selling_to_booking(practice: Practice) -> None:
    mei, ana = practice.mei, await visitor(practice.home)
    packages = f"/api/organisations/{practice.org_id}/packages"
    made = await mei.post(packages, {"name": "Eight", "credits": 8, "price": 40000})
    assert (made.status, made.json["currency"]) == (201, "EUR")
    sold = await mei.post(f"{packages}/{made.json['id']}/sell", {})
    assert sold.status == 201, sold.body
    code = sold.json["code"]
    assert code not in str((await Credit.get()).code_hash)
    assert code not in str((await mei.get(f"/api/credits?org={practice.org_id}")).body)
    tried = {"code": code.upper(), "offer_id": practice.offer_id}
    look = await ana.post(f"/api/book/{practice.slug}/voucher", tried)
    assert (look.json["left"], look.json["total"], look.json["name"]) == (8, 8, "Eight")
    at = (await practice.free(ana))[200]
    made = await practice.books(ana, at, voucher=code)
    assert made.status == 201, made.body
    (credit,) = (await ana.get("/api/mine/credits")).json
    assert (credit["left"], credit["total"]) == (7, 8)
    money = (await ana.get(f"/api/mine/bookings/{made.json['id']}/money")).json
    assert (money["invoice"], money["package"]["left"]) == (None, 7)
    await ana.post(f"/api/mine/bookings/{made.json['id']}/cancel", {})
    assert (await ana.get("/api/mine/credits")).json[0]["left"] == 8
    (open_one,) = (await mei.get(f"/api/invoices?org={practice.org_id}")).json["invoices"]
    (sold_one,) = (await mei.get(f"/api/credits?org={practice.org_id}")).json
    assert (sold_one["client_name"], sold_one["left"]) == ("Ana", 8)
    desk = {
        **{"host_id": practice.host_id, "offer_id": practice.offer_id, "anyway": True},
        **{"client_id": sold_one["client_id"], "credit_id": sold_one["id"]},
        "at": (await practice.free(ana))[300],
    }
    assert (await mei.post("/api/bookings", desk)).status == 201
    series = {**desk, "first": desk["at"], "every": "week", "count": 3}
    for name in ("at", "anyway"):
        series.pop(name)
    made = await mei.post("/api/series", {**series, "skip": True})
    assert made.status == 201, made.body
    count = len(made.json["made"])
    (sold_one,) = (await mei.get(f"/api/credits?org={practice.org_id}")).json
    assert sold_one["left"] == 7 - count
    assert count >= 2
    assert (open_one["kind"], open_one["amount"], open_one["lines"][0]["text"]) == (
        *("package", 40000),
        "Eight",
    )


async def test_guessing_codes_is_slow(practice: Practice) -> None:
    eve = await visitor(practice.home, "10.0.0.66")
    body = {"code": "bcd-fgh-jkm-npq", "offer_id": practice.offer_id}
    path = f"/api/book/{practice.slug}/voucher"
    answers = [(await eve.post(path, body)).code for _ in range(12)]
    assert answers[:10] == ["voucher.unknown"] * 10
    assert answers[10:] == ["rate.limited"] * 2


async def test_figures_are_the_sums(practice: Practice) -> None:
    ana = await visitor(practice.home)
    invoice_id = await held(practice, ana)
    await practice.mei.post(f"/api/invoices/{invoice_id}/paid", {})
    await practice.mei.post(f"/api/invoices/{invoice_id}/refund", {"amount": 1500})
    booking = await Booking.first().select_related("appointment")
    assert booking is not None
    day = wall("Europe/Berlin", booking.appointment.from_s).day
    today = wall("Europe/Berlin", int(utc_now().timestamp())).day
    path = f"/api/organisations/{practice.org_id}/figures"
    told = (await practice.mei.get(f"{path}?from={today}&to={day}&by=offer")).json
    (row,) = told["rows"]
    assert (row["name"], row["held"], row["minutes"]) == ("Talk", 1, 30)
    assert row["money"] == [{"currency": "EUR", "amount": 4500}]
    days = (day - today).days + 1
    assert told["total"]["offered_min"] == pytest.approx(days * 1440, abs=60)
    assert told["days"] == [{"day": str(today), "currency": "EUR", "amount": 4500}]
    table = await practice.mei.get(f"{path}.csv?from={today}&to={day}&by=host&language=zh-CN")
    lines = table.body.decode("utf-8-sig").splitlines()
    assert lines[0].endswith("评价数,EUR")
    assert lines[-1].startswith("合计,1,0,0,0,0.50,0.50,")
    assert lines[-1].endswith(",45.00")
    for wrong in ("from=x", "from=2027-01-01&to=2026-01-01", "by=day", "from=2020-01-01", "span=x"):
        assert (await practice.mei.get(f"{path}?{wrong}")).code == "body.malformed"
    other = await member(practice, "reception")
    assert (await other.get(path)).code == "right.missing"
    counsellor = await member(practice, "counsellor", "10.0.0.4")
    assert (await counsellor.get(f"{path}?from={today}&to={day}")).json["rows"] == []
