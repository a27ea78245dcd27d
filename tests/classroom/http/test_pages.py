"""The client's files, headers, health, limits on bodies, and errors of our own."""

from __future__ import annotations

import asyncio
import gzip
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from classroom.errors import Refused
from classroom.http import metrics
from classroom.http.headers import content_security_policy
from classroom.http.pages import StaticFiles
from classroom.http.problems import STATUS
from classroom.people.address import address_key
from classroom.store.database import close_database
from tests.support.people import BOOK_HTML, INDEX_HTML, House, house


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/consent/rec1.lin.proof_-",
        "/recordings",
        "/sign-in",
        "/r/kfm-qtw-xyz",
        "/setup/abc",
        "/index.html",
    ],
)
async def test_every_page_is_the_client(home: House, path: str) -> None:
    answer = await home.browser().get(path)
    assert answer.status == (404 if path == "/index.html" else 200)
    if answer.status == 200:
        assert answer.body.decode() == INDEX_HTML
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/b/lotus", "/b/lotus/helen/o1", "/k/k.b1.proof_-", "/mine"])
async def test_public_pages_are_the_light_client(home: House, path: str) -> None:
    answer = await home.browser().get(path)
    assert (answer.status, answer.body.decode()) == (200, BOOK_HTML)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/book.html", "/b/lotus.png", "/ics/none.ics"])
async def test_what_is_no_page_of_the_light_client(home: House, path: str) -> None:
    assert (await home.browser().get(path)).status == 404


async def test_built_assets_are_kept_for_ever_and_packed(home: House) -> None:
    plain = await home.browser().get("/assets/app-1a2b.js")
    assert plain.headers["content-type"].startswith("text/javascript")
    assert "immutable" in plain.headers["cache-control"]
    packed = await home.browser().get(
        "/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip, br"}
    )
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)


async def test_an_unchanged_page_is_not_sent_twice(home: House) -> None:
    first = await home.browser().get("/")
    again = await home.browser().get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    (home.doors.settings.static_dir / "index.html").write_text("new page")
    changed = await home.browser().get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (changed.status, changed.body) == (200, b"new page")


async def test_a_file_is_kept_once_however_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app.js").write_text("x" * 5000)
    (tmp_path / "index.html").write_text("page")
    files = StaticFiles(tmp_path)
    spellings = ["assets/" + "./" * count + "app.js" for count in range(50)]
    spellings += ["assets/" + "../assets/" * count + "app.js" for count in range(50)]
    found = await asyncio.gather(*(files.find(path) for path in spellings))
    assert {id(file) for file in found} == {id(found[0])}
    assert found[0] is not None
    assert found[0].name == "assets/app.js"
    assert len(files) == 1
    assert (await files.find("index.html")) is not None
    (tmp_path / "assets" / "app.js").unlink()
    assert await files.find("assets/app.js") is None
    assert len(files) == 1


async def test_files_are_packed_beside_the_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed_in: list[int] = []
    compress = gzip.compress

    def note(*arguments: Any, **options: Any) -> bytes:
        packed_in.append(threading.get_ident())
        return compress(*arguments, **options)

    monkeypatch.setattr(gzip, "compress", note)
    (tmp_path / "app.js").write_text("x" * 5000)
    files = StaticFiles(tmp_path)
    await asyncio.gather(*(files.find("app.js") for _ in range(5)))
    assert len(packed_in) == 1
    assert packed_in[0] != threading.get_ident()


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.key",
        "/%2e%2e/secret.key",
        "/assets/..%2f..%2fsecret.key",
        "/..%5csecret.key",
        "//etc/passwd.x",
        "/assets/none-1.js",
        "/x%00.js",
    ],
)
async def test_nothing_outside_the_folder_is_served(home: House, path: str) -> None:
    (home.doors.settings.static_dir.parent / "secret.key").write_text("secret")
    answer = await home.browser().get(path)
    assert answer.status == 404
    assert b"secret" not in answer.body


