"""A class that is recorded, with the media, the store and the crew in memory and the disk real; and
whatever can be read on that disk with all keys that were ever made."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classroom.clock import monotonic, utc_now
from classroom.live.opening import LiveTerms
from classroom.live.ports import Clocks
from classroom.live.recording.house import RecordingHouse
from classroom.live.recording.recordings import Recordings
from classroom.live.recording.writer import Writer
from media.journal.envelope import Reader, Tampered
from media.journal.records import PacketRecord, read_records
from recording.manifest import Manifest, unpack
from tests.support.board_class import BoardClass, Member
from tests.support.board_client import CLIENTS, close_clients
from tests.support.media_twin import MediaTwin
from tests.support.recording_drawer import RecordingsTwin
from tests.support.signalling import Person, classroom, until

TEXT = "2026-11/en"
ALL = ("voice", "camera", "screen", "chat", "ink")
MANIFESTS = b"m" * 32


@dataclass
class CrewTwin:
    """Keeps what it was told."""

    begun: dict[str, Path] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    orders: list[dict[str, Any]] = field(default_factory=list)

    async def begin(self, rec: str, folder: Path, keys: Mapping[str, bytes]) -> None:
        self.begun[rec] = folder
        self.keys |= keys

    def tell(self, rec: str, order: dict[str, Any]) -> None:
        self.orders.append(order)
        if order["order"] == "keys":
            self.keys |= order["keys"]

    def of(self, order: str) -> list[dict[str, Any]]:
        """What it was told of one kind."""
        return [one for one in self.orders if one["order"] == order]


@dataclass
class RecordedClass(BoardClass):
    """A class on a server that records."""

    house: RecordingHouse
    recordings: RecordingsTwin
    crew: CrewTwin
    finished: list[str]

    @property
    def folder(self) -> Path:
        """Of the only recording there is."""
        (folder,) = [one for one in self.recordings.root.iterdir() if one.is_dir()]
        return folder

    @property
    def media(self) -> MediaTwin:
        """The media worker."""
        return self.place.media

    def send(self, person: Person, producer: str, payload: bytes) -> None:
        """A packet of somebody's producer comes now."""
        self.media.send(producer, payload, now=monotonic())  # type: ignore[arg-type]

    async def records(self, *producers: str) -> None:
        """These are written down, and no others."""
        await until(lambda: set(self.media.recorded) == set(producers))

    async def ask(self, host: Person, kinds: tuple[str, ...] = ALL, *, yes: bool = True) -> str:
        """The host asks, and answers all of it."""
        answers = dict.fromkeys(kinds, yes)
        asked = await host.ask(
            "recording.ask", purpose="For Bo", kinds=list(kinds), answers=answers, text=TEXT
        )
        return str(asked["recording_id"])

    async def answer(self, who: Person | Member, *yes: str, no: tuple[str, ...] = ()) -> str:
        """Somebody answers what is asked now; their link."""
        said = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
        (live,) = self.place.live._hub.rooms.values()
        asked = live.room.parts.recording.state.recording_id
        kept = await who.ask("recording.answer", recording_id=asked, answers=said, text=TEXT)
        return str(kept["link"])

    async def over(self) -> Manifest:
        """The recording has ended, and all of it is on the disk."""
        await until(lambda: bool(self.finished))
        return self.manifest()

    def manifest(self) -> Manifest:
        """As it lies there."""
        return unpack((self.folder / "manifest.json").read_bytes(), MANIFESTS)

    def lines(self, name: str) -> list[dict[str, Any]]:
        """A log, opened with whatever key opens it."""
        text = read_any(self.folder / name, self.keys())
        return [json.loads(line) for line in text.splitlines()]

    def keys(self) -> list[bytes]:
        """Every key that was ever made."""
        return [*self.crew.keys.values(), *self.recordings.keys.values()]

    def everything(self) -> dict[str, bytes]:
        """Every file on the disk by its name, opened where it is sealed."""
        found: dict[str, bytes] = {}
        for path in sorted(self.recordings.root.rglob("*")):
            if path.is_file():
                found[str(path.relative_to(self.folder))] = read_any(path, self.keys())
        return found

    def where(self, marker: bytes) -> list[str]:
        """The files something stands in."""
        return [name for name, text in self.everything().items() if marker in text]


def read_any(path: Path, keys: list[bytes]) -> bytes:
    """What is in a file, with whichever key opens it; of a journal of packets their payloads."""
    data = path.read_bytes()
    if not data.startswith(b"CRJ1"):
        return data
    for key in keys:
        try:
            chunks = Reader(key).feed(data)
        except Tampered:
            continue
        if "/journal/" not in str(path):
            return b"".join(chunks)
        records = [record for chunk in chunks for record in read_records(chunk)]
        return b"|".join(bytes(one.payload) for one in records if isinstance(one, PacketRecord))
    raise AssertionError(f"no key opens {path.name}")


@asynccontextmanager
async def recorded_class(
    folder: Path, terms: LiveTerms | None = None
) -> AsyncIterator[RecordedClass]:
    """A server with one room that can be recorded; its writer is stopped at the end."""
    CLIENTS.clear()
    media, crew, finished = MediaTwin(), CrewTwin(), list[str]()
    recordings = RecordingsTwin(folder)
    house = RecordingHouse(
        drawer=recordings.drawer,
        crew=crew,
        writer=Writer(),
        media=media,
        clocks=Clocks(monotonic, utc_now),
        manifest_key=MANIFESTS,
        finish=finished.append,
    )
    try:
        async with classroom(terms, media, record=Recordings(house)) as place:
            try:
                yield RecordedClass(place, house, recordings, crew, finished)
            finally:
                await close_clients()
    finally:
        await house.writer.close()
