"""Waiting rooms in the real product: streams at the beginning and at the end, and a restart."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.product import free_port
from tests.support.booked import Practice, answer, open_practice
from tests.support.served import Served, Visitor

ASKED = {"reason": "The form closes tonight", "zone": "Asia/Tehran", "locale": "en"}


class Stream:
    """An open page: what it is told, one event after the other."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=10)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        self._connection.request("GET", path, headers={"Cookie": cookies})
        self._response = self._connection.getresponse()
        assert self._response.status == 200, self._response.read()
        assert self._response.getheader("x-accel-buffering") == "no"

    def now(self) -> dict[str, Any]:
        """What is so, as it was told next."""
        event = ""
        while True:
            line = self._response.readline().decode()
            assert line, "the stream ended"
            if line.startswith("event: "):
                event = line.removeprefix("event: ").strip()
            elif line.startswith("data: ") and event == "now":
                told: dict[str, Any] = json.loads(line.removeprefix("data: "))
                return told

    def ends(self) -> bool:
        """Whether it is over, as it should be, and not cut off."""
        while line := self._response.readline():
            assert line.startswith((b"event", b"data", b":", b"\n"))
        return True

    def close(self) -> None:
        """The page is closed."""
        self._response.close()
        self._connection.close()


@contextmanager
def product(folder: Path, port: int) -> Iterator[Served]:
    served = Served(folder, HTTP_PORT=str(port), DEMO="false")
    try:
        yield served
    finally:
        served.close()


def waits(practice: Practice, name: str, **more: Any) -> tuple[Visitor, str]:
    """A visitor who is ready, and the path of their visit."""
    guest = practice.guest()
    slug = practice.page().removeprefix("/b/")
    asked = answer(guest.post(f"/api/book/{slug}/now", {"name": name, **ASKED, **more}), 201)
    path = f"/api/mine/visits/{asked['id']}"
    answer(guest.post(f"{path}/ready", {"on": True}))
    return guest, path


def test_a_queue_outlives_the_server_and_streams_end_with_it(tmp_path: Path) -> None:
    port = free_port()
    with product(tmp_path, port) as served:
        practice = open_practice(port)
        desk = practice.helen.desk
        free = {"org": practice.org_id, "host_id": practice.helen.host_id, "on": True}
        answer(desk.post("/api/desk/free", free))
        jonas, of_jonas = waits(practice, "Jonas")
        leila, of_leila = waits(practice, "Leila", urgent=True)
        answer(jonas.post(f"{of_jonas}/message", {"text": "One minute please"}))
        pages = [
            Stream(jonas, f"{of_jonas}/stream"),
            Stream(leila, f"{of_leila}/stream"),
            Stream(desk, f"/api/desk/stream?org={practice.org_id}"),
        ]
        firsts = [page.now() for page in pages]
        assert [first.get("place") for first in firsts] == [2, 1, None]
        assert [one["name"] for one in firsts[2]["visits"]] == ["Leila", "Jonas"]
        code, took_s = served.stop()
        assert (code, took_s < 5) == (0, True)
        assert all(page.ends() for page in pages)
        for page in pages:
            page.close()
        assert "Traceback" not in served.log
    with product(tmp_path, port) as served:
        again = Stream(jonas, f"{of_jonas}/stream")
        told = again.now()
        assert (told["place"], told["state"]) == (2, "ready")
        assert [one["text"] for one in told["messages"]] == ["One minute please"]
        page = Stream(desk, f"/api/desk/stream?org={practice.org_id}")
        assert [one["name"] for one in page.now()["visits"]] == ["Leila", "Jonas"]
        visit = of_leila.rpartition("/")[2]
        way = answer(desk.post(f"/api/visits/{visit}/admit"))
        assert answer(leila.post(f"{of_leila}/enter")) == way
        assert leila.takes_seat(way["code"], "x")["role"] == "student"
        assert desk.takes_seat(way["code"], "Helen")["role"] == "host"
        while again.now()["place"] != 1:
            pass
        page.close()
        again.close()
        served.kill()
        assert "Traceback" not in served.log
