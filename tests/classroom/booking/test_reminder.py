"""Reminders: the table of verdicts, and promises over any life of a booking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking.reminder import (
    DEFAULT,
    MINUTES_MAX,
    Channel,
    Planned,
    Rule,
    Standing,
    lateness_s,
    plan,
    read_rules,
    verdict,
    write_rules,
)
from classroom.booking.states import State
from classroom.errors import Refused

FROM_S = 1_806_303_600
MINUTE, HOUR, DAY = 60, 3600, 86_400
STATES: tuple[State, ...] = get_args(State)
MOMENTS = {
    "before": FROM_S - DAY - 1,
    "due": FROM_S - DAY,
    "last": FROM_S - DAY + HOUR,
    "after": FROM_S - DAY + HOUR + 1,
    "over": FROM_S + HOUR,
}
OF_STATE = {
    "cancelled": "cancelled",
    "lapsed": "cancelled",
    "unconfirmed": "cancelled",
    "unpaid": "cancelled",
    "live": "late",
    "held": "late",
    "missed": "late",
}
OF_MOMENT = {"before": "early", "due": "send", "last": "send", "after": "late", "over": "late"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("is_moved", [False, True])
@pytest.mark.parametrize("wants", [False, True])
@pytest.mark.parametrize("channel", get_args(Channel))
def test_the_table_of_verdicts(
    state: State, moment: str, is_moved: bool, wants: bool, channel: Channel
) -> None:
    standing = Standing(state, 1, FROM_S, wants)
    said = verdict(
        standing,
        revision=0 if is_moved else 1,
        minutes=1440,
        channel=channel,
        now_s=MOMENTS[moment],
    )
    if state in ("cancelled", "lapsed"):
        assert said == "cancelled"
    elif is_moved:
        assert said == "moved"
    elif state != "booked":
        assert said == OF_STATE[state]
    elif OF_MOMENT[moment] == "send" and channel == "mail" and not wants:
        assert said == "off"
    else:
        assert said == OF_MOMENT[moment]


def test_a_booking_that_is_gone_is_not_reminded_of() -> None:
    assert verdict(None, revision=0, minutes=60, channel="mail", now_s=0) == "cancelled"


def test_what_is_behind_is_not_planned() -> None:
    told = plan(DEFAULT, revision=2, from_s=FROM_S, now_s=FROM_S - 3 * HOUR)
    assert [(one.name, one.due_s) for one in told] == [("2.60", FROM_S - HOUR)]
    assert plan(DEFAULT, revision=0, from_s=FROM_S, now_s=FROM_S - HOUR) == []


@pytest.mark.parametrize(
    ("minutes", "late"), [(5, 75), (60, 900), (240, 3600), (1440, 3600), (MINUTES_MAX, 3600)]
)
def test_how_late_is_late(minutes: int, late: int) -> None:
    assert lateness_s(minutes) == late


def test_rules_are_read_in_their_order_and_each_once() -> None:
    rules = read_rules(
        [
            {"minutes": 60},
            {"minutes": 1440, "channel": "mail"},
            {"minutes": 60, "channel": "webhook"},
            {"minutes": 60},
        ]
    )
    assert [(rule.id, rule.minutes, rule.channel) for rule in rules] == [
        ("1440", 1440, "mail"),
        ("60", 60, "mail"),
        ("60.hook", 60, "webhook"),
    ]
    assert read_rules(write_rules(rules)) == rules
    assert read_rules([]) == ()


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        ["60"],
        [{"minutes": "60"}],
        [{"minutes": True}],
        [{"minutes": 4}],
        [{"minutes": MINUTES_MAX + 1}],
        [{"minutes": 60, "channel": "post"}],
        [{"minutes": 60}] * 6,
    ],
)
def test_what_is_no_rule(body: object) -> None:
    with pytest.raises(Refused, match=r"body\.malformed"):
        read_rules(body)


@dataclass
class Life:
    """A booking, its reminders and a sender that may be down: what the store does, in memory."""

    now: int = FROM_S - 3 * DAY
    from_s: int = FROM_S
    revision: int = 0
    state: State = "booked"
    planned: dict[tuple[int, str], tuple[int, Planned]] = field(default_factory=dict)
    sent: list[tuple[str, int, int, State]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def plans(self) -> None:
        rules = (*DEFAULT, Rule("15", 15))
        for one in plan(rules, revision=self.revision, from_s=self.from_s, now_s=self.now):
            self.planned.setdefault((self.revision, one.name), (self.revision, one))

    def looks(self, *, is_killed: bool = False) -> None:
        """What is due is judged; a kill leaves the job, and the letter's own name keeps it one."""
        for key, (revision, one) in list(self.planned.items()):
            if one.due_s > self.now:
                continue
            said = verdict(
                Standing(self.state, self.revision, self.from_s, True),
                revision=revision,
                minutes=one.rule.minutes,
                channel="mail",
                now_s=self.now,
            )
            if is_killed:
                continue  # the transaction is undone
            assert said != "early"
            del self.planned[key]
            if said == "send":
                self.sent.append((one.name, self.now, one.due_s, self.state))
            else:
                self.dropped.append(said)

    def moves(self, by: int) -> None:
        if self.state == "booked" and self.now < self.from_s:
            self.from_s = max(self.from_s + by, self.now + MINUTE)
            self.revision += 1
            self.plans()


STEPS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 2 * DAY)),
    st.tuples(st.just("back"), st.integers(1, 2 * HOUR)),
    st.tuples(st.just("look"), st.just(0)),
    st.tuples(st.just("kill"), st.just(0)),
    st.tuples(st.just("move"), st.integers(-2 * DAY, 2 * DAY)),
    st.tuples(st.just("cancel"), st.just(0)),
)


@given(st.lists(STEPS, max_size=40))
@settings(max_examples=100)
def test_each_at_most_once_never_after_the_fact(steps: list[tuple[str, int]]) -> None:
    life = Life()
    life.plans()
    cancelled_at: int | None = None
    for step, number in steps:
        if step == "wait":
            life.now += number
        elif step == "back":
            life.now -= number
        elif step == "move":
            life.moves(number)
        elif step == "cancel" and life.state == "booked":
            life.state, cancelled_at = "cancelled", len(life.sent)
        elif step in ("look", "kill"):
            life.looks(is_killed=step == "kill")
    assert all(count == 1 for count in Counter(name for name, *_ in life.sent).values())
    assert all(due <= at <= due + HOUR for _, at, due, _ in life.sent)
    assert all(state == "booked" for *_, state in life.sent)
    if cancelled_at is not None:
        assert len(life.sent) == cancelled_at
