"""The words of each trade, in both languages, and what an organisation writes over them."""

from __future__ import annotations

import pytest

from classroom.booking.verticals import first_fields, first_form
from classroom.booking.wording import LOCALES, VERTICALS, WORDS, read_words, words_of
from classroom.errors import Refused


@pytest.mark.parametrize("vertical", VERTICALS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_trade_has_every_word(vertical: str, locale: str) -> None:
    words = words_of(vertical, {}, locale)
    assert set(words) == set(WORDS)
    assert all(words.values())


def test_words_are_those_of_the_trade_and_the_language() -> None:
    assert words_of("health", {}, "en")["clients"] == "patients"
    assert words_of("education", {}, "zh-CN")["client"] == "学生"
    assert words_of("psychology", {}, "fr")["host"] == "counsellor"
    assert words_of("unknown", {}, "zh")["client"] == "来访者"


def test_own_words_stand_over_those_of_the_trade() -> None:
    own = read_words({"en": {"client": " Member ", "talk": ""}})
    assert own == {"en": {"client": "Member"}}
    words = words_of("general", own, "en")
    assert (words["client"], words["talk"]) == ("Member", "appointment")
    assert words_of("general", own, "zh-CN")["client"] == "来访者"


@pytest.mark.parametrize(
    "body", [[], {"fr": {}}, {"en": []}, {"en": {"x": "y"}}, {"en": {"client": 1}}]
)
def test_other_words_are_refused(body: object) -> None:
    with pytest.raises(Refused) as refused:
        read_words(body)
    assert refused.value.code == "body.malformed"


@pytest.mark.parametrize("vertical", VERTICALS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_trade_begins_with_questions(vertical: str, locale: str) -> None:
    fields = first_fields(vertical, locale)
    assert fields
    assert len({field["id"] for field in fields}) == len(fields)
    assert all(field["label"] for field in fields)
    assert all(bool(field["choices"]) == (field["kind"] == "choice") for field in fields)


def test_what_is_about_health_is_private_and_has_a_text_to_sign() -> None:
    assert {f["id"] for f in first_fields("health", "en") if not f["is_private"]} == {"birthday"}
    assert first_form("education") is None
    assert set(first_form("health") or {}) == set(LOCALES)
