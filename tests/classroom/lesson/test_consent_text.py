"""The text that is read before an answer: whole, unchanged, and with nothing put in but facts."""

from __future__ import annotations

import hashlib

import pytest

from classroom.errors import Refused
from classroom.lesson.consent_text import (
    TEXTS,
    VERSION,
    Asked,
    check_current,
    locale_of,
    render,
)
from classroom.room.recording_state import KINDS

ASKED = Asked("Ms Wu", "For those who are ill", ("ink", "voice"), "Algebra", 180)
HASHES = {
    ("2026-11", "en"): "5d49e59f086ef850731d63448bf3010818b0b2131219074b0d67267db2a814ce",
    ("2026-11", "zh-CN"): "201303b2ae96f731bc5c25dc9f6889eb67af9c6574a5a02763ea079580da9de5",
}
"""Of each text there ever was: one that was agreed to is never edited."""


@pytest.mark.parametrize(("version", "locale"), HASHES)
def test_a_text_is_never_edited(version: str, locale: str) -> None:
    text = TEXTS[version][locale]  # type: ignore[index]
    assert hashlib.sha256(text.encode()).hexdigest() == HASHES[version, locale]


def test_each_text_stands_here() -> None:
    assert {(version, locale) for version in TEXTS for locale in TEXTS[version]} == set(HASHES)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_everything_is_said(locale: str) -> None:
    shown = render(ASKED, locale)  # type: ignore[arg-type]
    for word in ("Ms Wu", "For those who are ill", "Algebra", "180"):
        assert word in shown.text
    assert "{" not in shown.text
    assert shown.text_id == f"{VERSION}/{locale}"
    assert shown.sha256 == hashlib.sha256(shown.text.encode()).hexdigest()


def test_kinds_are_named_in_their_order() -> None:
    text = render(ASKED, "en").text
    assert "your voice, what you draw" in text
    assert "camera" not in text
    everything = render(Asked("Wu", "x", KINDS, "A", 1), "zh-CN").text
    assert "你的声音、你的摄像头画面" in everything


def test_a_name_with_braces_is_only_a_name() -> None:
    text = render(Asked("{purpose} {days}", "{who}", KINDS, "{room}", 1), "en").text
    assert text.startswith("{purpose} {days} asks to record this class ({room}). Why: {who}")


@pytest.mark.parametrize(
    ("wished", "locale"),
    [("zh", "zh-CN"), ("zh-Hant-TW", "zh-CN"), ("en-GB", "en"), ("fr", "en"), ("", "en")],
)
def test_the_language_there_is(wished: str, locale: str) -> None:
    assert locale_of(wished) == locale


@pytest.mark.parametrize("text_id", ["", "2026-11", "2026-11/fr", "2020-01/en", "2026-11/en/x"])
def test_another_text_is_no_consent(text_id: str) -> None:
    check_current(f"{VERSION}/en")
    with pytest.raises(Refused, match=r"consent\.text"):
        check_current(text_id)
