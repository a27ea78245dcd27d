"""docs/signalling*.md say everything: each message, each event, each field, each code."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from classroom.http.problems import STATUS
from classroom.wire import codec, messages

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "docs" / "signalling.md", *sorted((ROOT / "docs").glob("signalling_*.md"))]
PAGE = "\n".join(page.read_text("utf-8") for page in PAGES)
NO_SENTENCE = {"router.exists", "transport.exists"}
"""Those ids are made by the server at random; a client cannot bring it about."""
SOURCES = [
    *(ROOT / "classroom" / "live").glob("*.py"),
    *(ROOT / "classroom" / "room").glob("*.py"),
    *(ROOT / "classroom" / "wire").glob("*.py"),
    ROOT / "classroom" / "people" / "seat.py",
]
CODE = re.compile(r'"([a-z]+\.[a-z_]+)"')
MEDIA = sorted((ROOT / "media").rglob("*.py"))
REFUSED = re.compile(
    r"(?:Refused\(|_find\([^()]*?, \w+, |refuse_doubled\([^()]*?, \w+, "
    r"|Failure\(request\.id, |^CODE = )"
    r'"([a-z]+\.[a-z_]+)"',
    re.MULTILINE,
)
TOLD_DRAWERS = re.compile(
    r"(?:Refus(?:ed|al)\(|tell(?:_all)?\(|_close\(\w+, |^[A-Z_]+ = )"
    r'"([a-z]+\.[a-z_]+)"',
    re.MULTILINE,
)
FOR_OPERATORS = {"media.address", "media.port_in_use", "media.port_range"}
"""Only a server that starts refuses with these; they are told on its terminal."""
UNHEARD = {"recording.exists", "recording.path"}
"""No request of a client makes the media side record; docs/recording.md explains them."""
TEXTS = [ROOT / "web" / "src" / "text" / language for language in ("en", "zh-CN")]
FAMILIES = (
    "message",
    "rate",
    "room",
    "seat",
    "right",
    "chat",
    "stage",
    "producer",
    "page",
    "pen",
    "participant",
    "transport",
    "media",
    "server",
    "lock",
    "hand",
    "floor",
    "lobby",
    "role",
    "poll",
    "answer",
    "group",
    "wall",
    "file",
    "upload",
    "quiz",
    "enrolment",
    "deck",
    "film",
    "activity",
    "ink",
    "recording",
    "consent",
)


def codes() -> set[str]:
    """What the source refuses with: dotted words of our families that are no event."""
    events = {kind.NAME for kind in (*messages.REQUESTS, *messages.NOTICES)}
    refusals: set[str] = set()
    for source in SOURCES:
        for line in source.read_text("utf-8").splitlines():
            if "log." in line or "NAME" in line:
                continue
            refusals |= {word for word in CODE.findall(line) if word.split(".")[0] in FAMILIES}
    return refusals - events


def test_the_search_for_codes_finds_them() -> None:
    assert {"room.full", "seat.taken", "media.unavailable", "seat.forged"} <= codes()


def media_codes() -> set[str]:
    """What the media side refuses a client's request with."""
    return {
        code
        for source in MEDIA
        for code in REFUSED.findall(source.read_text("utf-8"))
        if code not in FOR_OPERATORS | UNHEARD
    }


def board_codes() -> set[str]:
    """What somebody may hear who draws."""
    sources = [*(ROOT / "whiteboard").glob("*.py"), *(ROOT / "classroom/live/board").glob("*.py")]
    heard = (TOLD_DRAWERS.findall(source.read_text("utf-8")) for source in sources)
    return {code for codes in heard for code in codes}


def http_codes() -> set[str]:
    """What an HTTP answer may carry."""
    return set(STATUS)


def test_the_search_for_codes_of_the_media_side_finds_them() -> None:
    known = {"rtp.parameters", "router.other", "transport.unknown", "consumer.exists"}
    assert known | {"transport.exists", "dtls.role", "producer.limit"} <= media_codes()


def test_the_search_for_codes_of_the_board_finds_them() -> None:
    assert {"pen.missing", "item.foreign", "board.slow", "ticket.unknown"} <= board_codes()


@pytest.mark.parametrize("code", sorted(media_codes()))
def test_a_code_of_the_media_side_is_explained(code: str) -> None:
    assert f"`{code}`" in PAGE


@pytest.mark.parametrize("texts", TEXTS, ids=lambda folder: folder.name)
def test_every_code_a_client_may_hear_has_a_sentence(texts: Path) -> None:
    said = "\n".join(table.read_text("utf-8") for table in sorted(texts.glob("*.ftl")))
    sentences = set(re.findall(r"^error-([a-z_-]+) =", said, re.MULTILINE))
    heard = codes() | media_codes() | http_codes() | board_codes()
    assert {code for code in heard if code.replace(".", "-") not in sentences} == NO_SENTENCE


@pytest.mark.parametrize("code", sorted(codes() - {"router.unknown"}))
def test_a_code_is_explained(code: str) -> None:
    assert f"`{code}`" in PAGE


@pytest.mark.parametrize("kind", [*messages.REQUESTS, *messages.NOTICES], ids=lambda k: k.__name__)
def test_a_message_is_explained_with_its_fields(kind: Any) -> None:
    assert f"`{kind.NAME}`" in PAGE
    for field in dataclasses.fields(kind):
        assert re.search(rf"\b{field.name}\b", PAGE), field.name


@pytest.mark.parametrize("kind", codec.BODIES, ids=lambda k: k.__name__)
def test_an_event_is_explained(kind: Any) -> None:
    name = {field.name: field.default for field in dataclasses.fields(kind)}["type"]
    assert f"`{name}`" in PAGE


def test_values_are_explained_with_their_fields() -> None:
    for kind in (
        messages.Handshake,
        messages.Welcome,
        messages.Rights,
        messages.RoomSnapshot,
        messages.Participant,
        messages.Board,
        messages.BoardPage,
        messages.Stage,
        messages.MediaState,
        messages.TransportOffer,
        messages.ConsumerOffer,
        messages.MediaWelcome,
        messages.KeptMedia,
    ):
        for field in dataclasses.fields(kind):  # type: ignore[arg-type]
            assert re.search(rf"\b{field.name}\b", PAGE), f"{kind.__name__}.{field.name}"
