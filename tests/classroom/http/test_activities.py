"""Activities over HTTP: unpacked, served with rules that let them reach nothing, and gone again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from classroom.http.activities import policy
from classroom.http.activity_script import SCRIPT
from classroom.http.headers import FIXED
from classroom.http.pictures import KEPT_BY_BROWSERS
from classroom.http.play_address import play_address
from classroom.store.deck_prints import find_print_file
from tests.support.deck_desk import Teller
from tests.support.decks import zipped
from tests.support.people import House, house

PACKAGE = zipped(
    {
        "quiz/index.html": b"<!doctype html><script src='classroom.js'></script>",
        "quiz/pictures/cell one.png": b"\x89PNG" + bytes(500),
        "quiz/app.mjs": b"export const one = 1;",
        "quiz/run.sh": b"echo no",
        "quiz/.hidden/x.js": b"no",
        "quiz/classroom.js": b"mine",
    }
)
OTHERS = ("/", "/api/session", "/slides/x/y/z", "/films/x/y", "/activities/x/y", "/nothing/there")


@pytest.fixture
async def made_here(home: House) -> AsyncIterator[House]:
    """With what makes decks."""
    await home.doors.decks.start()
    yield home
    await home.doors.decks.close()


async def folder_of(home: House, mei: Teller) -> str:
    """Where the files of the package are."""
    deck = await mei.made((await mei.sends(PACKAGE, "quiz.zip")).json["deck_id"])
    assert (deck["kind"], deck["state"], deck["slides"]) == ("activity", "ready", 0)
    address = play_address(home.doors.secret, deck["print_id"], "zip")
    return address.removesuffix("/index.html")


async def test_its_files_are_served_for_a_frame_that_reaches_nothing(made_here: House) -> None:
    folder = await folder_of(made_here, await Teller.signed_up(made_here))
    browser = made_here.browser()
    shown = folder.removeprefix("/activities/")
    for path, kind, body in (
        ("index.html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("pictures/cell%20one.png", "image/png", b"\x89PNG"),
        ("app.mjs", "text/javascript; charset=utf-8", b"export"),
        ("classroom.js", "text/javascript", SCRIPT.encode()[:20]),
    ):
        answer = await browser.get(f"{folder}/{path}")
        assert answer.status == 200, path
        assert answer.body.startswith(body), "ours comes before one of the same name"
        told = {name.lower(): value for name, value in answer.headers.items()}
        assert told["content-type"].startswith(kind)
        assert told["content-security-policy"] == policy("localhost", shown)
        assert told["cross-origin-resource-policy"] == "cross-origin"
        assert told["access-control-allow-origin"] == "*"
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "no-referrer"
        assert told["permissions-policy"] == FIXED["Permissions-Policy"]
        assert "x-frame-options" not in told
        assert "content-disposition" not in told
        assert "set-cookie" not in told
    part = await browser.get(f"{folder}/pictures/cell one.png", headers={"Range": "bytes=1-3"})
    assert (part.status, part.body) == (206, b"PNG")


async def test_what_is_not_of_it_is_not_there(made_here: House) -> None:
    folder = await folder_of(made_here, await Teller.signed_up(made_here))
    browser = made_here.browser()
    for path in (
        "run.sh",
        ".hidden/x.js",
        "quiz/index.html",
        "../x",
        "source-000.zip",
        "in/app.mjs",
    ):
        assert (await browser.get(f"{folder}/{path}")).status == 404, path
    wrong = folder[:-1] + ("0" if folder[-1] != "0" else "1")
    assert (await browser.get(f"{wrong}/index.html")).code == "activity.unknown"
    assert (await browser.get(f"{wrong}/classroom.js")).code == "activity.unknown"
    film = folder.replace("/activities/", "/films/")
    assert (await browser.get(f"{film}/film.zip")).code == "film.unknown"


def test_the_rules_name_one_folder_and_no_other_host() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("school.example:8443", "p1.abc").split("; "))
    own = " ".join(
        f"{scheme}://school.example:8443/activities/p1.abc/" for scheme in ("https", "http")
    )
    assert rules.pop("sandbox") == "allow-scripts", "no origin, no windows, no forms, no downloads"
    assert rules.pop("frame-ancestors") == "https://school.example:8443 http://school.example:8443"
    assert {rules.pop(name) for name in ("default-src", "form-action", "base-uri")} == {"'none'"}
    for name, allowed in rules.items():
        assert allowed.startswith(own), name
        others = allowed.removeprefix(own).split()
        assert set(others) <= {"'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}
    assert set(rules) == {
        *("script-src", "style-src", "img-src", "font-src", "media-src"),
        *("connect-src", "worker-src"),
    }
    odd = policy("evil; script-src *", "p1.abc")
    assert "evil" not in odd
    assert "frame-ancestors 'none'" in odd


@pytest.mark.parametrize("path", OTHERS)
async def test_no_other_answer_lost_a_header(home: House, path: str) -> None:
    answer = await home.browser().get(path)
    told = {name.lower(): value for name, value in answer.headers.items()}
    assert {name: told[name.lower()] for name in FIXED} == FIXED
    assert "frame-ancestors 'none'" in told["content-security-policy"]


async def test_it_takes_its_files_along_when_it_goes(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    folder = await folder_of(made_here, mei)
    (deck,) = (await mei.asks("GET", "decks")).json["decks"]
    assert await find_print_file(deck["print_id"], "in/index.html") is not None
    await mei.asks("DELETE", f"decks/{deck['id']}")
    assert (await made_here.browser().get(f"{folder}/index.html")).code == "activity.unknown"
    decks = made_here.doors.settings.deck_folder
    assert [path for path in decks.glob("*/*") if path.is_file()] == []


async def test_a_package_without_a_first_page_is_told(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    content = zipped({"page.html": b"x"})
    deck = await mei.made((await mei.sends(content, "quiz.zip")).json["deck_id"])
    assert (deck["state"], deck["fault"], deck["params"]) == ("failed", "type", {"entry": 0})


async def test_its_pages_are_asked_for_anew_and_stand_in_frames_alone(made_here: House) -> None:
    folder = await folder_of(made_here, await Teller.signed_up(made_here))
    browser = made_here.browser()
    page, part = f"{folder}/index.html", f"{folder}/app.mjs"
    kept = [dict((await browser.get(one)).headers)["cache-control"] for one in (page, part)]
    assert kept == ["private, no-cache", KEPT_BY_BROWSERS], "rules come with a page"
    first = await browser.get(page)
    again = await browser.get(page, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    other = {"Host": "school.example", "If-None-Match": first.headers["etag"]}
    assert (await browser.get(page, headers=other)).status == 200, "under other rules"
    in_tab = await browser.get(page, headers={"Sec-Fetch-Dest": "document"})
    assert in_tab.code == "activity.unknown"
    in_frame = await browser.get(page, headers={"Sec-Fetch-Dest": "iframe"})
    assert in_frame.status == 200


async def test_a_library_pays_for_what_it_unpacks_to(tmp_path: Path) -> None:
    page = b"".join(f"<p>{number * 7919 % 100_003}".encode() for number in range(100_000))
    content = zipped({"index.html": page})
    async with house(tmp_path, decks_mb=1) as home:
        await home.doors.decks.start()
        try:
            mei = await Teller.signed_up(home)
            small = zipped({"index.html": page[:300_000]})
            deck = await mei.made((await mei.sends(small, "small.zip")).json["deck_id"])
            paid = -(-300_000 // 4096) * 4096
            assert (deck["state"], deck["bytes"]) == ("ready", paid)
            assert len(content) + paid < 1024**2 < len(page) + paid, "it fits as it was sent"
            deck = await mei.made((await mei.sends(content, "large.zip")).json["deck_id"])
            told = (deck["state"], deck["fault"], deck["params"])
            assert told == ("failed", "quota", {"megabytes": 1})
            library = (await mei.asks("GET", "decks")).json
            assert library["used_bytes"] == paid + len(content)
            kept = home.doors.settings.deck_folder.glob("*/*")
            assert sum(path.stat().st_size for path in kept if path.is_file()) == (
                len(small) + 300_000 + len(content)
            )
        finally:
            await home.doors.decks.close()
