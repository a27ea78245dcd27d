"""Calendars fetched from servers that do what servers do: send on, drip, lie, answer wrongly."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from classroom.booking.feed_fault import Fetched, Unread
from classroom.hooks import fetching
from classroom.hooks.address import is_public
from classroom.hooks.fetching import BYTES_MAX, fetcher, outcome

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
Answer = Callable[[socket.socket, bytes], None]


def plain(status: str, *headers: str, body: bytes = b"") -> Answer:
    """An answer that is sent whole."""

    def answer(line: socket.socket, _: bytes) -> None:
        head = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""])
        line.sendall(head.encode() + body)

    return answer


def calendar(*headers: str) -> Answer:
    return plain("200 OK", f"Content-Length: {len(CALENDAR)}", *headers, body=CALENDAR)


class Elsewhere:
    """A server of somebody: answers each request with the next answer, the last one for ever."""

    def __init__(self, host: str, answers: list[Answer]) -> None:
        self.requests: list[bytes] = []
        self._answers = answers
        self._server = socket.create_server((host, 0))
        self._server.settimeout(0.05)
        self.url = f"http://{host}:{self._server.getsockname()[1]}/x.ics"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(OSError):
                line, _ = self._server.accept()
                with line:
                    line.settimeout(2)
                    asked = line.recv(4096)
                    self.requests.append(asked)
                    answer = self._answers[0]
                    if len(self._answers) > 1:
                        self._answers.pop(0)
                    answer(line, asked)


@pytest.fixture
def serve() -> Iterator[Callable[..., Elsewhere]]:
    servers: list[Elsewhere] = []

    def begin(*answers: Answer, host: str = "127.0.0.2") -> Elsewhere:
        servers.append(Elsewhere(host, list(answers)))
        return servers[-1]

    yield begin
    for server in servers:
        server.close()


def like_the_internet(address: str) -> bool:
    """127.0.0.2 stands for a server of the internet; everything else is as it is."""
    return address == "127.0.0.2" or is_public(address)


def fetch(url: str, etag: str = "") -> Fetched | Unread:
    return outcome(url, etag, may_connect=like_the_internet)


def fault(url: str) -> str:
    told = fetch(url)
    assert isinstance(told, Unread), told
    return told.fault


Serve = Callable[..., Elsewhere]


def test_a_calendar_comes_with_its_mark_and_only_when_it_changed(serve: Serve) -> None:
    server = serve(calendar('ETag: "a1"'), plain("304 Not Modified"))
    assert fetch(server.url) == Fetched(CALENDAR, '"a1"')
    assert fetch(server.url, '"a1"') == Fetched(None, '"a1"')
    first, second = server.requests
    assert b"Accept-Encoding: identity\r\n" in first
    assert b"If-None-Match" not in first
    assert b'If-None-Match: "a1"\r\n' in second


def test_a_mark_that_cannot_be_one_is_not_kept(serve: Serve) -> None:
    server = serve(calendar(f'ETag: "{"x" * 300}"'))
    assert fetch(server.url) == Fetched(CALENDAR, "")


def test_it_may_be_sent_on_three_times(serve: Serve) -> None:
    server = serve()
    on = plain("302 Found", f"Location: {server.url}")
    server._answers = [on, on, on, calendar()]
    assert fetch(server.url) == Fetched(CALENDAR, "")
    server._answers = [plain("301 Moved", "Location: /x.ics")]
    assert fault(server.url) == "redirects"


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/",
        "http://127.1:8080/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.7/",
        "http://192.168.1.1/",
        "http://inside.example/",
        "//10.0.0.7/",
    ],
)
def test_it_is_never_sent_on_into_a_private_network(
    serve: Serve, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def names(host: str, *more: object, **others: object) -> object:
        return real("10.1.2.3" if host == "inside.example" else host, *more, **others)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", names)
    server = serve(plain("302 Found", f"Location: {where}"))
    assert fault(server.url) == "private"
    assert len(server.requests) == 1


@pytest.mark.parametrize("where", ["file:///etc/passwd", "gopher://127.0.0.2/", "ftp://x.example/"])
def test_it_is_only_sent_on_to_the_web(serve: Serve, where: str) -> None:
    server = serve(plain("302 Found", f"Location: {where}"))
    assert fault(server.url) == "address"


def test_nothing_inside_is_asked_unless_the_operator_says_so(serve: Serve) -> None:
    server = serve(calendar(), host="127.0.0.1")
    assert fault(server.url) == "private"
    assert server.requests == []


async def test_the_operator_may_say_so(serve: Serve) -> None:
    server = serve(calendar(), host="127.0.0.1")
    assert await fetcher(may_be_private=True)(server.url, "") == Fetched(CALENDAR, "")
    with pytest.raises(Unread) as caught:
        await fetcher(may_be_private=False)(server.url, "")
    assert caught.value.fault == "private"


@pytest.mark.parametrize("status", ["401 No", "403 No", "404 No", "500 No", "204 No", "206 Part"])
def test_another_status_is_told(serve: Serve, status: str) -> None:
    told = fetch(serve(plain(status, "Content-Length: 0")).url)
    assert isinstance(told, Unread)
    assert (told.fault, told.detail) == ("status", status[:3])


def test_a_status_of_nothing_new_that_nobody_asked_for_is_none(serve: Serve) -> None:
    assert fault(serve(plain("304 Not Modified")).url) == "status"


def test_what_announces_too_much_is_not_begun(serve: Serve) -> None:
    assert fault(serve(plain("200 OK", "Content-Length: 100000000")).url) == "large"


def test_what_lies_about_its_length_is_cut(serve: Serve) -> None:
    def endless(line: socket.socket, _: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        sent = 0
        while sent < 2 * BYTES_MAX:
            line.sendall(b"x" * 65536)
            sent += 65536

    assert fault(serve(endless).url) == "large"


def test_what_ends_before_its_length_is_no_calendar(serve: Serve) -> None:
    server = serve(plain("200 OK", "Content-Length: 4000", body=CALENDAR))
    assert fault(server.url) == "broken"


def test_what_comes_packed_is_not_unpacked(serve: Serve) -> None:
    bomb = gzip.compress(b"\0" * 1_000_000)
    server = serve(plain("200 OK", "Content-Encoding: gzip", body=bomb))
    assert fault(server.url) == "broken"


def test_a_line_without_end_is_not_read(serve: Serve) -> None:
    def line_of(line: socket.socket, _: bytes) -> None:
        with contextlib.suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000_000)

    assert fault(serve(line_of).url) == "broken"


def test_what_drips_is_not_waited_for(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WITHIN_S", 0.3)
    over = threading.Event()

    def drip(line: socket.socket, _: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(OSError):
            while not over.wait(0.02):
                line.sendall(b"B")

    server = serve(drip)
    try:
        assert fault(server.url) == "slow"
    finally:
        over.set()


def test_who_says_nothing_is_not_waited_for(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "WITHIN_S", 0.2)
    over = threading.Event()
    server = serve(lambda line, _: over.wait(2) and None)
    try:
        assert fault(server.url) == "slow"
    finally:
        over.set()


def test_who_is_not_there_is_told(serve: Serve) -> None:
    with socket.create_server(("127.0.0.2", 0)) as free:
        port = free.getsockname()[1]
    assert fault(f"http://127.0.0.2:{port}/") == "refused"
    assert fault("http://nobody.invalid/") == "name"
    assert fault("http://user:secret@127.0.0.2/") == "address"
    assert fault("x" * 600) == "address"


def test_a_certificate_nobody_vouches_for_is_refused(serve: Serve, tmp_path: Path) -> None:
    key, signed = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=calendar.example", "-keyout", str(key), "-out", str(signed)),
        ],
        check=True,
        capture_output=True,
        timeout=30,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signed, key)
    with socket.create_server(("127.0.0.2", 0)) as server:

        def shake() -> None:
            line, _ = server.accept()
            with contextlib.suppress(OSError), context.wrap_socket(line, server_side=True) as safe:
                safe.recv(100)

        thread = threading.Thread(target=shake)
        thread.start()
        found = fault(f"https://127.0.0.2:{server.getsockname()[1]}/")
        thread.join()
    assert found == "certificate"
