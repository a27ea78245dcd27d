"""docs/http.md, docs/http_*.md and the table of codes say what the server does."""

from __future__ import annotations

import re
from pathlib import Path

from classroom.http.problems import STATUS
from tests.support.people import House

ROOT = Path(__file__).resolve().parents[3]
PAGES = (ROOT / "docs" / "http.md", *sorted((ROOT / "docs").glob("http_*.md")))
DOCUMENT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def test_every_route_is_documented(home: House) -> None:
    routes = set()
    for rule in home.app.url_map.iter_rules():
        path = re.sub(r"<(?:path:)?(\w+)>", r"<\1>", rule.rule)
        routes |= {f"`{method} {path}`" for method in (rule.methods or ()) - {"HEAD", "OPTIONS"}}
    assert len(routes) > 15
    assert {route for route in routes if route not in DOCUMENT} == set()


def test_every_code_is_documented_with_its_status() -> None:
    rows: dict[str, int] = {}
    for codes, status in re.findall(r"^\| (`.*?`) \| (\d{3}) \|", DOCUMENT, re.MULTILINE):
        rows |= dict.fromkeys(re.findall(r"`([a-z_.]+)`", codes), int(status))
    assert rows == STATUS


def test_every_refusal_has_a_status() -> None:
    raised: set[str] = set()
    for package in ("http", "people", "store", "blobs"):
        for file in (ROOT / "classroom" / package).glob("*.py"):
            raised |= set(re.findall(r'Refused\("([a-z_.]+)"', file.read_text(encoding="utf-8")))
    assert len(raised) > 10
    assert raised - set(STATUS) == set()
