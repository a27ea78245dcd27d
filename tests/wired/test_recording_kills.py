"""A class that is recorded on a real server, and what is killed of it: the recording is finished by
itself, and less than a second is lost."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import time
from pathlib import Path

from tests.support.recorded_served import Speaker, speaking_class
from tests.support.served import Served
from tests.support.wired import process_ended, until

LOST_S = 1.0
"""At most, of what was said before a kill."""
APART_MS = 120
"""Of a beep from where it was said: half a packet, the way, and the request that began it."""


def all_heard(said: list[int], heard: list[int]) -> bool:
    """Whether each is there, where it was said."""
    return bool(said) and all(any(abs(one - other) < APART_MS for other in heard) for one in said)


async def speaks_until(speaker: Speaker, beeps: int) -> None:
    """As many beeps were said since the recording began."""
    await until(lambda: len(speaker.said(time.monotonic())) >= beeps)


async def test_a_media_worker_is_killed(tmp_path: Path) -> None:
    async with speaking_class(tmp_path) as speaker:
        recording_id = await speaker.record()
        await speaks_until(speaker, 2)
        await asyncio.sleep(0.3)
        os.kill(speaker.process("media.server", ".rj"), signal.SIGKILL)
        killed_at = time.monotonic()
        await speaker.person.hear("media.reset")
        await speaker.person.ask("recording.stop")
        recording = await speaker.made(recording_id)
        assert recording["state"] == "ready"
        assert all_heard(speaker.said(killed_at - LOST_S), await speaker.heard(recording_id))


async def test_the_process_that_makes_it_playable_is_killed(tmp_path: Path) -> None:
    async with speaking_class(tmp_path) as speaker:
        recording_id = await speaker.record()
        await speaks_until(speaker, 1)
        os.kill(speaker.process("recording.child", "/lock"), signal.SIGKILL)
        await speaks_until(speaker, 3)
        ended_at = time.monotonic()
        await speaker.person.ask("recording.stop")
        recording = await speaker.made(recording_id)
        assert recording["state"] == "ready"
        assert all_heard(speaker.said(ended_at - 0.1), await speaker.heard(recording_id))


async def test_the_server_is_killed_and_begins_again(tmp_path: Path) -> None:
    async with speaking_class(tmp_path) as speaker:
        recording_id = await speaker.record()
        await speaks_until(speaker, 2)
        await asyncio.sleep(0.3)
        theirs = speaker.server.children()
        killed_at = time.monotonic()
        speaker.server.kill()
        await speaker.leave()
        await until(lambda: all(process_ended(pid) for pid in theirs))
        await speaker.join(Served(tmp_path))
        recording = await speaker.made(recording_id)
        assert recording["state"] == "ready"
        assert all_heard(speaker.said(killed_at - LOST_S), await speaker.heard(recording_id))
        told = speaker.person.welcome["room"]["recording"]
        assert (told["phase"], told["why"]) == ("off", "restart")


async def test_a_full_disk_ends_the_recording_loudly_and_the_class_goes_on(
    tmp_path: Path,
) -> None:
    async with speaking_class(tmp_path) as speaker:
        recording_id = await speaker.record()
        await speaks_until(speaker, 1)
        worker = speaker.process("media.server", ".rj")
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (8_000, 8_000))
        changed = await speaker.person.hear_event("recording_changed", deed="stopped")
        assert changed["recording"]["why"] == "storage"
        assert (await speaker.person.ask("chat.post", text="still here", client_id="c"))["id"]
        assert worker in speaker.server.children()
        recording = await speaker.made(recording_id)
        assert recording["state"] == "ready"
