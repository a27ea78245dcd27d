"""Spans of speaking and of bad connections, in virtual time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.ids import ParticipantId
from classroom.live.attendance import PAUSE_MS, Attendance
from classroom.live.books import Books, Endpoint
from classroom.room.record import Span
from classroom.wire.notices import NetworkReport, PersonNetwork
from classroom.wire.values import Quality
from media.ids import EndpointId, ProducerId, TransportId

PEOPLE = ("ann", "mei")


def books() -> Books:
    """Two people with a microphone each: `mic-ann` and `mic-mei`."""
    made = Books()
    for who in PEOPLE:
        receive = TransportId(f"{who}-r")
        endpoint = Endpoint(
            EndpointId(who), ParticipantId(who), {}, TransportId(f"{who}-s"), receive
        )
        made.enter(endpoint)
        made.publish(endpoint, ProducerId(f"mic-{who}"), "microphone")
    return made


@pytest.fixture
def attendance() -> Attendance:
    return Attendance(books())


def hears(attendance: Attendance, ms: int, *who: str) -> None:
    attendance.hear([ProducerId(f"mic-{one}") for one in who], now_ms=ms)


def judges(attendance: Attendance, ms: int, **qualities: Quality) -> None:
    people = [
        PersonNetwork(who, quality, *[None] * 6, [], "calm", "calm", [])
        for who, quality in qualities.items()
    ]
    attendance.judge(NetworkReport(people), now_ms=ms)


def test_who_speaks_is_a_span_from_beginning_to_end(attendance: Attendance) -> None:
    hears(attendance, 1000, "ann")
    hears(attendance, 3000, "ann", "mei")
    hears(attendance, 5000, "mei")
    hears(attendance, 9000)
    assert attendance.take(PEOPLE, now_ms=9000 + PAUSE_MS) == [
        Span("ann", "spoke", 1000, 5000),
        Span("mei", "spoke", 3000, 9000),
    ]
    assert attendance.take(PEOPLE, now_ms=20_000) == []


def test_a_breath_belongs_to_what_is_said(attendance: Attendance) -> None:
    hears(attendance, 0, "ann")
    hears(attendance, 4000)
    hears(attendance, 4000 + PAUSE_MS - 1, "ann")
    hears(attendance, 8000)
    hears(attendance, 8000 + PAUSE_MS, "ann")
    hears(attendance, 12_000)
    assert attendance.take_all(now_ms=30_000) == [
        Span("ann", "spoke", 0, 8000),
        Span("ann", "spoke", 10_000, 12_000),
    ]


def test_a_long_speech_is_told_in_pieces_that_touch(attendance: Attendance) -> None:
    hears(attendance, 0, "ann")
    assert attendance.take(PEOPLE, now_ms=10_000) == [Span("ann", "spoke", 0, 10_000)]
    hears(attendance, 15_000)
    assert attendance.take(PEOPLE, now_ms=16_000) == [Span("ann", "spoke", 10_000, 15_000)]
    assert attendance.take(PEOPLE, now_ms=30_000) == []


def test_who_left_while_speaking_speaks_no_more(attendance: Attendance) -> None:
    hears(attendance, 0, "ann")
    assert attendance.take(["mei"], now_ms=4000) == [Span("ann", "spoke", 0, 4000)]
    assert attendance.take(PEOPLE, now_ms=9000) == []


def test_a_producer_nobody_knows_is_nobody(attendance: Attendance) -> None:
    attendance.hear(["mic-nobody"], now_ms=0)
    assert attendance.take_all(now_ms=5000) == []


def test_a_bad_connection_is_a_span_until_it_is_another(attendance: Attendance) -> None:
    judges(attendance, 0, ann="good", mei="weak")
    judges(attendance, 10_000, ann="unknown", mei="weak")
    judges(attendance, 20_000, ann="weak", mei="poor")
    judges(attendance, 30_000, ann="good")
    assert attendance.take(PEOPLE, now_ms=30_000) == [
        Span("mei", "weak", 0, 20_000),
        Span("ann", "weak", 20_000, 30_000),
        Span("mei", "poor", 20_000, 30_000),
    ]


def test_one_that_stays_bad_is_told_each_minute_and_at_the_end(attendance: Attendance) -> None:
    for second in range(0, 100, 10):
        judges(attendance, second * 1000, mei="poor")
    assert attendance.take(PEOPLE, now_ms=95_000) == [Span("mei", "poor", 0, 60_000)]
    assert attendance.take_all(now_ms=95_000) == [Span("mei", "poor", 60_000, 95_000)]


steps = st.lists(
    st.tuples(
        st.integers(1, 4000),
        st.sampled_from(["hear", "take"]),
        st.sets(st.sampled_from(PEOPLE)),
    ),
    max_size=30,
)


@given(steps)
@settings(max_examples=80)
def test_spans_of_a_person_never_overlap_and_lie_within_the_lesson(
    script: list[tuple[int, str, set[str]]],
) -> None:
    attendance, now_ms = Attendance(books()), 0
    spans: list[Span] = []
    for pause, what, who in script:
        now_ms += pause
        if what == "hear":
            hears(attendance, now_ms, *sorted(who))
        else:
            spans += attendance.take(who, now_ms=now_ms)
    spans += attendance.take_all(now_ms=now_ms)
    for one in PEOPLE:
        own = [span for span in spans if span.participant_id == one]
        assert all(0 < span.from_ms < span.to_ms <= now_ms for span in own)
        assert all(before.to_ms <= after.from_ms for before, after in pairwise(own))
