"""The numbers of a report are those of the lesson that its lines tell."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.lesson.csv import csv_of
from classroom.lesson.report import PersonReport, Report, make_report
from classroom.lesson.times import Time, joined, total_ms, within
from classroom.room.record import Span
from tests.classroom.lesson.log import BEGAN, MINUTE, LessonLog


def minutes(*pairs: tuple[float, float]) -> tuple[Time, ...]:
    return tuple(Time(round(a * MINUTE), round(b * MINUTE)) for a, b in pairs)


def span(who: str, kind: str, a: float, b: float) -> Span:
    return Span(who, kind, round(a * MINUTE), round(b * MINUTE))  # type: ignore[arg-type]


def person(report: Report, who: str) -> PersonReport:
    return next(one for one in report.people if one.participant_id == who)


def test_who_was_there_and_when() -> None:
    log = LessonLog()
    log.join(0, "ann", "host")
    log.join(1, "mei")
    log.join(2.5, "tom")
    log.leave(10, "mei")
    log.join(12, "mei")
    log.join(13, "ivo", "observer")
    log.leave(40, "tom", "removed")
    log.end(50)
    report = make_report(log.lines, [], length_ms=50 * MINUTE)
    assert [one.participant_id for one in report.people] == ["ann", "mei", "tom", "ivo"]
    assert person(report, "mei").stays == minutes((1, 10), (12, 50))
    assert person(report, "mei").present_ms == 47 * MINUTE
    assert person(report, "tom").stays == minutes((2.5, 40))
    assert [one.late_ms for one in report.people] == [0, 0, 2.5 * MINUTE, 0]
    assert not any(one.is_inside for one in report.people)


def test_while_it_goes_on_whoever_is_inside_has_been_there_until_now() -> None:
    log = LessonLog()
    log.join(0, "ann", "host")
    log.join(1, "mei")
    log.change(4, "mei", connection="away")
    report = make_report(log.lines, [], length_ms=5 * MINUTE, is_live=True)
    mei = person(report, "mei")
    assert (mei.is_inside, mei.stays, mei.trouble) == (True, minutes((1, 5)), minutes((4, 5)))


def test_a_lost_connection_is_trouble_and_a_lost_seat_ends_the_stay_where_it_was_lost() -> None:
    log = LessonLog()
    for who in ("mei", "tom"):
        log.join(0, who)
        log.change(10, who, connection="away")
    log.change(11, "mei", connection="here")
    log.leave(11, "tom", "lost")
    log.end(20)
    spans = [span("mei", "weak", 10.5, 12), span("mei", "poor", 15, 16), span("tom", "poor", 9, 30)]
    report = make_report(log.lines, spans, length_ms=20 * MINUTE)
    assert person(report, "mei").stays == minutes((0, 20))
    assert person(report, "mei").trouble == minutes((10, 12), (15, 16))
    assert person(report, "tom").stays == minutes((0, 10))
    assert person(report, "tom").trouble == minutes((9, 10))


def test_who_spoke() -> None:
    log = LessonLog()
    log.join(0, "ann", "host")
    log.join(0, "bea", "assistant")
    log.join(1, "mei")
    log.end(10)
    spans = [
        span("ann", "spoke", 0, 2),
        span("bea", "spoke", 2, 3),
        span("mei", "spoke", 0.5, 2),
        span("gone", "spoke", 0, 10),
    ]
    report = make_report(log.lines, spans, length_ms=10 * MINUTE)
    assert [one.spoke_ms for one in report.people] == [2 * MINUTE, MINUTE, MINUTE]
    assert person(report, "mei").spoke == minutes((1, 2)), "not before she came"
    assert report.teacher_share == 0.75
    assert make_report(log.lines, [], length_ms=0).teacher_share is None


def test_hands_the_stage_and_messages_are_counted() -> None:
    log = LessonLog()
    log.join(0, "mei")
    for minute in (1, 2, 3):
        log.hand(minute, "mei")
    grant = {"microphone": True, "camera": True, "share": False, "pen": False}
    log.change(4, "mei", on_stage=grant)
    log.change(5, "mei", media={"microphone": "live"})
    log.change(6, "mei", on_stage=None)
    log.change(7, "mei", on_stage=grant, name="Mei Li", role="assistant")
    log.say(8, "mei")
    log.say(9, "mei")
    log.say(9, "mei", private=True)
    for private in (False, False, True):
        log.add(9, "file_added", {"file_id": "f1", "participant_id": "mei"}, private=private)
    for count in (1, 2, 1):
        log.add(9, "stars_changed", {"stars": {"participant_id": "mei", "count": count}})
    mei = person(make_report(log.lines, [], length_ms=10 * MINUTE), "mei")
    assert mei.stars == 1
    assert (mei.hands, mei.on_stage, mei.messages, mei.files) == (3, 2, 2, 2)
    assert (mei.name, mei.role) == ("Mei Li", "assistant")


def test_answers_and_points() -> None:
    log = LessonLog()
    for who in ("mei", "tom", "kim"):
        log.join(0, who)
    asked = ["mei", "tom", "kim"]
    log.close_poll(1, {"mei": True}, asked=asked)
    log.close_poll(2, {"mei": True, "tom": False}, asked=asked)
    log.close_poll(3, {"mei": None, "tom": None}, asked=asked, poll_id="q2", points=0)
    log.close_poll(4, {"mei": True}, asked=asked, poll_id="q3")
    log.add(5, "poll_discarded", {"poll_id": "q3"})
    report = make_report(log.lines, [], length_ms=10 * MINUTE)
    assert [(q.poll_id, q.asked, q.answered, q.right) for q in report.questions] == [
        ("q1", 3, 2, 1),
        ("q2", 3, 2, None),
    ]
    scores = [(one.answers, one.right, one.points) for one in report.people]
    assert scores == [(2, 1, 2), (2, 0, 0), (0, 0, 0)]


def test_an_anonymous_answer_is_nobodys() -> None:
    log = LessonLog()
    log.join(0, "mei")
    people = [{"participant_id": "mei", "name": "Mei", "has_answered": True}]
    log.close_poll(1, {"": True}, asked=[], people=people)
    report = make_report(log.lines, [], length_ms=2 * MINUTE)
    assert (report.questions[0].is_anonymous, report.questions[0].right) == (True, 1)
    assert [(one.answers, one.right, one.points) for one in report.people] == [(1, 0, 0)]


def test_lines_of_somebody_nobody_knows_say_nothing() -> None:
    log = LessonLog()
    log.hand(1, "nobody")
    log.say(1, "nobody")
    log.leave(1, "nobody")
    log.add(2, "board_changed", {"board": {}})
    assert make_report(log.lines, [], length_ms=MINUTE).people == ()


def test_the_table_can_be_opened_without_harm() -> None:
    log = LessonLog()
    log.join(0, "ann", "host", name='Ann "A", Okafor')
    log.join(3, "mei", name="=cmd()")
    log.hand(4, "mei")
    log.leave(63.5, "mei")
    report = make_report(
        log.lines, [span("mei", "spoke", 5, 6.5)], length_ms=90 * MINUTE, is_live=True
    )
    table = csv_of(report, BEGAN, "en")
    assert table.startswith(b"\xef\xbb\xbf")
    head, ann, mei = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert (head[0], ann[0], ann[3]) == ("Name", 'Ann "A", Okafor', "")
    assert mei[:8] == [
        *("'=cmd()", "Student", "2026-03-10 10:03:00", "2026-03-10 11:03:30"),
        *("1:00:30", "0:03:00", "0:01:30", "1"),
    ]
    chinese = csv_of(report, BEGAN, "zh-CN").decode("utf-8-sig")
    assert "姓名,身份" in chinese
    assert "老师" in chinese


times = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda two: Time(min(two), max(two))),
    max_size=8,
)


@given(times)
@settings(max_examples=80)
def test_joined_times_hold_the_same_moments_once(some: list[Time]) -> None:
    whole = joined(some)
    assert {ms for time in some for ms in range(time.from_ms, time.to_ms)} == {
        ms for time in whole for ms in range(time.from_ms, time.to_ms)
    }
    assert all(one.to_ms < other.from_ms for one, other in pairwise(whole))


@given(times, times)
@settings(max_examples=80)
def test_speaking_never_overlaps_and_lies_within_the_stay(
    spoken: list[Time], stays: list[Time]
) -> None:
    log = LessonLog()
    log.join(0, "ann", "host")
    for stay in joined(stays):
        log.join(stay.from_ms / MINUTE, "mei")
        log.leave(stay.to_ms / MINUTE, "mei")
    spans = [Span("mei", "spoke", time.from_ms, time.to_ms) for time in spoken]
    report = make_report(log.lines, spans, length_ms=100)
    for mei in (one for one in report.people if one.participant_id == "mei"):
        assert mei.spoke == within(spoken, stays)
        assert mei.spoke_ms == total_ms(mei.spoke) <= mei.present_ms <= 100
        assert joined(mei.spoke) == mei.spoke
