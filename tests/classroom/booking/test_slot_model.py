"""Free starts against a model that walks every five minutes and asks the walls of the world.

The model shares nothing with what it checks but the words for a host's hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from classroom.booking.diary import Away, Bounds, Diary, Hours, Special, Stay
from classroom.booking.slot import Lengths, Taken, free_starts, refusal

ZONES = sorted(name for name in available_timezones() if "/" in name)
LIVELY = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Nuuk",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "America/Asuncion",
)
CELL = 300
ORDER = ("booking.early", "booking.far", "booking.taken", "booking.full", "booking.cap")


@lru_cache(maxsize=500_000)
def shown(zone: str, at_s: int) -> datetime:
    """What a wall there shows, without saying where it is."""
    return datetime.fromtimestamp(at_s, ZoneInfo(zone)).replace(tzinfo=None)


def zone_then(diary: Diary, day: date) -> str:
    here = [one.zone for one in diary.stays if one.from_day <= day <= one.to_day]
    return here[0] if here else diary.zone


def pairs_then(diary: Diary, offer: Lengths, day: date) -> list[tuple[int, int]]:
    if any(one.from_day <= day <= one.to_day for one in diary.away):
        return []
    special = [one for one in diary.specials if one.day == day]
    if special:
        return list(special[0].hours)
    weekly = diary.hours if offer.hours is None else offer.hours
    return [(one.from_min, one.to_min) for one in weekly if one.weekday == day.weekday()]


class Model:
    """Every cell of some days, and what is so in it."""

    def __init__(self, diary: Diary, offer: Lengths, from_s: int, to_s: int) -> None:
        self.diary = diary
        first = datetime.fromtimestamp(from_s, UTC).date() - timedelta(days=4)
        cells = range(from_s - 2 * 86_400, to_s + 86_400, CELL)
        self.open: set[int] = set()
        self.starts: set[int] = set()
        away: set[int] = set()
        for number in range((to_s - from_s) // 86_400 + 9):
            day = first + timedelta(days=number)
            zone = zone_then(diary, day)
            midnight = datetime.combine(day, time())
            pairs = pairs_then(diary, offer, day)
            is_away = any(one.from_day <= day <= one.to_day for one in diary.away)
            mine = set()
            for at_s in cells:
                minute = (shown(zone, at_s) - midnight) // timedelta(minutes=1)
                if any(a <= minute < b for a, b in pairs):
                    mine.add(at_s)
                if is_away and shown(zone, at_s).date() == day:
                    away.add(at_s)
            self.open |= mine
            self.starts |= self._grid(mine)
        self.open -= away

    def _grid(self, mine: set[int]) -> set[int]:
        found, step, since = set(), self.diary.bounds.step_min * 60, 0
        for at_s in sorted(mine):
            if at_s - CELL not in mine:
                since = at_s
            if (at_s - since) % step == 0:
                found.add(at_s)
        return found

    def day(self, at_s: int) -> date:
        home = shown(self.diary.zone, at_s).date()
        for number in (-1, 0, 1):
            day = home + timedelta(days=number)
            if shown(zone_then(self.diary, day), at_s).date() == day:
                return day
        return home


def in_cells(from_s: int, to_s: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at_s < b for at_s in range(from_s, to_s, CELL) for a, b in spans)


def why_not(
    model: Model,
    offer: Lengths,
    busy: list[tuple[int, int]],
    taken: list[Taken],
    now_s: int,
    start_s: int,
) -> str:
    """The code a start is refused with; empty for a free one."""
    bounds, end_s = model.diary.bounds, start_s + offer.minutes * 60
    lesson = [one for one in taken if one.offer_id == "group" and one.start_s == start_s]
    group = lesson[-1] if lesson and offer.offer_id == "group" else None
    reasons: set[str] = set()
    if group is None:
        core = range(start_s, end_s, CELL)
        if start_s not in model.starts or any(at_s not in model.open for at_s in core):
            return "booking.closed"
        ways = busy + [(one.from_s, one.to_s) for one in taken]
        if in_cells(start_s - offer.before_min * 60, end_s + offer.after_min * 60, ways):
            reasons.add("booking.taken")
        today = [one for one in taken if one.day == model.day(start_s)]
        if bounds.daily_max and len(today) >= bounds.daily_max:
            reasons.add("booking.cap")
    elif group.left == 0:
        reasons.add("booking.full")
    if start_s - now_s < bounds.notice_min * 60:
        reasons.add("booking.early")
    if start_s - now_s > bounds.horizon_days * 86_400:
        reasons.add("booking.far")
    return next((code for code in ORDER if code in reasons), "")


minutes = st.integers(0, 287).map(lambda n: n * 5)


@st.composite
def pair(draw: st.DrawFn) -> tuple[int, int]:
    begin = draw(minutes)
    return begin, begin + draw(st.sampled_from((30, 60, 65, 180, 480, 1440)))


def changes_of(zone: str) -> list[int]:
    """Noon of the days around each change of a zone's clocks from 2024 until 2030."""
    days = [datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(2556)]
    offsets = [one.astimezone(ZoneInfo(zone)).utcoffset() for one in days]
    return [n for n in range(1, len(days)) if offsets[n] != offsets[n - 1]]


