"""Letters of every kind in both languages: nothing is left open, nothing of ours stays unread."""

from __future__ import annotations

import re

import pytest

from classroom.booking.letter import Matter, compose, fill, hide, read_template
from classroom.booking.letter_kind import (
    LETTER_KINDS,
    OPEN,
    LetterKind,
    doubt,
    letters_of,
)
from classroom.booking.states import BOOKING
from classroom.booking.templates import CHINESE, ENGLISH, Template, template, words_of
from classroom.errors import Refused

LOCALES = ("en", "zh-CN")
FACTS = (("When", "Monday, 29 March"), ("With", "Helen & <Co>"))


def matter(kind: LetterKind, **more: str) -> Matter:
    words = {word: f"<{word}>" for word in words_of(kind) if word not in ("facts", "link")}
    return Matter({**words, **more}, FACTS, has_link="{link}" in template(kind, "en").text)


def test_both_languages_have_all_kinds() -> None:
    assert set(ENGLISH) == set(CHINESE) == set(LETTER_KINDS)


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_both_languages_use_the_same_words(kind: LetterKind) -> None:
    def used(one: Template) -> set[str]:
        return set(re.findall(r"{(\w+)}", one.text))

    assert used(ENGLISH[kind]) == used(CHINESE[kind])
    assert bool(ENGLISH[kind].button) == bool(CHINESE[kind].button)
    assert bool(ENGLISH[kind].button) == ("{link}" in ENGLISH[kind].text)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_our_own_words_may_be_written_by_others_too(kind: LetterKind, locale: str) -> None:
    ours = template(kind, locale)
    assert read_template(kind, ours.subject, ours.text, ours.button) == ours


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_nothing_stays_open(kind: LetterKind, locale: str) -> None:
    made = compose(template(kind, locale), matter(kind), locale)
    links = {"mine": "https://class.example/k/k.a.b?x&y"}
    text, html = fill(made.text, links), fill(made.html, links, is_html=True)
    assert "{" not in text + html.replace("{mine}", "") + made.subject
    assert "\n\n\n" not in text
    assert ("k/k.a.b?x&y" in text) == bool(template(kind, locale).button)
    assert "<Co>" not in html
    assert "&lt;Co&gt;" in html or "{facts}" not in template(kind, locale).text
    assert f'lang="{locale}"' in html
    assert "k/k.a.b?x&amp;y" in html or "k/k.a.b" not in text
    assert "<img" not in html
    chinese = re.search(r"[\u4e00-\u9fff]", text + made.subject)
    assert bool(chinese) == (locale == "zh-CN")


def test_what_people_wrote_stays_what_they_wrote() -> None:
    evil = "{{link:mine}} {{{link:mine}} {{{{{{link:mine}} {digits} <script>\r\n.\r\nx"
    made = compose(template("made", "en"), matter("made", client=evil), "en")
    text = fill(made.text, {"mine": "LINK"})
    assert text.count("LINK") == 1
    assert "{digits}" in text
    assert "<script>" not in made.html


def test_a_paragraph_that_says_nothing_is_left_out() -> None:
    told = Matter({"client": "Ana", "org": "North"}, FACTS)
    text = compose(template("cancelled", "en"), told, "en").text
    assert "\n\n\n" not in text
    assert text.endswith("{{link:mine}}\n\nNorth\n")


def test_secrets_stand_in_no_letter_that_is_kept() -> None:
    told = Matter({"client": "Ana"}, FACTS, secrets={"digits": "123456"})
    made = compose(template("digits", "en"), told, "en")
    assert "123456" not in made.subject + made.text + made.html
    assert fill(made.subject, {"digits": "123456"}) == "123456 are your digits"
    assert "[…] are" in hide(made.subject, "[…]")


@pytest.mark.parametrize(
    ("subject", "text", "code"),
    [
        ("Hello {client}", "Hello {name}", "letter.word"),
        ("Hello {digits}", "Hello", "letter.word"),
        ("{}", "Hello", "letter.word"),
        ("", "Hello", "body.malformed"),
        ("Hello", " \n ", "body.malformed"),
        ("x" * 201, "Hello", "body.malformed"),
        ("Hello", "x" * 10_001, "body.malformed"),
        (5, "Hello", "body.malformed"),
    ],
)
def test_words_that_there_are_not(subject: object, text: object, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_template("made", subject, text, "")
    assert caught.value.code == code


@pytest.mark.parametrize("kind", LETTER_KINDS)
@pytest.mark.parametrize("state", sorted(OPEN | {"cancelled", "lapsed"}))
def test_what_is_no_more_true(kind: LetterKind, state: str) -> None:
    stands = {
        "reminder": {"booked"},
        "confirm": {"unconfirmed"},
        "offered": {"unconfirmed"},
        "rating": {"held"},
        "missed": {"missed"},
    }.get(kind, OPEN)
    said = doubt(kind, revision=1, now_revision=1, state=state)
    if state in ("cancelled", "lapsed"):
        assert said == "cancelled"
    else:
        assert said == ("" if state in stands else "over")
        assert doubt(kind, revision=0, now_revision=1, state=state) == "moved"


def test_which_letters_a_change_brings() -> None:
    said = {
        (before, deed, after): letters_of(deed, before, after)
        for (before, deed), after in BOOKING.items()
    }
    told = {key: kinds for key, kinds in said.items() if kinds}
    booked, off = ("made", "host_made"), ("cancelled", "host_cancelled")
    assert told == {
        ("unconfirmed", "confirm", "booked"): booked,
        ("unpaid", "pay", "booked"): booked,
        ("lapsed", "pay", "booked"): booked,
        ("booked", "move", "booked"): ("moved", "host_moved"),
        ("unpaid", "cancel", "cancelled"): ("cancelled",),  # the host never heard of it
        ("booked", "cancel", "cancelled"): off,
        ("booked", "held", "held"): ("rating",),
        ("live", "held", "held"): ("rating",),
        ("booked", "missed", "missed"): ("missed",),
        ("live", "missed", "missed"): ("missed",),
    }
    assert letters_of("make", "", "booked") == booked
    assert letters_of("make", "", "unpaid") == ()
    assert letters_of("make", "", "unconfirmed") == ("confirm",)
    assert letters_of("make", "", "unconfirmed", is_listed=True) == ("offered",)
