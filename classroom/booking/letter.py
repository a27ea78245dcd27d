"""A letter made of a template and of what it is about: subject, text and HTML. A core.

The HTML is made of the text, so both say the same: paragraphs, one table of facts, one button. It
has no picture and sets no colour of text or ground, so that it can be read in the dark. Addresses
of links are filled in when the letter is sent; until then `{{link:name}}` stands for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from classroom.booking.letter_kind import LetterKind
from classroom.booking.templates import SUBJECT_MAX, TEXT_MAX, Template, words_of
from classroom.errors import Refused

_WORD = re.compile(r"\{([^{}]*)\}")
_PLACE = re.compile(r"\{\{link:([a-z_]+)\}\}")
_OPENING = re.compile(r"\{(?=\{)")
LINK = "mine"
"""The name of a letter's own link."""
SECRET = "text:"
"""Before what stands in a link's place but is no link, and is forgotten when the letter is sent."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is about. `facts` are pairs of a word and what is so, in the reader's
    language; `link` says whether there is something to open."""

    words: Mapping[str, str]
    facts: Sequence[tuple[str, str]] = ()
    has_link: bool = True
    secrets: Mapping[str, str] = field(default_factory=dict)
    """Words that are not kept in the letter: by their names, as links are."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter that can be posted."""

    subject: str
    text: str
    html: str


def compose(template: Template, matter: Matter, locale: str) -> Composed:
    """The letter. A word of the template that the matter lacks is left out."""
    words = {name: _plain(text) for name, text in matter.words.items()}
    words["facts"] = "; ".join(f"{name}: {_plain(told)}" for name, told in matter.facts)
    words["link"] = place(LINK) if matter.has_link else ""
    words |= {name: place(name) for name in matter.secrets}
    subject = _filled(template.subject, words)
    blocks = [_block(block.strip(), words, matter) for block in template.text.split("\n\n")]
    kept = [(kind, text) for kind, text in blocks if text]
    text = "\n\n".join(text for _, text in kept)
    inner = "\n".join(_as_html(kind, text, template, matter) for kind, text in kept)
    html = _PAGE.format(lang=escape(locale), title=escape(subject), inner=inner)
    return Composed(subject[:SUBJECT_MAX], text + "\n", html)


def place(name: str) -> str:
    """What stands for a link until the letter is sent."""
    return f"{{{{link:{name}}}}}"


def fill(text: str, links: Mapping[str, str], *, is_html: bool = False) -> str:
    """The text with addresses where their places were."""

    def address(found: re.Match[str]) -> str:
        known = links.get(found.group(1), "")
        return escape(known).replace("\n", "<br>") if is_html else known

    return _PLACE.sub(address, text)


def places(text: str) -> set[str]:
    """The names of the links in it."""
    return set(_PLACE.findall(text))


def hide(text: str, word: str) -> str:
    """The text for whoever looks at it later: `word` where links stood."""
    return _PLACE.sub(lambda _: word, text)


def read_template(kind: LetterKind, subject: object, text: object, button: str) -> Template:
    """What somebody wrote; Refused `letter.word` with a word there is not, `body.malformed`."""
    if not isinstance(subject, str) or not isinstance(text, str):
        raise Refused("body.malformed", {"field": "text"})
    subject = " ".join(subject.split())
    text = text.replace("\r\n", "\n").strip()
    if not 0 < len(subject) <= SUBJECT_MAX:
        raise Refused("body.malformed", {"field": "subject"})
    if not 0 < len(text) <= TEXT_MAX:
        raise Refused("body.malformed", {"field": "text"})
    for word in _WORD.findall(subject) + _WORD.findall(text):
        if word not in words_of(kind):
            raise Refused("letter.word", {"word": word[:40]})
    return Template(subject, text, button)


def _plain(text: str) -> str:
    """What people wrote cannot name a link."""
    return _OPENING.sub("{ ", text).replace("\r\n", "\n")


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words.get(found.group(1), ""), text)


def _block(block: str, words: Mapping[str, str], matter: Matter) -> tuple[str, str]:
    """A paragraph as text; a table and a button where they stand alone."""
    if block == "{facts}":
        return "facts", "\n".join(f"{name}: {_plain(told)}" for name, told in matter.facts)
    if block == "{link}":
        return "link", words["link"]
    return "words", _filled(block, words).strip()


def _as_html(kind: str, text: str, template: Template, matter: Matter) -> str:
    if kind == "facts":
        rows = "".join(
            f"<tr><th {_TH}>{escape(name)}</th><td {_TD}>{escape(_plain(told))}</td></tr>"
            for name, told in matter.facts
        )
        return f"<table {_TABLE}>{rows}</table>"
    if kind == "link":
        return f'<p><a href="{place(LINK)}" {_BUTTON}>{escape(template.button or "→")}</a></p>'
    link = place(LINK)
    whole = escape(text).replace("\n", "<br>").replace(link, f'<a href="{link}">{link}</a>')
    return f"<p>{whole}</p>"


_TH = (
    'style="text-align:left;font-weight:600;white-space:nowrap;padding:4px 16px 4px 0;'
    'vertical-align:top"'
)
_TD = 'style="padding:4px 0"'
_TABLE = 'style="border-collapse:collapse;margin:16px 0" role="presentation"'
_BUTTON = (
    'style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f6f5c;'
    'color:#ffffff;text-decoration:none;font-weight:600"'
)
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:36em;margin:0 auto">
{inner}
</div></body></html>
"""
