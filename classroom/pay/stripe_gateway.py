"""Stripe, by its own library: a page to pay on, refunds, signed messages.

The library is an extra, loaded when somebody needs it. Card numbers are typed on Stripe's page and
never come here. Messages are signed (`Stripe-Signature`, HMAC-SHA256 over the second and the body);
their age is judged by our clock.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from classroom.errors import Refused
from classroom.pay.gateway import (
    Asked,
    Begun,
    Ended,
    GatewayDown,
    GatewayRefused,
    News,
    NotReturned,
    Paid,
)

if TYPE_CHECKING:
    from stripe import StripeClient

NAME = "stripe"
SIGNED_WITHIN_S = 300
"""Stripe's own bound for messages that are sent again by somebody else."""
ANSWER_WITHIN_S = 10.0
RETRIES = 1
REASON_MAX = 160
LISTED_MAX = 100
"""Refunds in one answer, as many as Stripe tells at once."""
HUNDREDFOLD = ("ISK", "UGX")
"""Stripe counts them in hundredths, which they do not have any more."""
TENS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
"""Stripe takes them without the last digit."""
LOCALES = {"en": "en", "zh-CN": "zh"}

_PAID = ("checkout.session.completed", "checkout.session.async_payment_succeeded")
_ENDED = ("checkout.session.expired", "checkout.session.async_payment_failed")
_REFUNDS = ("refund.failed", "refund.updated", "charge.refund.updated")

T = TypeVar("T")


def is_installed() -> bool:
    """Whether the extra is here."""
    return find_spec(NAME) is not None


class StripeGateway:
    """For one organisation's keys. `url` is another address of the interface, for tests."""

    name = NAME

    def __init__(self, key: str, signing: str, *, url: str = "") -> None:
        self._key = key
        self._signing = signing
        self._url = url

    async def check(self) -> bool:
        """Whether the keys are for tests: asks for the balance."""
        balance = await self._ask(lambda client: client.v1.balance.retrieve())
        return not balance.livemode

    async def begin(self, asked: Asked) -> Begun:
        """A page that ends by itself."""
        amount = to_stripe(asked.amount, asked.currency)
        params: dict[str, Any] = {
            "mode": "payment",
            "client_reference_id": asked.invoice_id,
            "metadata": {"invoice": asked.invoice_id, "number": asked.number},
            "payment_intent_data": {"description": f"{asked.number} {asked.text}"[:400]},
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": asked.currency.lower(),
                        "unit_amount": amount,
                        "product_data": {"name": asked.text or asked.number},
                    },
                }
            ],
            "success_url": asked.back,
            "cancel_url": asked.back,
            "expires_at": int(asked.until.timestamp()),
            "locale": LOCALES.get(asked.locale, "auto"),
        }
        if asked.email:
            params["customer_email"] = asked.email
        options = {"idempotency_key": asked.key}
        made = await self._ask(
            lambda client: client.v1.checkout.sessions.create(
                params,  # type: ignore[arg-type]
                options,  # type: ignore[arg-type]
            )
        )
        if not made.url:
            raise GatewayRefused("it made no page")
        return Begun(made.id, made.url)

    async def look(self, reference: str) -> News | None:
        """What became of a page."""
        found = await self._ask(lambda client: client.v1.checkout.sessions.retrieve(reference))
        session = json.loads(str(found))
        event = f"look:{reference}"
        if session.get("payment_status") == "paid":
            return _paid(event, session)
        return Ended(event, reference) if session.get("status") == "expired" else None

    async def give_back(self, payment: str, amount: int, currency: str, key: str) -> None:
        """Ask for a refund."""
        params = {
            "payment_intent": payment,
            "amount": to_stripe(amount, currency),
            "metadata": {"key": key},
        }
        options = {"idempotency_key": key}
        made = await self._ask(
            lambda client: client.v1.refunds.create(
                params,  # type: ignore[arg-type]
                options,  # type: ignore[arg-type]
            )
        )
        _must_stand(made)

    async def has_given_back(self, payment: str, key: str) -> bool:
        """Look for a refund with our key among all of the payment."""
        asked: dict[str, Any] = {"payment_intent": payment, "limit": LISTED_MAX}

        def made(client: StripeClient) -> list[Any]:
            listed = client.v1.refunds.list(asked)  # type: ignore[arg-type]
            ours = (one for one in listed.auto_paging_iter() if _key_of(one) == key)
            return list(ours)

        found = await self._ask(made)
        for refund in found:
            _must_stand(refund)
        return bool(found)

    def read(self, body: bytes, signature: str, at: datetime) -> News | None:
        """What a message says."""
        self._verify(body, signature, at)
        try:
            event = json.loads(body)
            return _news(event["id"], event["type"], event["data"]["object"])
        except (ValueError, KeyError, TypeError) as error:
            raise Refused("body.malformed", {"field": "data"}) from error

    def _verify(self, body: bytes, signature: str, at: datetime) -> None:
        stripe = _library()
        try:
            text = body.decode()
            stripe.WebhookSignature.verify_header(text, signature, self._signing, tolerance=None)
            second = int(dict(_pairs(signature))["t"])
        except (stripe.SignatureVerificationError, ValueError, KeyError) as error:
            raise Refused("payment.signature") from error
        if abs(at.timestamp() - second) > SIGNED_WITHIN_S:
            raise Refused("payment.signature")

    async def _ask(self, ask: Callable[[StripeClient], T]) -> T:
        """In a thread: the library waits for its answer."""
        stripe = _library()

        def work() -> T:
            client = stripe.StripeClient(
                self._key,
                base_addresses={"api": self._url} if self._url else {},
                http_client=stripe.RequestsClient(timeout=ANSWER_WITHIN_S),
                max_network_retries=RETRIES,
            )
            return ask(client)

        try:
            return await asyncio.to_thread(work)
        except (stripe.APIConnectionError, stripe.RateLimitError) as error:
            raise GatewayDown(type(error).__name__) from error
        except stripe.StripeError as error:
            if (error.http_status or 0) >= 500 or error.http_status == 409:
                raise GatewayDown(f"it answered {error.http_status}") from error
            reason = error.user_message or error.code or type(error).__name__
            raise GatewayRefused(str(reason)[:REASON_MAX]) from error


