"""Routes of an application, compiled once for all applications of a process.

Werkzeug compiles a function for each route that makes its addresses. It is the same in every
application, and for all routes together it takes longer than most tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from werkzeug.routing import Rule

_compile = Rule._compile_builder
_compiled: dict[tuple[str, bool], Callable[..., Any]] = {}


@contextmanager
def compiled_once() -> Iterator[None]:
    """An application that is built here takes what was compiled for the ones before."""
    with patch.object(Rule, "_compile_builder", _of_route):
        yield


def _of_route(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
    key = (rule.rule, append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]
