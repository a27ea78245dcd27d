"""When somebody is reminded, and whether a reminder is still true at its moment. A core.

Nothing is taken back when a booking is moved or cancelled: each reminder is judged when it is due.
One that is late is dropped, not sent after the fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from classroom.booking.states import State
from classroom.errors import Refused

Channel = Literal["mail", "webhook"]
Verdict = Literal["send", "early", "late", "moved", "cancelled", "off"]
RULES_MAX = 5
MINUTES_MIN = 5
MINUTES_MAX = 28 * 1440
LATE_MAX_S = 3600
"""A reminder may be this late, but never by more than a quarter of its distance."""


@dataclass(frozen=True, slots=True)
class Rule:
    """So long before the appointment. `id` is the rule's own, and stays when others change."""

    id: str
    minutes: int
    channel: Channel = "mail"


DEFAULT: tuple[Rule, ...] = (Rule("1440", 1440), Rule("60", 60))


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that will be due at `due_s`. Its name is its own among those of the booking."""

    name: str
    rule: Rule
    due_s: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a booking stands at the moment of a reminder; None of it where it is gone."""

    state: State
    revision: int
    from_s: int
    wants: bool


def plan(rules: Sequence[Rule], *, revision: int, from_s: int, now_s: int) -> list[Planned]:
    """Those of an appointment that are still ahead: whoever books three hours before is not told a
    day before."""
    planned = []
    for rule in rules:
        due_s = from_s - rule.minutes * 60
        if due_s > now_s:
            planned.append(Planned(f"{revision}.{rule.id}", rule, due_s))
    return planned


def lateness_s(minutes: int) -> int:
    """How long after its moment a reminder of this distance is still sent."""
    return min(minutes * 60 // 4, LATE_MAX_S)


def verdict(
    standing: Standing | None, *, revision: int, minutes: int, channel: Channel, now_s: int
) -> Verdict:
    """What is to be done with a reminder now. `revision` and `minutes` are those it was planned
    with.

    `off`: the client wants none (webhooks are told anyway: they are the organisation's own).
    """
    if standing is None or standing.state in ("cancelled", "lapsed"):
        return "cancelled"
    if standing.revision != revision:
        return "moved"
    if standing.state != "booked":
        return "late" if standing.state in ("live", "held", "missed") else "cancelled"
    due_s = standing.from_s - minutes * 60
    if now_s < due_s:
        return "early"
    if now_s > due_s + lateness_s(minutes):
        return "late"
    return "off" if channel == "mail" and not standing.wants else "send"


def read_rules(body: object) -> tuple[Rule, ...]:
    """Rules as somebody sent them, the farthest first; Refused `body.malformed`."""
    if not isinstance(body, list) or len(body) > RULES_MAX:
        raise _wrong("rules")
    found: dict[tuple[int, Channel], Rule] = {}
    for one in body:
        rule = _read_rule(one)
        found[(rule.minutes, rule.channel)] = rule
    return tuple(sorted(found.values(), key=lambda rule: (-rule.minutes, rule.channel)))


def write_rules(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """As they are told and stored."""
    return [{"minutes": rule.minutes, "channel": rule.channel} for rule in rules]


def _read_rule(body: object) -> Rule:
    if not isinstance(body, dict):
        raise _wrong("rules")
    minutes, channel = body.get("minutes"), body.get("channel", "mail")
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise _wrong("minutes")
    if not MINUTES_MIN <= minutes <= MINUTES_MAX:
        raise _wrong("minutes")
    if channel not in get_args(Channel):
        raise _wrong("channel")
    kind = cast(Channel, channel)
    return Rule(str(minutes) if kind == "mail" else f"{minutes}.hook", minutes, kind)


def _wrong(field: str) -> Refused:
    return Refused("body.malformed", {"field": field})
