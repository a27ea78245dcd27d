"""How fast one MP4 is made of a recorded class: a scrolling screen of 1080p15, a face of 360p25 and
four voices, as a child makes it for somebody. Wall clock on this machine, with all its cores.
"""

from __future__ import annotations

import array
import asyncio
import io
import math
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image

from recording import webm
from recording.body import Body
from recording.crew import Crew
from recording.exporting import Order
from recording.index import MIX, Index
from recording.manifest import DERIVED_KEY, key_name
from recording.shelf import Recorded

REC = "bench"
SCREEN, FACE = (1920, 1080), (640, 360)
RATE = 48_000
LOOK_S = 0.05
"""Between two looks at how much memory the child took."""
_FAST = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}


def make_class(folder: Path, keys: dict[str, bytes], seconds: int) -> tuple[Recorded, ...]:
    """A recording's folder with a screen, a face and the mixed voices; its tracks."""
    tracks = (
        Recorded("screen", "ann", "screen", key_name("ann", "screen")),
        Recorded("face", "ann", "camera", key_name("ann", "camera")),
    )
    for track, size, fps in zip(tracks, (SCREEN, FACE), (15, 25), strict=True):
        film = _film(size, fps, seconds)
        index = Index("video/VP8", 0, 90_000)
        _store(folder, track.id, keys[track.key], film, index)
    index = Index("audio/opus", 0, RATE, channels=1, private=webm.opus_private(1))
    _store(folder, MIX, keys[DERIVED_KEY], _voices(seconds), index)
    return tracks


def measure_film(folder: Path, seconds: int = 60) -> tuple[float, float]:
    """Seconds of class for each second it takes, and the most memory a child had (MB)."""
    names = (key_name("ann", "screen"), key_name("ann", "camera"), DERIVED_KEY)
    keys = {name: os.urandom(32) for name in names}
    tracks = make_class(folder, keys, seconds)
    order = Order(
        "film",
        REC,
        "mp4",
        seconds * 1000,
        tracks=tracks,
        names={"ann": "Ann"},
        threads=os.cpu_count() or 1,
    )

    async def run() -> tuple[float, float]:
        crew = Crew(at_once=1)
        began = time.perf_counter()
        try:
            making = asyncio.ensure_future(crew.run("export", REC, folder, keys, asdict(order)))
            peak = 0.0
            while not making.done():
                await asyncio.wait({making}, timeout=LOOK_S)
                peak = max([peak, *(_most_mb(child.process.pid) for child in crew.children)])
            await making
        finally:
            await crew.close()
        return time.perf_counter() - began, peak

    took_s, peak = asyncio.run(run())
    return seconds / took_s, peak


def _most_mb(pid: int) -> float:
    """The most memory a process had so far; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _film(size: tuple[int, int], fps: int, seconds: int) -> io.BytesIO:
    """A texture that scrolls, with a key frame each 10 s."""
    wide, high = size
    rough = Image.effect_noise((wide // 6, high // 3), 60).convert("RGB")
    texture = rough.resize((wide, high * 2))

    def picture(number: int) -> VideoFrame:
        top = number * 4 % high
        image = texture.crop((0, top, wide, top + high))
        drawn: VideoFrame = VideoFrame.from_image(image)
        frame = drawn.reformat(format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, fps)
        return frame

    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=fps, options=_FAST | {"g": str(fps * 10)})
        stream.codec_context.thread_count = 1  # its threads wait for each other by spinning
        stream.width, stream.height = size
        stream.bit_rate = 2_000_000 if size == SCREEN else 500_000
        _encode(container, stream, (picture(number) for number in range(fps * seconds)))
    return file


def _voices(seconds: int) -> io.BytesIO:
    """Four tones that come and go, together."""
    second = array.array("h")
    for number in range(RATE):
        heard = sum(math.sin(2 * math.pi * hertz * number / RATE) for hertz in (180, 220, 300, 410))
        second.append(round(3_000 * heard))
    file, data = io.BytesIO(), second.tobytes()

    def pieces() -> Iterable[AudioFrame]:
        for at in range(0, seconds * RATE, 960):
            frame = AudioFrame(format="s16", layout="mono", samples=960)
            start = at % RATE * 2
            frame.planes[0].update(data[start : start + 1920])
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            yield frame

    with av.open(file, "w", format="webm") as container:
        _encode(container, container.add_stream("libopus", rate=RATE, layout="mono"), pieces())
    return file


def _encode(
    container: av.container.OutputContainer,
    stream: av.VideoStream | av.AudioStream,
    frames: Iterable[VideoFrame | AudioFrame],
) -> None:
    encode: Callable[..., list[av.Packet]] = stream.encode
    for frame in frames:
        container.mux(encode(frame))
    container.mux(encode(None))


def _store(folder: Path, track: str, key: bytes, film: io.BytesIO, index: Index) -> None:
    """As the tracks of a recording lie in its folder: clusters of a second at most."""
    body = Body(folder, REC, track, key)
    body.open(index)
    cluster: list[tuple[int, bytes, bool]] = []

    def flush() -> None:
        body.add(index, webm.cluster(cluster[0][0], cluster), cluster[0][0], has_key=cluster[0][2])
        index.end_ms = cluster[-1][0] + 40
        cluster.clear()

    film.seek(0)
    with av.open(film, "r") as container:
        for packet in container.demux():
            if packet.pts is None:
                continue
            ms = max(packet.pts, 0)
            if cluster and (ms - cluster[0][0] >= 1_000 or (packet.is_keyframe and track != MIX)):
                flush()
            cluster.append((ms, bytes(packet), packet.is_keyframe))
    flush()
    body.flush(index)
    body.save(index)
    body.close()
