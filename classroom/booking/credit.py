"""Packages of appointments paid at once, and the codes they are used with. A core.

A package gives a number of credits for certain offers, for so many days. Each appointment takes
one; one that is cancelled in time gives it back. The code is shown once, when it is made; we keep
its hash alone.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace

from classroom.errors import Refused
from classroom.ids import CODE_ALPHABET

CODE_LETTERS = 12
GROUP = 3
CREDITS_MAX = 500
DAYS_MAX = 3660


@dataclass(frozen=True, slots=True)
class Credit:
    """So many appointments, until a moment (seconds since 1970). Invariant: 0 <= used <= total."""

    total: int
    used: int
    until_s: int
    offer_ids: tuple[str, ...] = ()
    """Which offers it is for; none named is all of the organisation."""

    @property
    def left(self) -> int:
        """How many appointments it still pays."""
        return self.total - self.used


def spend(credit: Credit, count: int, *, offer_id: str, now_s: int) -> Credit:
    """Take so many; Refused `voucher.old`, `voucher.offer`, `voucher.used`."""
    if now_s >= credit.until_s:
        raise Refused("voucher.old")
    if not is_for(credit.offer_ids, offer_id):
        raise Refused("voucher.offer")
    if credit.left < count:
        raise Refused("voucher.used", {"left": credit.left})
    return replace(credit, used=credit.used + count)


def give_back(credit: Credit, count: int) -> Credit:
    """Put so many back; never more than there were."""
    return replace(credit, used=max(0, credit.used - count))


def is_for(offer_ids: Collection[str], offer_id: str) -> bool:
    """Whether a package for these offers pays this one."""
    return not offer_ids or offer_id in offer_ids


def new_code() -> str:
    """Twelve letters as `kfm-qtw-xyz-bcd`: 20 ** 12, about 51 bits; guessing is rate limited."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LETTERS))
    return _grouped(letters)


def read_code(text: str) -> str:
    """The code somebody typed, in its one spelling; Refused `voucher.unknown`."""
    letters = re.sub(r"[\s\-]", "", text.lower())
    if len(letters) != CODE_LETTERS or not set(letters) <= set(CODE_ALPHABET):
        raise Refused("voucher.unknown")
    return _grouped(letters)


def _grouped(letters: str) -> str:
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))
