"""Every kind of element and patch: what is allowed, and each way to miss it."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from tests.support.boards import stroke
from whiteboard.errors import Refused
from whiteboard.plain import Strange
from whiteboard.schema import ELEMENTS, PATCH, check_element, check_patch

D = stroke("ann")["d"]
GOOD: dict[str, list[Any]] = {
    "by": ["ann", "A_-9" * 16],
    "at": [0, 1.7e12, 4e12],
    "z": ["a0", "Z" * 128],
    "c": ["#12ab9F"],
    "w": [0.5, 3, 200],
    "sw": [0.5, 3, 200],
    "o": [0.05, 0.5, 1],
    "d": [D],
    "s": [0, 1, 1.0],
    "x": [-1e6, 0, 1e6],
    "y": [-1e6, 0.125, 1e6],
    "h": [0, 1e6],
    "ds": [0, 1, 2.0],
    "fill": ["", "#000000"],
    "fs": [6, 400],
    "src": ["", "x" * 2000],
    "asset": ["a", "_-" * 32],
    "m": [[1, 0, 0, 1, -1e6, 1e6]],
    "bw": [0, 1e6],
    "bh": [0.5],
}
STRANGE: list[Any] = [None, True, [], {}, nan, inf, -inf, b"\x01", *Strange]
BAD: dict[str, list[Any]] = {
    "by": ["", "a b", "a" * 65, "ann\n"],
    "at": [-1, 4.1e12, "1"],
    "z": ["", "a-", "a" * 129, "a0\n"],
    "c": ["#12ab9", "#12ab9g", "red", "#12ab9f\n", ""],
    "w": [0.4, 201, "3"],
    "sw": [0.4, 201],
    "o": [0, 0.04, 1.01],
    "d": [b"", b"\x01", D[:-1], D + b"\x00", b"\x01" + bytes(16384), list(D)],
    "s": [2, 0.5, -1],
    "x": [-1000001, 1e7],
    "y": [1000001],
    "h": [-1e7, 1e7],
    "ds": [3, 0.5],
    "fill": ["none", "#00000"],
    "fs": [5.9, 401],
    "src": ["x" * 2001],
    "asset": ["", "a/b", "a" * 65],
    "m": [[], [1, 0, 0, 1, 0], [1, 0, 0, 1, 0, 0, 0], [1, 0, 0, 1, 0, nan], [1, 0, 0, 1, 0, 2e6]],
    "bw": [-1, 2e6],
    "bh": [-0.1],
}


def good(kind: str, key: str) -> list[Any]:
    if key == "t":
        return [kind]
    if kind == "tex" and key == "s":
        return [0.1, 1, 20]
    if key in ("w", "h") and kind not in ("pen", "hl", "patch"):
        return [0, 12.5, 1e6] + ([-1e6] if kind in ("line", "arrow") else [])
    return GOOD[key]


def bad(kind: str, key: str) -> list[Any]:
    if key == "t":
        return ["", "PEN", "circle"]
    if kind == "tex" and key == "s":
        return [0, 0.09, 20.1]
    if key in ("w", "h") and kind not in ("pen", "hl", "patch"):
        return [1e7, -1e7] + ([] if kind in ("line", "arrow") else [-1])
    return BAD[key]


def element(kind: str) -> dict[str, Any]:
    return {key: good(kind, key)[0] for key in ELEMENTS[kind]}


def test_the_kinds() -> None:
    kinds = "pen hl line arrow rect ell poly text note tex img"
    assert set(ELEMENTS) == set(kinds.split())


@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_of_each_kind(kind: str) -> None:
    for key in ELEMENTS[kind]:
        for value in good(kind, key):
            check_element({**element(kind), key: value})
    assert check_element(element(kind)) == "ann"


@pytest.mark.parametrize("kind", ELEMENTS)
def test_each_wrong_value_of_an_element(kind: str) -> None:
    for key in ELEMENTS[kind]:
        for value in [*bad(kind, key), *STRANGE]:
            refused(check_element, {**element(kind), key: value})
        refused(check_element, {name: v for name, v in element(kind).items() if name != key})
    refused(check_element, {**element(kind), "more": 1})
    refused(check_element, {**element(kind), "__proto__": {}})


@pytest.mark.parametrize("key", PATCH)
def test_a_patch_of_each_key(key: str) -> None:
    for value in good("patch", key):
        check_patch({key: value})
    for value in [*bad("patch", key), *STRANGE]:
        refused(check_patch, {key: value})
        refused(check_patch, {"o": 0.5, "z": "a", key: value})


@pytest.mark.parametrize("value", [*STRANGE, {"x": 1}, {"t": "pen"}, {"by": "ann"}])
def test_what_is_no_object(value: Any) -> None:
    refused(check_element, value)
    refused(check_patch, value)


def refused(check: Any, value: Any) -> None:
    with pytest.raises(Refused, match=r"schema\.value"):
        check(value)
