"""Texts that are signed before a talk, for the team: written, their versions, the chain."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.booking.form import FormText, first_broken, read_texts
from classroom.clock import iso, utc_now
from classroom.http.body import Body, read_body
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.store import forms as store

_KNOWN = ("organisation.unknown", "right.missing")
_TEXTS = ("title.empty", "title.long", "form.limit")


class FormTexts(Body):
    """`texts` by language: `{en: {title, text}, "zh-CN": {title, text}}`, at least one."""

    texts: dict[str, dict[str, str]] = Field(max_length=2)


class FormSwitch(Body):
    """Whether it can be asked for."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class VersionTold:
    """What a text says from `at` on; `sha` is the SHA-256 of it."""

    id: str
    number: int
    texts: dict[str, dict[str, str]]
    sha: str
    at: str


@dataclass(frozen=True, slots=True)
class FormTold:
    """A text with its newest version."""

    id: str
    is_on: bool
    newest: VersionTold


@dataclass(frozen=True, slots=True)
class ChainTold:
    """Every signature of an organisation; each hash takes in the one before."""

    lines: list[dict[str, Any]]
    broken_at: int | None
    """The number of the first line that does not follow from those before; null when all do."""


def form_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/forms` and what is below it."""
    routes = Blueprint("forms", __name__)

    @routes.get("/api/organisations/<org_id>/forms")
    @tells(list[FormTold], by="account", refuses=("organisation.unknown",))
    async def listing(org_id: str) -> Response:
        """List the texts an organisation has signed before talks."""
        mine = await desk(doors, org_id)
        return jsonify([_told(form) for form in await store.forms_of(mine.org.id)])

    @routes.post("/api/organisations/<org_id>/forms")
    @tells(FormTold, by="account", status=201, body=FormTexts, refuses=(*_KNOWN, *_TEXTS))
    async def create(org_id: str) -> Response:
        """Write a new text; offers name which of them they ask for."""
        mine = await _writing(doors, org_id)
        texts = read_texts((await read_body(FormTexts)).texts)
        form = await store.create_form(org_id, texts, by=mine.account.id, at=utc_now())
        await mine.opened("forms.change", form.id)
        response = jsonify(_told(form))
        response.status_code = 201
        return response

    @routes.patch("/api/organisations/<org_id>/forms/<form_id>")
    @tells(list[FormTold], by="account", body=FormSwitch, refuses=(*_KNOWN, "form.unknown"))
    async def switch(org_id: str, form_id: str) -> Response:
        """Ask for a text no more, or again; what was signed stays."""
        mine = await _writing(doors, org_id)
        body = await read_body(FormSwitch)
        await store.switch_form(org_id, form_id, on=body.is_on)
        await mine.opened("forms.change", form_id)
        return jsonify([_told(form) for form in await store.forms_of(org_id)])

    _add_versions(doors, routes)
    return routes


def _add_versions(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/organisations/<org_id>/forms/<form_id>/versions")
    @tells(
        VersionTold,
        by="account",
        status=201,
        body=FormTexts,
        refuses=(*_KNOWN, *_TEXTS, "form.unknown"),
    )
    async def add(org_id: str, form_id: str) -> Response:
        """Say it otherwise from now on: everybody is asked to sign the new text."""
        mine = await _writing(doors, org_id)
        texts = read_texts((await read_body(FormTexts)).texts)
        made = await store.add_version(org_id, form_id, texts, by=mine.account.id, at=utc_now())
        await mine.opened("forms.change", form_id)
        response = jsonify(version_told(made))
        response.status_code = 201
        return response

    @routes.get("/api/organisations/<org_id>/forms/<form_id>/versions")
    @tells(list[VersionTold], by="account", refuses=("organisation.unknown", "form.unknown"))
    async def versions(org_id: str, form_id: str) -> Response:
        """List all that a text ever said, the newest first."""
        mine = await desk(doors, org_id)
        rows = await store.versions_of(mine.org.id, form_id)
        return jsonify([version_told(row) for row in rows])

    @routes.get("/api/organisations/<org_id>/signatures")
    @tells(ChainTold, by="account", refuses=_KNOWN)
    async def chain(org_id: str) -> Response:
        """Tell every signature, and whether the chain of them holds."""
        mine = await desk(doors, org_id)
        mine.must("audit.read")
        lines = await store.chain_of(org_id)
        return jsonify(ChainTold([asdict(line) for line in lines], first_broken(lines)))


async def _writing(doors: Doors, org_id: str) -> Desk:
    mine = await desk(doors, org_id)
    mine.must("forms.change")
    return mine


def texts_told(texts: dict[str, FormText]) -> dict[str, dict[str, str]]:
    """By language."""
    return {locale: {"title": one.title, "text": one.text} for locale, one in texts.items()}


def version_told(row: store.VersionRow) -> VersionTold:
    """As it is told to whoever may read it."""
    return VersionTold(row.id, row.number, texts_told(row.texts), row.sha, iso(row.at))


def _told(form: store.FormRow) -> FormTold:
    return FormTold(form.id, form.is_on, version_told(form.newest))