async def test_a_client_that_is_not_built_says_so(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        (tmp_path / "static" / "index.html").unlink()
        answer = await home.browser().get("/")
        assert answer.status == 503
        assert b"make run" in answer.body
        assert (await home.browser().get("/readyz")).json["pages"] is False


@pytest.mark.parametrize("path", ["/", "/api/session", "/api/none", "/assets/none.js", "/healthz"])
async def test_every_answer_is_protected(home: House, path: str) -> None:
    headers = (await home.browser().get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert (
        "camera=(self), microphone=(self), display-capture=(self)" in headers["permissions-policy"]
    )
    assert "strict-transport-security" not in headers


async def test_answers_of_the_api_are_not_kept(home: House) -> None:
    assert (await home.browser().get("/api/session")).headers["cache-control"] == "no-store"


async def test_behind_https_everything_is_secure(tmp_path: Path) -> None:
    async with house(tmp_path, public_url="https://class.example.org/") as home:
        answer = await home.browser().get("/api/session")
        assert "strict-transport-security" in answer.headers
        assert "Secure" in answer.headers["set-cookie"]


def test_the_policy_repeats_only_a_real_host() -> None:
    assert "ws://class.example.org:8080 wss://" in content_security_policy("class.example.org:8080")
    assert "ws://[::1]:8080" in content_security_policy("[::1]:8080")
    for host in ("evil; script-src *", "a b", "", "x" * 300, "h:999999"):
        assert content_security_policy(host).split("; ")[3] == "connect-src 'self'"


async def test_a_body_over_the_limit_is_refused(home: House) -> None:
    browser = await home.browser().opens()
    body = {"email": "x" * 70_000, "password": "y"}
    answer = await browser.post("/api/session", body)
    assert (answer.status, answer.code) == (413, "body.too_large")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "body.malformed"),
        (b"{", "body.malformed"),
        (b"[]", "body.malformed"),
        (b"\xff\xfe", "body.malformed"),
        (b'{"email": "a", "password": {"$ne": 1}}', "body.malformed"),
        (b"[" * 60_000, "body.malformed"),
    ],
)
async def test_a_body_of_another_shape_is_refused(home: House, data: bytes, code: str) -> None:
    browser = await home.browser().opens()
    answer = await browser.post(
        "/api/session", data=data, headers={"Content-Type": "application/json"}
    )
    assert (answer.status, answer.code) == (422, code)


async def test_a_form_is_not_json(home: House) -> None:
    browser = await home.browser().opens()
    answer = await browser.post("/api/session", form={"email": "a", "password": "b"})
    assert (answer.status, answer.code) == (415, "body.not_json")


async def test_unknown_paths_and_methods(home: House) -> None:
    browser = await home.browser().opens()
    assert (await browser.get("/api/none")).code == "path.unknown"
    assert (await browser.get("/api/docs")).body == (await browser.get("/rooms")).body
    answer = await browser.send("PUT", "/api/session", {})
    assert (answer.status, answer.code) == (405, "method.not_allowed")
    assert (await browser.send("BREW", "/")).status == 405


async def test_health_readiness_and_numbers(home: House) -> None:
    browser = home.browser()
    assert (await browser.get("/healthz")).json == {"status": "ok"}
    ready = await browser.get("/readyz")
    assert ready.json == {"status": "ok", "database": True, "media": True, "pages": True}
    home.media.ready = False
    unready = await browser.get("/readyz")
    assert (unready.status, unready.json["media"]) == (503, False)
    text = (await browser.get("/metrics")).body.decode()
    assert "classroom_http_requests_total{" in text
    assert 'classroom_media_packets_in{worker="0"} 12.0' in text
    assert 'classroom_media_dropped{reason="stun.integrity",worker="0"} 3.0' in text
    assert "pid" not in text.replace("_pid", "")
    assert 'classroom_jobs{state="waiting"} 0.0' in text
    assert "classroom_jobs_late_seconds 0.0" in text
    assert 'classroom_letters{state="waiting"} 0.0' in text
    assert "classroom_letters_late_seconds 0.0" in text


