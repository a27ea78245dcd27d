"""Invitations and times, read by another library than the one that wrote them."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from classroom.booking.invitation import Meeting, Method, Party, invitation, with_links
from classroom.booking.when import city, say_offset, say_start, say_when
from classroom.booking.zone_words import CHINESE, NOW_CALLED

AT = datetime(2027, 3, 26, 12, tzinfo=UTC)
PAGES = Path(__file__).resolve().parents[3] / "web" / "src" / "booking"


def at_s(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type, misc]


def meeting(**more: Any) -> Meeting:
    given: dict[str, Any] = {
        "uid": "a1@class.example",
        "sequence": 0,
        "from_s": at_s(2027, 3, 29, 7),
        "to_s": at_s(2027, 3, 29, 8),
        "summary": "学习规划, one; two\\three\nfour",
        "description": "Here: {{link:mine}}",
        "organizer": Party("Praxis", "desk@class.example"),
        "guest": Party('Min "the; one", Lee', "min@example.org"),
        "url": "{{link:mine}}",
        **more,
    }
    return Meeting(**given)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_it_is_read_as_it_was_meant(method: Method) -> None:
    text = invitation(meeting(sequence=3), method, at=AT)
    assert text.count("\n") == text.count("\r\n")
    assert "TZID" not in text
    assert "VTIMEZONE" not in text
    read = vobject.readOne(text)
    event = read.vevent
    assert read.method.value == method
    assert event.uid.value == "a1@class.example"
    assert event.sequence.value == "3"
    assert event.dtstart.value == datetime(2027, 3, 29, 7, tzinfo=UTC)
    assert event.dtend.value == datetime(2027, 3, 29, 8, tzinfo=UTC)
    assert event.summary.value == "学习规划, one; two\\three\nfour"
    assert event.status.value == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    assert event.organizer.value == "mailto:desk@class.example"
    assert event.attendee.value == "mailto:min@example.org"


@pytest.mark.parametrize("length", [0, 1, 40, 74, 75, 76, 200, 900])
def test_links_are_filled_in_wherever_the_lines_were_cut(length: int) -> None:
    address = "https://class.example/k/k.abcdef." + "f" * 64
    long = meeting(description="界x" * (length // 2) + "{{link:mine}} end")
    text = with_links(invitation(long, "REQUEST", at=AT), {"mine": address})
    event = vobject.readOne(text).vevent
    assert event.url.value == address
    assert event.description.value == "界x" * (length // 2) + f"{address} end"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize(
    ("zone", "locale", "other", "said"),
    [
        (
            "America/New_York",
            "en",
            "Europe/Berlin",
            "Monday, 29 March 2027, 03:00–04:00 (New York, UTC-4); in Berlin 09:00–10:00",
        ),
        ("Europe/Berlin", "en-GB", "", "Monday, 29 March 2027, 09:00–10:00 (Berlin, UTC+2)"),
        (
            "Europe/Berlin",
            "de",
            "Africa/Johannesburg",  # the same hour there
            "Monday, 29 March 2027, 09:00–10:00 (Berlin, UTC+2)",
        ),
        (
            "Asia/Kathmandu",
            "zh-CN",
            "Pacific/Honolulu",
            "2027年3月29日 星期一 12:45–13:45（加德满都，UTC+5:45）；"
            "檀香山 为 2027年3月28日 星期日 21:00–22:00",
        ),
        ("UTC", "en", "UTC", "Monday, 29 March 2027, 07:00–08:00 (UTC, UTC)"),
    ],
)
def test_times_as_people_read_them(zone: str, locale: str, other: str, said: str) -> None:
    told = say_when(at_s(2027, 3, 29, 7), at_s(2027, 3, 29, 8), zone, locale, other=other)
    assert told == said


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    first, second = at_s(2027, 10, 31, 0, 15), at_s(2027, 10, 31, 1, 15)
    told = [say_when(one, one + 1800, "Europe/Berlin", "en") for one in (first, second)]
    assert told == [
        "Sunday, 31 October 2027, 02:15–02:45 (Berlin, UTC+2)",
        "Sunday, 31 October 2027, 02:15–02:45 (Berlin, UTC+1)",
    ]


def test_a_clock_that_changes_meanwhile_is_said() -> None:
    from_s = at_s(2027, 10, 31, 0, 45)
    assert say_when(from_s, from_s + 2700, "Europe/Berlin", "en") == (
        "Sunday, 31 October 2027, 02:45–02:30 (Berlin, UTC+2, then UTC+1)"
    )


def test_small_words_of_time() -> None:
    assert city("America/Argentina/Buenos_Aires", "en") == "Buenos Aires"
    assert city("America/New_York", "zh-CN") == "纽约"
    assert city("Asia/Calcutta", "zh") == "加尔各答"  # as browsers call it
    assert city("Antarctica/Troll", "zh-CN") == "Troll"  # nobody told us its name
    assert say_offset("Europe/London", at_s(2027, 1, 1)) == "UTC"
    assert say_offset("America/St_Johns", at_s(2027, 1, 1)) == "UTC-3:30"
    leap = at_s(2028, 2, 29, 23)
    said = "Wednesday, 1 March 2028, 08:00 (Tokyo, UTC+9)"
    assert say_start(leap, "Asia/Tokyo", "en") == said
    assert say_start(leap, "Asia/Tokyo", "zh-CN") == "2028年3月1日 星期三 08:00（东京，UTC+9）"


def test_the_library_comes_with_the_first_invitation() -> None:
    """Starting the product does not load what writes calendars."""
    program = "import sys, classroom.app; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "False"


def test_pages_and_letters_call_places_the_same() -> None:
    words = (PAGES / "zone_words.ts").read_text().partition("const parts")[0]
    told = "".join(re.findall(r'"([^"]*)"', words)).split()
    assert dict(zip(told[::2], told[1::2], strict=True)) == CHINESE
    before = (PAGES / "zones.ts").read_text().partition("NOW_CALLED")[2]
    assert dict(re.findall(r'  (\w+): "(\w+)",', before.partition("};")[0])) == NOW_CALLED
