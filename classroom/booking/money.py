"""Amounts of money: whole minor units with their currency, never fractions. A core.

An amount is what is paid in the end: tax is part of it. Currencies and their minor units are those
of ISO 4217. `web/src/booking/money.ts` writes amounts the same; `tests/corpus/money.json` holds
both to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.errors import Refused

Language = Literal["en", "zh-CN"]

AMOUNT_MAX = 10**10
"""Below it: enough for a house in any currency, and whole in every JSON reader."""
PERCENT_WHOLE = 10_000
"""A percentage is counted in hundredths: 1900 is 19 %."""

_TWO = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ "
    "GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD "
    "MMK MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON "
    "RSD RUB SAR SBD SCR SEK SGD SHP SOS SRD SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS "
    "WST XCD YER ZAR ZMW"
)
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

EXPONENTS: dict[str, int] = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_NONE.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
}
"""How many digits of an amount stand behind the point."""

SIGNS: dict[Language, dict[str, str]] = {
    "en": {
        **{"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "AUD": "A$"},
        **{"CAD": "CA$", "HKD": "HK$", "NZD": "NZ$", "TWD": "NT$"},
    },
    "zh-CN": {
        **{"EUR": "€", "USD": "US$", "GBP": "£", "JPY": "JP¥", "CNY": "¥", "AUD": "AU$"},
        **{"CAD": "CA$", "HKD": "HK$", "NZD": "NZ$", "TWD": "NT$"},
    },
}
"""What stands before an amount; any other currency shows its three letters."""


@dataclass(frozen=True, slots=True)
class Tax:
    """What a receipt says of tax: our words for the law are those the organisation wrote."""

    percent: int = 0
    """Hundredths of a percent, contained in the amounts; 0 shows none."""
    note: str = ""


def read_currency(text: str) -> str:
    """The three letters, in capitals; Refused `payment.currency`."""
    code = text.strip().upper()
    if code not in EXPONENTS:
        raise Refused("payment.currency")
    return code


def money_text(amount: int, currency: str, language: Language, *, whole: bool = False) -> str:
    """As people write it: "€60", "€1,234.50", "CHF 60" (with a space that does not break).

    Digits behind the point are left out where all are zero, unless the `whole` amount is wanted,
    as on receipts.
    """
    exponent = EXPONENTS[currency]
    units, rest = divmod(abs(amount), 10**exponent)
    digits = f"{units:,}"
    if exponent and (rest or whole):
        digits += f".{rest:0{exponent}}"
    sign = SIGNS[language].get(currency, currency + "\u00a0")
    return ("-" if amount < 0 else "") + sign + digits


def plain_amount(amount: int, currency: str) -> str:
    """For a spreadsheet: "1234.50", without sign and groups."""
    exponent = EXPONENTS[currency]
    units, rest = divmod(abs(amount), 10**exponent)
    text = f"{units}.{rest:0{exponent}}" if exponent else str(units)
    return "-" + text if amount < 0 else text


def tax_within(amount: int, percent: int) -> int:
    """How much of an amount is tax; half a unit is rounded up."""
    without = amount * PERCENT_WHOLE
    whole = PERCENT_WHOLE + percent
    return amount - (without + whole // 2) // whole


def share(amount: int, percent: int) -> int:
    """So many percent (0 to 100) of an amount; a part of a unit is rounded up, for the client."""
    return -(-amount * percent // 100)


def percent_text(percent: int) -> str:
    """Hundredths of a percent as a number: 1900 is "19", 750 is "7.5"."""
    whole, rest = divmod(percent, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)