def to_stripe(amount: int, currency: str) -> int:
    """As Stripe counts it; Refused `payment.amount` for what it cannot take."""
    if currency in HUNDREDFOLD:
        return amount * 100
    if currency in TENS and amount % 10:
        raise Refused("payment.amount")
    return amount


def from_stripe(amount: int, currency: str) -> int:
    """As we count it."""
    return amount // 100 if currency in HUNDREDFOLD else amount


def _news(event: str, kind: str, thing: dict[str, Any]) -> News | None:
    if kind in _PAID:
        return _paid(event, thing) if thing["payment_status"] == "paid" else None
    if kind in _ENDED:
        return Ended(event, thing["id"])
    if kind in _REFUNDS and thing.get("status") in ("failed", "canceled"):
        key = (thing.get("metadata") or {}).get("key", "")
        reason = str(thing.get("failure_reason") or thing["status"])
        return NotReturned(event, key, reason[:REASON_MAX]) if key else None
    return None


def _paid(event: str, session: dict[str, Any]) -> Paid:
    currency = str(session["currency"]).upper()
    return Paid(
        event=event,
        reference=session["id"],
        payment=session["payment_intent"],
        amount=from_stripe(int(session["amount_total"]), currency),
        currency=currency,
    )


def _must_stand(refund: Any) -> None:
    if refund.status in ("failed", "canceled"):
        raise GatewayRefused(str(refund.failure_reason or refund.status)[:REASON_MAX])


def _key_of(refund: Any) -> str:
    told: str = (json.loads(str(refund)).get("metadata") or {}).get("key", "")
    return told


def _pairs(header: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (one.partition("=") for one in header.split(","))]


def _library() -> Any:
    try:
        import stripe
    except ImportError as error:
        raise Refused("payment.off") from error
    return stripe
