"""Letters in the store: posted once, taken by one sender, begun, dropped when no more true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tortoise.transactions import in_transaction

from classroom.store.booking_asked import scene_of
from classroom.store.booking_rows import By
from classroom.store.bookings import Bookings
from classroom.store.letter_matter import Reader
from classroom.store.letter_posting import Letterhead, Letters
from classroom.store.letter_sending import (
    Fate,
    begin_letters,
    doubt_letters,
    expire_letters,
    free_letters,
    letters_begun,
    settle_letters,
    sweep_letters,
    take_letters,
)
from classroom.store.letter_tables import Letter
from classroom.store.letters import post, post_all
from classroom.store.own_feed import shown_of
from tests.classroom.store.test_booking_news import member
from tests.support.hosts import MONDAY_S, NOW, make_place
from tests.support.letters import new_letter

AT = datetime(2027, 3, 26, 12, tzinfo=UTC)
ME, OTHER = "aaaaaaaa:boot", "bbbbbbbb:boot"


async def states() -> dict[str, tuple[str, str]]:
    rows = await Letter.all().order_by("id")
    return {row.once: (row.state, row.failure) for row in rows}


async def test_the_same_letter_is_posted_once(store: str) -> None:
    await post(new_letter("a"), at=AT)
    await post_all([new_letter("a"), new_letter("b")], at=AT)
    due = await take_letters(ME, limit=9, at=AT)
    assert [one.subject for one in due] == ["Letter a", "Letter b"]


async def test_a_letter_is_posted_with_what_it_tells_of_or_not_at_all(store: str) -> None:
    async def undone() -> None:
        async with in_transaction():
            await post(new_letter("a"), at=AT)
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        await undone()
    assert await states() == {}


async def test_two_senders_take_different_letters(store: str) -> None:
    await post_all([new_letter(str(number)) for number in range(10)], at=AT)
    mine = await take_letters(ME, limit=6, at=AT)
    theirs = await take_letters(OTHER, limit=6, at=AT)
    assert len(mine) == 6
    assert len(theirs) == 4
    assert not {one.id for one in mine} & {one.id for one in theirs}
    assert await begin_letters([one.id for one in theirs], ME, at=AT) == set()


async def test_not_before_its_time_and_not_after(store: str) -> None:
    await post(new_letter("later", run_at=AT + timedelta(hours=1)), at=AT)
    await post(new_letter("short", kind="digits", until=AT + timedelta(minutes=10)), at=AT)
    await post(new_letter("long", until=AT + timedelta(minutes=10)), at=AT)
    assert [one.kind for one in await take_letters(ME, limit=9, at=AT)] == ["digits", "made"]
    await free_letters(ME[:8])
    assert await take_letters(ME, limit=9, at=AT + timedelta(minutes=10)) == []
    await expire_letters(at=AT + timedelta(minutes=10))
    assert await states() == {
        "later": ("waiting", ""),
        "short": ("dropped", "late"),
        "long": ("failed", "given_up"),
    }
    assert len(await take_letters(ME, limit=9, at=AT + timedelta(hours=1))) == 1


async def test_what_was_begun_is_known_after_a_kill(store: str) -> None:
    await post_all([new_letter("a"), new_letter("b")], at=AT)
    first, second = await take_letters(ME, limit=9, at=AT)
    assert await begin_letters([first.id], ME, at=AT) == {first.id}
    assert await letters_begun(ME[:8]) == [(first.id, ME)]
    assert await letters_begun(OTHER[:8]) == []
    assert await take_letters(ME, limit=9, at=AT) == []
    await free_letters(ME[:8])
    assert [one.id for one in await take_letters(ME, limit=9, at=AT)] == [second.id]


async def test_fates_are_kept_together(store: str) -> None:
    links = {"mine": "path:/week", "digits": "text:123456"}
    await post_all([new_letter("a", links=links), new_letter("b", links=links)], at=AT)
    await post(new_letter("c"), at=AT)
    a, b, c = await take_letters(ME, limit=9, at=AT)
    await begin_letters([a.id, b.id, c.id], ME, at=AT)
    soon = AT + timedelta(minutes=1)
    fates = [Fate(a.id, "sent"), Fate(b.id, "waiting", "later 451", soon)]
    await settle_letters([*fates, Fate(c.id, "failed", "address 550")], at=AT)
    assert await states() == {
        "a": ("sent", ""),
        "b": ("waiting", "later 451"),
        "c": ("failed", "address 550"),
    }
    assert await take_letters(ME, limit=9, at=AT) == []
    (again,) = await take_letters(ME, limit=9, at=soon)
    assert (again.id, again.attempts, again.message_id) == (b.id, 1, b.message_id)
    assert (await Letter.get(id=a.id)).links == "{}"
    assert again.links == links


async def test_a_sender_that_is_long_gone_leaves_a_doubt(store: str) -> None:
    await post(new_letter("a"), at=AT)
    (letter,) = await take_letters(ME, limit=1, at=AT)
    await begin_letters([letter.id], ME, at=AT)
    await doubt_letters(at=AT + timedelta(minutes=11))
    assert await states() == {"a": ("begun", "")}
    await doubt_letters(at=AT + timedelta(minutes=21))
    assert await states() == {"a": ("perhaps", "stopped")}


async def test_a_letter_about_a_booking_that_is_gone_is_dropped(store: str) -> None:
    await post_all([new_letter("a", booking="gone", revision=0), new_letter("b")], at=AT)
    due = await take_letters(ME, limit=9, at=AT)
    begun = await begin_letters([one.id for one in due], ME, at=AT)
    assert begun == {due[1].id}
    assert await states() == {"a": ("dropped", "cancelled"), "b": ("begun", "")}


async def test_the_log_forgets_after_two_years(store: str) -> None:
    await post_all([new_letter("a"), new_letter("b")], at=AT)
    (first, _) = await take_letters(ME, limit=9, at=AT)
    await settle_letters([Fate(first.id, "failed", "address 550")], at=AT)
    await sweep_letters(at=AT + timedelta(days=729))
    assert len(await states()) == 2
    await sweep_letters(at=AT + timedelta(days=731))
    assert await states() == {"b": ("waiting", "")}


async def test_a_seat_that_is_given_up_ends_its_event_in_calendars(store: str) -> None:
    place, bookings = await make_place(kind="group", seats=8), Bookings(())
    letters = Letters(Letterhead("desk@example.org", "example.org"))
    ana = await bookings.take(place.ask(), at=NOW)
    await bookings.take(place.ask(email="ben@example.org"), at=NOW)
    reader = Reader("Ana", "ana@example.org", "en", "UTC")
    later = MONDAY_S + 7200
    told = [letters.meeting(await scene_of(ana.id), reader, is_host=False)]
    await bookings.shift(ana.id, later, revision=0, by=By("account"), at=NOW)
    told.append(letters.meeting(await scene_of(ana.id), reader, is_host=False))
    await bookings.drop(ana.id, by=By("account"), why="", at=NOW)
    told.append(letters.meeting(await scene_of(ana.id), reader, is_host=False))
    numbers = [one.sequence for one in told]
    assert len({one.uid for one in told}) == 1
    assert numbers == sorted(set(numbers))  # RFC 5546: a CANCEL has a higher one too


async def calendars_of(kind: str) -> list[str]:
    rows = await Letter.filter(kind=kind).order_by("id")
    return [row.calendar for row in rows]


async def test_a_lesson_that_its_last_client_left_ends_in_the_hosts_calendar(store: str) -> None:
    place = await make_place(kind="group", seats=8)
    await member(place, "helen", "counsellor", host_id=place.host_id)
    bookings = Bookings((Letters(Letterhead("desk@example.org", "example.org")).follow,))
    ana = await bookings.take(place.ask(), at=NOW)
    ben = await bookings.take(place.ask(email="ben@example.org"), at=NOW)
    left, later = ana.appointment_id, MONDAY_S + 7200
    moved = await bookings.shift(ana.id, later, revision=0, by=By("account"), at=NOW)
    assert await calendars_of("host_emptied") == []  # Ben still comes
    await bookings.shift(ben.id, later, revision=0, by=By("account"), at=NOW)
    (told,) = await calendars_of("host_emptied")
    assert {"METHOD:CANCEL", f"UID:{left}@example.org", "SEQUENCE:1"} <= set(told.split("\r\n"))
    entries = await shown_of(place.host_id, "@example.org", now_s=MONDAY_S)
    assert [one.uid for one in entries] == [f"{moved.appointment_id}@example.org"]
    for one in (ana, ben):
        await bookings.drop(one.id, by=By("account"), why="", at=NOW)
    assert len(await calendars_of("host_emptied")) == 1
    assert [bool(one) for one in await calendars_of("host_cancelled")] == [False, True]


async def test_the_last_one_of_a_lesson_who_never_paid(store: str) -> None:
    place = await make_place(kind="group", seats=8)
    await member(place, "helen", "counsellor", host_id=place.host_id)
    bookings = Bookings((Letters(Letterhead("desk@example.org", "example.org")).follow,))
    ana = await bookings.take(place.ask(), at=NOW)
    ben = await bookings.take(place.ask(email="ben@example.org", state="unconfirmed"), at=NOW)
    await bookings.drop(ana.id, by=By("account"), why="", at=NOW)
    later = NOW + timedelta(hours=1)
    await bookings.turn(ben.id, "lapse", by=By("clock"), at=later)
    (told,) = await calendars_of("host_emptied")
    assert "METHOD:CANCEL" in told
    assert await calendars_of("host_cancelled") == [""]
