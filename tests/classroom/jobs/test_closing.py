"""Appointments begun, held or missed by themselves, and those that people are asked about."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from classroom.ids import RoomId, new_id
from classroom.jobs import closing
from classroom.jobs.closing import Closing
from classroom.people.enrolment import participant_of
from classroom.store.booking_tables import Booking, BookingLine
from classroom.store.bookings import Bookings
from classroom.store.closing_look import Begun
from classroom.store.database import close_database
from classroom.store.desk_look import look_at
from classroom.store.lesson_tables import Lesson, LessonLine
from classroom.store.visits import end_visits, find_visit
from tests.classroom.lesson.log import LessonLog
from tests.support.migrated import open_migrated
from tests.support.visited import AT, MINUTES, Person, PracticeRows

END = AT + timedelta(minutes=MINUTES)


class Clock:
    """The time the closing goes by."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = AT
        monkeypatch.setattr(closing, "utc_now", lambda: self.at)


@pytest.fixture
async def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clock]:
    await open_migrated(f"sqlite://{tmp_path / 'closing.db'}")
    yield Clock(monkeypatch)
    await close_database()


class Talk:
    """A client with an appointment at `AT`, and what is in its room."""

    def __init__(self, practice: PracticeRows, who: Person) -> None:
        self.practice, self.who = practice, who
        self.closing = Closing(Bookings((end_visits,)))
        self.visit_id = ""
        self.client = ""
        self.room_id = ""

    async def lets_in(self) -> None:
        room, row = await self.practice.seats(self.who)
        visit = await self.practice.admits(await self.practice.comes(self.who), row)
        self.visit_id, self.room_id = visit.id, room.id
        self.client = participant_of(RoomId(room.id), row.id)

    async def keeps(self, log: LessonLog, *, ended: datetime | None) -> None:
        """The lesson as it is kept."""
        saved = AT + timedelta(milliseconds=log.lines[-1].clock_ms)
        lesson = await Lesson.create(
            id=new_id(),
            room_id=self.room_id,
            title="",
            started_at=AT,
            saved_at=ended or saved,
            ended_at=ended,
            state="",
        )
        for line in log.lines:
            await LessonLine.create(
                lesson_id=lesson.id,
                line=line.line,
                clock_ms=line.clock_ms,
                at=line.at,
                kind=line.kind,
                is_private=line.is_private,
                body=json.dumps(line.body),
            )

    async def state(self) -> str:
        await self.closing.look()
        return (await Booking.get(id=self.who.booking_id)).state

    async def last(self) -> tuple[str, str, dict[str, object]]:
        """Who did what to it last."""
        row = await BookingLine.filter(booking_id=self.who.booking_id).order_by("-number").first()
        assert row is not None
        return row.by, row.deed, json.loads(row.body)


@pytest.fixture
async def talk(clock: Clock) -> Talk:
    practice = await PracticeRows.make()
    return Talk(practice, await practice.books())


def together(client: str, minutes: float) -> LessonLog:
    log = LessonLog()
    log.join(0, "helen", "host")
    log.join(1, client)
    log.leave(1 + minutes, client)
    return log


async def test_a_talk_goes_on_and_is_held_when_its_class_ends(clock: Clock, talk: Talk) -> None:
    await talk.lets_in()
    log = LessonLog()
    log.join(0, "helen", "host")
    log.join(1, talk.client)
    log.hand(20, talk.client)
    await talk.keeps(log, ended=None)
    clock.at = AT + timedelta(minutes=21)
    assert await talk.state() == "live"
    assert await talk.state() == "live"
    log.end(25)
    await Lesson.all().delete()
    await talk.keeps(log, ended=AT + timedelta(minutes=25))
    assert await talk.state() == "held"
    by, deed, body = await talk.last()
    assert (by, deed, body["held_ms"]) == ("clock:closing", "held", 24 * 60_000)
    visit = await find_visit(talk.visit_id)
    assert visit is not None
    assert visit.state == "over"


async def test_nobody_is_missed_before_they_can_be_late(clock: Clock, talk: Talk) -> None:
    clock.at = END + timedelta(minutes=9)
    assert await talk.state() == "booked"
    clock.at = END + timedelta(minutes=10)
    assert await talk.state() == "missed"
    assert (await talk.last())[2]["who"] == "client"


async def test_a_client_who_waited_for_nobody_did_not_miss_it(clock: Clock, talk: Talk) -> None:
    await talk.practice.comes(talk.who)
    clock.at = END + timedelta(minutes=11)
    assert await talk.state() == "missed"
    assert (await talk.last())[2]["who"] == "host"


async def test_a_short_talk_is_asked_about_at_the_desk(clock: Clock, talk: Talk) -> None:
    await talk.lets_in()
    await talk.keeps(together(talk.client, 1), ended=AT + timedelta(minutes=3))
    clock.at = AT + timedelta(minutes=5)
    assert await talk.state() == "booked"  # they may come back
    clock.at = END + timedelta(minutes=20)
    assert await talk.state() == "booked"
    assert await talk.state() == "booked"
    seen = await look_at(talk.practice.org_id, now_s=int(clock.at.timestamp()))
    assert [one.booking_id for one in seen.unsure] == [talk.who.booking_id]


async def test_a_class_that_goes_on_too_long_is_nobodys_fault(clock: Clock, talk: Talk) -> None:
    await talk.lets_in()
    log = together(talk.client, 50)
    await talk.keeps(log, ended=None)
    clock.at = AT + timedelta(minutes=52)
    assert await talk.state() == "live"


async def test_what_people_said_stays(clock: Clock, talk: Talk) -> None:
    clock.at = END + timedelta(minutes=11)
    await talk.closing._bookings.turn(
        talk.who.booking_id, "held", by=closing.BY, at=clock.at, body={}
    )
    assert await talk.state() == "held"


async def test_one_that_fails_keeps_no_other_waiting(
    clock: Clock, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await talk.practice.books(from_s=int(AT.timestamp()) - 300)
    ids = sorted([talk.who.booking_id, other.booking_id])
    failing = list(ids)
    looked = Closing._look_at

    async def fail(self: Closing, one: Begun) -> None:
        if one.booking_id == failing[0]:
            raise KeyError("a row that cannot be read")
        await looked(self, one)

    monkeypatch.setattr(Closing, "_look_at", fail)
    clock.at = END + timedelta(minutes=10)
    for order in (ids, ids[::-1]):
        failing[:] = order
        await Booking.all().update(state="booked")
        await talk.closing.look()
        states = {one.id: one.state for one in await Booking.all()}
        assert (states[failing[0]], states[failing[1]]) == ("booked", "missed")
