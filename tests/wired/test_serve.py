"""The real server process: what it answers to people, and to those who mean harm."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from classroom.http.metrics import KEPT_S
from tests.support.people import INDEX_HTML
from tests.support.served import Served, Visitor
from tests.support.signalling import Person, Refusal


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("served"))
    yield server
    server.close()


def test_it_is_alive_ready_and_counts(served: Served) -> None:
    visitor = served.visitor()
    assert visitor.get("/healthz").json == {"status": "ok"}
    ready = visitor.get("/readyz")
    assert ready.json == {"status": "ok", "database": True, "media": True, "pages": True}
    text = visitor.get("/metrics").body.decode()
    assert "classroom_media_workers 1.0" in text
    assert "classroom_http_requests_total{" in text


def test_pages_come_with_a_strict_policy(served: Served) -> None:
    answer = served.visitor().get(f"/r/{served.demo_code}")
    assert answer.body.decode() == INDEX_HTML
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert f"ws://127.0.0.1:{served.port}" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers


def test_what_changes_something_needs_our_page(served: Served) -> None:
    visitor = served.visitor()
    visitor.csrf = "0" * 64
    answer = visitor.signs_up()
    assert (answer.status, answer.code) == (403, "csrf.invalid")
    visitor.csrf = ""
    assert visitor.signs_up().code == "csrf.invalid"


def test_forged_cookies_are_strangers(served: Served) -> None:
    for name in ("classroom_session", "classroom_visitor", "classroom_host_x"):
        visitor = served.visitor()
        visitor.cookies = {name: "forged" * 20}
        assert visitor.get("/api/session").json["account"] is None
        assert visitor.get("/api/rooms").code == "session.required"


def test_a_body_over_the_limit_is_refused(served: Served) -> None:
    answer = served.visitor().post("/api/accounts", b"{" + b" " * 70_000)
    assert (answer.status, answer.code) == (413, "body.too_large")


def test_a_body_without_length_is_refused_at_the_limit(served: Served) -> None:
    visitor = served.visitor()
    head = (
        "POST /api/accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Cookie: classroom_visitor={visitor.cookies['classroom_visitor']}\r\n"
        f"X-CSRF-Token: {visitor.csrf}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=10)) as line:
        line.sendall(head.encode())
        for _ in range(20):
            line.sendall(b"1000\r\n" + b" " * 0x1000 + b"\r\n")
        answer = line.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert served.visitor().get("/healthz").status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff\x13\x37" * 500,
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET " + b"/x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    ],
)
def test_what_is_no_http_disturbs_nobody(served: Served, sent: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", served.port), timeout=10)) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
    assert served.visitor().get("/healthz").status == 200


async def test_a_guest_and_a_tutor_meet_in_the_demo_class(served: Served) -> None:
    tutor, guest = served.visitor(), served.visitor()
    answer = tutor.get(served.host_link)
    assert (answer.status, answer.headers["location"]) == (303, f"/r/{served.demo_code}")
    host_seat = tutor.takes_seat(served.demo_code, "Ms Wu")
    guest_seat = guest.takes_seat(served.demo_code, "Ann")
    assert (host_seat["role"], guest_seat["role"]) == ("host", "student")

    capabilities = guest.capabilities(served.demo_code)
    wu = await enter(served, host_seat["seat_token"])
    assert (await wu.join(capabilities))["media"] is not None
    ann = await enter(served, guest_seat["seat_token"])
    welcome = await ann.join(capabilities)
    assert welcome["self_id"] == guest_seat["participant_id"]
    assert [who["name"] for who in welcome["room"]["participants"]] == ["Ms Wu", "Ann"]
    assert welcome["media"]["send"]["ice_candidates"][0]["ip"] == "127.0.0.1"

    door = served.visitor().get(f"/api/rooms/by-code/{served.demo_code}").json
    assert (door["live"]["hosts"], door["live"]["participants"]) == (["Ms Wu"], 2)
    assert "Ann" not in str(door)

    again = guest.takes_seat(served.demo_code, "Ann", existing=guest_seat["seat_token"])
    assert again["participant_id"] == guest_seat["participant_id"]
    await asyncio.sleep(KEPT_S)  # so long an older answer may be given
    text = served.visitor().get("/metrics").body.decode()
    assert "classroom_participants 2.0" in text
    await ann.leave_line()
    await wu.leave_line()


async def test_an_owner_ends_the_class_from_the_list(served: Served) -> None:
    owner = served.visitor()
    assert owner.signs_up("owner@example.org").status == 201
    room = owner.post("/api/rooms", {"title": "Chemistry"}).json
    guest = served.visitor()
    seat = guest.takes_seat(room["code"], "Ann")
    ann = await enter(served, seat["seat_token"])
    await ann.join(guest.capabilities(room["code"]))
    assert owner.get("/api/rooms").json[0]["live"]["participants"] == 1
    assert owner.post(f"/api/rooms/{room['id']}/end").status == 204
    await ann.hear_event("room_ended")
    await ann.leave_line()
    assert owner.get("/api/rooms").json[0]["live"] is None


async def test_a_forged_seat_gets_no_socket(served: Served) -> None:
    seat = served.visitor().takes_seat(served.demo_code, "Ann")["seat_token"]
    for token, code in ((seat[:-4] + "AAAA", "seat.forged"), ("nonsense", "seat.forged")):
        with pytest.raises(Refusal) as refusal:
            await enter(served, token)
        assert refusal.value.code == code


def test_the_log_tells_nothing_private(served: Served, tmp_path: Path) -> None:
    visitor = served.visitor()
    visitor.signs_up("private@example.org")
    visitor.takes_seat(served.demo_code, "Very Private")
    token = visitor.post("/api/tokens", {"name": "Private"}).json["token"]
    shown = {"Authorization": f"Bearer {token}"}
    program = Visitor(served.port)
    assert program.get("/api/rooms", shown).json == []
    assert program.send("POST", "/api/rooms", {}, shown).code == "token.scope"
    names = ("private@", "Private", served.demo_code, served.setup_token, "127.0.0.1", token)
    for private in names:
        assert private not in served.log


async def enter(served: Served, seat: str) -> Person:
    """A tab with this seat, connected and not yet joined."""
    person = await Person.open(served.port)
    await person.handshake({"seat": seat, "tab": "tab-1", "takeover": False})
    return person
