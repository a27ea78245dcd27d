"""Whatever is written down as opened has a name in both languages, for who reads the list."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def opened() -> set[str]:
    """The first word of every `.opened(...)` in the routes, as they are written."""
    calls = (
        node
        for file in sorted((ROOT / "classroom" / "http").glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )
    firsts = (
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "opened" and call.args
    )
    values = (one.value for one in firsts if isinstance(one, ast.Constant))
    return {value for value in values if isinstance(value, str)}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_was_opened_has_a_name(language: str) -> None:
    text = (ROOT / "web/src/text" / language / "organisation.ftl").read_text(encoding="utf-8")
    known = {line.partition(" =")[0] for line in text.splitlines()}
    asked = {f"org-opened-{one.replace('.', '-').replace('_', '-')}" for one in opened()}
    assert len(asked) > 10
    assert asked - known == set()
