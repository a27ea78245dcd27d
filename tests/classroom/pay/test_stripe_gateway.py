"""Stripe's own library against a stand-in that signs, forgets, lies and goes away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.pay.gateway import Asked, Ended, GatewayDown, GatewayRefused, NotReturned, Paid
from classroom.pay.stripe_gateway import StripeGateway, from_stripe, to_stripe
from tests.support.stripe_stand_in import KEY, SIGNING, Message, StripeStandIn, stripe_stand_in

NOW = datetime(2027, 3, 22, 8, 0, tzinfo=UTC)
ASKED = Asked(
    key="inv.1",
    invoice_id="inv",
    number="2027-0001",
    text="学习规划",
    amount=6000,
    currency="EUR",
    email="ana@example.org",
    locale="zh-CN",
    until=NOW + timedelta(minutes=31),
    back="https://class.example.org/k/token",
)


@pytest.fixture(scope="module")
def server() -> Iterator[StripeStandIn]:
    with stripe_stand_in() as running:
        yield running


@pytest.fixture
def stand_in(server: StripeStandIn) -> Iterator[StripeStandIn]:
    server.asked.clear()
    server.by_key.clear()
    server.sessions.clear()
    server.refunds.clear()
    yield server
    server.mood, server.is_live = "answers", False


def gateway(stand_in: StripeStandIn, key: str = KEY) -> StripeGateway:
    return StripeGateway(key, SIGNING, url=stand_in.url)


async def test_a_page_to_pay_on(stand_in: StripeStandIn) -> None:
    begun = await gateway(stand_in).begin(ASKED)
    assert begun.url == f"{stand_in.url}/pay/{begun.reference}"
    ((method, path, form, key),) = stand_in.asked
    assert (method, path, key) == ("POST", "/v1/checkout/sessions", "inv.1")
    assert form["line_items[0][price_data][unit_amount]"] == "6000"
    assert form["line_items[0][price_data][currency]"] == "eur"
    assert form["line_items[0][price_data][product_data][name]"] == "学习规划"
    assert form["expires_at"] == str(int(ASKED.until.timestamp()))
    assert (form["success_url"], form["locale"]) == (ASKED.back, "zh")
    assert await gateway(stand_in).begin(ASKED) == begun  # the same key is the same page
    assert len(stand_in.sessions) == 1


async def test_keys_are_tried(stand_in: StripeStandIn) -> None:
    assert await gateway(stand_in).check() is True
    stand_in.is_live = True
    assert await gateway(stand_in).check() is False
    with pytest.raises(GatewayRefused):
        await gateway(stand_in, "sk_test_wrong").check()


@pytest.mark.parametrize("mood", ["busy", "cuts"])
async def test_a_company_that_is_away(stand_in: StripeStandIn, mood: str) -> None:
    stand_in.mood = mood  # type: ignore[assignment]
    with pytest.raises(GatewayDown):
        await gateway(stand_in).begin(ASKED)


async def test_what_became_of_a_page(stand_in: StripeStandIn) -> None:
    one = await gateway(stand_in).begin(ASKED)
    assert await gateway(stand_in).look(one.reference) is None
    stand_in.pay(one.reference)
    paid = await gateway(stand_in).look(one.reference)
    assert isinstance(paid, Paid)
    assert (paid.amount, paid.currency, paid.payment) == (6000, "EUR", "pi_test_1")
    stand_in.expire(one.reference)
    stand_in.sessions[one.reference]["payment_status"] = "unpaid"
    ended = await gateway(stand_in).look(one.reference)
    assert isinstance(ended, Ended)


async def test_a_refund_is_one_refund(stand_in: StripeStandIn) -> None:
    for _ in range(2):
        await gateway(stand_in).give_back("pi_1", 3000, "EUR", "refund-7")
    (refund,) = stand_in.refunds.values()
    assert (refund["amount"], refund["payment_intent"]) == (3000, "pi_1")
    stand_in.mood = "refuses"
    with pytest.raises(GatewayRefused):
        await gateway(stand_in).give_back("pi_1", 3000, "EUR", "refund-8")


async def test_messages_are_read(stand_in: StripeStandIn) -> None:
    ours = gateway(stand_in)
    begun = await ours.begin(ASKED)
    paid = stand_in.pay(begun.reference)
    assert ours.read(paid.body, paid.signed(NOW), NOW) == Paid(
        event=json.loads(paid.body)["id"],
        reference=begun.reference,
        payment="pi_test_1",
        amount=6000,
        currency="EUR",
    )
    ended = stand_in.expire(begun.reference)
    assert isinstance(ours.read(ended.body, ended.signed(NOW), NOW), Ended)
    await ours.give_back("pi_test_1", 6000, "EUR", "refund-7")
    failed = stand_in.refund_fails("re_1")
    told = ours.read(failed.body, failed.signed(NOW), NOW)
    assert isinstance(told, NotReturned)
    assert (told.key, told.reason) == ("refund-7", "expired_or_canceled_card")


async def test_what_does_not_matter_is_nothing(stand_in: StripeStandIn) -> None:
    ours = gateway(stand_in)
    begun = await ours.begin(ASKED)
    session = stand_in.sessions[begun.reference]
    for message in (
        stand_in.message("customer.created", {"id": "cus_1"}),
        stand_in.message("checkout.session.completed", session),  # by transfer: not paid yet
        stand_in.message("refund.updated", {"id": "re_1", "status": "succeeded"}),
        stand_in.message("refund.failed", {"id": "re_1", "status": "failed"}),  # none of ours
    ):
        assert ours.read(message.body, message.signed(NOW), NOW) is None


def forged(message: Message) -> list[tuple[bytes, str]]:
    right = message.signed(NOW)
    return [
        (message.body, ""),
        (message.body, "t=,v1="),
        (message.body, "nonsense"),
        (message.body, message.signed(NOW, "whsec_other")),
        (message.body + b" ", right),
        (message.body.replace(b"evt_", b"evt-"), right),
        (message.body, right.replace("t=18", "t=17")),
        (message.body, message.signed(NOW - timedelta(seconds=301))),
        (message.body, message.signed(NOW + timedelta(seconds=301))),
        (b"\xff\xfe", right),
    ]


def test_forged_and_stale_messages_are_refused(stand_in: StripeStandIn) -> None:
    message = stand_in.message("checkout.session.expired", {"id": "cs_1"})
    ours = gateway(stand_in)
    assert ours.read(message.body, message.signed(NOW - timedelta(seconds=299)), NOW)
    for body, signature in forged(message):
        with pytest.raises(Refused, match=r"payment\.signature"):
            ours.read(body, signature, NOW)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"id": 1, "type": "x"}', b"no json", b'"text"'])
def test_signed_nonsense_is_refused(stand_in: StripeStandIn, body: bytes) -> None:
    message = Message(body)
    with pytest.raises(Refused, match=r"body\.malformed"):
        gateway(stand_in).read(body, message.signed(NOW), NOW)


def test_amounts_as_stripe_counts_them() -> None:
    assert to_stripe(6000, "EUR") == 6000
    assert to_stripe(6000, "JPY") == 6000
    assert to_stripe(60, "ISK") == 6000
    assert from_stripe(6000, "ISK") == 60
    assert to_stripe(1230, "KWD") == 1230
    with pytest.raises(Refused, match=r"payment\.amount"):
        to_stripe(1234, "KWD")
