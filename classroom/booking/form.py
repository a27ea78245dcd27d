"""Texts a client signs before a talk, and the chain of what was signed.

A version of a text never changes: its print is the SHA-256 of what it says in every language. Each
signature names the print, and its own hash takes in the one before, so a line that is changed or
taken away breaks every later one. A name is in the chain only as a print with a nonce: when the
person is erased both go, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from classroom.booking.wording import LOCALES
from classroom.errors import Refused
from classroom.people.account import clean_line

TITLE_MAX = 120
TEXT_MAX = 20_000
FORMS_MAX = 20
VERSIONS_MAX = 200
FIRST = "0" * 64
"""What stands before the first signature of an organisation."""


@dataclass(frozen=True, slots=True)
class FormText:
    """What a version says in one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature, as it stands in the chain. `at` is ISO 8601; `is_withdrawal` takes back."""

    number: int
    client_id: str
    booking_id: str
    version_id: str
    sha: str
    name_print: str
    is_withdrawal: bool
    at: str
    before: str
    hash: str


def read_texts(body: Mapping[str, Mapping[str, str]]) -> dict[str, FormText]:
    """What a new version says; Refused `body.malformed`, `title.empty`, `title.long`.

    At least one language, none without a text.
    """
    texts: dict[str, FormText] = {}
    for locale, said in body.items():
        text = said.get("text", "").replace("\r\n", "\n").strip()
        if locale not in LOCALES or not text or len(text) > TEXT_MAX:
            raise Refused("body.malformed", {"field": "texts"})
        title = clean_line(said.get("title", ""), field="title", longest=TITLE_MAX)
        texts[locale] = FormText(title, text)
    if not texts:
        raise Refused("body.malformed", {"field": "texts"})
    return texts


def text_for(texts: Mapping[str, FormText], locale: str) -> FormText:
    """In the reader's language, else in the first there is."""
    wanted = "zh-CN" if locale.lower().startswith("zh") else "en"
    return texts.get(wanted) or next(iter(texts.values()))


def write_texts(texts: Mapping[str, FormText]) -> str:
    """As it is kept: one spelling, so that the same words have the same print."""
    return _spelled({locale: [one.title, one.text] for locale, one in texts.items()})


def stored_texts(text: str) -> dict[str, FormText]:
    """What `write_texts` wrote."""
    return {locale: FormText(title, said) for locale, (title, said) in json.loads(text).items()}


def print_of(text: str) -> str:
    """Of a version, as it is kept."""
    return _hashed(text)


def name_print(name: str, nonce: str) -> str:
    """What of a typed name stands in the chain."""
    return _hashed(_spelled([nonce, name]))


def hash_of(signed: Signed) -> str:
    """Of all a signature says and the hash before it; `signed.hash` itself does not count."""
    said = [
        signed.number,
        signed.client_id,
        signed.booking_id,
        signed.version_id,
        signed.sha,
        signed.name_print,
        signed.is_withdrawal,
        signed.at,
        signed.before,
    ]
    return _hashed(_spelled(said))


def first_broken(chain: Iterable[Signed]) -> int | None:
    """The number of the first line that does not follow from those before; None when all do."""
    before = FIRST
    for number, signed in enumerate(chain, start=1):
        is_next = signed.number == number and signed.before == before
        if not is_next or hash_of(signed) != signed.hash:
            return number
        before = signed.hash
    return None


def unsigned(asked: Iterable[str], newest: Mapping[str, str], signed: Iterable[str]) -> list[str]:
    """The versions still to be signed: of each form asked for, its newest.

    `newest` is form to version; `signed` are versions signed and not withdrawn.
    """
    done = set(signed)
    return [newest[form] for form in asked if form in newest and newest[form] not in done]


def _spelled(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
