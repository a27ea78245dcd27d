"""Letters out of the real product into a real mail server, with a clock that is moved and processes
that are killed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from classroom.store.database import close_database
from classroom.store.letter_tables import Letter
from classroom.store.letters import post_all
from tests.support.booked import ANA, HELEN, answer, instant, open_practice
from tests.support.clocked import MovedClock
from tests.support.letters import new_letter
from tests.support.mailbox import MailServer, mail_server
from tests.support.migrated import open_migrated
from tests.support.served import ROOT, Served

FRIDAY = datetime(2027, 3, 26, 12, tzinfo=UTC)
"""Two days before the clocks of Berlin go forward."""
MONDAY_NINE = datetime(2027, 3, 29, 7, tzinfo=UTC)


@contextmanager
def product(folder: Path, clock: MovedClock, mail: MailServer) -> Iterator[Served]:
    served = Served(folder, program=clock.program, MAIL_URL=mail.url, DEMO="false")
    try:
        yield served
    finally:
        served.close()


def test_reminders_over_a_change_of_clocks_and_a_restart(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock")
    clock.set(FRIDAY)
    with mail_server(tmp_path / "mail") as mail:
        with product(tmp_path / "data", clock, mail) as served:
            practice = open_practice(served.port)
            booked = practice.books(MONDAY_NINE)
            letter = mail.wait_for(ANA, "Booked")
            assert letter.link().endswith(booked.token)
            mail.wait_for(HELEN, "New")
            move = {"at": instant(MONDAY_NINE + timedelta(hours=2)), "revision": 0}
            answer(booked.browser.post(booked.path("move"), move))
            mail.wait_for(ANA, "Moved")
            served.kill()
        clock.set(MONDAY_NINE - timedelta(hours=23, minutes=30))  # of the old time, late
        with product(tmp_path / "data", clock, mail):
            clock.set(MONDAY_NINE - timedelta(hours=22))
            reminder = mail.wait_for(ANA, "Reminder")
            assert "Monday, 29 March 2027, 05:00–06:00 (New York, UTC-4)" in reminder.text
            clock.set(MONDAY_NINE + timedelta(hours=1))
            mail.wait_for(ANA, "Reminder", count=2)
            clock.forward(timedelta(hours=2))
            time.sleep(0.1)
        assert len(mail.letters(ANA)) == 4


def test_a_sender_that_is_killed_again_and_again(tmp_path: Path) -> None:
    """None is lost and none comes twice, wherever the kill falls."""
    count = 200

    async def fill() -> None:
        await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
        letters = [new_letter(str(n), to_email=f"c{n}@example.org") for n in range(count)]
        await post_all(letters, at=datetime.now(UTC))
        await close_database()

    async def states() -> Counter[str]:
        await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
        found = Counter([str(one) for one in await Letter.all().values_list("state", flat=True)])
        await close_database()
        return found

    asyncio.run(fill())
    with mail_server(tmp_path / "mail") as mail:
        ends = time.monotonic() + 60
        for wait_s in (0.02, 0.05, 0.09, 0.03, 30.0):
            process = _sender(tmp_path, mail)
            stop = min(time.monotonic() + wait_s, ends)
            while time.monotonic() < stop and mail.count() < count:
                time.sleep(0.01)
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        process = _sender(tmp_path, mail)  # what is left begun is told apart
        while asyncio.run(states()) != {"sent": count} and time.monotonic() < ends:
            time.sleep(0.1)
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        arrived = Counter(one.to for one in mail.letters())
    assert asyncio.run(states()) == {"sent": count}
    assert len(arrived) == count
    assert set(arrived.values()) == {1}


def _sender(folder: Path, mail: MailServer) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.posting", str(folder), mail.url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"sending"
    return process
