"""Messages reach a real receiver, signed; what is not taken is tried again, and nothing else."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from classroom.clock import utc_now
from classroom.hooks import delivery
from classroom.hooks.address import read_url
from classroom.hooks.delivery import deliver
from classroom.hooks.news import news_of
from classroom.hooks.sender import AGAIN_AFTER_S, sender
from classroom.ids import AccountId, RoomId
from classroom.jobs import loop as module
from classroom.jobs.loop import JobLoop
from classroom.room.record import LessonLine
from classroom.store.database import close_database
from classroom.store.hook_tables import Job
from classroom.store.jobs import NewJob, add_jobs, take_job
from classroom.store.lessons import DatabaseLessons
from classroom.store.rooms import create_room, delete_room
from classroom.store.webhooks import KIND
from tests.classroom.hooks.conftest import Received
from tests.classroom.lesson.log import BEGAN, LessonLog
from tests.support.migrated import open_migrated
from tests.support.people import House, house
from tests.support.signalling import until


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


class Teacher:
    """Somebody with a webhook for everything."""

    def __init__(self, home: House) -> None:
        self.browser = home.browser()

    async def hooks(self, url: str, **more: Any) -> None:
        await self.browser.signs_up()
        made = await self.browser.post("/api/webhooks", {"url": url, **more})
        assert made.status == 201, made.body
        self.hook = made.json["id"]
        self.secret = made.json["secret"]
        self.account = AccountId((await self.browser.get("/api/session")).json["account"]["id"])

    async def deliveries(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = (
            await self.browser.get(f"/api/webhooks/{self.hook}/deliveries")
        ).json
        return told


async def works(at: datetime | None = None) -> int:
    """Do every job that is due; how many there were."""
    count, send = 0, sender(may_be_private=True)
    while (job := await take_job(at=at or utc_now())) is not None:
        await send(job)
        count += 1
    return count


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As any receiver checks it."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, headers["webhook-signature"])


async def test_a_lesson_is_told_from_its_room_to_its_end(home: House, receiver: Received) -> None:
    teacher = Teacher(home)
    await teacher.hooks(receiver.url)
    room = await create_room("Chemistry", owner_id=teacher.account, at=BEGAN)
    lessons = DatabaseLessons(dict[str, int], news_of=news_of)
    lesson = (await lessons.open(room.id, room.title, BEGAN)).lesson_id
    log = LessonLog()
    log.join(0, "mei", name="Mei 梅")
    log.say(1, "mei")
    log.leave(2, "mei")
    for _ in range(2):  # a write that was given up comes again
        await lessons.write(lesson, log.lines, {"line": 3}, BEGAN)
    await lessons.end(lesson, BEGAN + timedelta(hours=1))
    await delete_room(RoomId(room.id))
    with capture_logs() as logs:
        assert await works() == 6
    bodies = [json.loads(body) for _, body in receiver.requests]
    assert [body["type"] for body in bodies] == [
        *("room.created", "lesson.started", "participant.joined", "participant.left"),
        *("lesson.ended", "room.deleted"),
    ]
    assert bodies[2] == {
        "type": "participant.joined",
        "timestamp": "2026-03-10T10:00:00.000Z",
        "data": {
            "room_id": room.id,
            "lesson_id": lesson,
            "participant_id": "mei",
            "name": "Mei 梅",
            "role": "student",
        },
    }
    assert all(is_signed(teacher.secret, *request) for request in receiver.requests)
    headers, body = receiver.requests[0]
    assert headers["path"] == "/hook?room=1"
    assert headers["content-type"] == "application/json"
    assert not is_signed(teacher.secret, headers, body + b" ")
    assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 6
    assert teacher.secret not in str(logs)
    assert [one["state"] for one in await teacher.deliveries()] == ["taken"] * 6


async def test_what_is_not_taken_is_tried_again_later(home: House, receiver: Received) -> None:
    receiver.answers = [500, 302, 204]
    teacher = Teacher(home)
    await teacher.hooks(receiver.url, kinds=["room.created"])
    await create_room("Chemistry", owner_id=teacher.account, at=BEGAN)
    assert await works() == 1
    (told,) = await teacher.deliveries()
    assert (told["state"], told["failure"], told["attempts"]) == ("waiting", "answered 500", 1)
    hook = (await teacher.browser.get("/api/webhooks")).json[0]
    assert hook["failing_since"] is not None
    assert "secret" not in hook
    assert await works() == 0, "not before its time"
    assert await works(utc_now() + timedelta(seconds=AGAIN_AFTER_S[0])) == 1
    assert await works(utc_now() + timedelta(seconds=AGAIN_AFTER_S[1])) == 1
    ids = {headers["webhook-id"] for headers, _ in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (3, 1)
    assert (await teacher.deliveries())[0]["state"] == "taken"
    assert (await teacher.browser.get("/api/webhooks")).json[0]["failing_since"] is None


def test_only_files_for_everybody_are_told() -> None:
    body = {
        "type": "file_added",
        "file_id": "f",
        "participant_id": "mei",
        "kind": "x/y",
        "bytes": 3,
    }
    told = news_of(LessonLine(1, 0, BEGAN, "file_added", body, False))
    assert told == ("file.added", {n: body[n] for n in body if n != "type"})
    assert news_of(LessonLine(1, 0, BEGAN, "file_added", body, True)) is None


async def test_after_eight_times_it_is_given_up(home: House, receiver: Received) -> None:
    receiver.answers = [503]
    teacher = Teacher(home)
    await teacher.hooks(receiver.url)
    await create_room("Chemistry", owner_id=teacher.account, at=BEGAN)
    at = utc_now()
    for _ in range(12):
        await works(at)
        at += timedelta(hours=15)
    assert len(receiver.requests) == 8
    (told,) = await teacher.deliveries()
    assert (told["state"], told["attempts"], told["next_at"]) == ("failed", 8, None)


async def test_gone_switches_it_off(home: House, receiver: Received) -> None:
    receiver.answers = [410]
    teacher = Teacher(home)
    await teacher.hooks(receiver.url)
    await create_room("Chemistry", owner_id=teacher.account, at=BEGAN)
    await works()
    assert (await teacher.browser.get("/api/webhooks")).json[0]["is_on"] is False
    await create_room("Physics", owner_id=teacher.account, at=BEGAN)
    assert len(await teacher.deliveries()) == 1


async def test_only_what_one_asked_for_of_ones_own_rooms(home: House, receiver: Received) -> None:
    teacher = Teacher(home)
    await teacher.hooks(receiver.url, kinds=["room.deleted"])
    mine = await create_room("Chemistry", owner_id=teacher.account, at=BEGAN)
    nobodys = await create_room("Demo", owner_id=None, at=BEGAN)
    for room in (mine, nobodys):
        await delete_room(room.id)
    await works()
    assert [json.loads(body)["data"]["room_id"] for _, body in receiver.requests] == [mine.id]


async def test_nothing_goes_inside_unless_the_operator_says_so(
    home: House, receiver: Received
) -> None:
    teacher = Teacher(home)
    await teacher.hooks(receiver.url)
    await teacher.browser.post(f"/api/webhooks/{teacher.hook}/test")
    job = await take_job(at=utc_now())
    assert job is not None
    await sender(may_be_private=False)(job)
    assert receiver.requests == []
    (told,) = await teacher.deliveries()
    assert told["failure"] == "the address is not one of the internet"


def test_an_answer_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "WITHIN_S", 0.3)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.recv(1)
                while not over.wait(0.05):
                    try:
                        line.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        target = read_url(f"http://127.0.0.1:{server.getsockname()[1]}/")
        outcome = deliver(target, {}, b"{}", may_be_private=True)
        over.set()
        thread.join()
    assert outcome.status is None


async def test_the_loop_does_jobs_and_a_fault_of_ours_does_not_end_it(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.01)
    done: list[str] = []

    async def do(job: Any) -> None:
        if job.name == "broken":
            raise ValueError("a bug")
        await Job.filter(id=job.id).update(done_at=utc_now())
        done.append(job.name)

    names = ("broken", "first", "second")
    await add_jobs([NewJob("plain", "k", name, {}) for name in names], at=utc_now())
    await add_jobs([NewJob("plain", "k", "first", {})], at=utc_now())
    loop = JobLoop({"plain": do})
    with capture_logs() as logs:
        await loop.start()
        await until(lambda: len(done) == 2)
        await until(lambda: any(one["event"] == "job.failed" for one in logs))
        await loop.close()
    assert sorted(done) == ["first", "second"]
    assert await Job.filter(done_at=None).values_list("failure", flat=True) == ["a fault of ours"]


async def test_slow_ones_leave_workers_for_the_others(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(module, "SLOW_S", 0.02)
    running: list[str] = []
    at_once: list[int] = []
    done: list[str] = []

    async def do(job: Any) -> None:
        if job.key != "quick":
            assert job.key not in running, "of each key one at a time"
            running.append(job.key)
            at_once.append(len(running))
            await asyncio.sleep(0.03)
            running.remove(job.key)
        await Job.filter(id=job.id).update(done_at=utc_now())
        done.append(job.key)

    slow = ("a", "b", "c", "d")
    await add_jobs([NewJob("plain", key, str(n), {}) for n in range(5) for key in slow], at=BEGAN)
    loop = JobLoop({"plain": do})
    await loop.start()
    await until(lambda: set(slow) <= set(done))
    known = len(at_once)
    await add_jobs([NewJob("plain", "quick", "1", {})], at=utc_now())
    await until(lambda: len(done) == 21)
    await loop.close()
    assert "quick" in done[:-4], "it came last and did not wait for them"
    assert max(at_once[known:]) <= module.SLOW_WORKERS


async def test_a_loop_that_is_woken_looks_at_once(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 3600)
    done = asyncio.Event()

    async def do(job: Any) -> None:
        await Job.filter(id=job.id).update(done_at=utc_now())
        done.set()

    loop = JobLoop({"plain": do})
    await loop.start()
    await asyncio.sleep(0.05)  # each worker has looked and rests
    await add_jobs([NewJob("plain", "k", "1", {})], at=utc_now())
    loop.wake()
    async with asyncio.timeout(20):
        await done.wait()
    await loop.close()


async def test_a_job_is_one_workers_until_its_lease_is_over(home: House) -> None:
    at = utc_now()
    await add_jobs([NewJob(KIND, "k", "n", {})], at=at)
    first = await take_job(at=at)
    assert first is not None
    assert await take_job(at=at) is None
    again = await take_job(at=at + timedelta(seconds=61))
    assert again is not None
    assert (again.id, again.attempts) == (first.id, 2)


async def test_a_lost_database_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.01)
    await open_migrated(f"sqlite://{tmp_path / 'store.db'}")
    await close_database()
    loop = JobLoop({})
    with capture_logs() as logs:
        await loop.start()
        await until(lambda: len(logs) > 2)
        await loop.close()
    assert {one["event"] for one in logs} == {"jobs.not_read"}
