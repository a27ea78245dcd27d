"""Texts that are signed, and the chain of signatures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classroom.booking.form import (
    FIRST,
    FormText,
    Signed,
    first_broken,
    hash_of,
    name_print,
    print_of,
    read_texts,
    stored_texts,
    text_for,
    unsigned,
    write_texts,
)
from classroom.errors import Refused

BOTH = {
    "en": {"title": "Consent", "text": "I agree."},
    "zh-CN": {"title": "同意", "text": "我同意。"},
}


def chain(length: int) -> list[Signed]:
    lines: list[Signed] = []
    before = FIRST
    for number in range(1, length + 1):
        line = Signed(
            number=number,
            client_id=f"client{number}",
            booking_id="b",
            version_id="v",
            sha=print_of("text"),
            name_print=name_print("Wei Chen", f"nonce{number}"),
            is_withdrawal=number == 3,
            at="2027-03-29T07:00:00.000Z",
            before=before,
            hash="",
        )
        lines.append(replace(line, hash=hash_of(line)))
        before = lines[-1].hash
    return lines


def test_an_untouched_chain_holds() -> None:
    assert first_broken(chain(5)) is None
    assert first_broken([]) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "other"},
        {"booking_id": "other"},
        {"version_id": "other"},
        {"sha": "0" * 64},
        {"name_print": "0" * 64},
        {"is_withdrawal": True},
        {"at": "2027-03-30T07:00:00.000Z"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_changed_line_breaks_it(changed: dict[str, str | bool]) -> None:
    lines = chain(5)
    lines[1] = replace(lines[1], **changed)  # type: ignore[arg-type]
    assert first_broken(lines) == 2
    lines[1] = replace(lines[1], hash=hash_of(lines[1]))  # also when its own hash is made anew
    assert first_broken(lines) == 3


def test_a_line_that_is_gone_breaks_it() -> None:
    lines = chain(5)
    assert first_broken([*lines[:2], *lines[3:]]) == 3


def test_the_same_words_have_the_same_print() -> None:
    texts = read_texts(BOTH)
    turned = dict(reversed(list(texts.items())))
    assert print_of(write_texts(texts)) == print_of(write_texts(turned))
    assert stored_texts(write_texts(texts)) == texts
    other = texts | {"en": FormText("Consent", "I agree!")}
    assert print_of(write_texts(other)) != print_of(write_texts(texts))


def test_a_reader_gets_their_language_or_another() -> None:
    texts = read_texts(BOTH)
    assert text_for(texts, "zh-CN").title == "同意"
    assert text_for({"zh-CN": texts["zh-CN"]}, "en").title == "同意"


@pytest.mark.parametrize(
    "body",
    [{}, {"fr": {"title": "x", "text": "y"}}, {"en": {"title": "x", "text": " "}}, {"en": {}}],
)
def test_what_is_no_text_is_refused(body: dict[str, dict[str, str]]) -> None:
    with pytest.raises(Refused):
        read_texts(body)


def test_the_newest_version_has_to_be_signed() -> None:
    newest = {"a": "a2", "b": "b1"}
    assert unsigned(["a", "b"], newest, []) == ["a2", "b1"]
    assert unsigned(["a", "b"], newest, ["a1", "b1"]) == ["a2"]
    assert unsigned(["a", "gone"], newest, ["a2"]) == []
