"""The house's size budgets: modules, functions, parameters, and how many of our own a file imports.

Hard limits fail. They are far above what a file should be (soft: 250 lines, 25 a function), so a
file that meets one has grown a second subject.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("classroom", "courseware", "media", "recording", "whiteboard", "bench")
MODULE_HARD = 400
TEST_HARD = 500
FUNCTION_HARD = 50
PARAMETERS_HARD = 7
FAN_OUT_HARD = 12
FAN_OUT_EXEMPT = {
    "classroom/app.py",
    "classroom/appointing.py",
    "classroom/jobs/library.py",
    "classroom/room/parts.py",
}
"""Composition roots, of the application, of appointments, the library of recordings and a room,
import what they compose."""
CLIENT_HARD = 400

SOURCES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CLIENT = sorted(
    path
    for suffix in ("*.ts", "*.tsx")
    for path in (ROOT / "web" / "src").rglob(suffix)
    if path.name != "messages.ts"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([argument for argument in every if argument.arg not in ("self", "cls")])


def own_imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name for name in found if name.split(".")[0] in PACKAGES}


def test_the_tree_was_found() -> None:
    assert len(SOURCES) > 20
    assert len(TESTS) > 10
    assert len(CLIENT) > 10


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_keeps_its_budget(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= MODULE_HARD
    assert not text.strip() or ast.get_docstring(tree), "a module says what it decides"
    for function in functions(tree):
        assert body_lines(function) <= FUNCTION_HARD, function.name
        assert parameters(function) <= PARAMETERS_HARD, function.name
    if name_of(path) not in FAN_OUT_EXEMPT:
        assert len(own_imports(tree)) <= FAN_OUT_HARD


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_a_test_file_keeps_its_budget(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEST_HARD


@pytest.mark.parametrize("path", CLIENT, ids=name_of)
def test_a_client_file_keeps_its_budget(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= CLIENT_HARD
