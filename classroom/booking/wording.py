"""The words of a trade: what a person who comes is called, who they come to, and what they have.

Four trades have their words in both languages; an organisation may write its own over them. Every
page and letter that names a person takes these words, so a school never says "patient".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from classroom.errors import Refused
from classroom.people.account import clean_line

Vertical = Literal["general", "education", "health", "psychology"]
VERTICALS: tuple[Vertical, ...] = ("general", "education", "health", "psychology")
Locale = Literal["en", "zh-CN"]
LOCALES: tuple[Locale, ...] = ("en", "zh-CN")
Word = Literal["client", "clients", "host", "hosts", "talk", "talks"]
WORDS: tuple[Word, ...] = ("client", "clients", "host", "hosts", "talk", "talks")
WORD_MAX = 40

_ENGLISH: Mapping[Vertical, tuple[str, ...]] = {
    "general": ("client", "clients", "host", "hosts", "appointment", "appointments"),
    "education": ("student", "students", "teacher", "teachers", "lesson", "lessons"),
    "health": ("patient", "patients", "practitioner", "practitioners", "visit", "visits"),
    "psychology": ("client", "clients", "counsellor", "counsellors", "session", "sessions"),
}
_CHINESE: Mapping[Vertical, tuple[str, str, str]] = {
    "general": ("来访者", "接待人", "预约"),
    "education": ("学生", "老师", "课"),
    "health": ("患者", "医生", "就诊"),
    "psychology": ("来访者", "咨询师", "咨询"),
}
"""Chinese has no plural: each stands for two words."""

Words = Mapping[Locale, Mapping[Word, str]]
"""What an organisation wrote itself, by language; what is not there is the trade's."""


def words_of(vertical: str, own: Mapping[str, object], locale: str) -> dict[str, str]:
    """Every word in a language; a language we do not have is English.

    `own` is what the organisation wrote (`Words`, as it was read from JSON).
    """
    trade: Vertical = vertical if vertical in VERTICALS else "general"
    spoken: Locale = "zh-CN" if locale.lower().startswith("zh") else "en"
    if spoken == "en":
        found = dict(zip(WORDS, _ENGLISH[trade], strict=True))
    else:
        found = {word: _CHINESE[trade][at // 2] for at, word in enumerate(WORDS)}
    written = own.get(spoken)
    if isinstance(written, Mapping):
        found |= {cast(Word, word): str(text) for word, text in written.items() if word in found}
    return {str(word): text for word, text in found.items()}


def read_words(body: object) -> dict[str, dict[str, str]]:
    """An organisation's own words, clean; empty ones are the trade's again.

    Refused `body.malformed` for a language, word or length there is not.
    """
    if not isinstance(body, dict):
        raise Refused("body.malformed", {"field": "words"})
    clean: dict[str, dict[str, str]] = {}
    for locale, written in body.items():
        if locale not in LOCALES or not isinstance(written, dict):
            raise Refused("body.malformed", {"field": "words"})
        for word, text in written.items():
            if word not in WORDS or not isinstance(text, str):
                raise Refused("body.malformed", {"field": "words"})
            if text.strip():
                line = clean_line(text, field="title", longest=WORD_MAX)
                clean.setdefault(locale, {})[word] = line
    return clean
