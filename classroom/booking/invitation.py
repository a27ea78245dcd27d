"""An appointment as calendars understand it: iCalendar, RFC 5545 and 5546. A core.

Times are in UTC, with Z and without a VTIMEZONE: every calendar shows them in its own zone, and
some read the rules of zones wrongly. The same UID with a larger SEQUENCE moves an event that is
there already, METHOD:CANCEL takes it away. Calendars such as Outlook want lines to end with CRLF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # the library is loaded with the first calendar that is written
    from icalendar import Event, vCalAddress

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
PRODID = "-//Classroom//Appointments//EN"
FOLD_BYTES = 75


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks, or who is asked."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One appointment; times in seconds since 1970. `uid` stays the same when it moves and
    `sequence` grows. `url` may be a placeholder of a letter. No `guest` where it is nobody's."""

    uid: str
    sequence: int
    from_s: int
    to_s: int
    summary: str
    description: str
    organizer: Party
    guest: Party | None = None
    url: str = ""
    place: str = ""


def invitation(meeting: Meeting, method: Method, *, at: datetime) -> str:
    """The calendar with this one event, as text with CRLF. `PUBLISH` is for files somebody opens;
    it names nobody as asked."""
    return _calendar([event_of(meeting, is_cancelled=method == "CANCEL", at=at)], method)


def publication(meetings: Sequence[Meeting], *, at: datetime) -> str:
    """Several events in one calendar, to be put into one's own, and moved or taken away one by one
    later, by their UIDs. It names nobody as asked: a calendar that asks is of one UID alone, and
    one that does not has no guests (RFC 5546, 3.2.1 and 3.2.2)."""
    plain = [replace(one, guest=None) for one in meetings]
    return _calendar([event_of(one, is_cancelled=False, at=at) for one in plain], "PUBLISH")


def event_of(meeting: Meeting, *, is_cancelled: bool, at: datetime) -> Event:
    """The event alone, for whoever puts several in one calendar."""
    from icalendar import Event, vUri

    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", datetime.fromtimestamp(meeting.from_s, UTC))
    event.add("dtend", datetime.fromtimestamp(meeting.to_s, UTC))
    event.add("summary", meeting.summary)
    event.add("description", meeting.description)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.url:
        event["url"] = vUri(meeting.url)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event["organizer"] = _address(meeting.organizer)
    if meeting.guest is not None:
        guest = _address(meeting.guest)
        guest.params["role"] = "REQ-PARTICIPANT"
        guest.params["partstat"] = "ACCEPTED"  # they booked it themselves
        guest.params["rsvp"] = "FALSE"
        event.add("attendee", guest)
    return event


def with_links(calendar: str, links: Mapping[str, str]) -> str:
    """The calendar with addresses where `{{link:name}}` stands, folded anew: a placeholder may lie
    over the end of a line."""
    whole = calendar.replace("\r\n ", "")
    for name, address in links.items():
        whole = whole.replace(f"{{{{link:{name}}}}}", address)
    return "\r\n".join(folded(line) for line in whole.split("\r\n"))


def _calendar(events: Sequence[Event], method: Method) -> str:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    lines = [_line(name, value) for name, value in calendar.property_items(sorted=False)]
    return "\r\n".join([*map(folded, lines), ""])


def _line(name: str, value: Any) -> str:
    """As the library writes it, in half the time: every booking waits for its letters."""
    if isinstance(value, bytes):  # where a component begins or ends
        return f"{name}:{value.decode()}"
    params = value.params.to_ical().decode() if value.params else ""
    return f"{name}{';' if params else ''}{params}:{value.to_ical().decode()}"


def _address(party: Party) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{party.email}")
    address.params["cn"] = party.name
    return address


def folded(line: str) -> str:
    """A line as calendars want it: in pieces of at most 75 bytes, never within a sign."""
    if len(line) <= FOLD_BYTES and line.isascii():
        return line
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > FOLD_BYTES:
            pieces.append(piece)
            piece, size = "", 1  # the space that begins what goes on
        piece += sign
        size += width
    return "\r\n ".join([*pieces, piece])
