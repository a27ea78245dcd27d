"""Decks over HTTP: sent, made by real children, looked at, changed by whom they belong to."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from classroom.http.slide_address import slide_address
from classroom.people.throttle import Throttle
from classroom.store.deck_tables import DeckPrint
from tests.support import decks as corpus
from tests.support.deck_desk import Teller
from tests.support.people import Answer, House, house
from tests.support.wired import until

PAPER = corpus.plain_pdf(3)


@pytest.fixture
async def made_here(home: House) -> AsyncIterator[House]:
    """With the children that make decks."""
    await home.doors.decks.start()
    yield home
    await home.doors.decks.close()


def files_in(home: House) -> set[str]:
    folder = home.doors.settings.deck_folder
    return {path.name for path in folder.glob("*/*")} if folder.exists() else set()


def size_of(answer: Answer) -> tuple[int, int]:
    with Image.open(io.BytesIO(answer.body)) as image:
        return image.size


async def test_a_pdf_becomes_a_deck_with_pictures_and_text(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    begun = await mei.begins(("Säuren & Basen.pdf", len(PAPER)))
    assert begun.status == 201
    upload_id = begun.json["upload_id"]
    assert begun.json["pieces"] == [{"index": 0, "offset": 0}]
    half = len(PAPER) // 2
    told = await mei.piece(upload_id, PAPER[:half])
    assert told.json == {"offset": half, "is_ready": False, "deck_id": ""}
    assert (await mei.piece(upload_id, PAPER[half:])).code == "upload.offset"
    assert (await mei.asks("GET", f"decks/uploads/{upload_id}/0")).json["offset"] == half
    last = await mei.piece(upload_id, PAPER[half:], half)
    assert last.json["is_ready"] is True
    deck_id = last.json["deck_id"]
    again = await mei.asks("GET", f"decks/uploads/{upload_id}/0")
    assert again.json == last.json, "an answer that was lost is told again"
    assert (await mei.asks("GET", f"decks/uploads/{upload_id}/1")).code == "upload.unknown"

    deck = await mei.made(deck_id)
    assert (deck["state"], deck["name"], deck["kind"]) == ("ready", "Säuren & Basen", "pdf")
    assert (deck["slides"], deck["leaves"], deck["done"], deck["newer"]) == (3, 3, 3, None)
    assert deck["version_id"] == deck["versions"][0]["id"]
    assert [version["name"] for version in deck["versions"]] == ["Säuren & Basen.pdf"]
    library = (await mei.asks("GET", "decks")).json
    assert library["decks"] == [deck]
    assert (library["used_bytes"], library["office"]) == (len(PAPER), "missing")

    slides = (await mei.asks("GET", f"decks/{deck_id}/slides")).json["slides"]
    assert [slide["number"] for slide in slides] == [1, 2, 3]
    assert [leaf["step"] for slide in slides for leaf in slide["leaves"]] == [0, 0, 0]
    (leaf,) = slides[0]["leaves"]
    assert leaf["text"] != ""
    assert deck["thumbnail"] == f"{leaf['address']}/320.webp"
    assert (leaf["width"], len({slide["leaves"][0]["address"] for slide in slides})) == (1280, 3)

    stranger = made_here.browser()
    small = await stranger.get(deck["thumbnail"])
    assert small.status == 200
    assert size_of(small)[0] == 320
    assert small.headers["cache-control"] == "private, max-age=31536000, immutable"
    page = deck["thumbnail"].replace("/320.webp", "")
    assert size_of(await stranger.get(f"{page}/1280.webp"))[0] == 1280
    large = await stranger.get(f"{page}/2560.webp")
    assert size_of(large)[0] == 2560
    assert (await stranger.get(f"{page}/2560.webp")).body == large.body
    assert (await stranger.get(f"{page}/text.json")).json == {"text": leaf["text"]}
    head = await stranger.send("HEAD", f"{page}/320.webp")
    assert (head.status, head.headers["Content-Length"]) == (200, str(len(small.body)))
    tag = {"If-None-Match": small.headers["etag"]}
    assert (await stranger.get(deck["thumbnail"], headers=tag)).status == 304

    assert (await mei.asks("DELETE", f"decks/{deck_id}")).status == 204
    assert (await mei.asks("GET", f"decks/{deck_id}")).code == "deck.unknown"
    assert (await stranger.get(deck["thumbnail"])).code == "slide.unknown"
    assert files_in(made_here) == set(), "nothing stays on the disk"


async def test_staff_of_the_room_hear_how_far_it_is(made_here: House) -> None:
    browser = await made_here.browser().signs_up()
    room = await browser.makes_room()
    host = await Teller.seated(made_here, room, "wu", "host")
    deck_id = (await host.sends(PAPER)).json["deck_id"]
    await host.made(deck_id)
    await until(lambda: made_here.live.progress[-1][0].state == "ready")  # written, then told
    told = [one for one, rooms in made_here.live.progress if rooms == [room["id"]]]
    states = [one.state for one in told]
    assert states[0] == "opening"
    assert (told[-1].state, told[-1].done, told[-1].leaves) == ("ready", 3, 3)
    assert len(told) == len(made_here.live.progress)
    assert sorted(set(states), key=states.index) == ["opening", "showing", "ready"]


async def test_the_same_file_costs_once_and_stays_while_somebody_has_it(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    bo = await Teller.signed_up(made_here, "bo@example.org")
    first = await mei.made((await mei.sends(PAPER)).json["deck_id"])
    kept = files_in(made_here)
    second = await bo.deck((await bo.sends(PAPER, "other name.pdf")).json["deck_id"])
    assert (second["state"], second["thumbnail"]) == ("ready", first["thumbnail"])
    assert files_in(made_here) == kept
    await mei.asks("DELETE", f"decks/{first['id']}")
    assert files_in(made_here) == kept
    assert (await mei.browser.get(first["thumbnail"])).status == 200
    await bo.asks("DELETE", f"decks/{second['id']}")
    assert files_in(made_here) == set()


async def test_two_who_send_the_same_at_the_same_moment_share_one_print(made_here: House) -> None:
    people = [await Teller.signed_up(made_here, f"{name}@example.org") for name in ("mei", "bo")]
    sent = await asyncio.gather(*(one.sends(PAPER) for one in people))
    made = [
        await one.made(answer.json["deck_id"]) for one, answer in zip(people, sent, strict=True)
    ]
    assert {deck["state"] for deck in made} == {"ready"}
    assert len({deck["thumbnail"] for deck in made}) == 1
    assert await DeckPrint.all().count() == 1


async def test_a_page_that_is_not_drawn_yet_is_coming(home: House) -> None:
    mei = await Teller.signed_up(home)
    await mei.sends(PAPER)  # and nobody makes it
    print_id = (await DeckPrint.get()).id
    address = slide_address(home.doors.secret, print_id, 1, 0)
    answer = await mei.browser.get(f"{address}/320.webp")
    assert (answer.status, answer.code) == (404, "slide.coming")
    assert answer.headers["retry-after"] == "1"
    assert (await mei.browser.get(f"{address}/text.json")).code == "slide.coming"


async def test_pictures_are_fetched_at_a_bounded_rate(home: House) -> None:
    home.doors.limits.slide_look = Throttle(rate_per_s=0.01, burst=2)
    address = slide_address(home.doors.secret, "p", 1, 0)
    codes = [(await home.browser().get(f"{address}/320.webp")).code for _ in range(3)]
    assert codes == ["slide.unknown", "slide.unknown", "rate.limited"]


async def test_pictures_are_one_deck_in_their_order(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    shots = [corpus.picture("PNG", (640, 480)), corpus.picture("PNG", (300, 600))]
    begun = await mei.begins(*((f"{n}.png", len(shot)) for n, shot in enumerate(shots)))
    upload_id = begun.json["upload_id"]
    assert (await mei.piece(upload_id, shots[1], index=1)).json["is_ready"] is False
    last = await mei.piece(upload_id, shots[0])
    deck = await mei.made(last.json["deck_id"])
    assert (deck["state"], deck["kind"], deck["slides"]) == ("ready", "picture", 2)
    assert size_of(await mei.browser.get(deck["thumbnail"])) == (320, 240)


async def test_a_new_version_stands_beside_until_it_is_ready(made_here: House) -> None:
    mei = await Teller.signed_up(made_here)
    deck_id = (await mei.sends(PAPER)).json["deck_id"]
    first = await mei.made(deck_id)
    locked = corpus.locked_pdf(user="secret")
    assert (await mei.sends(locked, deck_id=deck_id)).json["deck_id"] == deck_id
    deck = await newer_over(mei, deck_id)
    assert (deck["state"], deck["thumbnail"]) == ("ready", first["thumbnail"])
    assert (deck["newer"]["state"], deck["newer"]["fault"]) == ("failed", "encrypted")
    failed = f"decks/{deck_id}/versions/{deck['newer']['version_id']}"
    assert (await mei.asks("POST", f"{failed}/use")).code == "deck.failed"
    assert (await mei.asks("DELETE", failed)).status == 204
    await mei.sends(corpus.plain_pdf(1), deck_id=deck_id)
    deck = await newer_over(mei, deck_id)
    assert (deck["slides"], [one["number"] for one in deck["versions"]]) == (1, [2, 1])
    assert deck["version_id"] == deck["versions"][0]["id"]
    assert await slides_of(mei, deck_id) == ("ready", 1)
    assert await slides_of(mei, deck_id, first["print_id"]) == ("ready", 3), (
        "a deck on the stage stays"
    )
    other = await mei.made((await mei.sends(corpus.plain_pdf(2))).json["deck_id"])
    strange = await mei.asks("GET", f"decks/{deck_id}/slides?print={other['print_id']}")
    assert strange.code == "version.unknown"
    old = f"decks/{deck_id}/versions/{deck['versions'][1]['id']}"
    assert (await mei.asks("POST", f"{old}/use")).json["slides"] == 3
    assert (await mei.asks("DELETE", old)).code == "version.used"
    assert (await mei.asks("DELETE", f"decks/{deck_id}/versions/x")).code == "version.unknown"


async def slides_of(mei: Teller, deck_id: str, print_id: str = "") -> tuple[str, int]:
    told = (await mei.asks("GET", f"decks/{deck_id}/slides?print={print_id}")).json
    return told["state"], len(told["slides"])


async def newer_over(mei: Teller, deck_id: str) -> dict[str, Any]:
    """The deck when its newer version is made or failed."""
    while True:
        deck = await mei.deck(deck_id)
        if deck["newer"] is None or deck["newer"]["state"] == "failed":
            return deck
        await asyncio.sleep(0.05)


ATTACKS = (
    ("a bomb", corpus.flate_bomb_pdf, ("ready", "failed")),
    ("a long page", corpus.long_page_pdf, ("failed",)),
    ("a cut one", lambda: PAPER[: len(PAPER) // 3], ("failed",)),
)


@pytest.mark.parametrize(("name", "make", "ends"), ATTACKS)
async def test_a_bad_file_ends_with_its_reason(
    made_here: House, name: str, make: Any, ends: Any
) -> None:
    mei = await Teller.signed_up(made_here)
    deck = await mei.made((await mei.sends(make(), f"{name}.pdf")).json["deck_id"])
    assert deck["state"] in ends
    assert (deck["fault"] != "") == (deck["state"] == "failed")
    await mei.asks("DELETE", f"decks/{deck['id']}")
    assert files_in(made_here) == set()
    assert list(made_here.doors.settings.work_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.pdf", b"", "deck.empty"),
        ("x.exe", b"MZ", "deck.type"),
        ("x.ppt", b"x", "deck.old_office"),
        ("x.pptx", b"PK\x03\x04", "deck.office_missing"),
        ("x.mp4", b"....moovisom", "deck.type"),
        ("x.pdf", b"GIF89a", "deck.type"),
    ],
)
async def test_what_cannot_be_shown_is_said_at_once(
    home: House, name: str, content: bytes, code: str
) -> None:
    mei = await Teller.signed_up(home)
    assert (await mei.sends(content, name)).code == code
    assert files_in(home) == set()


async def test_announcements_have_bounds(tmp_path: Path) -> None:
    async with house(tmp_path, deck_mb=1, decks_mb=2) as home:
        mei = await Teller.signed_up(home)
        large = await mei.begins(("x.pdf", 1024**2 + 1))
        assert (large.code, large.json["params"]) == ("deck.large", {"megabytes": 1})
        assert (await mei.begins(("x.pdf", 9), ("y.pdf", 9))).code == "deck.type"
        uploads = [await mei.begins((f"{n}.pdf", 1024**2)) for n in range(2)]
        full = await mei.begins(("x.pdf", 1))
        assert (full.code, full.json["params"]) == ("deck.quota", {"megabytes": 2})
        upload_id = uploads[0].json["upload_id"]
        assert (await mei.piece(upload_id, b"x", index=1)).code == "upload.unknown"
        assert (await mei.asks("DELETE", f"decks/uploads/{upload_id}")).status == 204
        assert (await mei.piece(upload_id, b"x")).code == "upload.unknown"
        begun = await mei.begins(("x.pdf", 10))
        over = await mei.piece(begun.json["upload_id"], b"%PDF-1.7 and more")
        assert over.code == "deck.large"
        for ask in ({"deck_id": "none"}, {"folder_id": "none"}):
            assert (await mei.begins(("x.pdf", 10), **ask)).status == 404
        assert (await mei.begins(("x.pdf", 10), name="   ")).code == "title.empty"


async def test_what_cannot_be_kept_leaves_nothing(home: House) -> None:
    mei = await Teller.signed_up(home)
    folder = (await mei.asks("POST", "deck-folders", {"name": "x"})).json
    begun = await mei.begins(("x.pdf", len(PAPER)), folder_id=folder["id"])
    await mei.asks("DELETE", f"deck-folders/{folder['id']}")
    assert (await mei.piece(begun.json["upload_id"], PAPER)).code == "folder.unknown"
    assert files_in(home) == set()
    assert (await mei.piece(begun.json["upload_id"], PAPER)).code == "upload.unknown"


async def test_addresses_are_signed_for_one_page(home: House) -> None:
    mei = await Teller.signed_up(home)
    await mei.sends(PAPER)  # nobody makes it: what one may see is coming
    print_id = (await DeckPrint.get()).id
    browser = home.browser()
    right = slide_address(home.doors.secret, print_id, 1, 0)
    assert (await browser.get(f"{right}/320.webp")).code == "slide.coming"
    other = slide_address(home.doors.secret, "other", 1, 0).replace("other", print_id)
    last = "0" if right[-1] != "0" else "1"
    for wrong in (
        right.replace("/1-0.", "/1-1.") + "/320.webp",
        right.replace("/1-0.", "/2-0.") + "/320.webp",
        other + "/320.webp",
        right[:-1] + last + "/320.webp",
        right[:-1] + "/320.webp",
        right + "/640.webp",
        f"/slides/{print_id}/1-0/320.webp",
        f"/slides/{print_id}/" + "9" * 400 + "/320.webp",
        "/slides/a%00b/1-0." + "0" * 32 + "/320.webp",
    ):
        answer = await browser.get(wrong)
        assert (answer.status, answer.code) == (404, "slide.unknown"), wrong


@pytest.mark.parametrize("path", ["abc", "abc/1-0", "abc/1-0/320/more", ""])
async def test_a_wrong_address_of_a_slide_is_no_page(home: House, path: str) -> None:
    answer = await home.browser().get(f"/slides/{path}")
    assert (answer.status, answer.code) == (404, "path.unknown")


async def test_a_token_of_reading_reads(home: House) -> None:
    mei = await Teller.signed_up(home)
    made = await mei.browser.post("/api/tokens", {"name": "x", "scope": "read"})
    assert made.status == 201, made.body
    bearer = {"Authorization": f"Bearer {made.json['token']}"}
    program = home.browser()
    assert (await program.get("/api/decks", headers=bearer)).json["decks"] == []
    body = {"sources": [{"name": "x.pdf", "bytes": 9}]}
    refused = await program.post("/api/decks/uploads", body, headers=bearer)
    assert refused.code == "token.scope"
    assert (await home.browser().get("/api/decks")).code == "session.required"


async def test_folders_and_names(home: House) -> None:
    mei = await Teller.signed_up(home)
    top = await mei.asks("POST", "deck-folders", {"name": " Term\n1 "})
    assert (top.status, top.json["name"]) == (201, "Term 1")
    inner = await mei.asks("POST", "deck-folders", {"name": "a", "parent_id": top.json["id"]})
    deck_id = (await mei.sends(PAPER, folder_id=inner.json["id"])).json["deck_id"]
    inside = await mei.asks("GET", f"decks?folder={inner.json['id']}")
    assert [deck["id"] for deck in inside.json["decks"]] == [deck_id]
    assert (await mei.asks("GET", "decks?folder=")).json["decks"] == []
    full = await mei.asks("DELETE", f"deck-folders/{inner.json['id']}")
    assert full.code == "folder.full"
    moved = await mei.asks("PATCH", f"decks/{deck_id}", {"name": "Salts", "folder_id": ""})
    assert (moved.json["name"], moved.json["folder_id"]) == ("Salts", "")
    assert len((await mei.asks("GET", "decks?q=sAl")).json["decks"]) == 1
    renamed = await mei.asks("PATCH", f"deck-folders/{inner.json['id']}", {"parent_id": ""})
    assert renamed.json["parent_id"] == ""
    assert (await mei.asks("DELETE", f"deck-folders/{inner.json['id']}")).status == 204
    assert (await mei.asks("DELETE", "deck-folders/x")).code == "folder.unknown"
    assert (await mei.asks("PATCH", f"decks/{deck_id}", {"name": "x" * 121})).code == "title.long"
