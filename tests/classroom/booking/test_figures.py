"""Figures against sums made in the most stupid way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.booking.figures import (
    By,
    Figures,
    Offered,
    Paid,
    SpanName,
    Talk,
    day_sums,
    figures,
    span_of,
)

ZONE = "Asia/Shanghai"
NEW_YEAR_S = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
STATES = ["held", "missed", "cancelled", "booked", "live", "lapsed", "unconfirmed", "unpaid"]

seconds = st.integers(NEW_YEAR_S, NEW_YEAR_S + 90 * 86400)
names = st.sampled_from(["ada", "bob", "eve"])
offers = st.sampled_from(["talk", "plan", ""])
talks = st.builds(
    Talk,
    *(names, offers, st.sampled_from(STATES), seconds, st.sampled_from([20, 45, 60])),
    st.none() | st.integers(0, 90),
    st.none() | st.integers(1, 5),
)
payments = st.builds(
    Paid, names, offers, seconds, st.integers(-9000, 9000), st.sampled_from(["EUR", "JPY"])
)
days = st.builds(Offered, names, st.dates(date(2027, 1, 1), date(2027, 3, 31)), st.integers(0, 600))


def month(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, ZoneInfo(ZONE)).strftime("%Y-%m")


@given(
    *(st.lists(one, max_size=30) for one in (talks, payments, days)),
    st.sampled_from(["host", "offer", "month", "all"]),
)
@settings(max_examples=100)
def test_rows_are_the_sums_of_their_parts(
    talks: list[Talk], paid: list[Paid], offered: list[Offered], by: By
) -> None:
    rows = {row.key: row for row in figures(talks, paid, offered, by=by, zone=ZONE)}

    def key(one: Talk | Paid, at_s: int) -> str:
        return {"host": one.host, "offer": one.offer, "month": month(at_s), "all": "all"}[by]

    for name, row in rows.items():
        mine = [one for one in talks if key(one, one.from_s) == name]
        for state, counted in (
            *(("held", row.held), ("missed", row.missed)),
            ("cancelled", row.cancelled),
        ):
            assert counted == len([one for one in mine if one.state == state])
        assert row.coming == len([one for one in mine if one.state in ("booked", "live")])
        held = [one for one in mine if one.state == "held"]
        assert row.minutes == sum(
            one.minutes if one.held_min is None else one.held_min for one in held
        )
        for currency in ("EUR", "JPY"):
            assert row.money.get(currency, 0) == sum(
                one.amount
                for one in paid
                if one.currency == currency and key(one, one.at_s) == name
            )
    assert sum(row.held for row in rows.values()) == len([t for t in talks if t.state == "held"])
    if by != "offer":
        told = sum(row.offered_min or 0 for row in rows.values())
        assert told == sum(one.minutes for one in offered)


def test_a_group_takes_the_hosts_time_once() -> None:
    group = [
        Talk("ada", "plan", state, NEW_YEAR_S, 60, appointment="a")
        for state in ("held", "held", "missed", "cancelled")
    ]
    alone = Talk("ada", "plan", "booked", NEW_YEAR_S, 30, appointment="b")
    offered = [Offered("ada", date(2027, 1, 1), 360)]
    (row,) = figures([*group, alone], [], offered, by="all", zone=ZONE)
    assert (row.held, row.missed, row.cancelled, row.coming) == (2, 1, 1, 1)
    assert (row.booked_min, row.offered_min, row.occupancy) == (90, 360, 25)


def test_money_counts_on_the_day_of_the_organisation() -> None:
    evening = int(datetime(2027, 1, 31, 17, tzinfo=UTC).timestamp())
    paid = [Paid("ada", "plan", evening, 6000, "EUR"), Paid("ada", "plan", evening, -1000, "EUR")]
    (row,) = figures([], paid, [], by="month", zone=ZONE)
    assert (row.key, row.money) == ("2027-02", {"EUR": 5000})
    assert day_sums(paid, zone="UTC") == {(date(2027, 1, 31), "EUR"): 5000}


@pytest.mark.parametrize(("stars", "count", "mean"), [(0, 0, None), (14, 3, 4.7), (5, 1, 5.0)])
def test_the_mean_of_stars(stars: int, count: int, mean: float | None) -> None:
    assert Figures("all", stars=stars, ratings=count).mean_stars == mean


def test_nothing_at_all_is_a_row_of_nothing() -> None:
    (row,) = figures([], [], [], by="all", zone=ZONE)
    assert (row.held, row.occupancy, row.mean_stars, row.money) == (0, None, None, {})
    assert figures([], [], [], by="host", zone=ZONE) == []


@pytest.mark.parametrize(
    ("span", "today", "days"),
    [
        ("month", date(2027, 2, 14), (date(2027, 2, 1), date(2027, 2, 28))),
        ("month", date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
        ("month", date(2027, 12, 31), (date(2027, 12, 1), date(2027, 12, 31))),
        ("last_month", date(2027, 1, 31), (date(2026, 12, 1), date(2026, 12, 31))),
        ("last_month", date(2027, 3, 31), (date(2027, 2, 1), date(2027, 2, 28))),
        ("week", date(2027, 3, 3), (date(2027, 2, 25), date(2027, 3, 3))),
        ("quarter", date(2027, 3, 31), (date(2027, 1, 1), date(2027, 3, 31))),
        ("year", date(2027, 12, 31), (date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_spans_of_days(span: SpanName, today: date, days: tuple[date, date]) -> None:
    assert span_of(span, today) == days
