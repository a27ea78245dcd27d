"""A server dies in the middle of a class: the class goes on, and its report knows all of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.file_desk import PAPER
from tests.support.served import Served, Visitor
from tests.support.signalling import Person
from tests.support.wired import until


@pytest.fixture
def started() -> Iterator[list[Served]]:
    servers: list[Served] = []
    yield servers
    for server in servers:
        server.close()


def rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "data" / "classroom.db")) as database:
        return database.execute(query).fetchall()


async def joins(server: Served, seat: dict[str, Any]) -> Person:
    person = await Person.open(server.port)
    await person.handshake({"seat": seat["seat_token"], "tab": "t", "takeover": True})
    await person.join(None)
    return person


async def sends_file(server: Served, who: Person, seat: dict[str, Any], *, to: str) -> None:
    """A paper over HTTP, and a message that has it."""
    visitor = server.visitor()
    visitor.get("/api/session")
    mine = {
        "Authorization": f"Seat {seat['seat_token']}",
        "X-CSRF-Token": visitor.csrf,
        "Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items()),
    }
    path = f"/api/rooms/by-code/{server.demo_code}/files"
    new = {"name": "Mei's paper.pdf", "bytes": len(PAPER), "kind": ""}
    file_id = visitor.send("POST", path, new, mine).json["file_id"]
    half = len(PAPER) // 2
    for offset, piece in ((0, PAPER[:half]), (half, PAPER[half:])):
        address = f"{path}/{file_id}?offset={offset}"
        told = visitor.send("PATCH", address, piece, mine).json
        assert told["offset"] == offset + len(piece)
    assert told["is_ready"]
    await who.ask("chat.post", text="", client_id="c1", to=to, files=[file_id])


async def test_a_class_goes_on_after_the_server_was_killed(
    tmp_path: Path, started: list[Served]
) -> None:
    first = Served(tmp_path)
    started.append(first)
    teacher = first.visitor()
    teacher.get("/enter/" + first.host_link.partition("/enter/")[2])
    seats = [
        teacher.takes_seat(first.demo_code, "Ann"),
        first.visitor().takes_seat(first.demo_code, "Mei"),
    ]
    ann, mei = [await joins(first, seat) for seat in seats]
    before = ann.welcome["room"]
    await ann.ask("floor.set_locks", microphones=True)
    await mei.ask("hand.raise")
    await sends_file(first, mei, seats[1], to="staff")
    await until(
        lambda: bool(rows(tmp_path, "SELECT 1 FROM lesson_lines WHERE kind = 'hand_raised'"))
    )
    await until(lambda: bool(rows(tmp_path, "SELECT 1 FROM room_files WHERE scope = 'staff'")))
    await until(lambda: bool(rows(tmp_path, "SELECT 1 FROM chat_messages")))
    first.kill()
    for person in (ann, mei):
        await person.leave_line()

    second = Served(tmp_path)
    started.append(second)
    mei = await joins(second, seats[1])
    room = mei.welcome["room"]
    assert room["lesson_id"] == before["lesson_id"] != ""
    assert room["floor"]["locks"]["microphones"] is True
    assert [hand["participant_id"] for hand in room["hands"]] == [mei.id]
    assert room["clock_ms"] > before["clock_ms"]
    assert room["seq"] > before["seq"]
    people = {one["name"]: one["connection"] for one in room["participants"]}
    assert people == {"Ann": "away", "Mei": "here"}
    ann = await joins(second, seats[0])
    (card,) = ann.welcome["room"]["files"]
    (message,) = ann.welcome["room"]["chat"]
    assert (message["files"], card["to"]) == ([card["id"]], "staff")
    held = f"/api/rooms/by-code/{room['code']}/files/{card['id']}/content"
    shown = {"Authorization": f"Seat {seats[0]['seat_token']}"}
    assert Visitor(second.port).get(held, shown).body == PAPER
    await ann.ask("room.end")
    await ann.hear_event("room_ended")
    await until(lambda: bool(rows(tmp_path, "SELECT 1 FROM lessons WHERE ended_at IS NOT NULL")))
    await ann.leave_line()
    await mei.leave_line()

    told = rows(tmp_path, "SELECT line, clock_ms FROM lesson_lines ORDER BY line")
    assert [line for line, _ in told] == list(range(1, len(told) + 1))
    assert [clock for _, clock in told] == sorted(clock for _, clock in told)
    again = Visitor(second.port, teacher.cookies)
    report = again.get(f"/api/lessons/{room['lesson_id']}/report").json
    assert {one["name"]: (one["role"], one["hands"]) for one in report["people"]} == {
        "Ann": ("host", 0),
        "Mei": ("student", 1),
    }
    assert report["lesson"]["is_live"] is False
    second.stop()
