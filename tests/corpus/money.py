"""Writes `money.json`: how both languages write amounts. Run as `python -m tests.corpus.money`; a
test fails when the file is not this one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from classroom.booking.money import EXPONENTS, Language, money_text

FILE = Path(__file__).with_name("money.json")

AMOUNTS = (
    0,
    1,
    9,
    10,
    50,
    99,
    100,
    101,
    999,
    1000,
    6000,
    6050,
    123456,
    100000000,
    9999999999,
    -6050,
)
CURRENCIES = ("EUR", "USD", "GBP", "JPY", "CNY", "AUD", "CHF", "HKD", "KWD", "KRW", "SEK")
TYPED = (
    ("60", "EUR", 6000),
    (" 60.5 ", "EUR", 6050),
    ("60,50", "EUR", 6050),
    ("1,234.50", "USD", 123450),
    ("1.234,50", "EUR", 123450),
    ("1 234,5", "EUR", 123450),
    ("1,234", "JPY", 1234),
    ("1,234", "EUR", None),
    ("0.001", "KWD", 1),
    ("0.001", "EUR", None),
    ("60.55", "JPY", None),
    ("-5", "EUR", None),
    ("", "EUR", None),
    ("sixty", "EUR", None),
    ("99999999", "EUR", 9999999900),
    ("100000000", "EUR", None),
)
"""What somebody types, and what it is; null is nothing that can be meant. A comma before three
digits of euros may be either, so it is neither."""


def golden() -> dict[str, Any]:
    """Amounts in all languages, and typed ones."""
    return {
        "exponents": dict(sorted(EXPONENTS.items())),
        "written": [
            {
                "amount": amount,
                "currency": currency,
                "language": language,
                "text": money_text(amount, currency, language),
                "whole": money_text(amount, currency, language, whole=True),
            }
            for currency in CURRENCIES
            for amount in AMOUNTS
            for language in get_args(Language)
        ],
        "typed": [list(one) for one in TYPED],
    }


def text() -> str:
    """The file."""
    return json.dumps(golden(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
