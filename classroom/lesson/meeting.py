"""Whether a talk was held, as the lines of its lessons tell. A core."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from classroom.lesson.report import PersonReport
from classroom.lesson.times import joined, total_ms, within
from classroom.room.policy import is_staff

HELD_MS = 120_000
"""So long a client and somebody of the house were there together."""

Who = Literal["client", "host", ""]


@dataclass(frozen=True, slots=True)
class Met:
    """Of one client: for how long they were there with somebody of the house, and who came."""

    together_ms: int = 0
    has_host: bool = False
    has_client: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; `deed` None when only people know. `who` did not come."""

    deed: Literal["held", "missed"] | None
    who: Who = ""
    held_ms: int = 0


def meeting(lessons: Iterable[Sequence[PersonReport]], client: Collection[str]) -> Met:
    """All lessons of a talk's room together; `client` are the participants the client was."""
    together = 0
    has_host = has_client = False
    for people in lessons:
        staff = [one for one in people if is_staff(one.role)]
        own = [one for one in people if one.participant_id in client]
        has_host, has_client = has_host or bool(staff), has_client or bool(own)
        here = joined(stay for one in staff for stay in one.stays)
        there = joined(stay for one in own for stay in one.stays)
        together += total_ms(within(there, here))
    return Met(together, has_host, has_client)


def outcome(met: Met, *, has_waited: bool) -> Outcome:
    """Held after two minutes together. Missed by who never came; `has_waited`: the client was in
    the waiting room. Where both came and it was short, or the client was there and is not seen in
    the talk, the host is asked."""
    if met.together_ms >= HELD_MS:
        return Outcome("held", held_ms=met.together_ms)
    if met.has_host and (met.has_client or has_waited):
        return Outcome(None)
    if met.has_client or has_waited:
        return Outcome("missed", "host")
    return Outcome("missed", "client")
