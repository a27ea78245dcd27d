"""Recordings written as journals, as a worker would have: people, kinds, gaps, with their keys."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import av

from media.journal.envelope import Header, Sealer, pack_header
from media.journal.records import (
    PACKET,
    PACKET_KIND,
    TICKS,
    PacketRecord,
    Record,
    ReportRecord,
    StreamRecord,
    pack_report,
    pack_stream,
)
from recording.manifest import DERIVED_KEY, FILE, ROOM_KEY, Manifest, Source, State, Track, pack
from tests.support import made_films
from tests.support.packetised import packets

REC = "rec_test_0001"
MANIFEST_KEY = bytes(range(32, 64))
FOLDERS = ("journal", "tracks", "people", "thumbs", "assets", "exports")
WAY_MS = 40
NTP_AT_MS = 3_900_000_000_000
CHUNK_MS = 250

Frames = list[tuple[float, bytes, bool]]
"""(ms, data, whether it is a key frame)."""


def key_of(name: str) -> bytes:
    """The same for the same name, so that a second process finds it."""
    return sha256(f"key of {name}".encode()).digest()


def demuxed(film: io.BytesIO) -> Frames:
    """The frames of a film; PyAV's first sound may begin before 0."""
    film.seek(0)
    frames: Frames = []
    with av.open(film, "r") as container:
        for packet in container.demux():
            if packet.pts is None or packet.time_base is None:
                continue
            ms = max(float(packet.pts * packet.time_base * 1000), 0.0)
            frames.append((round(ms), bytes(packet), packet.is_keyframe))
    return frames


def seconds_of_sound(seconds: float, beeps: Sequence[int] = ()) -> Frames:
    """Opus packets of 20 ms."""
    made = demuxed(made_films.beeping(beeps, round(seconds * 1000)))
    whole = made[: round(seconds * 50)]
    return [(20 * number, data, True) for number, (_, data, _) in enumerate(whole)]


