"""What the media side says reaches the rooms it is about, and those alone."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from classroom.live.media_news import tell_rooms
from media.errors import Refused
from media.ids import EndpointId, ProducerId
from media.journal.records import PacketRecord
from media.server.events import MediaEvent, RecordingFailed
from media.server.journal import Journal
from tests.support.journals import KEY, read_journal
from tests.support.media_twin import MediaTwin


def a_room(*, is_over: bool = False) -> Any:
    heard: list[MediaEvent] = []
    return SimpleNamespace(is_over=is_over, on_recording_failed=heard.append, heard=heard)


def test_a_recording_that_failed_is_told_to_whoever_may_be_recording() -> None:
    one, other, over = a_room(), a_room(), a_room(is_over=True)
    failed = RecordingFailed(ProducerId("w1.p"), "storage")
    tell_rooms([one, other, over], failed)
    assert one.heard == other.heard == [failed]
    assert not over.heard


async def produced(media: MediaTwin) -> ProducerId:
    transport = await media.create_transport(await media.create_router(), EndpointId("ada.1"))
    return await media.produce(transport["id"], "microphone", {"codecs": []})


def packets(path: Path) -> tuple[list[bytes], bool]:
    records, is_ended = read_journal(path)
    return [bytes(each.payload) for each in records if isinstance(each, PacketRecord)], is_ended


async def test_the_twin_writes_journals_as_the_worker_does(tmp_path: Path) -> None:
    media, began = MediaTwin(), time.monotonic()
    producer_id = await produced(media)
    path = tmp_path / "t1.0.rj"
    await media.record(producer_id, Journal(str(path), KEY, began, {"track": "t1"}))
    with pytest.raises(Refused, match=r"recording\.exists"):
        await media.record(producer_id, Journal(str(path), KEY, began, {}))
    media.send(producer_id, b"one", now=began + 1)
    await media.pause_producer(producer_id)
    media.send(producer_id, b"muted", now=began + 2)
    await media.resume_producer(producer_id)
    media.send(producer_id, b"late", now=began + 3)
    await media.close_producer(producer_id)
    await media.stop_record(producer_id, at=began + 3)
    await media.stop_record(producer_id, at=began + 3)
    assert packets(path) == ([b"one"], True)


async def test_the_twin_leaves_a_journal_without_its_end_when_it_dies(tmp_path: Path) -> None:
    told: list[MediaEvent] = []
    media, began = MediaTwin(told.append), time.monotonic()
    producer_id = await produced(media)
    path = tmp_path / "t1.0.rj"
    await media.record(producer_id, Journal(str(path), KEY, began, {}))
    media.send(producer_id, b"one", now=began)
    media.fail_record(producer_id, "behind")
    media.die()
    await media.stop_record(producer_id, at=began)
    assert packets(path) == ([b"one"], False)
    assert told[0] == RecordingFailed(producer_id, "behind")


async def test_the_twin_does_not_record_what_is_not_there(tmp_path: Path) -> None:
    media = MediaTwin()
    journal = Journal(str(tmp_path / "t1.0.rj"), KEY, 0.0, {})
    with pytest.raises(Refused, match=r"producer\.unknown"):
        await media.record(ProducerId("gone"), journal)
    await media.stop_record(ProducerId("gone"), at=0.0)
    gone = Journal(str(tmp_path / "gone" / "t1.0.rj"), KEY, 0.0, {})
    with pytest.raises(Refused, match=r"recording\.storage"):
        await media.record(await produced(media), gone)
