"""Forgetting a person in steps, each of which may be done again: a kill between two loses nothing.

Links and browsers go first, so that nobody comes in meanwhile; the person's own row goes last, as
it says whom all the rest belongs to.
"""

from __future__ import annotations

from typing import Literal, get_args

Step = Literal[
    "links", "coming", "letters", "notes", "talks", "rooms", "signatures", "money", "person"
]
STEPS: tuple[Step, ...] = get_args(Step)
"""`coming` cancels what is booked, `talks` empties what was, `rooms` takes away boards, chats,
files and recordings, `signatures` and `money` leave numbers without the name."""


def steps_after(done: str) -> tuple[Step, ...]:
    """What is still to do after this step; all of them when none was done, or it is not known."""
    for at, step in enumerate(STEPS):
        if step == done:
            return STEPS[at + 1 :]
    return STEPS
