"""A host's appointments as a calendar that others subscribe to. A core.

Times are in UTC, as in invitations, and an appointment has the same UID as there. It says no more
than its `titles` allow: whoever has the address reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal, get_args

from classroom.booking.invitation import PRODID, folded
from classroom.booking.when import is_chinese

Titles = Literal["plain", "offer", "client"]
"""That there is something; what; with whom."""
TITLES: tuple[Titles, ...] = get_args(Titles)
FRESH_FOR = "PT15M"
NAMES_MAX = 5
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_WORDS = {True: ("预约", "，", "等"), False: ("Appointment", ", ", "and others")}


@dataclass(frozen=True, slots=True)
class Shown:
    """An appointment. `what` is its offer or its own title; `names` are of who comes."""

    uid: str
    from_s: int
    to_s: int
    what: str
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The calendar, and a mark that changes when it does."""

    text: str
    etag: str


def read_titles(word: str) -> Titles | None:
    """One of the choices, or None."""
    return next((one for one in TITLES if one == word), None)


def write_feed(
    shown: Sequence[Shown], titles: Titles, *, name: str, locale: str, at: datetime
) -> Written:
    """The calendar of these appointments; `name` is how it calls itself."""
    body: list[str] = []
    for one in shown:
        body += _event(one, _title(one, titles, locale))
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{FRESH_FOR}",
        f"X-PUBLISHED-TTL:{FRESH_FOR}",
    ]
    mark = sha256("\n".join(head + body).encode()).hexdigest()[:32]
    stamp = f"DTSTAMP:{_utc(int(at.timestamp()))}"
    lines = [stamp if line == "DTSTAMP" else line for line in [*head, *body, "END:VCALENDAR"]]
    return Written("".join(f"{folded(line)}\r\n" for line in lines), f'"{mark}"')


def _event(one: Shown, title: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        "DTSTAMP",
        f"DTSTART:{_utc(one.from_s)}",
        f"DTEND:{_utc(one.to_s)}",
        f"SUMMARY:{_text(title)}",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _title(one: Shown, titles: Titles, locale: str) -> str:
    plain, between, more = _WORDS[is_chinese(locale)]
    if titles == "plain":
        return plain
    what = one.what or plain
    if titles == "offer" or not one.names:
        return what
    names = list(one.names[:NAMES_MAX])
    if len(one.names) > NAMES_MAX:
        names.append(more)
    return between.join([what, *names])


def _text(said: str) -> str:
    """As RFC 5545 writes text; other control signs are none of a title's."""
    plain = "".join(sign for sign in said if sign.isprintable() or sign == "\n")
    return plain.translate(_ESCAPED)


def _utc(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y%m%dT%H%M%SZ")