async def test_numbers_of_a_worker_keep_their_place(home: House) -> None:
    async def told() -> list[dict[str, Any]]:
        return [{"place": 1, "routers": 3, "faults": {"turn": 2}}, {"place": 2, "routers": 4}]

    text = (await metrics.metrics_text(SimpleNamespace(metrics=told))).decode()  # type: ignore[arg-type]
    assert "classroom_media_workers 2.0" in text
    assert 'classroom_media_routers{worker="1"} 3.0' in text
    assert 'classroom_media_routers{worker="2"} 4.0' in text
    assert 'classroom_media_faults{reason="turn",worker="1"} 2.0' in text
    assert "classroom_media_place" not in text


NEAR = ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd00::1", "::ffff:127.0.0.1"]
FAR = ["8.8.8.8", "203.0.113.9", "2a00:1450::1", "::ffff:8.8.8.8", "", "testclient"]


@pytest.mark.parametrize("address", NEAR)
async def test_numbers_are_for_those_who_are_near(home: House, address: str) -> None:
    assert (await home.browser(address).get("/metrics")).status == 200


@pytest.mark.parametrize("address", FAR)
async def test_numbers_are_not_for_the_world(home: House, address: str) -> None:
    answer = await home.browser(address).get("/metrics")
    assert (answer.status, answer.code) == (404, "path.unknown")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Forwarded-For": "8.8.8.8"}, 404),
        ({"X-Forwarded-For": "10.0.0.9"}, 404),
        ({"Forwarded": "for=8.8.8.8"}, 404),
        ({"Via": "1.1 proxy"}, 404),
        ({"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"X-Forwarded-For": "127.0.0.1, 8.8.8.8"}, 404),
    ],
)
async def test_numbers_are_not_handed_on_by_a_proxy(
    home: House, headers: dict[str, str], status: int
) -> None:
    assert (await home.browser().get("/metrics", headers=headers)).status == status


@pytest.mark.parametrize(
    ("trusted", "told", "status"),
    [
        (["127.0.0.1"], "10.0.0.9", 200),
        (["127.0.0.1"], "8.8.8.8", 404),
        (["127.0.0.1"], "127.0.0.1, 8.8.8.8", 404),
        (["10.0.0.1"], "127.0.0.1", 404),
    ],
)
async def test_numbers_are_for_whom_a_trusted_proxy_tells(
    home: House, trusted: list[str], told: str, status: int
) -> None:
    app = ProxyHeadersMiddleware(home.app, trusted_hosts=trusted)  # type: ignore[arg-type]
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "asgi": {"spec_version": "2.3"},
        "method": "GET",
        "scheme": "http",
        "path": "/metrics",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"class.example"), (b"x-forwarded-for", told.encode())],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8080),
        "extensions": {},
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert sent[0]["status"] == status


async def test_numbers_are_kept_for_a_second(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(metrics, "monotonic", lambda: now)
    browser, packets = home.browser(), 'classroom_media_packets_in{worker="0"} '

    async def told() -> str:
        text = (await browser.get("/metrics")).body.decode()
        return text.partition(packets)[2].split()[0]

    assert await told() == "12.0"
    home.media.numbers[0]["packets_in"] = 13
    assert await told() == "12.0"
    now += 1
    assert await told() == "13.0"


async def test_a_lost_database_is_not_ready_and_answers_500(home: House) -> None:
    await close_database()
    browser = home.browser()
    assert (await browser.get("/readyz")).json["database"] is False
    assert (await browser.get("/healthz")).status == 200
    answer = await browser.get("/api/session")
    assert (answer.status, answer.code) == (500, "server.error")
    assert set(answer.json["params"]) == {"id"}
    assert b"Traceback" not in answer.body


async def test_a_bug_of_ours_is_told_without_its_inside(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> dict[str, object]:
        raise RuntimeError("the inside")

    room = await (await home.browser().signs_up()).makes_room()
    monkeypatch.setattr(home.media, "capabilities", fail)
    answer = await home.browser().get(f"/api/rooms/by-code/{room['code']}")
    assert (answer.status, answer.code) == (500, "server.error")
    assert b"inside" not in answer.body


def test_every_code_of_the_table_has_the_form_of_one() -> None:
    for code, status in STATUS.items():
        assert str(Refused(code)) == code
        assert 400 <= status < 600
        assert code == code.lower()
        assert code.count(".") == 1


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_what_an_address_is_counted_under(address: str | None, key: str) -> None:
    assert address_key(address) == key
