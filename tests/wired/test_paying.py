"""A real server that is paid through a company: page, message, receipt by mail, refund."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.booked import answer, open_practice
from tests.support.clocked import MovedClock
from tests.support.mailbox import mail_server
from tests.support.served import Served
from tests.support.stripe_stand_in import KEY, SIGNING, Message, stripe_stand_in

NOW = datetime(2027, 3, 22, 8, 0, tzinfo=UTC)
MONDAY = datetime(2027, 3, 29, 7, 0, tzinfo=UTC)
WITHIN_S = 12.0
"""Refunds are looked for each five seconds, if nobody says that there is one."""


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def tells(port: int, org_id: str, message: Message, at: datetime) -> int:
    """As Stripe does: from nowhere, without a cookie."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        signed = {"Stripe-Signature": message.signed(at), "Content-Type": "application/json"}
        connection.request("POST", f"/api/pay/stripe/{org_id}", message.body, signed)
        return connection.getresponse().status


async def test_booked_paid_and_given_back(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock")
    clock.set(NOW)
    folder = tmp_path / "product"
    with mail_server(tmp_path / "mail") as mail, stripe_stand_in() as company, ExitStack() as end:
        served = Served(
            folder, program=clock.program, MAIL_URL=mail.url, STRIPE_URL=company.url, DEMO="false"
        )
        end.callback(served.close)
        practice = open_practice(served.port)
        desk, org = practice.helen.desk, practice.org_id
        keys = {"gateway": "stripe", "key": KEY, "signing": SIGNING}
        answer(desk.send("PUT", f"/api/organisations/{org}/payments", keys))
        offer = {"name": "Plan", "minutes": 45, "price": 6000, "pay": "before"}
        made = answer(desk.post(f"/api/hosts/{practice.helen.host_id}/offers", offer), 201)
        practice.helen.offer_ids["Plan"] = made["id"]

        booked = practice.books(MONDAY, offer="Plan")
        assert booked.state == "unpaid"
        browser = booked.browser
        invoice = answer(browser.get(booked.path("money")))["invoice"]
        path = f"/api/mine/invoices/{invoice['id']}"
        page = answer(browser.post(f"{path}/pay", {"back": f"/k/{booked.token}?paid=1"}))["url"]
        (session,) = company.sessions.values()
        assert page == session["url"]

        message = company.pay(session["id"])
        stale = NOW - timedelta(minutes=6)
        assert tells(served.port, org, message, stale) == 403
        assert [tells(served.port, org, message, NOW) for _ in range(2)] == [204, 204]
        assert answer(browser.get(booked.path()))["state"] == "booked"
        receipt = await mail.arrives("ana@example.org", "Receipt 2027-0001")
        assert "€60.00" in receipt.text
        assert answer(browser.get(f"{path}/receipt.pdf")).startswith(b"%PDF")

        cancelled = answer(browser.post(booked.path("cancel"), {}))
        assert cancelled["state"] == "cancelled"
        until(lambda: len(company.refunds) == 1)
        (back,) = company.refunds.values()
        assert (back["amount"], back["payment_intent"]) == (6000, session["payment_intent"])
        told = f"/api/invoices/{invoice['id']}"
        until(lambda: answer(desk.get(told))["payments"][-1]["state"] == "done")
        log = (folder / "log").read_text(encoding="utf-8")
        for secret in (KEY, SIGNING, booked.token, "ana@example.org"):
            assert secret not in log
