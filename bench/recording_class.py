"""A class written as journals at speed, and how long it takes to make it playable.

Everybody has a camera (VP8, some packets a picture, a key frame each 10 s) and a voice (Opus from
a real encoder). Pictures are noise behind a true beginning: nothing here decodes them.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame

from media.journal.envelope import Header, Sealer, pack_header
from media.journal.records import (
    KEY_FRAME,
    MARKER,
    NONE,
    PACKET,
    PACKET_KIND,
    STARTS_PICTURE,
    ReportRecord,
    StreamRecord,
    pack_report,
    pack_stream,
)
from recording.crew import Crew
from recording.index import MIX
from recording.manifest import DERIVED_KEY, Track, track_form
from recording.spawned import Said
from recording.stepping import Stepping
from recording.vault import VirtualFile, open_index

REC = "bench"
PAYLOAD = 1070
FPS = 25
LAST_S = 5
"""Seconds of the class that are written when it ends, and not before."""
_KEY = b"\x50\x42\x00\x9d\x01\x2a\x00\x05\xd0\x02"
"""The beginning of a key frame of 1280 x 720."""
_NTP_AT = 3_900_000_000


class Voice:
    """A second of a tone in Opus, again and again."""

    def __init__(self) -> None:
        encoder = av.CodecContext.create("libopus", "w")
        assert isinstance(encoder, AudioCodecContext)
        encoder.sample_rate, encoder.layout, encoder.format = 48_000, "mono", "s16"
        encoder.bit_rate = 32_000
        self.packets: list[bytes] = []
        for at in range(60):
            samples = array("h", (_tone(at * 960 + place) for place in range(960)))
            frame = AudioFrame(format="s16", layout="mono", samples=960)
            frame.planes[0].update(samples.tobytes())
            frame.sample_rate, frame.pts = 48_000, at * 960
            self.packets += [bytes(packet) for packet in encoder.encode(frame)]


def _tone(sample: int) -> int:
    return round(8_000 * math.sin(sample / 20))


@dataclass(slots=True)
class Written:
    """One track's journal, as far as it was written."""

    track: Track
    path: Path
    sealer: Sealer
    number: int = 0

    @classmethod
    def begin(cls, folder: Path, track: Track, key: bytes) -> Written:
        header = pack_header(Header({"track": track.id}))
        path = folder / "journal" / track.journals[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(header)
        return cls(track, path, Sealer(key, header))

    def write(self, seconds: range, voice: Voice, packets: int) -> None:
        """Seconds of it, in chunks of a quarter; the last one ends the journal."""
        with self.path.open("ab") as file:
            for second in seconds:
                for quarter in range(4):
                    at = second * 10_000 + quarter * 2_500
                    file.write(self.sealer.seal(b"".join(self._records(at, voice, packets))))

    def end(self) -> None:
        """Nothing more comes."""
        with self.path.open("ab") as file:
            file.write(self.sealer.seal(b"", is_last=True))

    def _records(self, at: int, voice: Voice, packets: int) -> Iterator[bytes]:
        """A quarter of a second that begins at `at` (0.1 ms)."""
        is_sound = self.track.clock_rate == 48_000
        if at == 0:
            yield pack_stream(StreamRecord(0, 0, 1, 0))
        if at % 10_000 == 0:
            ntp = (_NTP_AT << 32) + (at << 32) // 10_000
            stamp = at * self.track.clock_rate // 10_000 & 0xFFFFFFFF
            yield pack_report(ReportRecord(0, at, ntp, stamp))
        if is_sound:
            for place in range(12 + at // 2_500 % 2):
                yield from self._sound(at, place, voice)
        else:
            first = -(-at * FPS // 10_000)
            for picture in range(first, -(-(at + 2_500) * FPS // 10_000)):
                yield from self._picture(picture, packets)

    def _sound(self, at: int, place: int, voice: Voice) -> Iterator[bytes]:
        count = self.number
        payload = voice.packets[count % 50]
        yield _packed(0, max(at, count * 200), 30, count, count * 960, payload)
        self.number += 1

    def _picture(self, picture: int, packets: int) -> Iterator[bytes]:
        is_key = picture % (10 * FPS) == 0
        for place in range(packets):
            flags = MARKER * (place == packets - 1) | STARTS_PICTURE * (place == 0)
            flags |= KEY_FRAME * (is_key and place == 0)
            descriptor = bytes((0x90 if place == 0 else 0x80, 0x80, 0x80 | picture >> 8 & 0x7F))
            body = _KEY if is_key else b"\x51"
            payload = descriptor + bytes((picture & 0xFF,)) + (body if place == 0 else b"")
            payload = payload.ljust(PAYLOAD, b"\x5a")
            arrival = picture * 10_000 // FPS + place
            yield _packed(flags, arrival, NONE, self.number, picture * 3_600, payload)
            self.number += 1


def _packed(
    flags: int, arrival: int, level: int, number: int, timestamp: int, payload: bytes
) -> bytes:
    stamp = timestamp & 0xFFFFFFFF
    size = len(payload)
    head = PACKET.pack(PACKET_KIND, 0, flags, size, arrival, level, NONE, number, stamp)
    return head + payload


def _tracks(people: int) -> list[Track]:
    made = []
    for number in range(people):
        for source, mime, rate in (("microphone", "audio/opus", 48), ("camera", "video/VP8", 90)):
            name = f"{source[0]}{number}"
            facts: Any = (name, f"p{number}", source, mime, rate * 1000, 1, 0, (f"{name}.0.rj",))
            made.append(Track(*facts))
    return made


def measure_assembling(folder: Path, seconds: int) -> float:
    """Seconds of one person in 720p (1.5 Mbit/s) and their voice that are made in a second of one
    core."""
    voice, tracks, key = Voice(), _tracks(1), os.urandom(32)
    keys = {track.key: key for track in tracks}
    for track in tracks:
        written = Written.begin(folder, track, key)
        written.write(range(seconds), voice, 7)
        written.end()
    stepping = Stepping(folder, REC)
    for track in tracks:
        stepping.add(track, keys)
    before = time.process_time()
    stepping.finish(seconds * 1000, _nothing)
    taken = time.process_time() - before
    stepping.close()
    assert all(track.files[0][1].end_ms >= seconds * 990 for track in stepping.tracks.values())
    return seconds / taken


async def measure_end(folder: Path, people: int, seconds: int) -> float:
    """Seconds from the end of a class, of which all but the last five were made while it went on,
    until all of it is whole and the mixed sound's first bytes are read."""
    voice, tracks = Voice(), _tracks(people)
    keys = {track.key: os.urandom(32) for track in tracks} | {DERIVED_KEY: os.urandom(32)}
    files = [Written.begin(folder, track, keys[track.key]) for track in tracks]
    for file in files:
        file.write(range(seconds - LAST_S), voice, 2)
    steps: asyncio.Queue[Said] = asyncio.Queue()
    crew = Crew(on_step=lambda _, said: steps.put_nowait(said))
    try:
        await crew.begin(REC, folder, keys, began=time.monotonic() - (seconds - LAST_S))
        for track in tracks:
            crew.tell(REC, {"order": "track", "track": track_form(track)})
        while (await steps.get())["step"] < 2:
            pass  # it is abreast of the class
        for file in files:
            file.write(range(seconds - LAST_S, seconds), voice, 2)
            file.end()
        began = time.monotonic()
        crew.tell(REC, {"order": "finish", "duration_ms": seconds * 1000})
        await crew.finished(REC)
        index = open_index(folder, REC, MIX, keys[DERIVED_KEY])
        VirtualFile(folder, MIX, keys[DERIVED_KEY], index).read(0, 65_536)
        taken = time.monotonic() - began
    finally:
        await crew.close()
    assert abs(index.end_ms - seconds * 1000) < 100
    return taken


def _nothing() -> None:
    pass
