"""The board of the real server: killed, started again, on a full disk, on a locked database."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.board_client import BoardClient, OpenPage, close_clients, page_doc
from tests.support.database import postgresql
from tests.support.served import Served
from tests.support.signalling import PEOPLE, Person
from whiteboard import frame

LOCKED_S = 30.0
"""Far above SQLite's five seconds of patience with whoever holds the lock."""


@pytest.fixture
def started() -> Iterator[list[Served]]:
    """Every server a test puts here is gone at its end."""
    PEOPLE.clear()
    servers: list[Served] = []
    yield servers
    for server in servers:
        server.close()


@dataclass
class Teacher:
    """Whoever holds the host link, at the board."""

    person: Person
    board: BoardClient
    page: OpenPage
    seat: str


async def teacher(server: Served, seat: str = "") -> Teacher:
    """In the demo class, with the class's page open."""
    visitor = server.visitor()
    visitor.get(server.host_link)
    token = seat or visitor.takes_seat(server.demo_code, "Wu")["seat_token"]
    person = await Person.open(server.port)
    await person.handshake({"seat": token, "tab": "t", "takeover": True})
    await person.join(None)
    board = await BoardClient.of(person, server.port)
    page = await board.open(page_doc(person.welcome["room"]["board"]))
    return Teacher(person, board, page, token)


async def hang_up(*people: Teacher) -> None:
    await close_clients()
    for one in people:
        await one.person.leave_line()


async def killed_while_writing(server: Served) -> tuple[OpenPage, str]:
    """Draw without end, change pages, and kill; the drawn page, and one that was answered."""
    wu = await teacher(server)
    added = await wu.person.ask("board.add_page", width=None, height=None)
    await wu.page.draw(600)
    await wu.page.until(lambda: wu.page.acknowledged >= 520, within_s=20)
    writing = asyncio.create_task(wu.page.draw(100))
    await wu.page.until(lambda: wu.page.acknowledged > 540, within_s=20)
    server.kill()
    await asyncio.gather(writing, return_exceptions=True)
    await hang_up(wu)
    return wu.page, str(added["page_id"])


def acknowledged(page: OpenPage) -> set[str]:
    """What the server said it has."""
    return {name for name in page.ids if int(name.partition("-")[2], 36) <= page.acknowledged}


async def comes_back(server: Served, page: OpenPage, page_id: str) -> None:
    """Everything acknowledged is there, the rest is sent again, and then both have the same."""
    wu = await teacher(server)
    assert page_id in [one["id"] for one in wu.person.welcome["room"]["board"]["pages"]]
    assert wu.page.ids >= acknowledged(page)
    await hang_up(wu)


async def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, started: list[Served]) -> None:
    started.append(Served(tmp_path))
    page, page_id = await killed_while_writing(started[0])
    started.append(Served(tmp_path))
    await comes_back(started[1], page, page_id)
    started[1].stop()
    with closing(sqlite3.connect(tmp_path / "data" / "classroom.db")) as database:
        (upto,) = database.execute("SELECT max(upto) FROM board_docs").fetchone()
    assert upto >= 520, "it was put away as a snapshot"


async def test_what_was_acknowledged_outlives_a_kill_on_postgresql(
    tmp_path: Path, started: list[Served]
) -> None:
    with postgresql() as cluster:
        url = cluster.new_database()
        started.append(Served(tmp_path, DATABASE_URL=url))
        page, page_id = await killed_while_writing(started[0])
        started.append(Served(tmp_path, DATABASE_URL=url))
        await comes_back(started[1], page, page_id)
        started[1].stop()


async def test_a_planned_restart_in_the_middle_of_a_page(
    tmp_path: Path, started: list[Served]
) -> None:
    started.append(Served(tmp_path))
    wu = await teacher(started[0])
    before = await wu.page.draw(50)
    await wu.board.settled()
    assert started[0].stop()[0] == 0
    assert await wu.board.ended() == "server.closing"
    assert wu.page.acknowledged == len(before)
    offline = await wu.page.draw(3)
    started.append(Served(tmp_path))
    again = await teacher(started[1], wu.seat)
    assert again.page.ids == set(before)
    wu.page.channel = 1
    await wu.page.resume(again.board)
    await wu.page.saved()
    await again.page.sees(*offline)
    log = started[0].log
    assert "Traceback" not in log
    assert "took too long" not in log
    await hang_up(wu, again)


async def test_a_locked_database_is_said_and_the_strokes_are_stored_later(
    tmp_path: Path, started: list[Served]
) -> None:
    started.append(Served(tmp_path))
    wu = await teacher(started[0])
    await wu.page.draw()
    await wu.page.saved()
    visitor = started[0].visitor()
    database = sqlite3.connect(tmp_path / "data" / "classroom.db", isolation_level=None)
    with closing(database):
        database.execute("BEGIN EXCLUSIVE")
        drawn = await wu.page.draw(5)
        async with asyncio.timeout(LOCKED_S):
            while wu.board.fault != "board.not_saved":
                await wu.board.news()
        assert wu.page.acknowledged == 1
        metrics = visitor.get("/metrics").body.decode()
        assert 'classroom_board_commits_total{outcome="failed"} 1.0' in metrics
        assert "classroom_board_connections 1.0" in metrics
        assert "classroom_board_pages 1.0" in metrics
        database.execute("ROLLBACK")
    await wu.page.until(lambda: wu.page.acknowledged == 6, within_s=LOCKED_S)
    assert wu.board.fault == "board.saved"
    started[0].kill()
    await hang_up(wu)
    started.append(Served(tmp_path))
    again = await teacher(started[1])
    assert again.page.ids >= set(drawn)
    assert started[0].log.count("board.not_saved") == 1
    await hang_up(again)


async def test_a_stop_does_not_wait_for_a_locked_database(
    tmp_path: Path, started: list[Served]
) -> None:
    started.append(Served(tmp_path))
    wu = await teacher(started[0])
    database = sqlite3.connect(tmp_path / "data" / "classroom.db", isolation_level=None)
    with closing(database):
        database.execute("BEGIN EXCLUSIVE")
        await wu.page.draw()
        await wu.board.settled()
        stopping = asyncio.create_task(asyncio.to_thread(started[0].stop))
        assert await wu.board.ended() == "server.closing"
        database.execute("ROLLBACK")
    assert (await stopping)[0] == 0
    assert wu.page.acknowledged == 0
    assert "closing took too long" not in started[0].log
    await hang_up(wu)


async def test_a_full_disk_is_said_and_the_strokes_are_stored_later(
    tmp_path: Path, started: list[Served]
) -> None:
    server = Served(tmp_path, from_nothing=True)  # all of it is in the log that grows
    started.append(server)
    wu = await teacher(server)
    await wu.page.draw()
    await wu.page.saved()
    full = max(file.stat().st_size for file in (tmp_path / "data").glob("classroom.db*"))
    limits(server, full)
    drawn = await wu.page.draw(40)
    await wu.board.hear(frame.Fault, lambda one: one.code == "board.not_saved")
    assert wu.page.acknowledged < 41
    limits(server, resource.RLIM_INFINITY)
    await wu.page.until(lambda: wu.page.acknowledged == 41)
    assert wu.board.fault == "board.saved"
    await hang_up(wu)
    server.kill()
    started.append(Served(tmp_path))
    again = await teacher(started[1])
    assert again.page.ids >= set(drawn)
    await hang_up(again)


def limits(server: Served, file_bytes: int) -> None:
    """No file of the server may grow beyond this: for its writes the disk is full."""
    hard: Any = resource.RLIM_INFINITY
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (file_bytes, hard))
