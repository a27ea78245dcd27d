"""How an organisation writes its letters."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.booking.letter import LINK, compose, fill, read_template
from classroom.booking.letter_kind import LetterKind
from classroom.booking.letter_sample import sample
from classroom.booking.templates import (
    SUBJECT_MAX,
    TEXT_MAX,
    Template,
    every,
    known_kind,
    template,
    words_of,
)
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.letter_told import PreviewTold, TemplateTold
from classroom.http.told import tells
from classroom.store.letter_log import own_templates, write_template

_ALL = ("organisation.unknown", "right.missing")


class TemplateBody(Body):
    """A letter as somebody writes it; both empty is ours again."""

    subject: str = Field(max_length=SUBJECT_MAX)
    text: str = Field(max_length=TEXT_MAX)


def letter_words_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/templates` and what is below it."""
    routes = Blueprint("letter_words", __name__)

    @routes.get("/api/organisations/<org_id>/templates")
    @tells(list[TemplateTold], by="account", refuses=_ALL)
    async def templates(org_id: str) -> Response:
        """List how letters are written, each kind in each language."""
        mine = await _mine(doors, org_id)
        own = await own_templates(mine.org.id)
        return jsonify([_told(kind, locale, own) for kind, locale in every()])

    @routes.put("/api/organisations/<org_id>/templates/<kind>/<locale>")
    @tells(
        TemplateTold,
        by="account",
        body=TemplateBody,
        refuses=(*_ALL, "letter.unknown", "letter.word"),
    )
    async def write(org_id: str, kind: str, locale: str) -> Response:
        """Write a kind of letter anew, from the next one on."""
        mine = await _mine(doors, org_id)
        body = await read_body(TemplateBody)
        known = _kind(kind, locale)
        is_ours = not body.subject.strip() and not body.text.strip()
        words = None if is_ours else read_template(known, body.subject, body.text, "")
        await write_template(mine.org.id, known, locale, words, at=utc_now())
        own = await own_templates(mine.org.id)
        return jsonify(_told(known, locale, own))

    _add_preview(doors, routes)
    return routes


def _add_preview(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/organisations/<org_id>/templates/<kind>/<locale>/preview")
    @tells(
        PreviewTold,
        by="account",
        body=TemplateBody,
        refuses=(*_ALL, "letter.unknown", "letter.word"),
    )
    async def preview(org_id: str, kind: str, locale: str) -> Response:
        """What a letter would say of an appointment that is made up."""
        mine = await _mine(doors, org_id)
        body = await read_body(TemplateBody)
        known = _kind(kind, locale)
        ours = template(known, locale)
        words = read_template(known, body.subject, body.text, ours.button)
        made = compose(words, sample(known, locale, mine.org.name), locale)
        links = {LINK: "https://example.org/k/…", "digits": "123456"}
        html = fill(made.html, links, is_html=True)
        return jsonify(PreviewTold(fill(made.subject, links), fill(made.text, links), html))


async def _mine(doors: Doors, org_id: str) -> Desk:
    mine = await desk(doors, org_id)
    mine.must("templates.change")
    return mine


def _kind(kind: str, locale: str) -> LetterKind:
    """A kind and a language there are; Refused `letter.unknown`."""
    known = known_kind(kind, locale)
    if known is None:
        raise Refused("letter.unknown")
    return known


def _told(kind: LetterKind, locale: str, own: Mapping[tuple[str, str], Template]) -> TemplateTold:
    written = own.get((kind, locale))
    words = written or template(kind, locale)
    return TemplateTold(
        kind, locale, words.subject, words.text, written is not None, list(words_of(kind))
    )
