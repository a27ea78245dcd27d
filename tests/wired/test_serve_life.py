"""Starting, stopping and starting again: the real server process and its links."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.product import free_port
from tests.support.database import postgresql
from tests.support.migrated import begin_migrated
from tests.support.people import GOOD_PASSWORD
from tests.support.served import STOP_WITHIN_S, Served, Visitor, command
from tests.support.signalling import Person
from tests.support.wired import process_ended, until


@pytest.fixture
def started() -> Iterator[list[Served]]:
    """Every server a test puts here is gone at its end."""
    servers: list[Served] = []
    yield servers
    for server in servers:
        server.close()


def test_the_one_time_link_works_once_and_is_not_shown_again(
    tmp_path: Path, started: list[Served]
) -> None:
    server = Served(tmp_path)
    started.append(server)
    visitor = server.visitor()
    assert visitor.get("/api/session").json["setup_needed"] is True
    wrong = visitor.signs_up(setup_token="0" * 64)
    assert (wrong.status, wrong.code) == (403, "setup.token_invalid")
    made = visitor.signs_up(setup_token=server.setup_token)
    assert (made.status, made.json["account"]["is_admin"]) == (201, True)
    again = server.visitor().signs_up("li@example.org", setup_token=server.setup_token)
    assert (again.status, again.code) == (403, "setup.token_invalid")
    assert server.stop() == (0, pytest.approx(0, abs=STOP_WITHIN_S))

    second = Served(tmp_path)
    started.append(second)
    assert "/setup/" not in second.greeting
    body = {"email": "mei@example.org", "password": GOOD_PASSWORD}
    assert second.visitor().post("/api/session", body).status == 200
    assert visitor_of(second, visitor.cookies).get("/api/rooms").status == 200
    second.stop()


def test_a_second_start_finds_everything_again(tmp_path: Path, started: list[Served]) -> None:
    first = Served(tmp_path, from_nothing=True)
    started.append(first)
    seat = first.visitor().takes_seat(first.demo_code, "Ann")
    first.stop()
    secret = tmp_path / "data" / "secret.key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600

    second = Served(tmp_path)
    started.append(second)
    assert links(second) == links(first)
    again = second.visitor().takes_seat(second.demo_code, "Ann", existing=seat["seat_token"])
    assert again["participant_id"] == seat["participant_id"]
    second.stop()
    assert "migrated" in first.log.splitlines()[0]
    assert first.log.count("step=0001_initial") == 1


async def test_a_stop_tells_everybody_and_leaves_nothing(
    tmp_path: Path, started: list[Served]
) -> None:
    server = Served(tmp_path)
    started.append(server)
    visitor = server.visitor()
    seat = visitor.takes_seat(server.demo_code, "Ann")
    ann = await Person.open(server.port)
    await ann.handshake({"seat": seat["seat_token"], "tab": "t", "takeover": False})
    await ann.join(visitor.capabilities(server.demo_code))
    idle = await Person.open(server.port)
    workers = server.children()
    assert workers
    with closing(socket.create_connection(("127.0.0.1", server.port))) as line:
        line.sendall(b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        code, seconds = server.stop()
    assert code == 0
    assert seconds < STOP_WITHIN_S
    assert (await ann.hear("server.closing"))["retry_ms"] > 0
    for person in (ann, idle):
        await person.leave_line()
    assert all(process_ended(pid) for pid in workers)
    assert "Traceback" not in server.log
    assert "took too long" not in server.log


def test_it_runs_on_postgresql(tmp_path: Path, started: list[Served]) -> None:
    with postgresql() as cluster:
        server = Served(tmp_path, DATABASE_URL=cluster.new_database())
        started.append(server)
        visitor = server.visitor()
        assert visitor.signs_up(setup_token=server.setup_token).status == 201
        assert visitor.get("/readyz").json["database"] is True
        assert not list((tmp_path / "data").glob("*.db"))
        assert server.stop()[0] == 0


def test_settings_are_followed_and_an_interrupt_is_a_stop_too(
    tmp_path: Path, started: list[Served]
) -> None:
    server = Served(tmp_path, DEMO="false", MEDIA_WORKERS="2", TRUSTED_PROXIES="127.0.0.1")
    started.append(server)
    assert "/enter/" not in server.greeting
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    answer = server.visitor().get("/api/session", headers={**forwarded, "Cookie": ""})
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers
    assert "classroom_media_workers 2.0" in server.visitor().get("/metrics").body.decode()
    assert server.visitor().get("/metrics", headers=forwarded).status == 404
    code, seconds = server.stop(signal.SIGINT)
    assert code == 0
    assert seconds < STOP_WITHIN_S


async def test_killed_media_workers_are_replaced(tmp_path: Path, started: list[Served]) -> None:
    server = Served(tmp_path)
    started.append(server)
    visitor = server.visitor()
    killed = set(server.children())
    for worker in killed:
        os.kill(worker, signal.SIGKILL)

    def is_healed() -> bool:
        alive = set(server.children())
        return bool(alive - killed) and bool(visitor.get("/readyz").json["media"])

    await until(lambda: not killed & set(server.children()))
    await until(is_healed, within=20)
    assert server.stop()[0] == 0


def test_a_taken_web_port_is_a_sentence(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        done = command(tmp_path, "serve", HTTP_PORT=str(port))
    assert done.returncode == 1
    assert f"TCP port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "CLASSROOM_HTTP_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_media_port_is_a_sentence(tmp_path: Path) -> None:
    port = free_port(socket.SOCK_DGRAM)
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as other:
        other.bind(("127.0.0.1", port))
        begin_migrated(tmp_path / "data" / "classroom.db")
        done = command(tmp_path, "serve", MEDIA_PORT=str(port))
    assert done.returncode == 1
    assert "CLASSROOM_MEDIA_PORT" in done.stderr
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    url = f"postgresql://tester@127.0.0.1:{free_port()}/nothing"
    done = command(tmp_path, "serve", DATABASE_URL=url)
    assert done.returncode == 1
    assert "The database cannot be opened" in done.stderr
    assert "Traceback" not in done.stderr


def links(server: Served) -> tuple[str, str, str]:
    return server.setup_token, server.host_link, server.demo_code


def visitor_of(server: Served, cookies: dict[str, str]) -> Visitor:
    """Somebody who comes back with what the browser kept."""
    visitor = server.visitor()
    visitor.cookies = dict(cookies)
    return visitor
