"""A host's own calendar: read by another library, and saying no more than it may."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta

import pytest

from classroom.booking.feed import read_feed
from classroom.booking.feed_out import Shown, Titles, write_feed
from classroom.booking.feed_window import Reading
from classroom.booking.span import Span

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

AT = datetime(2027, 3, 20, 12, tzinfo=UTC)
START = 1_806_303_600  # 2027-03-29T07:00Z
TALK = Shown("a@x.example", START, START + 3600, "Lesson, first; with \\ signs", ("Mei Lín", "Bo"))
GROUP = Shown("b@x.example", START + 7200, START + 9000, "瑜伽" * 40, tuple("ABCDEFG"))
BLOCK = Shown("c@x.example", START + 9000, START + 9900, "")


def written(titles: Titles, locale: str = "en", at: datetime = AT) -> str:
    shown = (TALK, GROUP, BLOCK)
    return write_feed(shown, titles, name="Ada, Practice", locale=locale, at=at).text


def titles_of(text: str) -> list[str]:
    return [str(one.summary.value) for one in vobject.readOne(text).vevent_list]


@pytest.mark.parametrize(
    ("titles", "locale", "expected"),
    [
        ("plain", "en", ["Appointment"] * 3),
        ("plain", "zh-CN", ["预约"] * 3),
        ("offer", "en", [TALK.what, GROUP.what, "Appointment"]),
        (
            "client",
            "en",
            [
                f"{TALK.what}, Mei Lín, Bo",
                f"{GROUP.what}, A, B, C, D, E, and others",
                "Appointment",
            ],
        ),
        (
            "client",
            "zh-CN",
            [f"{TALK.what}，Mei Lín，Bo", f"{GROUP.what}，A，B，C，D，E，等", "预约"],
        ),
    ],
)
def test_it_says_what_it_may(titles: Titles, locale: str, expected: list[str]) -> None:
    text = written(titles, locale)
    assert titles_of(text) == expected
    if titles == "plain":
        assert "Mei" not in text
        assert "Lesson" not in text


def test_another_library_reads_the_same_times() -> None:
    text = written("offer")
    calendar = vobject.readOne(text)
    first = calendar.vevent_list[0]
    assert first.dtstart.value == datetime(2027, 3, 29, 7, tzinfo=UTC)
    assert first.dtend.value - first.dtstart.value == timedelta(hours=1)
    assert first.uid.value == "a@x.example"
    assert calendar.x_published_ttl.value == "PT15M"
    assert calendar.x_wr_calname.value == "Ada, Practice"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_our_own_reader_takes_the_same_time() -> None:
    reading = Reading("UTC", START - 86_400, START + 86_400)
    spans = read_feed(written("plain").encode(), reading).spans
    assert spans == (Span(START, START + 3600), Span(START + 7200, START + 9900))
    ours = Reading("UTC", START - 86_400, START + 86_400, own="@x.example")
    assert read_feed(written("plain").encode(), ours).spans == ()


def test_its_mark_changes_only_with_what_it_says() -> None:
    later = write_feed((TALK,), "plain", name="Ada", locale="en", at=AT + timedelta(hours=1))
    first = write_feed((TALK,), "plain", name="Ada", locale="en", at=AT)
    assert later.etag == first.etag
    assert later.text != first.text
    moved = Shown(TALK.uid, START + 300, START + 3900, TALK.what)
    assert write_feed((moved,), "plain", name="Ada", locale="en", at=AT).etag != first.etag


def test_a_title_cannot_bring_lines_of_its_own() -> None:
    evil = Shown("a@x", START, START + 3600, "x\r\nEND:VEVENT\r\nATTENDEE:mailto:a@x\x00")
    text = write_feed((evil,), "offer", name="a\nb", locale="en", at=AT).text
    assert text.count("END:VEVENT") == 2
    assert "\r\nATTENDEE" not in text
    assert len(vobject.readOne(text).vevent_list) == 1
