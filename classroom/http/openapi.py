"""The description of the API (OpenAPI 3.1), made of the routes and what each says of itself."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from quart import Blueprint, Quart, Response, current_app
from werkzeug.routing import Rule

from classroom import __version__
from classroom.http.api_words import INTRODUCTION, PATH_WORDS, SECURITY, TAGS
from classroom.http.problems import STATUS
from classroom.http.told import JSON, By, Told, tells, told_of

API = "/api/"
VERSION = "3.1.0"
PROBLEM = "application/problem+json"
READING = ("GET",)
SCHEMAS = "#/components/schemas/"

_OF_BY: dict[By, tuple[str, ...]] = {
    "account": ("session.required", "token.invalid", "rate.limited"),
    "session": ("session.required", "token.browser"),
    "browser": ("token.browser",),
    "seat": ("seat.forged", "seat.expired", "enrolment.replaced"),
    "anybody": (),
}
"""What everybody may be told who comes to such a route."""
_OF_BODY = ("body.malformed", "body.not_json", "body.slow", "body.too_large")


@dataclass(frozen=True, slots=True)
class Operation:
    """One request there is."""

    method: str
    path: str
    rule: Rule
    told: Told
    words: str

    @property
    def name(self) -> str:
        """Its own name, the same for as long as the route has its own."""
        return str(self.rule.endpoint).replace(".", "_")

    @property
    def tag(self) -> tuple[str, str]:
        """What it belongs to: title and words."""
        name = str(self.rule.endpoint).partition(".")[0]
        return TAGS.get(name, (name, ""))


def openapi_routes() -> Blueprint:
    """`/api/openapi.json`."""
    routes = Blueprint("openapi", __name__)
    made: list[bytes] = []
    making = asyncio.Lock()

    @routes.get("/api/openapi.json")
    @tells(dict[str, Any], by="anybody")
    async def document() -> Response:
        """Describe this API (OpenAPI 3.1)."""
        async with making:
            if not made:  # in a thread: it takes some tenths of a second, and classes go on
                made.append(await asyncio.to_thread(lambda: _text(describe(current_app))))
        return Response(made[0], content_type=JSON)

    return routes


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def describe(app: Quart) -> dict[str, Any]:
    """The whole document."""
    operations = list(operations_of(app))
    shapes = _Shapes(operations)
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in operations:
        paths[one.path][one.method.lower()] = _operation(one, shapes)
    used = dict.fromkeys(one.tag for one in operations)
    tags = dict.fromkeys([tag for tag in TAGS.values() if tag in used] + list(used))
    return {
        "openapi": VERSION,
        "info": {"title": "Classroom", "version": __version__, "description": INTRODUCTION},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": words} for name, words in tags],
        "paths": dict(paths),
        "components": {
            "schemas": {**shapes.named, "Problem": _PROBLEM},
            "securitySchemes": SECURITY,
        },
    }


def operations_of(app: Quart) -> Iterator[Operation]:
    """Every request under `/api` that says what it is, in the order in which routes were made."""
    for rule in app.url_map.iter_rules():
        told = told_of(app, rule.endpoint)
        if not rule.rule.startswith(API) or told is None:
            continue
        words = inspect.getdoc(app.view_functions[rule.endpoint]) or ""
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Operation(
                method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), rule, told, words
            )


class _Shapes:
    """The shapes of all bodies and answers, those with a name apart."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        asked: list[Any] = []
        for one in operations:
            if one.told.body is not None:
                asked.append((f"{one.name} body", "validation", _adapter(one.told.body)))
            if one.told.answer is not None:
                asked.append((f"{one.name} answer", "serialization", _adapter(one.told.answer)))
        made, found = TypeAdapter.json_schemas(asked, ref_template=SCHEMAS + "{model}")
        self._made = {key: schema["items"] for (key, _), schema in made.items()}
        self.named: dict[str, Any] = found.get("$defs", {})

    def of(self, key: str) -> dict[str, Any]:
        """The shape of `<operation> body` or `<operation> answer`."""
        shape: dict[str, Any] = self._made[key]
        return shape


def _adapter(shape: Any) -> TypeAdapter[Any]:
    """In a list, because only then the words beside the fields of a shape are read."""
    return TypeAdapter(list[shape], config=ConfigDict(use_attribute_docstrings=True))


def _operation(one: Operation, shapes: _Shapes) -> dict[str, Any]:
    summary, _, more = one.words.partition("\n")
    described: dict[str, Any] = {
        "operationId": one.name,
        "tags": [one.tag[0]],
        "summary": summary,
        **({"description": more.strip()} if more.strip() else {}),
        "security": _security(one),
        "parameters": list(_parameters(one)),
        "responses": {**_answer(one, shapes), **_problems(one)},
    }
    if one.told.has_body:
        described["requestBody"] = {"required": True, "content": _body(one, shapes)}
    return described


def _security(one: Operation) -> list[dict[str, list[str]]]:
    """Any one of these is enough; the parts of one are needed together."""
    proof: dict[str, list[str]] = {} if one.method in READING else {"csrf": []}
    ways: dict[By, list[dict[str, list[str]]]] = {
        "account": [{"token": []}, {"session": [], **proof}],
        "session": [{"session": [], **proof}],
        "browser": [proof] if proof else [],
        "seat": [{"seat": [], **proof}],
        "anybody": [],
    }
    return ways[one.told.by]


def _parameters(one: Operation) -> Iterator[dict[str, Any]]:
    text = {"type": "string"}
    for name in re.findall(r"{(\w+)}", one.path):
        words = PATH_WORDS.get(name, "")
        yield {"name": name, "in": "path", "required": True, "description": words, "schema": text}
    for name, words in one.told.query.items():
        yield {"name": name, "in": "query", "description": words, "schema": text}


def _body(one: Operation, shapes: _Shapes) -> dict[str, Any]:
    if one.told.body is None:
        return {one.told.body_kind: {}}
    return {JSON: {"schema": shapes.of(f"{one.name} body")}}


def _answer(one: Operation, shapes: _Shapes) -> dict[str, Any]:
    told = one.told
    answer: dict[str, Any] = {"description": HTTPStatus(told.status).phrase}
    if told.answer is not None:
        answer["content"] = {JSON: {"schema": shapes.of(f"{one.name} answer")}}
    elif told.kind != JSON:
        answer["content"] = {told.kind: {}}
    return {str(told.status): answer}


def _problems(one: Operation) -> dict[str, Any]:
    """What may be refused, by status."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in sorted(refusals_of(one)):
        by_status[STATUS[code]].append(code)
    return {
        str(status): {
            "description": ", ".join(codes),
            "content": {
                PROBLEM: {
                    "schema": {
                        "allOf": [{"$ref": SCHEMAS + "Problem"}],
                        "properties": {"code": {"enum": codes}},
                    }
                }
            },
        }
        for status, codes in sorted(by_status.items())
    }


def refusals_of(one: Operation) -> set[str]:
    """Every code this request may be refused with."""
    told, codes = one.told, {"server.error", *one.told.refuses, *_OF_BY[one.told.by]}
    if told.body is not None:
        codes |= set(_OF_BODY)
    if one.method not in READING and told.by != "anybody":
        codes |= {"csrf.invalid"} | ({"token.scope"} if told.by == "account" else set())
    return codes


_PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "Why something was refused (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "description": "`urn:classroom:` and the code."},
        "title": {"type": "string", "description": "What the status is called."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "The reason. It stays the same for ever."},
        "params": {
            "type": "object",
            "description": "What a sentence about it needs: `max`, `field`, `retry_after_s`...",
        },
    },
}
