"""Shapes of series and timetables in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field
from quart import Response, jsonify

from classroom.booking.series import COUNT_MAX, Every, starts_of
from classroom.booking.zone import iso_s
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.http.book_told import read_at
from classroom.http.desk_asked import ForClient
from classroom.store.series import Judged


class Rhythm(Body):
    """The first, how often, and how many or up to which day of the host. `skip` leaves out what
    does not fit; `dry` makes nothing."""

    first: str = Field(max_length=40)
    every: Every
    count: int = Field(default=0, ge=0, le=COUNT_MAX)
    until: str = Field(default="", max_length=10)
    skip: bool = False
    dry: bool = False
    anyway: bool = False

    def starts(self, zone: str) -> list[int]:
        """By the wall of the host's zone; Refused `body.malformed`."""
        try:
            until = date.fromisoformat(self.until) if self.until else None
        except ValueError as error:
            raise Refused("body.malformed", {"field": "until"}) from error
        first_s = read_at(self.first, "first")
        if first_s % 300:
            raise Refused("body.malformed", {"field": "first"})
        return starts_of(zone, first_s, self.every, count=self.count, until=until)

    def rule(self) -> dict[str, object]:
        """As it is kept."""
        return {"first": self.first, "every": self.every, "count": self.count, "until": self.until}


class SeriesBody(Rhythm, ForClient):
    """Bookings of an offer for one client."""

    host_id: str = Field(max_length=64)
    offer_id: str = Field(max_length=64)
    tell: bool = True


class TimetableBody(Rhythm):
    """Lessons of a room with one host."""

    host_id: str = Field(max_length=64)
    minutes: int = Field(ge=5, le=480, multiple_of=5)


@dataclass(frozen=True, slots=True)
class MadeTold:
    """One that is; `booking_id` is null for a lesson of a room, and while nothing is made."""

    at: str
    booking_id: str | None


@dataclass(frozen=True, slots=True)
class RefusedTold:
    """One that cannot be, and why."""

    at: str
    code: str


@dataclass(frozen=True, slots=True)
class SeriesTold:
    """What was made; `id` is empty while nothing is."""

    id: str
    made: list[MadeTold]
    refused: list[RefusedTold]


@dataclass(frozen=True, slots=True)
class CancelledTold:
    """How many were cancelled."""

    cancelled: int


@dataclass(frozen=True, slots=True)
class LessonTold:
    """A lesson of a room that is to come."""

    id: str
    from_: Annotated[str, Field(serialization_alias="from")]
    to: str
    series: str


def lesson_sent(id_: str, from_s: int, to_s: int, series_id: str) -> dict[str, str]:
    """A `LessonTold` as it is sent: `from` is no name of a field here."""
    return {"id": id_, "from": iso_s(from_s), "to": iso_s(to_s), "series": series_id}


def series_told(
    judged: list[Judged], series_id: str = "", ids: list[str] | None = None
) -> SeriesTold:
    """With the ids of what was made, in their order."""
    fitting = [one for one in judged if not one.code]
    booked: list[str | None] = list(ids) if ids else [None] * len(fitting)
    return SeriesTold(
        id=series_id,
        made=[
            MadeTold(iso_s(one.start_s), booking)
            for one, booking in zip(fitting, booked, strict=True)
        ],
        refused=[RefusedTold(iso_s(one.start_s), one.code) for one in judged if one.code],
    )


def must_fit(judged: list[Judged], *, skip: bool) -> None:
    """Refused `booking.series` when some do not fit and may not be left out, or all do not."""
    wrong = [one for one in judged if one.code]
    if wrong and (not skip or len(wrong) == len(judged)):
        raise Refused("booking.series", {"at": " ".join(iso_s(one.start_s) for one in wrong[:6])})


def answered(told: SeriesTold) -> Response:
    """201 with what was made, or would be."""
    response = jsonify(told)
    response.status_code = 201
    return response
