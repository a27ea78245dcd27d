"""Recording on a real worker: what is on the disk afterwards, however it ended."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.load import video_parameters
from media.errors import Refused
from media.ids import ProducerId
from media.journal.envelope import read_header
from media.server.events import RecordingFailed
from tests.support.recorded_call import APART_S, RecordedCall
from tests.support.wired import Events, media_server, until

LOST_S = 1.0
"""At most, when the worker is killed. It is 0.8 s on a machine that has nothing else to do."""


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[tuple[RecordedCall, Events]]:
    async with media_server(recordings=str(tmp_path)) as (media, events):
        recorded = await RecordedCall.begin(media, tmp_path)
        yield recorded, events
        recorded.call.close()


async def test_what_arrived_between_start_and_stop_is_sealed_when_stop_returns(
    made: tuple[RecordedCall, Events],
) -> None:
    recorded, _ = made
    await recorded.speaks(0.1)
    journal = recorded.journal()
    began = time.monotonic()
    await recorded.record(journal)
    await recorded.speaks(0.5)
    at = time.monotonic() - 0.1
    await recorded.stop(at)
    sent, is_ended = recorded.kept()
    assert is_ended
    assert began - 2 * APART_S <= sent[0]
    assert sent[-1] < at
    assert len(sent) >= 0.4 / APART_S / 2
    path = recorded.folder / "t1.0.rj"
    assert read_header(path.read_bytes())[0].facts == {"track": "t1"}
    metrics = await recorded.call.metrics()
    assert metrics["recorded_packets"] == len(sent)
    assert metrics["journals"] == 1
    assert metrics["journal_waiting_bytes"] == metrics["recorded"] == 0
    assert not metrics["faults"]


async def test_a_stop_that_is_told_very_late_leaves_nothing_that_came_later(
    made: tuple[RecordedCall, Events],
) -> None:
    recorded, _ = made
    await recorded.record()
    await recorded.speaks(0.2)
    at = time.monotonic()
    await recorded.speaks(1.0)
    await until(lambda: (recorded.folder / "t1.0.rj").stat().st_size > 4000)
    assert max(recorded.kept()[0]) > at
    await recorded.stop(at)
    sent, is_ended = recorded.kept()
    assert is_ended
    assert max(sent) < at
    assert [path.name for path in recorded.folder.iterdir()] == ["t1.0.rj"]


async def test_a_stop_right_behind_the_start_is_no_recording(
    made: tuple[RecordedCall, Events],
) -> None:
    recorded, _ = made
    await asyncio.gather(recorded.record(), recorded.stop(time.monotonic()))
    await recorded.speaks(0.2)
    await recorded.stop(time.monotonic())
    assert recorded.kept() == ([], True)
    await recorded.record(recorded.journal("t1.1.rj"))  # and it can be recorded after that
    await recorded.speaks(0.1)
    await recorded.stop(time.monotonic())
    assert recorded.kept("t1.1.rj")[0]


async def test_what_cannot_be_recorded_is_refused(made: tuple[RecordedCall, Events]) -> None:
    recorded, _ = made
    journal = recorded.journal()
    await recorded.record(journal)
    camera = await recorded.media.produce(
        recorded.call.transports[0]["id"], "camera", video_parameters()
    )
    assert recorded.call.producer is not None
    gone = ProducerId(recorded.call.producer.partition(".")[0] + ".gone")
    for producer, wrong, code in (
        (recorded.call.producer, recorded.journal("t2.0.rj"), "recording.exists"),
        (camera, journal, "recording.exists"),
        (camera, replace(journal, path="/tmp/t1.0.rj"), "recording.path"),
        (camera, replace(journal, key=b"short"), "control.params"),
        (camera, replace(journal, began=float("nan")), "control.params"),
        (camera, replace(journal, facts={"much": "x" * 5000}), "media.fault"),
        (gone, journal, "producer.unknown"),
    ):
        with pytest.raises(Refused) as raised:
            await recorded.media.record(producer, wrong)
        assert raised.value.code == code
        assert journal.key.hex() not in str(raised.value)
    assert journal.key.hex() not in repr(journal)
    await recorded.media.stop_record(gone, at=0.0)
    await recorded.media.stop_record(ProducerId("w99.gone"), at=0.0)


async def test_without_a_folder_nothing_is_recorded(tmp_path: Path) -> None:
    async with media_server() as (media, _):
        recorded = await RecordedCall.begin(media, tmp_path)
        with pytest.raises(Refused) as raised:
            await recorded.record()
        assert raised.value.code == "recording.storage"
        recorded.call.close()


async def test_a_server_that_ends_leaves_whole_journals(tmp_path: Path) -> None:
    async with media_server(recordings=str(tmp_path)) as (media, _):
        recorded = await RecordedCall.begin(media, tmp_path)
        await recorded.record()
        await recorded.speaks(0.3)
        recorded.call.close()
    sent, is_ended = recorded.kept()
    assert is_ended
    assert len(sent) >= 8


async def test_a_worker_that_is_killed_loses_less_than_a_second(tmp_path: Path) -> None:
    async with media_server(recordings=str(tmp_path)) as (media, _):
        recorded = await RecordedCall.begin(media, tmp_path)
        (metrics,) = await media.metrics()
        await recorded.record()
        await recorded.speaks(1.0)
        os.kill(metrics["pid"], signal.SIGKILL)
        killed_at = time.monotonic()
        recorded.call.close()
    sent, is_ended = recorded.kept()
    assert not is_ended
    assert killed_at - sent[-1] < LOST_S


async def test_a_full_disk_ends_the_recording_and_the_call_goes_on(
    made: tuple[RecordedCall, Events],
) -> None:
    recorded, events = made
    (metrics,) = await recorded.media.metrics()
    resource.prlimit(metrics["pid"], resource.RLIMIT_FSIZE, (2000, 2000))
    await recorded.record()
    await recorded.speaks(0.9)
    failed = await events.wait(RecordingFailed)
    assert failed == RecordingFailed(ProducerId(str(recorded.call.producer)), "storage")
    await recorded.call.is_working()
    sent, is_ended = recorded.kept()
    assert not is_ended
    metrics = await recorded.call.metrics()
    assert metrics["recorded_packets"] == len(sent)
    assert metrics["recorded"] == 0
    assert not metrics["faults"]
    await recorded.stop(time.monotonic())
