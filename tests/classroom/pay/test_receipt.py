"""Receipts, read back word by word by the reader that shows PDF in browsers."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking.money import Language, Tax
from classroom.pay.receipt import Flow, Line, Receipt, receipt_pdf
from classroom.pay.sheet import PLAIN, broken, width_of

AT = datetime(2027, 3, 29, 22, 30, tzinfo=UTC)
RECEIPT = Receipt(
    kind="paid",
    number="2027-0042",
    at=AT,
    sender=("Praxis Öztürk & Søn", "Straße 12", "10115 Berlin"),
    client="林小满 (Zoë)",
    lines=(Line("学习规划 / Study plan", 6000, datetime(2027, 3, 29, 7, tzinfo=UTC)),),
    currency="EUR",
    amount=6000,
    tax=Tax(1900, "USt-IdNr. DE123456789"),
    flows=(Flow("received", 6000, AT), Flow("returned", 3000, AT)),
    owed=0,
    due_at=None,
    how="",
    zone="Europe/Berlin",
    language="en",
)


def words_of(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_a_receipt_in_english() -> None:
    (text,) = words_of(receipt_pdf(RECEIPT))
    assert text.splitlines() == [
        "Praxis Öztürk & Søn",
        "Straße 12",
        "10115 Berlin",
        "Receipt",
        "Number 2027-0042",
        "Date 30 March 2027",
        "For 林小满 (Zoë)",
        "学习规划 / Study plan €60.00",
        "29 March 2027 09:00 (Europe/Berlin)",
        "Total €60.00",
        "Including tax of 19 % €9.58",
        "USt-IdNr. DE123456789",
        "Received · 30 March 2027 €60.00",
        "Given back · 30 March 2027 €30.00",
    ]


def test_a_receipt_in_chinese() -> None:
    (text,) = words_of(receipt_pdf(replace(RECEIPT, language="zh-CN", currency="CNY")))
    assert text.splitlines()[3:] == [
        "收据",
        "编号 2027-0042",
        "日期 2027年3月30日",
        "付款人 林小满 (Zoë)",
        "学习规划 / Study plan ¥60.00",
        "2027年3月29日 09:00 (Europe/Berlin)",
        "合计 ¥60.00",
        "含税 19% ¥9.58",
        "USt-IdNr. DE123456789",
        "已收 · 2027年3月30日 ¥60.00",
        "已退 · 2027年3月30日 ¥30.00",
    ]


def test_an_open_invoice_says_how_to_pay() -> None:
    open_one = replace(
        *(RECEIPT,),
        **{"kind": "open", "flows": (), "owed": 6000, "due_at": AT, "tax": Tax()},
        how="IBAN DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001",
    )
    (text,) = words_of(receipt_pdf(open_one))
    assert "Invoice\r\nNumber 2027-0042" in text
    assert "To be paid by 30 March 2027" in text
    assert text.endswith(
        "Still to be paid €60.00\r\nIBAN DE02 1203 0000 0000 2020 51\r\nBIC BYLADEM1001"
    )
    assert "tax" not in text
    void = replace(open_one, kind="void", owed=0)
    assert "Invoice, not owed any more" in words_of(receipt_pdf(void))[0]


def test_the_same_receipt_is_the_same_bytes() -> None:
    assert receipt_pdf(RECEIPT) == receipt_pdf(replace(RECEIPT))
    assert receipt_pdf(RECEIPT) != receipt_pdf(replace(RECEIPT, number="2027-0043"))


def test_what_is_long_goes_on_on_further_pages() -> None:
    lines = tuple(Line(f"第 {n} 节课 lesson {n} " * 8, n, AT) for n in range(20))
    flows = tuple(Flow("received", n, AT) for n in range(40))
    pages = words_of(receipt_pdf(replace(RECEIPT, lines=lines, flows=flows)))
    assert len(pages) > 1
    whole = "".join(pages)
    assert whole.count("Received") == 40
    assert all(f"lesson {n} " in whole.replace("\r\n", " ") for n in range(20))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@given(name=st.text(max_size=120), text=st.text(max_size=120))
@settings(max_examples=40)
def test_no_name_breaks_a_receipt(language: Language, name: str, text: str) -> None:
    odd = replace(RECEIPT, client=name, lines=(Line(text, 1),), sender=(), language=language)
    assert len(words_of(receipt_pdf(odd))) == 1


@given(st.text(alphabet="ab cé汉字，。", max_size=80), st.floats(30, 200))
@settings(max_examples=100)
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = broken(text, PLAIN, 10, width)
    assert all(width_of(line, PLAIN, 10) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_library_comes_with_the_first_receipt() -> None:
    """Starting the product does not load what writes PDF."""
    program = "import sys, classroom.http.receipts; print('reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "False"
