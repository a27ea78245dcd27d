"""How far a print is: every event in every state."""

from __future__ import annotations

import pytest

from classroom.store.deck_states import EVENTS, NEXT, STATES, after


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_each_state_knows_what_may_come(state: str, event: str) -> None:
    follows = {
        "begin": {"waiting": "opening", "opening": "opening", "showing": "showing"},
        "show": {"opening": "showing", "showing": "showing"},
        "finish": {"opening": "ready", "showing": "ready"},
        "fail": {"waiting": "failed", "opening": "failed", "showing": "failed"},
        "again": {"failed": "waiting"},
    }
    assert after(state, event) == follows[event].get(state)  # type: ignore[arg-type]
    assert len(NEXT) == sum(map(len, follows.values()))
