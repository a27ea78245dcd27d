"""Who waits for a talk: the states of a visit, whose turn it is, and when it will be. A core.

A visit is a client's presence in front of the door. Times are whole seconds since 1970 (`_s`).
Nobody's expectation depends on who is behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from classroom.errors import Refused

State = Literal["checking", "ready", "called", "admitted", "inside", "over", "left", "refused"]
Deed = Literal[
    "ready", "unready", "call", "admit", "enter", "leave", "back", "end", "refuse", "pass"
]
Urgency = Literal["", "said", "marked"]
"""Not urgent; so by the client's own word; marked so by the desk."""

STATES: tuple[State, ...] = get_args(State)
DEEDS: tuple[Deed, ...] = get_args(Deed)
WAITING: frozenset[State] = frozenset({"checking", "ready", "called"})
"""Those of a visit that stands in the queue."""
LET_IN: frozenset[State] = frozenset({"admitted", "inside"})
"""Those in which the door of the talk's room opens for the client."""
OPEN: frozenset[State] = WAITING | LET_IN

VISIT: Mapping[tuple[State, Deed], State] = {
    ("checking", "ready"): "ready",
    ("checking", "unready"): "checking",
    ("checking", "call"): "called",
    ("checking", "admit"): "admitted",
    ("checking", "leave"): "left",
    ("checking", "back"): "checking",
    ("checking", "refuse"): "refused",
    ("checking", "pass"): "checking",
    ("checking", "end"): "over",  # it was cancelled or moved
    ("ready", "ready"): "ready",
    ("ready", "unready"): "checking",
    ("ready", "call"): "called",
    ("ready", "admit"): "admitted",
    ("ready", "leave"): "left",
    ("ready", "back"): "ready",
    ("ready", "refuse"): "refused",
    ("ready", "pass"): "ready",
    ("ready", "end"): "over",
    ("called", "ready"): "called",
    ("called", "unready"): "checking",
    ("called", "call"): "called",
    ("called", "admit"): "admitted",
    ("called", "leave"): "left",
    ("called", "back"): "called",
    ("called", "refuse"): "refused",
    ("called", "pass"): "ready",  # the colleague has called nobody yet
    ("called", "end"): "over",
    ("admitted", "ready"): "admitted",
    ("admitted", "call"): "admitted",
    ("admitted", "admit"): "admitted",
    ("admitted", "enter"): "inside",
    ("admitted", "leave"): "left",
    ("admitted", "back"): "admitted",
    ("admitted", "end"): "over",
    ("inside", "ready"): "inside",
    ("inside", "call"): "inside",
    ("inside", "admit"): "inside",
    ("inside", "enter"): "inside",
    ("inside", "back"): "inside",
    ("inside", "end"): "over",
    ("over", "end"): "over",
    ("left", "back"): "checking",
    ("left", "leave"): "left",
    ("left", "end"): "left",
    ("refused", "refuse"): "refused",
    ("refused", "leave"): "refused",
    ("refused", "end"): "refused",
}

REST_MIN_S = 120
"""A talk that goes on is thought to take so much longer at least."""
MINUTE_S = 60


def turn(state: State, deed: Deed) -> State:
    """The state after the deed; Refused `visit.unknown` where it cannot be done any more, and
    `visit.not_admitted` for who comes in without having been let in."""
    after = VISIT.get((state, deed))
    if after is not None:
        return after
    if deed == "enter" and state in WAITING:
        raise Refused("visit.not_admitted")
    raise Refused("visit.unknown")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit, as far as its turn goes by it. `planned_s` is None for who has no appointment."""

    id: str
    came_s: int
    planned_s: int | None
    minutes: int
    """How long the talk is."""
    urgency: Urgency = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The host they wait for."""

    is_here: bool
    """Whether they look at their queue, or are in a talk."""
    talk_to_s: int | None = None
    """The planned end of the talk that goes on; None when there is none."""


def order(visits: Iterable[Waiting], now_s: int) -> list[Waiting]:
    """In the order of their turn.

    Whom the desk marked urgent, then those whose appointment has begun, then who says it is
    urgent, then the others: by planned time for who has an appointment, else by when they came.
    """
    return sorted(visits, key=lambda visit: _key(visit, now_s))


def expected(visit: Waiting, ahead: Sequence[Waiting], host: Seen, now_s: int) -> int | None:
    """In how many minutes it is their turn, by those `ahead` of them; 0 is now.

    Never before their planned time. None when that is over, or was never, and the host is not
    here: nobody can say.
    """
    begins_s = now_s
    if host.talk_to_s is not None:
        begins_s = max(host.talk_to_s, now_s + REST_MIN_S)
    begins_s += sum(one.minutes for one in ahead) * MINUTE_S
    if visit.planned_s is not None:
        begins_s = max(begins_s, visit.planned_s)
    is_to_come = visit.planned_s is not None and visit.planned_s > now_s
    if not host.is_here and not is_to_come:
        return None
    return (begins_s - now_s + MINUTE_S // 2) // MINUTE_S


def _key(visit: Waiting, now_s: int) -> tuple[int, int, int, str]:
    is_due = visit.planned_s is not None and visit.planned_s <= now_s
    if visit.urgency == "marked":
        rank = 0
    elif is_due:
        rank = 1
    else:
        rank = 2 if visit.urgency == "said" else 3
    time_s = visit.came_s if visit.planned_s is None else visit.planned_s
    return rank, time_s, visit.came_s, visit.id
