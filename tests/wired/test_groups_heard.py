"""Groups on the real media worker: another group is silent, a teacher who speaks to all is not."""

from __future__ import annotations

import asyncio
import time
from typing import cast

import pytest

from tests.support.media_twin import MediaTwin
from tests.support.signalling import classroom
from tests.support.wired import Tone, Watching, loudness, media_server
from tests.wired.test_locks import enter, is_heard

MOVED_WITHIN_S = 10.0


async def falls_silent(watching: Watching) -> None:
    """What was on its way comes out, and then nothing."""
    await asyncio.sleep(0.1)
    watching.skip()
    with pytest.raises(TimeoutError):
        await watching.until(lambda frame: loudness(frame) > 500, within=0.2)


async def test_the_other_group_is_silent_and_the_teacher_reaches_both() -> None:
    async with (
        media_server() as (media, _),
        classroom(media=cast(MediaTwin, media)) as place,
    ):
        wu, teachers = await enter(place, "Wu", "host", media)
        lin, owls = await enter(place, "Lin", "student", media)
        mia, foxes = await enter(place, "Mia", "student", media)
        try:
            voice = await owls.publish(Tone(), "microphone")
            mia_hears_lin = await foxes.watch(voice)
            await is_heard(mia_hears_lin)
            call = await teachers.publish(Tone(), "microphone")
            await lin.hear("media.consumers_added")
            mia_hears_wu = await foxes.watch(call)
            await is_heard(mia_hears_wu)

            members = [
                {"participant_id": lin.id, "group": 0},
                {"participant_id": mia.id, "group": 1},
            ]
            await wu.ask("group.plan", names=["Owls", "Foxes"], how="hand", members=members)
            await wu.ask("group.open", minutes=5)
            await falls_silent(mia_hears_lin)
            await falls_silent(mia_hears_wu)
            consumers = [str(mia_hears_lin.consumer_id), str(mia_hears_wu.consumer_id)]
            await mia.ask("media.resume_consumers", consumer_ids=consumers)
            await falls_silent(mia_hears_lin)

            await wu.ask("group.speak", on=True)
            await is_heard(mia_hears_wu)
            await falls_silent(mia_hears_lin)
            began = time.monotonic()
            await wu.ask("group.close", in_s=0)
            await is_heard(mia_hears_lin)
            assert time.monotonic() - began < MOVED_WITHIN_S
        finally:
            for browser in (teachers, owls, foxes):
                await browser.close()
