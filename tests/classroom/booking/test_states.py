"""The tables of bookings and of the waiting list, every state with every deed."""

from __future__ import annotations

from typing import get_args

import pytest

from classroom.booking import states, terms
from classroom.booking.states import BOOKING, WAITLIST, Deed, State, WaitDeed, Waiting
from classroom.errors import Refused

STATES, DEEDS = get_args(State), [deed for deed in get_args(Deed) if deed != "make"]
TABLE = """
              confirm  owe      pay        lapse   move    cancel     begin  held  missed  correct
unconfirmed   booked   unpaid   -          lapsed  -       cancelled  -      -     -       -
unpaid        unpaid   unpaid   booked     lapsed  unpaid  cancelled  -      -     -       -
booked        booked   booked   booked     -       booked  cancelled  live   held  missed  -
live          -        -        live       -       -       -          live   held  missed  -
held          -        -        held       -       -       -          -      -     -       missed
missed        -        -        missed     -       -       -          -      -     -       held
cancelled     -        -        cancelled  -       -       -          -      -     -       -
lapsed        -        -        booked     -       -       -          -      -     -       -
"""


def written() -> dict[tuple[str, str], str]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    assert head == DEEDS
    assert [row[0] for row in rows] == list(STATES)
    return {
        (row[0], deed): after
        for row in rows
        for deed, after in zip(head, row[1:], strict=True)
        if after != "-"
    }


def test_every_state_with_every_deed() -> None:
    assert dict(BOOKING) == written()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_not_in_the_table_is_refused(state: State, deed: Deed) -> None:
    if (state, deed) in BOOKING:
        assert states.after(state, deed) == BOOKING[state, deed]
        return
    with pytest.raises(Refused) as caught:
        states.after(state, deed)
    begun = state in ("live", "held", "missed") and deed in ("move", "cancel")
    assert caught.value.code == ("booking.begun" if begun else "booking.over")


def test_nothing_comes_back_but_what_was_paid_or_corrected() -> None:
    back = {
        (state, deed)
        for (state, deed), after in BOOKING.items()
        if state in states.OVER and after != state
    }
    assert back == {("held", "correct"), ("missed", "correct"), ("lapsed", "pay")}


def test_the_sets_are_the_states() -> None:
    assert set(STATES) == states.HOLDING | states.OVER
    assert not states.HOLDING & states.OVER
    assert states.COMING < states.HOLDING


def test_the_waiting_list() -> None:
    ends = {"booked", "left", "ended"}
    for state in get_args(Waiting):
        for deed in get_args(WaitDeed):
            after = WAITLIST.get((state, deed))
            assert after is None or state not in ends
            if after is None:
                with pytest.raises(Refused, match=r"booking\.over"):
                    states.move(WAITLIST, state, deed, "booking.over")
    assert set(WAITLIST.values()) == ends | {"offered"}


def test_terms() -> None:
    org, own = {"hours": 48, "moves": 2}, {"hours": 12}
    found = terms.read_terms(org, own)
    assert (found.hours, found.moves) == (12, 2)
    assert terms.read_terms({"hours": "x", "moves": -1}) == terms.Terms(24, 3)
    from_s = 100 * 3600

    def code(hour: float, moves: int = 0) -> str | None:
        at = int(from_s - hour * 3600)
        refused = terms.refusal(found, "move", from_s=from_s, moves=moves, now_s=at)
        return None if refused is None else refused.code

    assert [code(13), code(12), code(11.9), code(0)] == [
        None,
        None,
        "booking.late",
        "booking.begun",
    ]
    assert code(20, moves=2) == "booking.moves"
    for wrong in ({"hours": -1}, {"hours": 10**6}, {"moves": True}, {"moves": "3"}):
        with pytest.raises(Refused, match=r"body\.malformed"):
            terms.check_terms(wrong)
