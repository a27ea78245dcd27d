"""Being paid online: pages begun, what companies tell taken once, refunds asked for until they are.

Companies are asked outside of every transaction. What they tell is compared with what was asked:
another amount or currency settles nothing, and somebody is told. Money for a time that is gone
meanwhile goes back.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from tortoise.transactions import in_transaction

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.jobs.companies import Companies
from classroom.jobs.loop import JobLoop
from classroom.pay.gateway import Asked, Ended, Gateway, GatewayDown, GatewayRefused, News, Paid
from classroom.pay.gateways import Gateways
from classroom.store import checkouts, invoices, payments
from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.checkouts import CheckoutRow
from classroom.store.invoices import InvoiceRow
from classroom.store.jobs import JobRow, finish_job, put_off_job

AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""Refunds are asked for eight times, over some forty hours."""
KEYS_LIVE = timedelta(hours=23)
"""Stripe forgets a key after a day: then the same refund once more would be another one."""
LOOK_AGAIN = timedelta(minutes=2)
LOOKS_MAX = 60
_GONE = ("booking.taken", "booking.full", "booking.closed", "booking.over")
TEXT_MAX = 120
WORKERS = 2

log = structlog.get_logger("classroom.paying")


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, and where they go afterwards (a whole address of ours)."""

    email: str
    locale: str
    back: str


class Paying:
    """Made once. `bookings` is how an appointment learns that it is paid."""

    def __init__(self, bookings: Bookings, gateways: Gateways) -> None:
        self._bookings = bookings
        self._companies = Companies(gateways)

    def loop(self) -> JobLoop:
        """Asks companies for refunds, and after pages of which nothing was heard. What was asked
        for and not answered when it ends is asked for again, with the same key."""
        jobs = {payments.REFUND: self.refund, checkouts.LOOK: self.look_job}
        return JobLoop(jobs, workers=WORKERS, kinds=tuple(jobs))

    async def begin(self, invoice_id: str, payer: Payer, *, at: datetime) -> str:
        """The address of the page to pay on.

        Refused `invoice.unknown`, `invoice.state`, `payment.off`, `payment.gateway`.
        """
        gateway = await self._companies.current((await invoices.must_find(invoice_id)).org_id)
        invoice, page = await checkouts.reserve(invoice_id, at=at)
        if page.url:
            return page.url
        asked = Asked(
            key=page.reference,
            invoice_id=invoice.id,
            number=invoice.number,
            text=", ".join(line.text for line in invoice.lines)[:TEXT_MAX],
            amount=page.amount,
            currency=invoice.currency,
            email=payer.email,
            locale=payer.locale,
            until=page.until,
            back=payer.back,
        )
        try:
            begun = await gateway.begin(asked)
        except GatewayDown as error:
            raise Refused("payment.gateway") from error
        except GatewayRefused as error:
            log.warning("paying.no_page", invoice=invoice_id, reason=str(error))
            await checkouts.end_page(page.reference, "ended")
            raise Refused("payment.gateway") from error
        await checkouts.open_page(page, begun.reference, begun.url, at=at)
        return begun.url

    async def look(self, invoice_id: str, *, at: datetime) -> None:
        """Ask what became of an invoice's page: its client is back, and we heard nothing yet."""
        page = await checkouts.open_page_of(invoice_id)
        if page is not None:
            try:
                await self._look(page, at=at)
            except (GatewayDown, GatewayRefused) as error:  # the message comes, or the job asks
                log.warning("paying.not_asked", invoice=invoice_id, reason=str(error))

    async def read(self, org_id: str, body: bytes, signature: str, *, at: datetime) -> News | None:
        """What a message says; see `Companies.read`."""
        return await self._companies.read(org_id, body, signature, at=at)

    async def take(self, org_id: str, news: News, *, at: datetime) -> None:
        """Do what a message says, once, however often and in whatever order they come."""
        if await checkouts.is_taken(org_id, news.event):
            return
        if isinstance(news, Paid):
            await self._paid(org_id, news, at=at)
        elif isinstance(news, Ended):
            await self._ended(org_id, news, at=at)
        else:
            await self._not_returned(org_id, news.key, news.reason, at=at)
        await checkouts.note_taken(org_id, news.event, at=at)

    async def refund(self, job: JobRow) -> None:
        """Ask for what a payment gives back."""
        at = utc_now()
        back = await payments.find_payment(int(job.body["payment"]))
        if back is None or back.state != "asked" or back.of is None:
            await finish_job(job.id, at=at)
            return
        came = await payments.find_payment(back.of)
        invoice = await invoices.must_find(back.invoice_id)
        if came is None:
            raise LookupError("a refund of nothing")
        failure = ""
        try:
            await self._give_back(back, came.reference, invoice.currency, at=at)
        except GatewayDown as error:
            if job.attempts <= len(AGAIN_AFTER):
                until = at + AGAIN_AFTER[job.attempts - 1]
                await put_off_job(job.id, until=until, failure=str(error))
                return
            failure = str(error)
        except (GatewayRefused, Refused) as error:
            failure = str(error)
        await self._finish(back, failure, at=at)
        await finish_job(job.id, at=at, failure=failure)

    async def _give_back(
        self, back: payments.PaymentRow, came: str, currency: str, *, at: datetime
    ) -> None:
        """Once: when the company may have forgotten our key, it is first asked what it did."""
        is_old = at - back.at > KEYS_LIVE

        async def ask(gateway: Gateway) -> None:
            if not (is_old and await gateway.has_given_back(came, back.reference)):
                await gateway.give_back(came, back.amount, currency, back.reference)

        await self._companies.ask(back.org_id, ask, at=at)

    async def look_job(self, job: JobRow) -> None:
        """Ask about a page whose time is over."""
        at = utc_now()
        page = await checkouts.find_page(job.key, str(job.body["reference"]))
        failure = ""
        if page is not None and page.state == "open":
            try:
                is_over = await self._look(page, at=at)
            except (GatewayDown, GatewayRefused, Refused) as error:
                is_over, failure = False, str(error)
            if not is_over and job.attempts < LOOKS_MAX:
                await put_off_job(job.id, until=at + LOOK_AGAIN, failure=failure)
                return
        await finish_job(job.id, at=at, failure=failure)

    async def _look(self, page: CheckoutRow, *, at: datetime) -> bool:
        news = await self._companies.ask(
            page.org_id, lambda gateway: gateway.look(page.reference), at=at
        )
        if news is not None:
            await self.take(page.org_id, news, at=at)
        return news is not None

    async def _paid(self, org_id: str, news: Paid, *, at: datetime) -> None:
        page = await checkouts.find_page(org_id, news.reference)
        if page is None:
            log.warning("paying.unknown_page", org=org_id)
            return
        invoice = await invoices.must_find(page.invoice_id)
        gateway = self._companies.name
        new = payments.NewPayment(
            amount=news.amount, gateway=gateway, by=f"gateway:{gateway}", reference=news.payment
        )
        if (news.amount, news.currency) != (page.amount, invoice.currency):
            log.warning("paying.odd", invoice=invoice.id)
            await self._note_odd(invoice, new, news, at=at)
            return
        await self._settle(invoice, new, at=at)
        await checkouts.end_page(page.reference, "paid")

    async def _settle(self, invoice: InvoiceRow, new: payments.NewPayment, *, at: datetime) -> None:
        """By its booking, so that both are true at once; without it when its time is gone.

        Money that is written down already is told of again by whoever asks and by late messages.
        """
        if await payments.is_known(new.gateway, new.reference):
            return
        is_gone = False
        if invoice.booking_id:
            body = {"amount": new.amount, "gateway": new.gateway, "reference": new.reference}
            by = By("gateway", new.gateway)
            try:
                await self._bookings.turn(invoice.booking_id, "pay", by=by, at=at, body=body)
            except Refused as refused:
                log.info("paying.without_its_time", invoice=invoice.id, code=refused.code)
                is_gone = refused.code in _GONE
            else:
                return
        async with in_transaction():
            held = await invoices.hold_invoice(invoice.id)
            paid = await payments.receive(held, new, at=at)
            if is_gone and paid.sums.kept:
                await payments.give_back(paid, paid.sums.kept, by="clock", note="", at=at)

    async def _note_odd(
        self, invoice: InvoiceRow, new: payments.NewPayment, news: Paid, *, at: datetime
    ) -> None:
        async with in_transaction():
            held = await invoices.hold_invoice(invoice.id)
            note = f"{news.amount} {news.currency}"
            odd = payments.NewPayment(
                amount=new.amount,
                gateway=new.gateway,
                by=new.by,
                reference=new.reference,
                note=note,
            )
            await payments.note_odd(held, odd, at=at)

    async def _ended(self, org_id: str, news: Ended, *, at: datetime) -> None:
        page = await checkouts.find_page(org_id, news.reference)
        if page is None:
            return
        await checkouts.end_page(news.reference, "ended")
        invoice = await invoices.must_find(page.invoice_id)
        if invoice.booking_id and await checkouts.open_page_of(invoice.id) is None:
            await checkouts.let_lapse_now(invoice.booking_id, at=at)
            by = By("gateway", "ended")
            with contextlib.suppress(Refused):  # the booking is gone
                await self._bookings.turn(invoice.booking_id, "lapse", by=by, at=at)

    async def _not_returned(self, org_id: str, key: str, reason: str, *, at: datetime) -> None:
        back = await payments.refund_by_reference(org_id, key)
        if back is not None:
            await self._finish(back, reason, at=at)

    async def _finish(self, back: payments.PaymentRow, failure: str, *, at: datetime) -> None:
        if failure:
            log.warning("paying.not_returned", payment=back.id, reason=failure)
        async with in_transaction():
            await payments.finish_refund(back, at=at, failure=failure)
