"""Streams of news: what is so comes first, the newest wins, and nothing grows without bound."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.live import streams
from classroom.live.streams import COMMENT, NEWS_MAX, PERSON_MAX, Stream, Streams


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "GAP_S", 0.0)


class Fact:
    """Something that is so, and may be forbidden to look at."""

    def __init__(self) -> None:
        self.value: Any = 1
        self.looked = 0
        self.is_forbidden = False

    async def __call__(self) -> Any:
        self.looked += 1
        if self.is_forbidden:
            raise Refused("right.missing")
        return {"value": self.value}


def read(line: bytes) -> tuple[str, Any]:
    event, _, text = line.decode().removeprefix("event: ").partition("\ndata: ")
    assert text.endswith("\n\n")
    return event, json.loads(text)


async def nothing_more(lines: AsyncIterator[bytes]) -> None:
    """Fails when a line comes; ends the reader, as a page that is closed does."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await anext(lines)


async def test_what_is_so_comes_first_and_the_last_of_many_changes_next() -> None:
    fact, desk = Fact(), Streams()
    lines = desk.subscribe("org", "me", fact).lines()
    assert read(await anext(lines)) == ("now", {"value": 1})
    for fact.value in (2, 3, 4):
        desk.change("org")
        desk.change("another")
    assert read(await anext(lines)) == ("now", {"value": 4})
    assert fact.looked == 2
    await nothing_more(lines)


async def test_what_did_not_change_is_not_said_again() -> None:
    fact, desk = Fact(), Streams()
    lines = desk.subscribe("org", "me", fact).lines()
    await anext(lines)
    desk.change("org")
    await nothing_more(lines)
    assert fact.looked == 2


async def test_news_is_told_once_to_who_looks_at_it() -> None:
    desk = Streams()
    mine, other = (desk.subscribe(key, key, Fact()).lines() for key in ("a", "b"))
    await anext(mine)
    await anext(other)
    desk.tell("a", "message", {"text": "Wait\n请稍等"})
    assert read(await anext(mine)) == ("message", {"text": "Wait\n请稍等"})
    await nothing_more(mine)
    await nothing_more(other)


async def test_who_reads_too_slowly_begins_anew() -> None:
    desk = Streams()
    lines = desk.subscribe("org", "me", Fact()).lines()
    await anext(lines)
    for number in range(NEWS_MAX + 1):
        desk.tell("org", "message", number)
    rest = [read(line)[1] async for line in lines]
    assert rest == list(range(NEWS_MAX))
    assert not desk.is_watched("org")


async def test_a_line_that_is_quiet_says_so_and_looks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "QUIET_S", 0.01)
    fact, desk = Fact(), Streams()
    lines = desk.subscribe("org", "me", fact).lines()
    await anext(lines)
    assert await anext(lines) == COMMENT
    fact.value = 2
    assert read(await anext(lines)) == ("now", {"value": 2})
    await lines.aclose()  # type: ignore[attr-defined]


async def test_after_a_while_it_ends_so_that_rights_are_asked_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "QUIET_S", 0.01)
    monkeypatch.setattr(streams, "LIFE_S", 0.05)
    lines = Streams().subscribe("org", "me", Fact()).lines()
    async with asyncio.timeout(20):
        assert len([line async for line in lines]) > 1


async def test_who_may_not_look_any_more_is_told_so_at_the_next_change() -> None:
    fact, desk = Fact(), Streams()
    lines = desk.subscribe("org", "me", fact).lines()
    await anext(lines)
    fact.is_forbidden = True
    desk.change("org")
    assert [read(line) async for line in lines] == [("over", {"code": "right.missing"})]
    assert not desk.is_watched("org")


async def test_one_person_has_a_few_and_a_place_is_free_again_when_a_page_goes() -> None:
    desk = Streams()
    open_ones = [desk.subscribe("org", "me", Fact()).lines() for _ in range(PERSON_MAX)]
    for lines in open_ones:
        await anext(lines)
    with pytest.raises(Refused, match=r"rate\.limited"):
        desk.subscribe("org", "me", Fact())
    desk.subscribe("org", "you", Fact())
    await open_ones[0].aclose()  # type: ignore[attr-defined]
    desk.subscribe("org", "me", Fact())


async def test_a_page_that_went_before_it_was_answered_takes_no_place() -> None:
    desk = Streams()
    for _ in range(PERSON_MAX + 1):
        desk.subscribe("org", "me", Fact())
    assert not desk.is_watched("org")


async def test_too_many_that_begin_at_once_are_told_so() -> None:
    desk = Streams()
    asked = [desk.subscribe("org", "me", Fact()).lines() for _ in range(PERSON_MAX + 1)]
    firsts = [read(await anext(lines))[0] for lines in asked]
    assert firsts == ["now"] * PERSON_MAX + ["over"]


async def test_all_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "STREAMS_MAX", 1)
    desk = Streams()
    await anext(desk.subscribe("org", "me", Fact()).lines())
    with pytest.raises(Refused, match=r"server\.busy"):
        desk.subscribe("org", "you", Fact())


async def test_at_the_end_all_are_over_and_none_begins() -> None:
    desk = Streams()
    readers = [desk.subscribe("org", f"{n}", Fact()) for n in range(3)]

    async def all_of(stream: Stream) -> int:
        return len([line async for line in stream.lines()])

    tasks = [asyncio.create_task(all_of(stream)) for stream in readers]
    await asyncio.sleep(0.01)
    desk.close()
    async with asyncio.timeout(20):
        assert await asyncio.gather(*tasks) == [1, 1, 1]
    with pytest.raises(Refused, match=r"server\.busy"):
        desk.subscribe("org", "me", Fact())


async def test_a_fault_of_ours_ends_one_stream_and_nothing_else() -> None:
    async def broken() -> Any:
        raise ValueError("a bug")

    desk = Streams()
    assert [line async for line in desk.subscribe("org", "me", broken).lines()] == []
    assert not desk.is_watched("org")
