"""Films and sounds over HTTP: sent as decks, fetched whole and in parts by who has the address."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from classroom.http.play_address import play_address, read_print, signed_print
from classroom.people.throttle import Throttle
from tests.support import decks as corpus
from tests.support.deck_desk import Teller
from tests.support.people import House

WEBM = b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm" + bytes(range(256)) * 40
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(500)


@pytest.fixture
async def made_here(home: House) -> AsyncIterator[House]:
    """With what makes decks."""
    await home.doors.decks.start()
    yield home
    await home.doors.decks.close()


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


async def address_of(home: House, content: bytes, name: str) -> str:
    mei = await Teller.signed_up(home)
    deck = await mei.made((await mei.sends(content, name)).json["deck_id"])
    assert (deck["state"], deck["slides"], deck["thumbnail"]) == ("ready", 0, "")
    return play_address(home.doors.secret, deck["print_id"], name.rpartition(".")[2])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("cells.webm", WEBM, "video/webm"),
        ("cells.mp4", MP4, "video/mp4"),
        ("cells.m4v", MP4, "video/mp4"),
        ("voice.m4a", MP4, "audio/mp4"),
        ("voice.mp3", b"ID3" + bytes(90), "audio/mpeg"),
        ("voice.ogg", b"OggS" + bytes(90), "audio/ogg"),
        ("voice.wav", b"RIFF\0\0\0\0WAVE" + bytes(90), "audio/wav"),
    ],
)
async def test_it_is_served_as_it_was_sent(
    made_here: House, name: str, content: bytes, kind: str
) -> None:
    answer = await made_here.browser().get(await address_of(made_here, content, name))
    assert (answer.status, answer.body) == (200, content)
    told = answer.headers
    assert told["content-type"] == kind
    assert told["accept-ranges"] == "bytes"
    assert told["cache-control"] == "private, max-age=31536000, immutable"
    assert told["x-content-type-options"] == "nosniff"
    assert told["content-security-policy"] == "sandbox; default-src 'none'"
    assert told["cross-origin-resource-policy"] == "same-origin"


async def test_a_part_is_served_as_players_ask_for_it(made_here: House) -> None:
    address = await address_of(made_here, WEBM, "cells.webm")
    browser, size = made_here.browser(), len(WEBM)
    for asked, start, stop in (
        ("bytes=0-1", 0, 2),  # Safari, first of all
        ("bytes=0-", 0, size),
        ("bytes=100-199", 100, 200),
        (f"bytes={size - 5}-{size + 99}", size - 5, size),
        ("bytes=-10", size - 10, size),
    ):
        answer = await browser.get(address, headers={"Range": asked})
        assert (answer.status, answer.body) == (206, WEBM[start:stop]), asked
        assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{size}"
        assert answer.headers["Content-Length"] == str(stop - start)
        assert answer.headers["content-type"] == "video/webm"
    beyond = await browser.get(address, headers={"Range": f"bytes={size}-"})
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=5-1", "lines=1-2", "bytes=0-1,5-9", "bytes"):
        assert (await browser.get(address, headers={"Range": odd})).status in (200, 416), odd
    head = await browser.send("HEAD", address)
    assert (head.status, head.body) == (200, b""), "nothing is read for it"


async def test_an_address_nobody_made_has_nothing(made_here: House) -> None:
    address = await address_of(made_here, WEBM, "cells.webm")
    browser = made_here.browser()
    folder, _, name = address.rpartition("/")
    wrong = folder[:-1] + ("0" if folder[-1] != "0" else "1")
    assert (await browser.get(f"{wrong}/{name}")).code == "film.unknown"
    for other in ("film.mp4", "film.pdf", "source-000.webm", "film", ".webm", "film.webm/x"):
        answer = await browser.get(f"{folder}/{other}")
        assert answer.status == 404, other
    assert (await browser.get("/films/x.y/film.webm")).code == "film.unknown"
    assert (await browser.get("/films/anything")).code == "path.unknown", "no page of the client"
    secret = made_here.doors.secret
    shown = signed_print(secret, "film", "p1")
    assert read_print(secret, "film", shown) == "p1"
    assert signed_print(secret, "other", "p1") != shown


async def test_a_pdf_is_no_film(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    paper = corpus.plain_pdf(1)
    deck = await mei.made((await mei.sends(paper)).json["deck_id"])
    address = play_address(made_here.doors.secret, deck["print_id"], "pdf")
    assert (await made_here.browser().get(address)).code == "film.unknown"
    assert (await mei.sends(paper, "cells.mp4")).code == "deck.type", "its bytes say no"


async def test_a_film_that_was_deleted_is_gone(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    deck = await mei.made((await mei.sends(MP4, "cells.mp4")).json["deck_id"])
    address = play_address(made_here.doors.secret, deck["print_id"], "mp4")
    assert (await made_here.browser().get(address)).status == 200
    await mei.asks("DELETE", f"decks/{deck['id']}")
    assert (await made_here.browser().get(address)).code == "film.unknown"


async def test_an_address_may_fetch_so_often(made_here: House) -> None:
    address = await address_of(made_here, MP4, "cells.mp4")
    made_here.doors.limits.slide_look = Throttle(rate_per_s=0.001, burst=2)
    browser = made_here.browser()
    assert [(await browser.get(address)).status for _ in range(3)] == [200, 200, 429]


async def test_what_a_camera_wrote_is_blanked(made_here: House) -> None:
    place = box(b"\xa9xyz", b"\x00\x12+31.2304+121.4737/")
    film = MP4[:24] + box(b"moov", box(b"udta", place))
    answer = await made_here.browser().get(await address_of(made_here, film, "trip.mp4"))
    assert len(answer.body) == len(film)
    assert b"31.2304" not in answer.body
