"""The generated client types are those of messages.py, and every form in it is understood."""

from __future__ import annotations

import ast

import pytest

from classroom.wire import messages, typescript


def test_the_file_in_the_tree_is_up_to_date() -> None:
    assert typescript.TARGET.read_text("utf-8") == typescript.generate(), (
        "run: python -m classroom.wire.typescript"
    )


def test_every_message_is_written() -> None:
    text = typescript.generate()
    for request, reply in messages.REQUESTS.items():
        line = f'"{request.NAME}": {{ request: {request.__name__}; reply: {reply.__name__} }};'
        assert line in text
    for notice in messages.NOTICES:
        assert f'"{notice.NAME}": {notice.__name__};' in text


def test_defaults_are_optional_only_for_what_the_client_sends() -> None:
    text = typescript.generate()
    assert "  paused?: boolean;" in text
    assert "  takeover?: boolean;" in text
    assert "  kept_media: KeptMedia | null;" in text


@pytest.mark.parametrize(
    ("annotation", "written"),
    [
        ("str", "string"),
        ("Id", "string"),
        ("int | None", "number | null"),
        ("list[Participant]", "Participant[]"),
        ("dict[str, Any]", "Record<string, unknown>"),
        ("dict[Source, str]", "Partial<Record<Source, string>>"),
        ("Annotated[list[Id], Field(max_length=3)]", "string[]"),
        ("Literal['a', 'b']", '"a" | "b"'),
    ],
)
def test_forms(annotation: str, written: str) -> None:
    assert typescript.type_of(ast.parse(annotation, mode="eval").body) == written


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(typescript.Unwritable):
        typescript.type_of(ast.parse("set[str]", mode="eval").body)
    with pytest.raises(typescript.Unwritable):
        typescript.type_of(ast.parse("lambda: 1", mode="eval").body)


def test_check_says_whether_the_file_is_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    assert typescript.main(["--check"]) == 0
    monkeypatch.setattr(typescript, "generate", lambda: "something else")
    assert typescript.main(["--check"]) == 1
