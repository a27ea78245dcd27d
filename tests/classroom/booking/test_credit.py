"""Packages: taken, given back, ended; and their codes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking.credit import Credit, give_back, new_code, read_code, spend
from classroom.errors import Refused

EIGHT = Credit(total=8, used=0, until_s=1000)


def test_three_of_eight_left() -> None:
    after = spend(spend(EIGHT, 1, offer_id="o", now_s=0), 4, offer_id="o", now_s=999)
    assert (after.left, after.total) == (3, 8)
    with pytest.raises(Refused, match=r"voucher\.used") as refused:
        spend(after, 4, offer_id="o", now_s=0)
    assert refused.value.params == {"left": 3}
    with pytest.raises(Refused, match=r"voucher\.old"):
        spend(after, 1, offer_id="o", now_s=1000)
    assert give_back(after, 1).left == 4
    assert give_back(EIGHT, 1) == EIGHT


def test_only_for_its_offers() -> None:
    some = Credit(8, 0, 1000, ("talk",))
    assert spend(some, 1, offer_id="talk", now_s=0).left == 7
    with pytest.raises(Refused, match=r"voucher\.offer"):
        spend(some, 1, offer_id="other", now_s=0)


@given(st.lists(st.integers(-3, 4), max_size=40))
@settings(max_examples=100)
def test_never_more_than_there_are(steps: list[int]) -> None:
    credit = EIGHT
    for count in steps:
        if count < 0:
            credit = give_back(credit, -count)
            continue
        try:
            credit = spend(credit, count, offer_id="o", now_s=0)
        except Refused:
            assert count > credit.left
        assert 0 <= credit.used <= credit.total


def test_codes_are_read_as_people_type_them() -> None:
    code = new_code()
    assert read_code(code) == code
    assert read_code(f" {code.upper().replace('-', ' ')} ") == code
    assert len({new_code() for _ in range(100)}) == 100


@pytest.mark.parametrize("text", ["", "kfm", "kfm-qtw-xyz-bca", "kfm-qtw-xyz-bcdf", "漢" * 12])
def test_no_code_is_made_up(text: str) -> None:
    with pytest.raises(Refused, match=r"voucher\.unknown"):
        read_code(text)
