"""Decks with what was drawn on them, over HTTP: made by real children, saved and handed out."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest

from classroom.errors import Refused
from classroom.http.body import OVERLAY_MAX_BYTES
from classroom.ids import ParticipantId, RoomId
from classroom.jobs.burning import MADE_EACH, order_of
from classroom.people.throttle import Throttle
from classroom.room.page import BoardPage, PlacedDeck, Placement
from classroom.store.deck_prints import find_print
from courseware.deck import Leaf
from courseware.workshop import Workshop
from tests.support import decks as corpus
from tests.support.deck_desk import Teller
from tests.support.overlays import WORDS, overlay_pdf
from tests.support.people import Answer, House
from tests.support.workshops import left_of

PAGES = 4
PAPER = corpus.plain_pdf(PAGES)
SEEN = {1, 2}


@dataclass
class Stage:
    """A class with a deck of four pages on its stage, of which it saw two."""

    home: House
    room: dict[str, Any]
    host: Teller

    async def made(
        self, drawn: bytes = b"", query: str = "", to: str = "export", who: Teller | None = None
    ) -> Answer:
        path = f"placements/p1/{to}{query}"
        return await (who or self.host).asks("POST", path, data=drawn)

    async def seated(self, who: str, role: Any) -> Teller:
        return await Teller.seated(self.home, self.room, who, role)

    @property
    def work(self) -> Path:
        return self.home.doors.settings.work_folder


@pytest.fixture
async def stage(home: House) -> AsyncIterator[Stage]:
    async with on_stage(home, PAPER) as made:
        yield made
        assert left_of(made.work.parent) == ([], []), "nothing of an export stays"


@asynccontextmanager
async def on_stage(home: House, paper: bytes) -> AsyncIterator[Stage]:
    await home.doors.decks.start()
    try:
        owner = await Teller.signed_up(home)
        room = await owner.browser.makes_room()
        sent = (await owner.sends(paper, "Acids: 酸.pdf")).json["deck_id"]
        deck = await owner.made(sent)
        placement = Placement("p1", sent, deck["print_id"], deck["name"], "slides", "")
        pages = tuple(
            BoardPage(f"p1-{at}-0", slide=at, placement="p1", kind="slide", is_seen=at in SEEN)
            for at in range(1, deck["slides"] + 1)
        )
        home.live.placed[room["id"], "p1"] = PlacedDeck(placement, pages)
        yield Stage(home, room, await Teller.seated(home, room, "mei", "host"))
    finally:
        await home.doors.decks.close()


def words_of(raw: bytes) -> list[list[str]]:
    document = pypdfium2.PdfDocument(raw)
    texts = (document[at].get_textpage().get_text_range() for at in range(len(document)))
    return [text.split() for text in texts]


async def test_staff_saves_a_deck_with_what_was_drawn(stage: Stage) -> None:
    answer = await stage.made(overlay_pdf([WORDS]), "?pages=3-0")
    assert answer.status == 200, answer.body
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["content-type"] == "application/pdf"
    assert headers["x-content-type-options"] == "nosniff"
    disposition = headers["content-disposition"]
    assert unquote(disposition) == "attachment; filename*=UTF-8''Acids_ 酸 (annotated).pdf"
    assert int(headers["content-length"]) == len(answer.body)
    words = words_of(answer.body)
    assert [page[1] for page in words] == ["0", "1", "2", "3"]
    assert ["Well" in page for page in words] == [False, False, True, False]


async def test_slides_that_were_not_shown_stay_out(stage: Stage) -> None:
    answer = await stage.made(overlay_pdf([WORDS, WORDS]), "?pages=4-0,2-0&slides=shown")
    words = words_of(answer.body)
    assert [page[1] for page in words] == ["0", "1"]
    assert ["Well" in page for page in words] == [False, True]
    with pikepdf.open(io.BytesIO(answer.body)) as document:
        streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
        written = b"".join(one.read_bytes() for one in streams)
    assert b"Page 1 of" in written
    assert b"Page 3 of" not in written


async def test_a_deck_without_ink_is_its_own_file_again(stage: Stage) -> None:
    answer = await stage.made(query="?language=zh-CN")
    assert [page[1] for page in words_of(answer.body)] == ["0", "1", "2", "3"]
    assert "%E6%89%B9%E6%B3%A8" in str(answer.headers)  # 批注


async def test_a_deck_is_handed_out_to_everybody(stage: Stage) -> None:
    lin = await stage.seated("lin", "student")
    answer = await stage.made(overlay_pdf([WORDS]), "?pages=1-0", to="handout")
    assert answer.status == 201, answer.body
    file_id = answer.json["file_id"]
    assert answer.json["name"] == "Acids_ 酸 (annotated).pdf"
    card = stage.home.live.files[file_id]
    assert (card.to, card.participant_id, card.kind) == ("room", "mei", "application/pdf")
    assert card.bytes == answer.json["bytes"]
    ticket = await lin.asks("POST", "files/ticket", {"file_id": file_id})
    fetched = await lin.browser.get(ticket.json["url"])
    assert "Well" in words_of(fetched.body)[0]


async def test_who_may_not_hears_so(stage: Stage) -> None:
    for to in ("export", "handout"):
        lin = await stage.seated("lin", "student")
        assert (await stage.made(to=to, who=lin)).code == "right.missing"
        stranger = await stage.seated("kim", "host")
        stage.home.live.inside.discard((stage.room["id"], "kim"))
        assert (await stage.made(to=to, who=stranger)).code == "room.not_joined"
        stage.home.live.roles[RoomId(stage.room["id"]), ParticipantId("lin")] = "assistant"
        assert (await stage.made(to=to, who=lin)).status in (200, 201)
        stage.home.live.roles.clear()
    stage.home.live.locked["mei"] = "lock.files"
    assert (await stage.made(to="handout")).code == "lock.files"


async def test_leaves_and_decks_that_are_not_there(stage: Stage) -> None:
    for pages in ("9-0", "1-0,1-0", "1", "1-0,", "x-0", "1-1"):
        answer = await stage.made(overlay_pdf([WORDS]), f"?pages={pages}")
        assert answer.code == "body.malformed", pages
    answer = await stage.host.asks("POST", "placements/p2/export", data=b"")
    assert answer.code == "deck.unknown"
    stage.home.doors.limits.deck_export = Throttle(rate_per_s=0.001, burst=2)
    stage.home.live.placed.clear()
    assert (await stage.made()).code == "deck.unknown"
    await stage.made()
    assert (await stage.made()).code == "rate.limited"


async def test_what_was_drawn_must_be_ours_and_not_too_much(stage: Stage) -> None:
    for wrong in (b"", b"no PDF", overlay_pdf([WORDS])[:200]):
        answer = await stage.made(wrong, "?pages=1-0")
        assert answer.code == "deck.export"
        assert answer.status == 422
    huge = await stage.made(bytes(OVERLAY_MAX_BYTES + 1), "?pages=1-0")
    assert (huge.code, huge.json["params"]) == ("deck.ink", {"megabytes": 25})
    assert (await stage.made(overlay_pdf([WORDS]), "?pages=1-0")).status == 200


async def test_a_full_room_refuses_and_keeps_nothing(stage: Stage) -> None:
    stage.home.live.away.add("mei")
    assert (await stage.made(to="handout")).code == "server.busy"
    assert stage.home.live.files == {}
    folder = stage.home.doors.settings.file_folder
    assert [path for path in folder.glob("*/*") if path.is_file()] == []


async def test_one_at_a_time_in_a_room(stage: Stage) -> None:
    burning = stage.home.doors.decks.burning
    async with burning.begin(stage.room["id"], "li"):
        assert (await stage.made()).code == "server.busy"
    assert (await stage.made()).status == 200


async def test_what_nobody_fetches_is_bounded(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    burning, room_id = stage.home.doors.decks.burning, stage.room["id"]
    row = await find_print(stage.home.live.placed[room_id, "p1"].placement.print_id)
    assert row is not None
    kept = []
    for _ in range(MADE_EACH):
        async with burning.begin(room_id, f"{room_id} mei") as job:
            kept.append(await job.burn(row, [(0, None)]))
    assert all(file.read(5) == b"%PDF-" for file in kept), "the folder is gone, the file is not"
    assert (await stage.made()).code == "server.busy"
    monkeypatch.setattr("classroom.jobs.burning.MADE_MAX", len(kept))
    with pytest.raises(Refused, match=r"server\.busy"):
        async with burning.begin("another room", "li"):
            pass
    kept.pop().close()
    assert (await stage.made()).status == 200
    while kept:
        kept.pop().close()
    assert not burning._made


async def test_whoever_goes_away_is_not_worked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gone, told = asyncio.Event(), asyncio.Event(), [{"type": "http.request", "body": b""}]

    async def burn(*_: object) -> Path:
        begun.set()
        return await asyncio.get_running_loop().create_future()

    async def receive() -> dict[str, Any]:
        if not told:
            await gone.wait()
        return told.pop() if told else {"type": "http.disconnect"}

    async def send(_: dict[str, Any]) -> None: ...

    monkeypatch.setattr(Workshop, "burn", burn)
    scope = stage.host.scope("POST", "placements/p1/export")
    request = asyncio.create_task(stage.home.app(scope, receive, send))  # type: ignore[arg-type]
    async with asyncio.timeout(20):
        await begun.wait()
        gone.set()
        await request
    assert left_of(stage.work.parent) == ([], [])
    monkeypatch.undo()
    assert (await stage.made()).status == 200


STEPS = [Leaf(1, 0, 1280, 720), *(Leaf(2, step, 1280, 720) for step in range(3))]


@pytest.mark.parametrize(
    ("drawn", "shown", "order"),
    [
        ([], None, [(0, None), (3, None)]),
        (["2-1", "1-0"], None, [(0, 1), (2, 0), (3, None)]),
        (["2-2", "2-0"], None, [(0, None), (1, 1), (3, 0)]),
        (["2-2"], {"1-0", "2-0", "2-1"}, [(0, None), (2, None)]),
        (["2-0"], {"2-0", "2-1"}, [(1, 0), (2, None)]),
        (["1-0"], set(), []),
    ],
)
def test_which_pages_there_are(
    drawn: list[str], shown: set[str] | None, order: list[tuple[int, int | None]]
) -> None:
    assert order_of(STEPS, drawn, shown) == order
