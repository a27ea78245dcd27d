"""What somebody wrote about until when appointments may be changed; or refused by name."""

from __future__ import annotations

from typing import Any

from classroom.booking.refund import read_rule, write_rule
from classroom.booking.terms import check_terms
from classroom.errors import Refused


def read_terms(body: dict[str, Any]) -> dict[str, Any]:
    """Only what is given; Refused `body.malformed`, `payment.rule`."""
    if not set(body) <= {"hours", "moves", "refund"}:
        raise Refused("body.malformed", {"field": "terms"})
    check_terms(body)
    return body | ({"refund": write_rule(read_rule(body["refund"]))} if "refund" in body else {})
