"""What of a recording's lines somebody is sent: none about who is not in it any more, and nothing
of parts that were cut out but what is still there after them. A core.

Lines are JSON values with `ms` in recording time, in its order; docs/recording.md has their forms.
A cut is `[from, to)`. What was drawn, turned to or begun within one and lasts beyond it stands at
the cut's end, as after a pause; what came and went is nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

Line = dict[str, Any]
Spans = Sequence[tuple[int, int]]
People = Mapping[str, Collection[str]]
"""Who is in it, with the kinds they agreed to."""
FOREVER = 1 << 52
Fold = Callable[[list[Line], int], Iterable[Line]]


def events_for(lines: Iterable[Line], people: People, cuts: Spans) -> Iterator[Line]:
    """Events of the class."""
    return _cut((kept for line in lines if (kept := _about(line, people))), cuts, _fold_events)


def tape_for(lines: Iterable[Line], cuts: Spans) -> Iterator[Line]:
    """What was drawn, by document and owner."""
    return _cut(lines, cuts, _fold_tape)


def chat_for(lines: Sequence[Line], cuts: Spans) -> Iterator[Line]:
    """What was written and not deleted later."""
    gone = {line["id"] for line in lines if line.get("deleted")}
    kept = (line for line in lines if line["id"] not in gone)
    return _cut(kept, cuts, lambda _lines, _end: ())


def outside(spans: Iterable[Sequence[int]], cuts: Spans, start_ms: int = 0) -> list[list[int]]:
    """What of spans, in ms since `start_ms`, lies in no cut."""
    left: list[list[int]] = []
    for begin, end in spans:
        at = begin
        for start, stop in cuts:
            if stop - start_ms <= at or start - start_ms >= end:
                continue
            if start - start_ms > at:
                left.append([at, start - start_ms])
            at = stop - start_ms
        if at < end:
            left.append([at, end])
    return left


def _cut(lines: Iterable[Line], cuts: Spans, fold: Fold) -> Iterator[Line]:
    """Lines outside of the cuts, and what `fold` makes of those within each."""
    at, held = 0, list[Line]()
    for line in lines:
        while at < len(cuts) and line["ms"] >= cuts[at][1]:
            yield from fold(held, cuts[at][1])
            at, held = at + 1, []
        if at < len(cuts) and line["ms"] >= cuts[at][0]:
            held.append(line)
        else:
            yield line
    if at < len(cuts) and cuts[at][1] < FOREVER:
        yield from fold(held, cuts[at][1])


def to_the_end(cuts: Spans, duration_ms: int) -> Spans:
    """Cuts of which the last one, when it reaches the end, has none: nothing comes after it."""
    if not cuts or cuts[-1][1] < duration_ms:
        return cuts
    return (*cuts[:-1], (cuts[-1][0], FOREVER))


def _fold_tape(lines: list[Line], end: int) -> Iterator[Line]:
    """For each document and owner what came of it: a base when there was one, else what was put and
    what is gone."""
    put: dict[tuple[str, str], dict[str, Any]] = {}
    gone: dict[tuple[str, str], set[str]] = {}
    based: set[tuple[str, str]] = set()
    rest: list[Line] = []
    for line in lines:
        if "doc" not in line:
            rest.append(line)
            continue
        whose = (line["doc"], line.get("by", ""))
        items, left = put.setdefault(whose, {}), gone.setdefault(whose, set())
        if line.get("base"):
            based.add(whose)
            items.clear()
            left.clear()
        for item_id, item in {**line.get("items", {}), **line.get("put", {})}.items():
            items[item_id] = item
            left.discard(item_id)
        for item_id in line.get("gone", ()):
            items.pop(item_id, None)
            left.add(item_id)
    yield from ({**line, "ms": end} for line in rest)
    for whose, items in put.items():
        known = {"ms": end, "doc": whose[0], "by": whose[1]}
        if whose in based:
            yield {**known, "base": True, "items": items}
            continue
        if gone[whose]:
            yield {**known, "gone": sorted(gone[whose])}
        if items:
            yield {**known, "put": items}


_LAST: dict[str, Callable[[Line], str]] = {
    "joined": lambda line: f"who {line['pid']}",
    "left": lambda line: f"who {line['pid']}",
    "renamed": lambda line: f"name {line['pid']}",
    "stage": lambda _: "stage",
    "turned": lambda _: "turned",
    "page": lambda line: f"page {line['page']['id']}",
    "page_removed": lambda line: f"page {line['id']}",
    "film": lambda line: f"film {line['page_id']}",
    "hand": lambda line: f"hand {line['pid']}",
    "groups": lambda _: "groups",
    "spotlight": lambda _: "spotlight",
}
"""Events that say how something is from then on: of each the last one counts."""


def _fold_events(lines: list[Line], end: int) -> Iterator[Line]:
    last: dict[str, Line] = {}
    for number, line in enumerate(lines):
        kind = line.get("event", "")
        if kind in _LAST:
            key = _LAST[kind](line)
            last.pop(key, None)  # in the order in which they came last
            last[key] = line
        elif kind == "ink":
            last[f"ink {number}"] = line
        elif kind == "poll":
            _fold_poll(last, line)
    for line in _lasting_ink(list(last.values())):
        yield {**line, "ms": end}


def _fold_poll(last: dict[str, Line], line: Line) -> None:
    """One that was opened and closed within is nowhere."""
    key = f"poll {line['id']}"
    if line.get("phase") == "closed" and last.pop(key, None) is not None:
        return
    last[key] = {name: said for name, said in line.items() if name != "tally"}


def _lasting_ink(lines: list[Line]) -> list[Line]:
    """Without ink over a share that began and ended within."""
    begun: dict[str, int] = {}
    drop: set[int] = set()
    for number, line in enumerate(lines):
        if line.get("event") != "ink":
            continue
        page = line["page"]["id"]
        if line["deed"] == "begun":
            begun[page] = number
        elif line["deed"] == "ended" and page in begun:
            first = begun.pop(page)
            drop |= {
                at
                for at in range(first, number + 1)
                if lines[at].get("event") == "ink" and lines[at]["page"]["id"] == page
            }
    return [line for number, line in enumerate(lines) if number not in drop]


_NEEDS = {"file": "chat", "ink": "screen"}
"""The kind somebody has to have agreed to for an event about them; else any will do."""


def _about(line: Line, people: People) -> Line | None:
    """The line, unless it is about somebody who is not in it; a screen of theirs is nobody's."""
    kind = line.get("event", "")
    who = line.get("of" if kind == "ink" else "pid", "")
    if who and who not in people:
        return None
    if who and kind in _NEEDS and _NEEDS[kind] not in people[who]:
        return None
    if "page" in line:
        line = {**line, "page": _page_about(line["page"], people)}
    shown = line.get("screen_of", "")
    if shown and "screen" not in people.get(shown, ()):
        return {**line, "screen_of": ""}
    return line


def _page_about(page: Line, people: People) -> Line:
    """A page with a picture of somebody who is not in it with that kind has neither the picture nor
    its name, which may be theirs."""
    who, mark, rest = str(page.get("backdrop", "")).partition("~")
    if not mark or rest.partition("~")[0] in people.get(who, ()):
        return page
    return {**page, "backdrop": "", "name": ""}
