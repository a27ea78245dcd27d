"""Calendars read by a child: the same as here, and none of them stops anything but the child."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from classroom.booking.feed import read_feed
from classroom.booking.feed_fault import Unread
from classroom.booking.feed_window import Reading
from classroom.jobs import feed_reading
from classroom.jobs.feed_reading import read_beside

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "feeds"
READING = Reading("Europe/Berlin", 1_805_500_000, 1_840_000_000, own="@classes.example")


async def test_a_child_reads_what_we_would() -> None:
    for file in sorted(CORPUS.glob("*.ics")):
        raw = file.read_bytes()
        here, there = read_feed(raw, READING), await read_beside(raw, '"1"', READING)
        assert (there.spans, there.name, there.events) == (here.spans, here.name, here.events)
        assert (there.etag, there.bytes) == ('"1"', len(raw))


async def test_what_a_child_refuses_is_refused_by_the_same_name() -> None:
    with pytest.raises(Unread) as caught:
        await read_beside(b"<html>", "", READING)
    assert caught.value.fault == "page"


async def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_reading, "WITHIN_S", 0.5)
    monkeypatch.setattr(feed_reading, "_BOOT", "import sys, time; time.sleep(60)")
    with pytest.raises(Unread) as caught:
        await read_beside(b"x" * 1_000_000, "", READING)
    assert caught.value.fault == "slow"


@pytest.mark.parametrize("boot", ["print('no')", "print('[]')", "print('{}')", "1/0", "print(9)"])
async def test_a_child_that_says_nonsense_is_ours(
    monkeypatch: pytest.MonkeyPatch, boot: str
) -> None:
    monkeypatch.setattr(feed_reading, "_BOOT", boot)
    with pytest.raises(Unread) as caught:
        await read_beside(b"x", "", READING)
    assert caught.value.fault == "reader"


async def test_whoever_gives_up_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_reading, "_BOOT", "import time; time.sleep(60)")
    begun: list[asyncio.subprocess.Process] = []
    is_begun = asyncio.Event()
    real = asyncio.create_subprocess_exec

    async def begin(*command: str, **more: object) -> asyncio.subprocess.Process:
        begun.append(await real(*command, **more))  # type: ignore[arg-type]
        is_begun.set()
        return begun[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", begin)
    reading = asyncio.create_task(read_beside(b"x" * 1_000_000, "", READING))
    await is_begun.wait()
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert begun[0].returncode is not None