known_changes = lru_cache(maxsize=None)(changes_of)


@st.composite
def case(draw: st.DrawFn) -> tuple[Diary, Lengths, list[tuple[int, int]], list[Taken], int, int]:
    zone = draw(st.sampled_from(LIVELY) | st.sampled_from(ZONES))
    changes = known_changes(zone)
    any_day = st.integers(0, 2555)
    number = draw(st.sampled_from(changes) | any_day if changes else any_day)
    day = date(2024, 1, 1) + timedelta(days=number)
    from_s = (day - date(1970, 1, 1)).days * 86_400 - 43_200
    near = st.integers(-2, 2).map(lambda n: day + timedelta(days=n))
    hours = tuple(
        Hours(weekday, *one) for weekday in range(7) for one in draw(st.lists(pair(), max_size=2))
    )
    specials = tuple(
        Special(one, tuple(draw(st.lists(pair(), max_size=2))))
        for one in draw(st.lists(near, max_size=2, unique=True))
    )
    away = tuple(Away(one, one) for one in draw(st.lists(near, max_size=1)))
    if away:  # and a night before it that would go on into it
        hours = (*hours, *(Hours(weekday, 1200, 1200 + 600) for weekday in range(7)))
    stays = tuple(
        Stay(one, one + timedelta(days=1), draw(st.sampled_from(LIVELY)))
        for one in draw(st.lists(near, max_size=1))
    )
    bounds = Bounds(
        draw(st.sampled_from((0, 60, 1440))),
        draw(st.sampled_from((1, 2, 60))),
        draw(st.sampled_from((0, 0, 1))),
        draw(st.sampled_from((5, 15, 45, 60))),
    )
    diary = Diary(zone, hours, specials, away, stays, bounds)
    seats = draw(st.sampled_from((1, 8)))
    offer = Lengths(
        draw(st.sampled_from((15, 50, 120))),
        draw(st.sampled_from((0, 10))),
        draw(st.sampled_from((0, 25))),
        seats,
        "group" if seats > 1 else "talk",
        draw(st.sampled_from((None, None, (Hours(day.weekday(), 600, 700),)))),
    )
    begins = st.integers(0, 24 * 12 * 2).map(lambda n: from_s + n * CELL)
    busy = [(one, one + 1800) for one in draw(st.lists(begins, max_size=3))]
    model = Model(diary, offer, from_s, from_s + 1)
    taken = [
        Taken(one - 600, one + 3600, kind, one, draw(st.integers(0, 2)), model.day(one))
        for one, kind in draw(
            st.lists(
                st.tuples(begins, st.sampled_from(("group", "other"))),
                max_size=2,
                unique_by=lambda one: one[0],
            )
        )
    ]
    return (
        diary,
        offer,
        busy,
        taken,
        from_s,
        from_s - draw(st.sampled_from((-3600, 0, 7200, 90_000))),
    )


LEAP = (
    Diary("Asia/Kathmandu", (Hours(3, 1380, 1500),), bounds=Bounds(0, 60, 0, 15)),
    Lengths(15),
    [],
    [],
    int(datetime(2024, 2, 29, tzinfo=UTC).timestamp()),
    int(datetime(2024, 2, 28, tzinfo=UTC).timestamp()),
)


@given(case())
@example(LEAP)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_free_starts_are_those_of_the_model_and_the_others_are_refused_as_it_does(
    given_case: tuple[Diary, Lengths, list[tuple[int, int]], list[Taken], int, int],
) -> None:
    diary, offer, busy, taken, from_s, now_s = given_case
    to_s = from_s + 2 * 86_400
    model = Model(diary, offer, from_s, to_s)
    every = range(from_s, to_s, CELL)
    expected = {at_s: why_not(model, offer, busy, taken, now_s, at_s) for at_s in every}
    found = free_starts(diary, offer, busy=busy, taken=taken, now_s=now_s, from_s=from_s, to_s=to_s)
    assert [one.start_s for one in found] == [at_s for at_s in every if not expected[at_s]]
    for at_s in every[:: len(every) // 96]:
        why = refusal(diary, offer, busy=busy, taken=taken, start_s=at_s, now_s=now_s)
        assert ("" if why is None else why.code) == expected[at_s]
