"""The manifest on the disk is the newest, however its writes fall together."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from classroom.ids import ParticipantId
from classroom.live.recording import scribe as module
from classroom.live.recording.scribe import Scribe
from recording.manifest import FILE, Manifest, unpack

KEY = b"k" * 32
WITHIN_S = 20.0


class NoCrew:
    """Nobody makes anything of it."""

    async def begin(self, *_: Any) -> None:
        return

    def tell(self, *_: Any) -> None:
        return


async def test_an_end_in_the_middle_of_a_write_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_go = threading.Event(), threading.Event()
    replace_file = module.replace_file

    def slowly(path: Path, data: bytes) -> None:
        began.set()
        assert may_go.wait(WITHIN_S)
        replace_file(path, data)

    manifest = Manifest("rec1", "room1", "lesson1", "recording", "2026-03-01T09:30:00.000Z")
    scribe = Scribe(manifest, tmp_path, KEY, NoCrew())
    await scribe.begin({})
    monkeypatch.setattr(module, "replace_file", slowly)
    scribe.agreed(ParticipantId("ada"), "voice")
    assert await asyncio.to_thread(began.wait, WITHIN_S)
    ending = asyncio.create_task(scribe.finish("processing", 900, None))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not ending.done()
    may_go.set()
    await ending
    written = unpack((tmp_path / FILE).read_bytes(), KEY)
    assert (written.state, written.duration_ms) == ("processing", 900)
    assert written.people == (("ada", ("voice",)),)


async def test_after_its_end_the_manifest_is_anothers(tmp_path: Path) -> None:
    class Crew(NoCrew):
        def tell(self, *told: Any) -> None:
            orders.append(told[1]["order"])

    orders: list[str] = []
    manifest = Manifest("rec1", "room1", "lesson1", "recording", "2026-03-01T09:30:00.000Z")
    scribe = Scribe(manifest, tmp_path, KEY, Crew())
    await scribe.begin({})
    await scribe.finish("processing", 900, None)
    written = (tmp_path / FILE).read_bytes()
    scribe.agreed(ParticipantId("ada"), "voice")
    scribe.closed("t1", 100)
    await asyncio.sleep(0.05)
    assert orders == ["finish"]
    assert (tmp_path / FILE).read_bytes() == written
