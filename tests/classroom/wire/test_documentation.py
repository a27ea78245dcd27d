"""docs/signalling.md says everything: each message, each event, each field, each code."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from classroom.wire import messages

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "signalling.md").read_text("utf-8")
SOURCES = [
    *(ROOT / "classroom" / "live").glob("*.py"),
    *(ROOT / "classroom" / "room").glob("*.py"),
    *(ROOT / "classroom" / "wire").glob("*.py"),
    ROOT / "classroom" / "people" / "seat.py",
]
CODE = re.compile(r'"([a-z]+\.[a-z_]+)"')
FAMILIES = (
    "message",
    "rate",
    "room",
    "seat",
    "right",
    "chat",
    "stage",
    "producer",
    "transport",
    "media",
    "server",
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


@pytest.mark.parametrize("code", sorted(codes() - {"router.unknown"}))
def test_a_code_is_explained(code: str) -> None:
    assert f"`{code}`" in PAGE


@pytest.mark.parametrize("kind", [*messages.REQUESTS, *messages.NOTICES], ids=lambda k: k.__name__)
def test_a_message_is_explained_with_its_fields(kind: Any) -> None:
    assert f"`{kind.NAME}`" in PAGE
    for field in dataclasses.fields(kind):
        assert re.search(rf"\b{field.name}\b", PAGE), field.name


@pytest.mark.parametrize("kind", get_args(messages.RoomEventBody), ids=lambda k: k.__name__)
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
        messages.MediaState,
        messages.TransportOffer,
        messages.ConsumerOffer,
        messages.MediaWelcome,
        messages.KeptMedia,
    ):
        for field in dataclasses.fields(kind):  # type: ignore[arg-type]
            assert re.search(rf"\b{field.name}\b", PAGE), f"{kind.__name__}.{field.name}"
