"""A receipt, or an invoice that is still open, as a PDF of A4 pages.

The same receipt is the same bytes at every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from classroom.booking.money import Language, Tax, money_text, percent_text, tax_within
from classroom.pay.sheet import MM, PALE, SMALL, STRONG, TITLE, Sheet

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        **{"paid": "Receipt", "open": "Invoice", "void": "Invoice, not owed any more"},
        **{"number": "Number", "date": "Date", "for": "For", "due": "To be paid by"},
        **{"total": "Total", "tax": "Including tax of {percent} %", "received": "Received"},
        **{"returned": "Given back", "asked": "On its way back", "owed": "Still to be paid"},
        **{"credit": "Paid with a package"},
    },
    "zh-CN": {
        **{"paid": "收据", "open": "账单", "void": "账单（已作废）"},
        **{"number": "编号", "date": "日期", "for": "付款人", "due": "付款期限"},
        **{"total": "合计", "tax": "含税 {percent}%", "received": "已收"},
        **{"returned": "已退", "asked": "退款中", "owed": "待付"},
        **{"credit": "以课包支付"},
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """What was sold; `at` is when an appointment begins, None of a package."""

    text: str
    amount: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that came, went back, or is on its way back."""

    kind: str
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that is printed. `sender` begins with the organisation's name; times are told in `zone`.

    `kind` is paid, open or void.
    """

    kind: str
    number: str
    at: datetime
    sender: tuple[str, ...]
    client: str
    lines: tuple[Line, ...]
    currency: str
    amount: int
    tax: Tax
    flows: tuple[Flow, ...]
    owed: int
    due_at: datetime | None
    how: str
    zone: str
    language: Language


def receipt_pdf(receipt: Receipt) -> bytes:
    """The whole document."""
    sheet = Sheet(f"{WORDS[receipt.language][receipt.kind]} {receipt.number}")
    _head(sheet, receipt)
    _lines(sheet, receipt)
    _sums(sheet, receipt)
    return sheet.end()


def _head(sheet: Sheet, receipt: Receipt) -> None:
    words = WORDS[receipt.language]
    name, *address = receipt.sender or ("",)
    sheet.write(name, font=STRONG)
    for line in address:
        sheet.write(line, size=SMALL, colour=PALE)
    sheet.space(14 * MM)
    sheet.write(words[receipt.kind], size=TITLE, font=STRONG)
    sheet.space(4 * MM)
    sheet.pair(words["number"], receipt.number)
    sheet.pair(words["date"], day_text(receipt.at, receipt.zone, receipt.language))
    if receipt.client:
        sheet.pair(words["for"], receipt.client)
    if receipt.due_at is not None and receipt.owed:
        sheet.pair(words["due"], day_text(receipt.due_at, receipt.zone, receipt.language))
    sheet.space(8 * MM)


def _lines(sheet: Sheet, receipt: Receipt) -> None:
    sheet.rule()
    for line in receipt.lines:
        sheet.row(line.text, _money(receipt, line.amount))
        if line.at is not None:
            when = moment_text(line.at, receipt.zone, receipt.language)
            sheet.write(when, size=SMALL, colour=PALE)
        sheet.space(1.5 * MM)
    sheet.rule()
    words = WORDS[receipt.language]
    sheet.row(words["total"], _money(receipt, receipt.amount), font=STRONG)
    if receipt.tax.percent:
        tax = words["tax"].format(percent=percent_text(receipt.tax.percent))
        within = tax_within(receipt.amount, receipt.tax.percent)
        sheet.row(tax, _money(receipt, within), size=SMALL, colour=PALE)
    if receipt.tax.note:
        sheet.write(receipt.tax.note, size=SMALL, colour=PALE)


def _sums(sheet: Sheet, receipt: Receipt) -> None:
    words = WORDS[receipt.language]
    sheet.space(6 * MM)
    for flow in receipt.flows:
        day = day_text(flow.at, receipt.zone, receipt.language)
        sheet.row(f"{words[flow.kind]} · {day}", _money(receipt, flow.amount))
    if receipt.owed:
        sheet.row(words["owed"], _money(receipt, receipt.owed), font=STRONG)
        if receipt.how:
            sheet.space(3 * MM)
            for line in receipt.how.splitlines():
                sheet.write(line, size=SMALL, colour=PALE)


def _money(receipt: Receipt, amount: int) -> str:
    return money_text(amount, receipt.currency, receipt.language, whole=True)


def day_text(at: datetime, zone: str, language: Language) -> str:
    """ "29 March 2027", "2027年3月29日"."""
    local = at.astimezone(ZoneInfo(zone))
    if language == "zh-CN":
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def moment_text(at: datetime, zone: str, language: Language) -> str:
    """The day, the time, and the zone by its name."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_text(at, zone, language)} {local:%H:%M} ({zone.replace('_', ' ')})"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