@dataclass
class Journals:
    """One recording's folder. Everything is deterministic."""

    folder: Path
    rec: str = REC
    keys: dict[str, bytes] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)
    people: dict[str, set[str]] = field(default_factory=dict)
    duration_ms: int = 0

    def __post_init__(self) -> None:
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        for name in (ROOM_KEY, DERIVED_KEY):
            self.keys[name] = key_of(name)

    # Tracks

    def sound(
        self,
        pid: str,
        start_ms: int,
        end_ms: int,
        *,
        beeps: Sequence[int] = (),
        level: int = 30,
        **more: Any,
    ) -> Track:
        """Somebody's microphone; `beeps` in recording time."""
        moments = [ms - start_ms for ms in beeps]
        frames = seconds_of_sound((end_ms - start_ms) / 1000, moments)
        return self.write(pid, "microphone", "audio/opus", frames, start_ms, level=level, **more)

    def picture(
        self,
        pid: str,
        start_ms: int,
        end_ms: int,
        *,
        source: Source = "camera",
        colour: made_films.Colour = made_films.BLUE,
        flashes: Sequence[int] = (),
        size: tuple[int, int] = (320, 180),
        **more: Any,
    ) -> Track:
        """Somebody's camera or screen in VP8, of one colour, white at `flashes`."""
        shown = made_films.flashing(flashes, colour)
        span = (start_ms, end_ms)
        film = made_films.film(made_films.even(shown, span, size, 15), key_every=45)
        return self.write(pid, source, "video/VP8", demuxed(film), start_ms, **more)

    def write(
        self,
        pid: str,
        source: Source,
        mime: str,
        frames: Frames,
        start_ms: int,
        *,
        level: int = 255,
        loss: float = 0.0,
        gaps: Iterable[tuple[int, int]] = (),
        reorder: bool = False,
        is_ended: bool = True,
    ) -> Track:
        """A track out of frames whose times begin at 0. `gaps` in recording time."""
        clock_rate = 48_000 if source in ("microphone", "screen_audio") else 90_000
        name = f"t{len(self.tracks) + 1}"
        channels = 2 if clock_rate == 48_000 else 1
        track = Track(
            name, pid, source, mime, clock_rate, channels, start_ms, (f"{name}.0.rj",), "closed"
        )
        self.tracks.append(track)
        self.keys.setdefault(track.key, key_of(track.key))
        self.people.setdefault(pid, set()).add(track.kind)
        dice = random.Random(track.id)
        holes = list(gaps)
        records: list[Record] = [StreamRecord(0, start_ms * 10, 1000 + len(self.tracks), 0)]
        for ms, record in packets(mime, frames, clock_rate=clock_rate):
            at = start_ms + ms
            if any(begin <= at < end for begin, end in holes) or dice.random() < loss:
                continue
            late = dice.choice((0, 0, 0, 80)) if reorder else 0
            arrival = round((at + WAY_MS + late) * TICKS / 1000)
            records.append(record._replace(arrival=arrival, level=level))
        last = start_ms + (frames[-1][0] if frames else 0)
        every = 1_000 if clock_rate == 90_000 else 5_000
        for ms in range(200, round(last - start_ms), every):
            stamp = (4_294_000_000 + round(ms * clock_rate / 1000)) % (1 << 32)
            ntp = round((NTP_AT_MS + start_ms + ms) * (1 << 32) / 1000)
            records.append(ReportRecord(0, (start_ms + ms + WAY_MS) * 10, ntp, stamp))
        records.sort(key=lambda each: each.arrival)
        self._journal(track, records, is_ended=is_ended)
        self.duration_ms = max(self.duration_ms, round(last) + 40)
        return track

    def _journal(self, track: Track, records: Sequence[Record], *, is_ended: bool) -> None:
        header = pack_header(Header({"rec": self.rec, "track": track.id}))
        sealer = Sealer(self.keys[track.key], header)
        data, size, since = [header], 0, 0
        parts: list[bytes] = []
        for record in records:
            if parts and (record.arrival - since >= CHUNK_MS * 10 or size > 200_000):
                data.append(sealer.seal(b"".join(parts)))
                parts, size = [], 0
            if not parts:
                since = record.arrival
            packed = pack_record(record)
            parts.append(packed)
            size += len(packed)
        data.append(sealer.seal(b"".join(parts)))
        if is_ended:
            data.append(sealer.seal(b"", is_last=True))
        (self.folder / "journal" / track.journals[0]).write_bytes(b"".join(data))

    # Lines

    def lines(self, name: str, key: str, lines: Iterable[dict[str, Any]]) -> None:
        """A journal of JSON lines: `room.rj`, or `people/<pid>.ink.rj` and its like."""
        self.keys.setdefault(key, key_of(key))
        header = pack_header(Header({"rec": self.rec}))
        sealer = Sealer(self.keys[key], header)
        plain = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        sealed = [sealer.seal(plain), sealer.seal(b"", is_last=True)]
        (self.folder / name).write_bytes(header + b"".join(sealed))

    # The whole

    def manifest(self, state: State = "processing") -> Manifest:
        """Of everything written so far, stored."""
        people = tuple((pid, tuple(sorted(kinds))) for pid, kinds in self.people.items())
        began = datetime(2026, 11, 23, 9, tzinfo=UTC).isoformat()
        manifest = Manifest(
            self.rec, "room1", "lesson1", state, began, self.duration_ms,
            people=people, tracks=tuple(self.tracks),
        )  # fmt: skip
        (self.folder / FILE).write_bytes(pack(manifest, MANIFEST_KEY))
        return manifest


def pack_record(record: Record) -> bytes:
    """As it stands in a journal."""
    if isinstance(record, PacketRecord):
        head = PACKET.pack(
            PACKET_KIND, record.stream, record.flags, len(record.payload), record.arrival,
            record.level, record.orientation, record.number, record.timestamp,
        )  # fmt: skip
        return head + bytes(record.payload)
    if isinstance(record, ReportRecord):
        return pack_report(record)
    assert isinstance(record, StreamRecord)
    return pack_stream(record)
