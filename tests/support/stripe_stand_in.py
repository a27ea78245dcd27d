"""A stand-in for Stripe on a loopback port: checkout pages, refunds, signed messages, and lies.

It answers the calls of Stripe's own library as Stripe does (form bodies, idempotency keys, error
shapes) and signs messages as Stripe does. Nothing is sent by itself: a test takes the message of
what happened and delivers it how it likes: late, twice, changed, never.
"""

from __future__ import annotations

import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs

KEY = "sk_test_51Standin"
SIGNING = "whsec_standin"
Mood = Literal["answers", "busy", "cuts", "slow", "refuses"]
"""`busy` is 503, `cuts` ends the connection, `slow` answers after a while, `refuses` says no to
refunds for good."""
SLOW_S = 0.3


@dataclass(frozen=True)
class Message:
    """What Stripe would tell."""

    body: bytes

    def signed(self, at: datetime, signing: str = SIGNING) -> str:
        """The header `Stripe-Signature` of this second."""
        second = int(at.timestamp())
        proof = hmac.new(signing.encode(), f"{second}.".encode() + self.body, sha256).hexdigest()
        return f"t={second},v1={proof}"


@dataclass
class StripeStandIn:
    """Remembers what it was asked."""

    url: str
    mood: Mood = "answers"
    is_live: bool = False
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    """Method, path, form and idempotency key of each call."""
    by_key: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: int = 0

    def pay(
        self, session_id: str, *, amount: int | None = None, currency: str | None = None
    ) -> Message:
        """Somebody pays; `amount` and `currency` are lies about how much."""
        session = self.sessions[session_id]
        session |= {"payment_status": "paid", "status": "complete"}
        session["payment_intent"] = session_id.replace("cs_", "pi_")
        lie = {"amount_total": amount, "currency": currency}
        return self.message(
            "checkout.session.completed",
            session | {name: value for name, value in lie.items() if value is not None},
        )

    def expire(self, session_id: str) -> Message:
        """Its time is over."""
        self.sessions[session_id] |= {"status": "expired", "url": None}
        return self.message("checkout.session.expired", self.sessions[session_id])

    def refund_fails(self, refund_id: str) -> Message:
        """The client's bank sends it back."""
        self.refunds[refund_id] |= {
            "status": "failed",
            "failure_reason": "expired_or_canceled_card",
        }
        return self.message("refund.failed", self.refunds[refund_id])

    def message(self, kind: str, thing: dict[str, Any], name: str = "") -> Message:
        """An event about something."""
        self.told += 1
        event = {
            "id": name or f"evt_{self.told}",
            "object": "event",
            "type": kind,
            "data": {"object": thing},
        }
        return Message(json.dumps(event).encode())

    def forget_keys(self) -> None:
        """A day is over."""
        self.by_key.clear()

    def answer(
        self, method: str, path: str, form: dict[str, str], key: str
    ) -> tuple[int, dict[str, Any]]:
        """As Stripe's interface does."""
        self.asked.append((method, path, form, key))
        if self.mood == "busy":
            return 503, _error("api_error", "try again")
        if key and key in self.by_key:
            return 200, self.by_key[key]
        if (method, path) == ("GET", "/v1/balance"):
            return 200, {"object": "balance", "livemode": self.is_live, "available": []}
        if (method, path) == ("POST", "/v1/checkout/sessions"):
            made = self._session(form)
        elif method == "GET" and path.startswith("/v1/checkout/sessions/"):
            found = self.sessions.get(path.rpartition("/")[2])
            return (200, found) if found else (404, _error("invalid_request_error", "none"))
        elif (method, path) == ("GET", "/v1/refunds"):
            of = [one for one in self.refunds.values() if one["payment_intent"] in form.values()]
            return 200, {"object": "list", "url": path, "has_more": False, "data": of}
        elif (method, path) == ("POST", "/v1/refunds"):
            if self.mood == "refuses":
                return 400, _error("invalid_request_error", "charge_already_refunded")
            made = self._refund(form)
        else:
            return 404, _error("invalid_request_error", "no such path")
        if key:
            self.by_key[key] = made
        return 200, made

    def _session(self, form: dict[str, str]) -> dict[str, Any]:
        name = f"cs_test_{len(self.sessions) + 1}"
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "url": f"{self.url}/pay/{name}",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "client_reference_id": form["client_reference_id"],
            "amount_total": int(form["line_items[0][price_data][unit_amount]"]),
            "currency": form["line_items[0][price_data][currency]"],
            "expires_at": int(form["expires_at"]),
            "success_url": form["success_url"],
        }
        return self.sessions[name]

    def _refund(self, form: dict[str, str]) -> dict[str, Any]:
        name = f"re_{len(self.refunds) + 1}"
        self.refunds[name] = {
            "id": name,
            "object": "refund",
            "status": "succeeded",
            "amount": int(form["amount"]),
            "payment_intent": form["payment_intent"],
            "metadata": {"key": form["metadata[key]"]},
        }
        return self.refunds[name]


@contextmanager
def stripe_stand_in() -> Iterator[StripeStandIn]:
    """It answers while the block runs."""
    stand_in = StripeStandIn(url="")

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            self._answer({name: values[0] for name, values in parse_qs(raw).items()})

        def _answer(self, form: dict[str, str]) -> None:
            if stand_in.mood == "cuts":
                self.close_connection = True
                return
            if stand_in.mood == "slow":
                time.sleep(SLOW_S)
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                status, told = 401, _error("invalid_request_error", "Invalid API Key provided")
            else:
                key = self.headers.get("Idempotency-Key", "")
                path, _, query = self.path.partition("?")
                form |= {name: values[0] for name, values in parse_qs(query).items()}
                status, told = stand_in.answer(self.command, path, form, key)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _error(kind: str, text: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": text, "code": text}}
