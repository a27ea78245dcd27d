"""Who may do what: the whole table, and what an organisation opens beyond it."""

from __future__ import annotations

from typing import get_args

import pytest

from classroom.booking.role import CLOSED, ROLES, TABLE, Deed, Opened, OrgRole, may, reach

DEEDS: tuple[Deed, ...] = get_args(Deed)


def test_every_deed_has_a_row_for_every_role() -> None:
    assert set(TABLE) == {(role, deed) for role in ROLES for deed in DEEDS}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", ROLES)
def test_a_deed_goes_as_far_as_its_row(role: OrgRole, deed: Deed) -> None:
    far = TABLE[role, deed]
    assert may(role, deed, is_own=True) is (far != "none")
    assert may(role, deed, is_own=False) is (far == "any")


def test_reception_never_reads_what_is_private() -> None:
    private: tuple[Deed, ...] = ("intake.read", "files.read", "notes.read", "notes.write")
    assert {reach("reception", deed) for deed in private} == {"none"}
    assert reach("reception", "money.refund") == "none"


def test_a_counsellor_goes_no_further_than_own_clients() -> None:
    wide = {deed for deed in DEEDS if reach("counsellor", deed) == "any"}
    assert wide == {"organisation.see"}


def test_two_switches_open_two_deeds_and_no_more() -> None:
    wide = Opened(reception_reads_intake=True, admins_read_notes=True)
    opened = {
        (role, deed)
        for role in ROLES
        for deed in DEEDS
        if reach(role, deed, wide) != reach(role, deed, CLOSED)
    }
    assert opened == {("reception", "intake.read"), ("admin", "notes.read")}
