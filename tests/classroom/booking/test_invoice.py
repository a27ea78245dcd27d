"""Invoices: the table over all states and deeds, and sums that always come out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking import invoice
from classroom.booking.invoice import DEEDS, INVOICE, STATES, Deed, State, Sums
from classroom.errors import Refused

NOW = datetime(2027, 3, 29, 12, tzinfo=UTC)

ALL = """
              pay   pay_part unpay refund        refund_part   void
open          paid  open     open  refunded      part_refunded void
paid          -     -        open  refunded      part_refunded -
part_refunded -     -        -     refunded      part_refunded -
refunded      -     -        -     -             -             -
void          paid  -        -     -             -             -
"""


def test_the_table_has_every_state_and_deed() -> None:
    head, *rows = [line.split() for line in ALL.strip().splitlines()]
    assert tuple(head) == DEEDS
    assert tuple(row[0] for row in rows) == STATES
    wanted = {
        (state, deed): after
        for state, *afters in rows
        for deed, after in zip(head, afters, strict=True)
        if after != "-"
    }
    assert wanted == INVOICE


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_not_in_the_table_is_refused(state: State, deed: Deed) -> None:
    if (state, deed) in INVOICE:
        assert invoice.step(state, deed) == INVOICE[state, deed]
    else:
        with pytest.raises(Refused, match=r"invoice\.state"):
            invoice.step(state, deed)


def test_paid_in_parts() -> None:
    sums = Sums("open", 6000)
    assert (sums.owed, sums.kept) == (6000, 0)
    sums = invoice.pay(sums, 2000)
    assert (sums.state, sums.owed, sums.kept) == ("open", 4000, 2000)
    with pytest.raises(Refused, match=r"payment\.amount"):
        invoice.pay(sums, 4001)
    with pytest.raises(Refused, match=r"invoice\.state"):
        invoice.void(sums)
    sums = invoice.pay(sums, 4000)
    assert (sums.state, sums.owed) == ("paid", 0)
    with pytest.raises(Refused, match=r"invoice\.state"):
        invoice.pay(sums, 1)


def test_given_back_in_parts() -> None:
    sums = invoice.pay(Sums("open", 6000), 6000)
    sums = invoice.refund(sums, 1000)
    assert (sums.state, sums.kept) == ("part_refunded", 5000)
    with pytest.raises(Refused, match=r"payment\.amount"):
        invoice.refund(sums, 5001)
    sums = invoice.refund(sums, 5000)
    assert (sums.state, sums.kept) == ("refunded", 0)
    with pytest.raises(Refused, match=r"invoice\.state"):
        invoice.refund(sums, 1)
    sums = invoice.unrefund(sums, 5000)
    assert (sums.state, sums.kept) == ("part_refunded", 5000)
    assert invoice.unrefund(sums, 1000).state == "paid"


def test_what_is_paid_in_part_and_given_back_is_owed_no_more() -> None:
    sums = invoice.refund(invoice.pay(Sums("open", 6000), 2000), 500)
    assert (sums.state, sums.kept, sums.owed) == ("part_refunded", 1500, 0)
    assert invoice.unrefund(sums, 500) == Sums("open", 6000, 2000)
    assert invoice.refund(sums, 1500).state == "refunded"


def test_a_payment_written_down_by_mistake_is_taken_back_within_a_day() -> None:
    sums = invoice.pay(Sums("open", 6000), 6000)
    again = invoice.unpay(sums, 6000, paid_at=NOW - timedelta(hours=24), now=NOW)
    assert again == Sums("open", 6000)
    with pytest.raises(Refused, match=r"invoice\.state"):
        invoice.unpay(sums, 6000, paid_at=NOW - timedelta(hours=24, seconds=1), now=NOW)
    with pytest.raises(Refused, match=r"invoice\.state"):
        invoice.unpay(invoice.refund(sums, 1), 6000, paid_at=NOW, now=NOW)


def test_money_that_comes_late_is_written_down() -> None:
    late = invoice.pay(invoice.void(Sums("open", 6000)), 6000)
    assert late.state == "paid"
    assert invoice.refund(late, 6000).state == "refunded"


@given(
    st.lists(st.tuples(st.sampled_from(["pay", "refund", "void", "unpay"]), st.integers(1, 120)))
)
@settings(max_examples=100)
def test_sums_hold_whatever_is_asked(deeds: list[tuple[str, int]]) -> None:
    sums = Sums("open", 100)
    for deed, amount in deeds:
        try:
            if deed == "pay":
                sums = invoice.pay(sums, amount)
            elif deed == "refund":
                sums = invoice.refund(sums, amount)
            elif deed == "unpay":
                sums = invoice.unpay(sums, amount, paid_at=NOW, now=NOW)
            else:
                sums = invoice.void(sums)
        except Refused:
            continue
        assert 0 <= sums.returned <= sums.received <= sums.amount
        assert (sums.state == "paid") <= (sums.received == 100 and sums.returned == 0)
        assert (sums.state in ("refunded", "void")) <= (sums.kept == 0)
        assert (sums.state == "part_refunded") <= (0 < sums.kept < 100)


def test_numbers_go_by_the_year_of_the_organisation() -> None:
    eve = datetime(2026, 12, 31, 20, tzinfo=UTC)
    assert invoice.year_of(eve, "Europe/Berlin") == 2026
    assert invoice.year_of(eve, "Asia/Shanghai") == 2027
    assert invoice.number_of(2027, 1) == "2027-0001"
    assert invoice.number_of(2027, 12345) == "2027-12345"
