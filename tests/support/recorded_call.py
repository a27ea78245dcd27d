"""A call on a real worker of which one track is recorded, and what its journals hold."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from bench.load import SENT_AT
from media.journal.records import PacketRecord
from media.server.journal import Journal
from media.server.worker import MediaServer
from media.transport.certificate import Certificate
from tests.support.calls import Call
from tests.support.journals import KEY, read_journal
from tests.support.wired import until

APART_S = 0.02


class RecordedCall:
    """One speaks, one listens; `record` writes the speaker down into `folder`."""

    def __init__(self, media: MediaServer, folder: Path, call: Call) -> None:
        self.media = media
        self.folder = folder
        self.call = call

    @classmethod
    async def begin(cls, media: MediaServer, folder: Path) -> RecordedCall:
        call = Call(media, await media.create_router(), Certificate.generate(datetime.now(UTC)))
        await call.join("ada")
        await call.join("ben")
        await call.talk()
        await call.is_working()
        return cls(media, folder, call)

    def journal(self, name: str = "t1.0.rj") -> Journal:
        return Journal(str(self.folder / name), KEY, time.monotonic(), {"track": "t1"})

    async def record(self, journal: Journal | None = None) -> None:
        assert self.call.producer is not None
        await self.media.record(self.call.producer, journal or self.journal())

    async def stop(self, at: float) -> None:
        assert self.call.producer is not None
        await self.media.stop_record(self.call.producer, at=at)

    async def speaks(self, seconds: float) -> None:
        """Sound as it comes, one packet each 20 ms."""
        end = time.monotonic() + seconds
        due = time.monotonic()

        def say() -> bool:
            nonlocal due
            now = time.monotonic()
            if now >= due:
                due += APART_S
                self.call.say()
            self.call.serve()
            return now >= end

        await until(say)

    def kept(self, name: str = "t1.0.rj") -> tuple[list[float], bool]:
        """(when each packet was sent, whether the journal has its end)."""
        records, is_ended = read_journal(self.folder / name)
        payloads = [bytes(each.payload) for each in records if isinstance(each, PacketRecord)]
        return [SENT_AT.unpack(each[-SENT_AT.size :])[0] for each in payloads], is_ended
