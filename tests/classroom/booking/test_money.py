"""Amounts: written the same on both sides, taxed and shared without losing a unit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from classroom.booking.money import (
    AMOUNT_MAX,
    EXPONENTS,
    money_text,
    percent_text,
    plain_amount,
    read_currency,
    share,
    tax_within,
)
from classroom.errors import Refused
from classroom.http.invoices import PaidBody
from classroom.http.offer_told import OfferBody
from tests.corpus import money as corpus

AMOUNTS = st.integers(0, AMOUNT_MAX - 1)


def test_the_corpus_is_what_we_write() -> None:
    assert corpus.FILE.read_text(encoding="utf-8") == corpus.text()


def test_amounts_read_as_people_write_them() -> None:
    assert money_text(6000, "EUR", "en") == "€60"
    assert money_text(6000, "EUR", "en", whole=True) == "€60.00"
    assert money_text(123450, "USD", "zh-CN") == "US$1,234.50"
    assert money_text(6000, "CNY", "zh-CN") == "¥60"
    assert money_text(6000, "JPY", "en") == "¥6,000"
    assert money_text(1500, "KWD", "en") == "KWD\u00a01.500"
    assert plain_amount(-6050, "EUR") == "-60.50"
    assert [percent_text(one) for one in (0, 750, 1900, 1925, 2010)] == [
        *("0", "7.5", "19", "19.25", "20.1")
    ]


@given(AMOUNTS, st.sampled_from(sorted(EXPONENTS)))
@settings(max_examples=100)
def test_what_a_spreadsheet_gets_is_the_amount(amount: int, currency: str) -> None:
    assert int(plain_amount(amount, currency).replace(".", "")) == amount


@pytest.mark.parametrize("text", ["", "EU", "EURO", "XXX", "€"])
def test_no_currency_is_made_up(text: str) -> None:
    with pytest.raises(Refused, match=r"payment\.currency"):
        read_currency(text)
    assert read_currency(" eur ") == "EUR"


@pytest.mark.parametrize("amount", [-1, AMOUNT_MAX])
def test_amounts_have_bounds(amount: int) -> None:
    with pytest.raises(ValidationError, match="price"):
        OfferBody.model_validate({"price": amount})
    with pytest.raises(ValidationError, match="amount"):
        PaidBody.model_validate({"amount": amount})


@given(AMOUNTS, st.integers(0, 5000))
@settings(max_examples=100)
def test_tax_is_the_rest_of_the_price_without_it(amount: int, percent: int) -> None:
    tax = tax_within(amount, percent)
    without = amount - tax
    assert 0 <= tax <= amount
    assert abs(without * (10_000 + percent) - amount * 10_000) * 2 <= 10_000 + percent


def test_tax_as_receipts_show_it() -> None:
    assert tax_within(11900, 1900) == 1900
    assert tax_within(6000, 1900) == 958
    assert tax_within(6000, 0) == 0


@given(AMOUNTS, st.integers(0, 100))
@settings(max_examples=100)
def test_a_share_is_rounded_for_the_client(amount: int, percent: int) -> None:
    part = share(amount, percent)
    assert part * 100 >= amount * percent > (part - 1) * 100 or part == 0
    assert part <= amount
