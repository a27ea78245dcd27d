"""What is asked before a talk, and which answers fit."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.booking.intake import (
    ANSWER_MAX,
    answered,
    read_answers,
    read_fields,
    reason_of,
)
from classroom.booking.verticals import first_fields
from classroom.booking.wording import LOCALES, VERTICALS
from classroom.errors import Refused


def field(kind: str, **more: Any) -> dict[str, Any]:
    given = {"id": "x", "kind": kind, "label": "Why?", **more}
    (clean,) = read_fields([given])
    return clean


@pytest.mark.parametrize("vertical", VERTICALS)
@pytest.mark.parametrize("locale", LOCALES)
def test_what_trades_begin_with_is_in_its_one_spelling(vertical: str, locale: str) -> None:
    fields = first_fields(vertical, locale)
    assert read_fields(fields) == fields


@pytest.mark.parametrize(
    "body",
    [
        "text",
        {"id": "x"},
        [1],
        [{"id": "X", "kind": "text", "label": "a"}],
        [{"id": "x", "kind": "file", "label": "a"}],
        [{"id": "x", "kind": "text", "label": " "}],
        [{"id": "x", "kind": "text", "label": "a" * 121}],
        [{"id": "x", "kind": "choice", "label": "a"}],
        [{"id": "x", "kind": "choice", "label": "a", "choices": ["b", " b"]}],
        [{"id": "x", "kind": "text", "label": "a"}] * 2,
        [{"id": f"x{n}", "kind": "text", "label": "a"} for n in range(21)],
    ],
)
def test_other_fields_are_refused(body: object) -> None:
    with pytest.raises(Refused) as refused:
        read_fields(body)
    assert refused.value.params == {"field": "intake"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", "hello", "x" * 201),
        ("text", "hello", 5),
        ("long", "a\nb", "x" * (ANSWER_MAX + 1)),
        ("number", 7.5, "7"),
        ("number", 0, float("inf")),
        ("number", 1, True),
        ("date", "2028-02-29", "2027-02-29"),
        ("date", "1990-01-01", "1990-1-1"),
        ("yes_no", False, "no"),
    ],
)
def test_an_answer_is_of_its_kind(kind: str, good: object, bad: object) -> None:
    asked = [field(kind)]
    assert read_answers(asked, {"x": good}) == {"x": good}
    with pytest.raises(Refused) as refused:
        read_answers(asked, {"x": bad})
    assert (refused.value.code, refused.value.params) == ("booking.intake", {"field": "Why?"})


def test_only_what_there_is_can_be_chosen() -> None:
    one, many = field("choice", choices=["a", "b"]), field("several", choices=["a", "b"])
    assert read_answers([one], {"x": "a"}) == {"x": "a"}
    assert read_answers([many], {"x": ["b", "a"]}) == {"x": ["b", "a"]}
    wrong: list[tuple[dict[str, Any], object]] = [
        (one, "c"),
        (one, ["a"]),
        (many, ["c"]),
        (many, ["a", "a"]),
        (many, "a"),
        (many, [["a"]]),
    ]
    for asked, given in wrong:
        with pytest.raises(Refused):
            read_answers([asked], {"x": given})


def test_what_is_required_has_to_be_answered_and_what_was_not_asked_is_left_out() -> None:
    asked = [field("text", is_required=True)]
    for nothing in ({}, {"x": ""}, {"x": "  "}, {"x": None}):
        with pytest.raises(Refused) as refused:
            read_answers(asked, nothing)
        assert refused.value.code == "booking.intake"
    assert read_answers(asked, {"x": " yes ", "y": "?"}) == {"x": "yes"}
    assert read_answers([field("text")], {}) == {}


def test_private_answers_are_for_few() -> None:
    fields = read_fields(
        [
            {"id": "a", "kind": "text", "label": "A", "is_private": True},
            {"id": "b", "kind": "text", "label": "B"},
        ]
    )
    given = {"b": "2", "a": "1", "gone": "3"}
    every = answered(fields, given, sees_private=True)
    assert [(one.label, one.answer) for one in every] == [("A", "1"), ("B", "2"), ("gone", "3")]
    assert [one.id for one in answered(fields, given, sees_private=False)] == ["b"]


def reason(fields: list[dict[str, Any]], answers: dict[str, Any], sees: bool = True) -> str:
    return reason_of(read_fields(fields), answers, sees_private=sees, longest=20)


def test_the_reason_is_the_marked_answer_or_the_first_long_one() -> None:
    short = {"id": "a", "kind": "text", "label": "A"}
    long = {"id": "b", "kind": "long", "label": "B"}
    later = {"id": "c", "kind": "long", "label": "C"}
    answers = {"a": "back", "b": "it hurts\nat night", "c": "tea"}
    assert reason([short, long, later], answers) == "it hurts at night"
    assert reason([{**short, "is_reason": True}, long], answers) == "back"
    assert reason([{**short, "is_reason": True}, long], {"b": "x"}) == ""
    assert reason([short, long, later], {"c": "tea"}) == ""
    assert reason([short], answers) == ""
    assert reason([long], {"b": "x" * 30}) == "x" * 19 + "…"


def test_a_private_reason_is_for_who_reads_private_answers() -> None:
    field = {"id": "b", "kind": "long", "label": "B", "is_private": True}
    assert reason([field], {"b": "sleep"}) == "sleep"
    assert reason([field], {"b": "sleep"}, sees=False) == ""


def test_one_field_asks_for_the_reason() -> None:
    fields = [{"id": one, "kind": "text", "label": one, "is_reason": True} for one in "ab"]
    with pytest.raises(Refused):
        read_fields(fields)
    (number,) = read_fields([{"id": "a", "kind": "number", "label": "A", "is_reason": True}])
    assert number["is_reason"] is False
