"""Decks in the real server: made while it is killed, and gone on with by the next one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classroom.wire.decks import DeckProgress
from tests.support import decks as corpus
from tests.support.served import Served, Visitor
from tests.support.signalling import classroom

MADE_WITHIN_S = 60.0
PAGES = 24
PAPER = corpus.slow_pdf(PAGES)
"""Some seconds of work: the server is killed in the middle of it."""


@pytest.fixture
def started() -> Iterator[list[Served]]:
    servers: list[Served] = []
    yield servers
    for server in servers:
        server.close()


def deck_when(visitor: Visitor, deck_id: str, *, done: int) -> dict[str, Any]:
    """The deck as soon as so many of its pages have pictures, and it can be shown."""
    until = time.monotonic() + MADE_WITHIN_S
    while time.monotonic() < until:
        deck: dict[str, Any] = visitor.get(f"/api/decks/{deck_id}").json
        has_enough = deck["done"] >= done and deck["state"] != "opening"
        if has_enough or deck["state"] == "failed":
            return deck
        time.sleep(0.1)
    raise AssertionError("the deck was not made")


def test_a_killed_server_is_gone_on_with(tmp_path: Path, started: list[Served]) -> None:
    server = Served(tmp_path)
    started.append(server)
    mei = server.visitor()
    assert mei.signs_up(setup_token=server.setup_token).status == 201
    sources = [{"name": "Chemie.pdf", "bytes": len(PAPER)}]
    begun = mei.post("/api/decks/uploads", {"sources": sources})
    path = f"/api/decks/uploads/{begun.json['upload_id']}/0?offset=0"
    deck_id = mei.send("PATCH", path, PAPER).json["deck_id"]
    first = deck_when(mei, deck_id, done=1)
    assert first["state"] == "showing"
    assert mei.get(first["thumbnail"]).status == 200
    server.kill()

    second = Served(tmp_path)
    started.append(second)
    again = Visitor(second.port, mei.cookies)
    deck = deck_when(again, deck_id, done=PAGES)
    assert deck["leaves"] == PAGES
    assert again.get(deck["thumbnail"]).status == 200
    assert "Chemie" not in server.log + second.log, "names are nobody else's business"
    second.stop()


async def test_staff_of_the_room_alone_hear_how_far_a_deck_is() -> None:
    progress = DeckProgress("d1", "p1", "showing", 1, 6, "", {})
    async with classroom() as place:
        wu, li = await place.join("Wu", "host"), await place.join("Li")
        ann = await place.join("Ann", "assistant")
        place.live.decks_changed(progress, ["room-1", "a room that is not live"])
        for who in (wu, ann):
            heard = await who.hear("deck.progress")
            assert (heard["deck_id"], heard["state"], heard["leaves"]) == ("d1", "showing", 6)
        await li.ask("room.sync")  # what was told before is heard by then
        assert "deck.progress" not in [name for name, _ in li.heard]
