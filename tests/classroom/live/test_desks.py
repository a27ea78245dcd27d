"""Desks: who is away, who has left, and who is free no more, by a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from classroom.live import streams
from classroom.live.desks import AWAY_S, FREE_GONE_S, FREE_MAX_S, LEFT_S, Desks
from classroom.store.database import close_database
from classroom.store.desk_look import switch_free
from classroom.store.practice_tables import Host
from classroom.store.visits import VisitRow, must_find_visit, turn_visit
from tests.support.migrated import open_migrated
from tests.support.visited import AT, NOW_S, PracticeRows


class Time:
    """Both clocks, which go together."""

    def __init__(self) -> None:
        self.passed_s = 0.0

    def utc_now(self) -> datetime:
        return AT + timedelta(seconds=self.passed_s)

    def monotonic(self) -> float:
        return self.passed_s


async def nothing() -> Any:
    return {}


class Waiting:
    """A practice, its desk, and one who waits."""

    def __init__(self, practice: PracticeRows, visit: VisitRow) -> None:
        self.practice, self.visit = practice, visit
        self.time = Time()
        self.desks = Desks(self.time.utc_now, self.time.monotonic)

    async def passes(self, seconds: float) -> None:
        self.time.passed_s += seconds
        await self.desks.look_after_visits()
        await self.desks.look_after_free()

    async def opens(self) -> AsyncIterator[bytes]:
        """Their page."""
        lines = self.desks.watch_visit(self.visit, nothing).lines()
        await anext(lines)
        return lines

    async def at_desk(self) -> AsyncIterator[bytes]:
        """The host's page."""
        org, account = self.practice.org_id, self.practice.account_id
        lines = self.desks.watch_desk(org, account, nothing).lines()
        await anext(lines)
        return lines

    async def state(self) -> str:
        self.visit = await must_find_visit(self.visit.id)
        return self.visit.state

    async def is_free(self) -> bool:
        return (await Host.get(id=self.practice.host_id)).is_free


@pytest.fixture
async def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Waiting]:
    monkeypatch.setattr(streams, "GAP_S", 0.0)
    await open_migrated(f"sqlite://{tmp_path / 'desks.db'}")
    practice = await PracticeRows.make()
    visit = await practice.comes(await practice.books(from_s=NOW_S + 8 * 3600))
    yield Waiting(practice, await turn_visit(visit.id, "ready", now_s=NOW_S))
    await close_database()


async def test_a_page_that_is_closed_is_away_and_keeps_its_place_for_a_while(
    waiting: Waiting,
) -> None:
    lines = await waiting.opens()
    await waiting.passes(AWAY_S * 3)
    assert not waiting.desks.is_away(waiting.visit)
    await lines.aclose()  # type: ignore[attr-defined]
    await waiting.passes(AWAY_S)
    assert waiting.desks.is_away(waiting.visit)
    await waiting.passes(LEFT_S - AWAY_S - 1)
    assert await waiting.state() == "ready"
    again = await waiting.opens()
    await waiting.passes(1)
    assert not waiting.desks.is_away(waiting.visit)
    assert await waiting.state() == "ready"
    await again.aclose()  # type: ignore[attr-defined]


async def test_who_does_not_come_back_has_left(waiting: Waiting) -> None:
    await waiting.passes(0)
    await waiting.passes(LEFT_S)
    assert await waiting.state() == "left"
    await waiting.passes(1)
    assert not waiting.desks.is_away(waiting.visit)


async def test_after_a_restart_everybody_has_their_time_anew(waiting: Waiting) -> None:
    await waiting.passes(LEFT_S * 5)
    assert await waiting.state() == "ready"
    assert not waiting.desks.is_away(waiting.visit)


async def test_who_was_let_in_is_not_away(waiting: Waiting) -> None:
    await turn_visit(waiting.visit.id, "admit", now_s=NOW_S)
    await waiting.passes(0)
    await waiting.passes(LEFT_S)
    assert await waiting.state() == "admitted"


async def test_a_host_who_closes_the_laptop_is_free_no_more(waiting: Waiting) -> None:
    await switch_free(waiting.practice.host_id, at=AT)
    lines = await waiting.at_desk()
    await waiting.passes(FREE_GONE_S * 3)
    assert await waiting.is_free()
    await lines.aclose()  # type: ignore[attr-defined]
    await waiting.passes(FREE_GONE_S - 1)
    assert await waiting.is_free()
    await waiting.passes(1)
    assert not await waiting.is_free()


async def test_two_pages_of_one_host_are_one_host(waiting: Waiting) -> None:
    await switch_free(waiting.practice.host_id, at=AT)
    one, other = await waiting.at_desk(), await waiting.at_desk()
    await one.aclose()  # type: ignore[attr-defined]
    await waiting.passes(FREE_GONE_S * 2)
    assert await waiting.is_free()
    await other.aclose()  # type: ignore[attr-defined]


async def test_free_ends_before_an_appointment_and_when_it_was_forgotten(
    waiting: Waiting,
) -> None:
    await switch_free(waiting.practice.host_id, at=AT)
    lines = await waiting.at_desk()
    await waiting.passes(8 * 3600 - 301)
    assert await waiting.is_free()
    await waiting.passes(1)
    assert not await waiting.is_free()
    await waiting.passes(3600)
    await switch_free(waiting.practice.host_id, at=waiting.time.utc_now())
    await waiting.passes(FREE_MAX_S - 1)
    assert await waiting.is_free()
    await waiting.passes(1)
    assert not await waiting.is_free()
    await lines.aclose()  # type: ignore[attr-defined]


async def test_what_was_read_is_read_anew_after_a_change(waiting: Waiting) -> None:
    org = waiting.practice.org_id
    first = await waiting.desks.look(org)
    assert await waiting.desks.look(org) is first
    await turn_visit(waiting.visit.id, "call", now_s=NOW_S)
    waiting.desks.changed(org)
    assert [one.state for one in (await waiting.desks.look(org)).visits] == ["called"]


async def test_a_host_is_here_who_looks_at_a_desk_or_is_in_a_talk(waiting: Waiting) -> None:
    org = waiting.practice.org_id
    now = await waiting.desks.look(org)
    host = now.hosts[waiting.practice.host_id]
    assert not waiting.desks.is_here(org, host, now)
    lines = await waiting.at_desk()
    assert waiting.desks.is_here(org, host, now)
    await lines.aclose()  # type: ignore[attr-defined]
    assert not waiting.desks.is_here(org, host, now)
    talk = replace(now, talk_to_s={host.id: NOW_S + 60})
    assert waiting.desks.is_here(org, host, talk)
    assert waiting.desks.seen(org, host, talk).talk_to_s == NOW_S + 60


async def test_it_begins_and_ends(waiting: Waiting) -> None:
    await waiting.desks.start()
    lines = await waiting.opens()
    await waiting.desks.close()
    assert [line async for line in lines] == []
