"""From a booking to the letter that arrives: a real mail server, the clock of the tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from classroom.appointing import Ground, make_appointments
from classroom.jobs import post as post_module
from classroom.jobs import reminders as reminders_module
from classroom.jobs.appointments import Appointments
from classroom.people.secret import Secret
from classroom.settings import Settings
from classroom.store.accounts import NewAccount, create_account
from classroom.store.booking_asked import scene_of
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Client
from classroom.store.clients_found import ClientGiven, settled
from classroom.store.database import close_database
from classroom.store.letter_matter import Asked
from classroom.store.letter_tables import Letter
from classroom.store.practice_tables import Host, Member
from classroom.store.series import book_series, cancel_rest, new_series
from tests.support.hosts import HOUR_S, MONDAY_S, NOW, Place, make_place
from tests.support.mailbox import Arrived, MailServer, mail_server
from tests.support.migrated import open_migrated

CLIENT, HOUSE = By("client", "ana"), By("account", "mei")
ADDRESS = "http://class.example:8080"
ANA, HELEN = "ana@example.org", "helen@example.org"
START = datetime.fromtimestamp(MONDAY_S, NOW.tzinfo)
Now = Callable[[datetime], None]
FAILED: list[str] = []
"""Organisations that were told of a letter nobody will get."""


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as running:
        yield running


@pytest.fixture(autouse=True)
def _empty(mail: MailServer) -> None:
    mail.behaves("takes")
    mail.forget()
    FAILED.clear()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    """Sets the clock of what sends."""

    def set_now(at: datetime) -> None:
        for module in (post_module, reminders_module):
            monkeypatch.setattr(module, "utc_now", lambda: at)

    set_now(NOW)
    return set_now


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    """A practice whose host has an account."""
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    made = await make_place()
    account = await create_account(NewAccount(HELEN, "Helen", "x"), at=NOW)
    member = await Member.create(
        id="m1", org_id=made.org_id, account_id=account.id, role="admin", created_at=NOW
    )
    await Host.filter(id=made.host_id).update(member_id=member.id)
    yield made
    await close_database()


def house(tmp_path: Path, mail: MailServer | None, **more: Any) -> Appointments:
    given = {"mail_url": mail.url} if mail else {}
    settings = Settings(
        data_dir=tmp_path, public_url=ADDRESS, mail_from="desk@class.example", **given, **more
    )
    ground = Ground(
        settings, Secret(b"s" * 32), ADDRESS, lambda _: None, lambda org, _: FAILED.append(org)
    )
    return make_appointments(ground)


@asynccontextmanager
async def running(appointments: Appointments) -> AsyncIterator[Appointments]:
    await appointments.start()
    try:
        yield appointments
    finally:
        await appointments.close()


async def state_of(once: str = "made", to: str = ANA) -> tuple[str, str]:
    row = await Letter.filter(once__startswith=once, to_email=to).order_by("-id").first()
    return ("", "") if row is None else (row.state, row.failure)


async def until(once: str, *states: str) -> tuple[str, str]:
    """The state of a letter when it is one of these."""
    for _ in range(1000):
        known = await state_of(once)
        if known[0] in states:
            return known
        await asyncio.sleep(0.02)
    raise AssertionError(f"{once} is {await state_of(once)}")


def event(letter: Arrived) -> Any:
    """The event in a letter, by another reader than our writer."""
    return vobject.readOne(letter.calendar)


async def test_a_booking_arrives_in_both_mailboxes(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        booking = await there.bookings.take(place.ask(), at=NOW)
        letter = await mail.arrives(ANA)
        assert letter.subject == "Booked: Planning with Helen"
        when = "Monday, 29 March 2027, 03:00–04:00 (New York, UTC-4); in Berlin 09:00–10:00"
        assert when in letter.text
        assert letter.link().startswith(f"{ADDRESS}/k/k.{booking.id}.")
        assert letter.link() in letter.html
        assert "{" not in letter.text
        assert letter.message["Reply-To"] == HELEN
        calendar = event(letter)
        assert calendar.method.value == "REQUEST"
        assert calendar.vevent.dtstart.value == START
        assert calendar.vevent.sequence.value == "0"
        assert calendar.vevent.url.value == letter.link()
        theirs = await mail.arrives(HELEN)
        assert theirs.subject == "New: Planning with Ana"
        assert "Monday, 29 March 2027, 09:00–10:00 (Berlin, UTC+2)" in theirs.text
        assert "/k/" not in theirs.text + theirs.calendar
        assert event(theirs).vevent.uid.value == calendar.vevent.uid.value
        assert await until("made", "sent") == ("sent", "")


async def test_a_move_updates_the_calendar_and_a_cancellation_clears_it(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        booking = await there.bookings.take(place.ask(), at=NOW)
        first = event(await mail.arrives(ANA, "Booked"))
        later = MONDAY_S + 26 * HOUR_S
        await there.bookings.shift(booking.id, later, revision=0, by=CLIENT, at=NOW)
        letter = await mail.arrives(ANA, "Moved")
        moved = event(letter)
        assert moved.vevent.uid.value == first.vevent.uid.value
        assert moved.vevent.sequence.value == "1"
        assert moved.vevent.dtstart.value == START + timedelta(hours=26)
        assert "Before, it was Monday, 29 March 2027, 03:00" in letter.text
        await there.bookings.drop(booking.id, by=HOUSE, why="I am ill.", at=NOW)
        letter = await mail.arrives(ANA, "Cancelled")
        gone = event(letter)
        assert gone.method.value == "CANCEL"
        assert gone.vevent.uid.value == first.vevent.uid.value
        assert gone.vevent.status.value == "CANCELLED"
        assert "I am ill." in letter.text
        assert letter.link("/b/").endswith("/b/north/helen")
        await mail.arrives(HELEN, "Cancelled")


async def test_reminders_come_at_their_time_and_once(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        booking = await there.bookings.take(place.ask(), at=NOW)
        await mail.arrives(ANA, "Booked")
        now(START - timedelta(hours=24))
        there.wake()
        letter = await mail.arrives(ANA, "Reminder")
        assert letter.link() in str(letter.message["List-Unsubscribe"])
        there.wake()
        await there.bookings.shift(
            booking.id, MONDAY_S + 26 * HOUR_S, revision=0, by=HOUSE, at=START - timedelta(hours=20)
        )
        now(START - timedelta(minutes=60))  # of the old time
        there.wake()
        assert await until(f"reminder.{booking.id}.0.60", "dropped") == ("dropped", "moved")
        now(START + timedelta(hours=25))  # an hour before the new one
        there.wake()
        await mail.arrives(ANA, "Reminder", count=2)
        assert len(mail.letters(ANA, "Reminder")) == 2


async def test_nobody_is_reminded_of_what_was_cancelled(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        booking = await there.bookings.take(place.ask(), at=NOW)
        await there.bookings.drop(booking.id, by=CLIENT, why="", at=NOW)
        await mail.arrives(ANA, "Cancelled")
        now(START - timedelta(hours=24))
        there.wake()
        assert await until("reminder", "dropped") == ("dropped", "cancelled")
        assert mail.letters(ANA, "Reminder") == []


async def test_a_restart_drops_what_became_late(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    there = house(tmp_path, mail)
    booking = await there.bookings.take(place.ask(), at=NOW)
    now(START - timedelta(hours=22))  # down for two hours over the first one
    async with running(house(tmp_path, mail)):
        once = f"reminder.{booking.id}.0"
        assert await until(f"{once}.1440", "dropped") == ("dropped", "late")
    now(START - timedelta(minutes=50))  # ten minutes over the second
    async with running(house(tmp_path, mail)):
        assert await until(f"{once}.60", "sent") == ("sent", "")
    assert len(mail.letters(ANA, "Reminder")) == 1


async def test_whoever_wants_no_reminders_gets_none(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        await there.bookings.take(place.ask(), at=NOW)
        await Client.filter(email=ANA).update(wants_reminders=False)
        now(START - timedelta(hours=24))
        there.wake()
        assert await until("reminder", "dropped") == ("dropped", "off")


async def test_a_server_that_comes_back_gets_what_still_matters(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    mail.stop()
    try:
        async with running(house(tmp_path, mail)) as there:
            booking = await there.bookings.take(place.ask(), at=NOW)
            for _ in range(1000):
                if await state_of() == ("waiting", "server"):
                    break
                await asyncio.sleep(0.02)
            await there.bookings.shift(
                booking.id, MONDAY_S + 26 * HOUR_S, revision=0, by=CLIENT, at=NOW
            )
            mail.start()
            now(NOW + timedelta(seconds=21))
            there.wake()
            await mail.arrives(ANA, "Moved")
            assert await until("made", "dropped") == ("dropped", "moved")
            assert mail.letters(ANA, "Booked") == []
    finally:
        mail.stop()
        mail.start()


async def test_the_desk_hears_at_once_of_an_address_that_does_not_exist(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    mail.behaves("refuses")
    async with running(house(tmp_path, mail)) as there:
        await there.bookings.take(place.ask(), at=NOW)
        assert await until("made", "failed") == ("failed", "address 550")
        assert set(FAILED) == {place.org_id}


async def test_a_fault_of_ours_keeps_no_letter_back(
    tmp_path: Path, place: Place, mail: MailServer, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, faults = post_module.Sender.send, [RuntimeError("ana@example.org")]

    async def faulty(*given: Any) -> Any:
        if faults:
            raise faults.pop()
        return await send(*given)

    monkeypatch.setattr(post_module.Sender, "send", faulty)
    async with running(house(tmp_path, mail)) as there:
        await there.bookings.take(place.ask(), at=NOW)
        await mail.arrives(ANA)
    assert len(mail.letters(ANA)) == 1


async def test_without_a_mail_server_letters_stay_in_the_log(
    tmp_path: Path, place: Place, now: Now
) -> None:
    async with running(house(tmp_path, None)) as there:
        await there.bookings.take(place.ask(), at=NOW)
        assert await until("made", "none") == ("none", "none")


async def test_digits_a_summary_and_a_series(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        given = ClientGiven(name="Ana", email=ANA, zone="America/New_York", by_house=True)
        ana = await settled(place.org_id, given, at=NOW)
        series = {"series": "s1", "body": {"tell": False}, "by": HOUSE, "client": ana}
        starts = [MONDAY_S, MONDAY_S + 24 * HOUR_S]
        made = await there.bookings.book_all([place.ask(one, **series) for one in starts], at=NOW)
        scene = await scene_of(made[0].booking.id)
        until = NOW + timedelta(minutes=10)
        digits = Asked("digits.1", secrets={"digits": "123456"}, until=until)
        await there.letters.write("digits", scene, digits, at=NOW)
        told = Asked("summary.1", words={"summary": "Read <b>two</b> pages.\nThen rest."})
        await there.letters.write("summary", scene, told, at=NOW)
        listed = Asked("series.s1", words={"dates": "Monday\nTuesday", "count": "2"})
        await there.letters.write("series", scene, listed, at=NOW)
        there.wake()
        letter = await mail.arrives(ANA, "123456 are your digits")
        assert "good until Monday, 22 March 2027, 04:10" in letter.text
        letter = await mail.arrives(ANA, "Summary")
        assert "Read <b>two</b> pages.\nThen rest." in letter.text
        assert "Read &lt;b&gt;two&lt;/b&gt; pages.<br>Then rest." in letter.html
        letter = await mail.arrives(ANA, "Booked: 2 times")
        calendar = event(letter)
        assert calendar.method.value == "PUBLISH"
        found = [one.dtstart.value for one in calendar.vevent_list]
        assert found == [START, START + timedelta(days=1)]
        assert len(mail.letters(ANA)) == 3
        assert mail.letters(HELEN) == []
        kept = "".join(row.subject + row.text + row.links for row in await Letter.all())
        for secret in ("123456", "two</b>"):
            assert secret not in kept


async def test_a_series_is_one_letter_to_each_and_its_lessons_change_one_by_one(
    tmp_path: Path, place: Place, mail: MailServer, now: Now
) -> None:
    async with running(house(tmp_path, mail)) as there:
        given = ClientGiven(name="Ana", email=ANA, zone="America/New_York", by_house=True)
        ana = await settled(place.org_id, given, at=NOW)
        series = await new_series(place.host_id, {}, at=NOW, offer_id=place.offer_id)
        more = {"series": series, "body": {"tell": False}, "by": HOUSE, "client": ana}
        asks = [place.ask(MONDAY_S + day * 24 * HOUR_S, **more) for day in range(3)]
        made = await book_series(there.bookings, there.letters, asks, tell=True, at=NOW)
        there.wake()
        mine = event(await mail.arrives(ANA, "Booked: 3 times"))
        letter = await mail.arrives(HELEN, "New: 3 times Planning with Ana")
        assert letter.text.count("(Berlin, UTC+2)") == 3
        theirs = event(letter)
        uids = [one.uid.value for one in mine.vevent_list]
        assert len(set(uids)) == 3
        for told in (mine, theirs):
            assert told.method.value == "PUBLISH"
            assert [one.uid.value for one in told.vevent_list] == uids
            starts = [one.dtstart.value for one in told.vevent_list]
            assert starts == [START + timedelta(days=day) for day in range(3)]
            assert {one.sequence.value for one in told.vevent_list} == {"0"}
            assert not any("attendee" in one.contents for one in told.vevent_list)
        later = MONDAY_S + 75 * HOUR_S
        await there.bookings.shift(made[1].id, later, revision=0, by=HOUSE, at=NOW)
        for to in (ANA, HELEN):
            moved = event(await mail.arrives(to, "Moved"))
            assert (moved.method.value, moved.vevent.uid.value) == ("REQUEST", uids[1])
            assert moved.vevent.sequence.value == "1"
        await there.bookings.drop(made[0].id, by=HOUSE, why="", at=NOW)
        assert await cancel_rest(there.bookings, series, by=HOUSE, at=NOW) == 2
        for to in (ANA, HELEN):
            await mail.arrives(to, "Cancelled", count=3)
            gone = [event(one) for one in mail.letters(to, "Cancelled")]
            assert {one.method.value for one in gone} == {"CANCEL"}
            assert {one.vevent.uid.value for one in gone} == set(uids)
            numbers = {one.vevent.uid.value: int(one.vevent.sequence.value) for one in gone}
            assert numbers == {uids[0]: 1, uids[1]: 2, uids[2]: 1}
