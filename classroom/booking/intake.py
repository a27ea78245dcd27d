"""What is asked before a talk, and what was answered: read and bounded here, whoever asks. A core.

A field is JSON: `id`, `kind`, `label`, `help`, `is_required`, `is_private` (reception does not read
the answer), `is_reason` (its answer is why somebody comes; of one field at most), `choices`.
Answers are a JSON object of field ids: a text, a list of texts, a number or yes and no; a day is
a text as 2027-03-29. What was not asked is not stored.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from classroom.errors import Refused

Kind = Literal["text", "long", "choice", "several", "number", "date", "yes_no"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Answer = str | list[str] | float | int | bool
FIELDS_MAX = 20
CHOICES_MAX = 20
LABEL_MAX = 120
HELP_MAX = 200
CHOICE_MAX = 80
LINE_MAX = 200
ANSWER_MAX = 2000
ALL_MAX = 16 * 1024
"""Bytes of all answers together."""
NUMBER_MAX = 10**12
_ID = re.compile(r"[a-z0-9_]{1,32}")
_CHOOSING = ("choice", "several")
_WRITTEN = ("text", "long")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what was asked."""

    id: str
    label: str
    kind: Kind
    answer: Answer
    is_private: bool


def read_fields(body: object) -> list[dict[str, Any]]:
    """The fields in their one spelling; Refused `body.malformed` with field `intake`."""
    if not isinstance(body, Sequence) or isinstance(body, str) or len(body) > FIELDS_MAX:
        raise _wrong()
    fields = [_field(one) for one in body]
    one_reason = sum(one["is_reason"] for one in fields) <= 1
    if len({one["id"] for one in fields}) != len(fields) or not one_reason:
        raise _wrong()
    return fields


def read_answers(fields: Sequence[Mapping[str, Any]], body: object) -> dict[str, Answer]:
    """The answers to these fields; Refused `booking.intake` with the label of the first that is
    missing or does not fit, `body.malformed` when they are too long together."""
    if not isinstance(body, Mapping):
        raise _wrong()
    answers: dict[str, Answer] = {}
    for field in fields:
        given = _answer(field, body.get(field["id"]))
        if given is not None:
            answers[field["id"]] = given
        elif field["is_required"]:
            raise Refused("booking.intake", {"field": field["label"]})
    if len(str(answers).encode()) > ALL_MAX:
        raise _wrong()
    return answers


def answered(
    fields: Sequence[Mapping[str, Any]], answers: Mapping[str, Answer], *, sees_private: bool
) -> list[Answered]:
    """What was answered, in the order of the fields; private answers only for who may see them.

    An answer to a field that was taken away since stands at the end under its id, as private.
    """
    known = {field["id"] for field in fields}
    found = [
        Answered(field["id"], field["label"], field["kind"], answers[field["id"]], _hidden(field))
        for field in fields
        if field["id"] in answers
    ]
    found += [
        Answered(name, name, "text", answer, True)
        for name, answer in answers.items()
        if name not in known
    ]
    return [one for one in found if sees_private or not one.is_private]


def reason_of(
    fields: Sequence[Mapping[str, Any]],
    answers: Mapping[str, Answer],
    *,
    sees_private: bool,
    longest: int,
) -> str:
    """Why somebody comes, as they wrote it before: the answer to the field that is marked so, else
    to the first long one; "" when there is none, or it is private and they may not see it."""
    marked = [field for field in fields if field.get("is_reason")]
    for field in marked or [field for field in fields if field["kind"] == "long"][:1]:
        if sees_private or not _hidden(field):
            text = " ".join(str(answers.get(field["id"], "")).split())
            return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    return ""


def _field(one: object) -> dict[str, Any]:
    if not isinstance(one, Mapping) or not _ID.fullmatch(str(one.get("id", ""))):
        raise _wrong()
    kind, choices = one.get("kind"), one.get("choices", [])
    if kind not in KINDS or not isinstance(choices, list) or len(choices) > CHOICES_MAX:
        raise _wrong()
    clean = [_line(choice, CHOICE_MAX) for choice in choices]
    if kind in _CHOOSING and (not clean or len(set(clean)) != len(clean)):
        raise _wrong()
    return {
        "id": one["id"],
        "kind": kind,
        "label": _line(one.get("label"), LABEL_MAX),
        "help": _line(one.get("help", ""), HELP_MAX, may_be_empty=True),
        "is_required": one.get("is_required") is True,
        "is_private": one.get("is_private") is True,
        "is_reason": one.get("is_reason") is True and kind in _WRITTEN,
        "choices": clean if kind in _CHOOSING else [],
    }


def _line(text: object, longest: int, *, may_be_empty: bool = False) -> str:
    if not isinstance(text, str):
        raise _wrong()
    line = " ".join(text.split())
    if len(line) > longest or not (line or may_be_empty):
        raise _wrong()
    return line


def _answer(field: Mapping[str, Any], given: object) -> Answer | None:
    """None: nothing was answered."""
    if given is None or given in ("", []):
        return None
    if not _fits(field, given):
        raise Refused("booking.intake", {"field": field["label"]})
    if isinstance(given, str):
        return given.replace("\r\n", "\n").strip() or None
    return cast(Answer, given)


def _fits(field: Mapping[str, Any], given: object) -> bool:
    kind: Kind = field["kind"]
    if kind == "number":
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        return (
            is_number and math.isfinite(cast(float, given)) and abs(cast(float, given)) < NUMBER_MAX
        )
    if kind == "yes_no":
        return isinstance(given, bool)
    if kind == "several":
        chosen = given if isinstance(given, list) else []
        return (
            bool(chosen)
            and len(set(map(str, chosen))) == len(chosen)
            and all(one in field["choices"] for one in chosen)
        )
    if not isinstance(given, str) or len(given) > (ANSWER_MAX if kind == "long" else LINE_MAX):
        return False
    if kind == "choice":
        return given in field["choices"]
    return kind != "date" or _is_day(given)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and 1800 <= date.fromisoformat(text).year <= 2200
    except ValueError:
        return False


def _hidden(field: Mapping[str, Any]) -> bool:
    return bool(field.get("is_private"))


def _wrong() -> Refused:
    return Refused("body.malformed", {"field": "intake"})
