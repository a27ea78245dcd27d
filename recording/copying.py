"""Copying: an MP4 of a shared screen as it was sent, with all voices.

Its packets are not decoded, so it takes seconds, and looks as the class saw it. It begins with the
first key frame; gaps are pictures that stay for longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, pairwise
from typing import Final, TypeAlias

import av
from av.packet import Packet

from recording.composing import Plan, Progress, Sink, Sources, sound_stream
from recording.sounding import RATE, Sound

Picture: TypeAlias = "Packet[av.VideoStream]"

_MS: Final = Fraction(1, 1000)


def copy_screen(
    plan: Plan,
    track: str,
    sources: Sources,
    sink: Sink,
    *,
    on_progress: Progress = lambda done, of: None,
    on_index: Callable[[], None] = lambda: None,
) -> None:
    """Writes the MP4 of this track, of which `plan` says what is kept. Raises what the sources,
    the sink and PyAV raise."""
    sound = Sound(sources.mix(), plan.kept)
    try:
        with av.open(sources.film(track), "r") as film, av.open(sink, "w", format="mp4") as made:
            _write(made, film, plan, track, sound, on_progress)
            on_index()
    finally:
        sound.close()


def _write(
    made: av.container.OutputContainer,
    film: av.container.InputContainer,
    plan: Plan,
    track: str,
    sound: Sound,
    on_progress: Progress,
) -> None:
    pictures = made.add_stream_from_template(film.streams.video[0], opaque=True)
    voices = sound_stream(made, sound)
    made.metadata["title"] = plan.title
    heard, heard_ms, told_ms = sound.frames(), 0, -1_000
    for packet in _timed(_kept(film, plan, plan.tracks[track].start_ms), plan.duration_ms):
        played = packet.pts or 0
        while heard_ms <= played and (piece := next(heard, None)) is not None:
            made.mux(voices.encode(piece))
            heard_ms = ((piece.pts or 0) + piece.samples) * 1000 // RATE
        packet.stream = pictures
        made.mux(packet)
        if played - told_ms >= 1_000:
            on_progress(played, plan.duration_ms)
            told_ms = played
    for piece in heard:
        made.mux(voices.encode(piece))
    made.mux(voices.encode(None))


def _kept(
    film: av.container.InputContainer, plan: Plan, start_ms: int
) -> Iterator[tuple[int, Picture]]:
    """Packets of what is kept and their ms of play time, which grow. After a hole they go on with a
    key frame."""
    spans = iter(plan.kept)
    span = next(spans, None)
    before, last, is_whole = 0, -1, False
    for packet in film.demux(film.streams.video[0]):
        if packet.pts is None or not packet.size:
            continue
        ms = start_ms + round(packet.pts * float(packet.time_base or _MS) * 1000)
        while span is not None and ms >= span[1]:
            before += span[1] - span[0]
            span, is_whole = next(spans, None), False
        if span is None:
            return
        if ms < span[0]:
            continue
        is_whole = is_whole or packet.is_keyframe
        played = before + ms - span[0]
        if is_whole and played > last:
            last = played
            yield played, packet


def _timed(packets: Iterator[tuple[int, Picture]], end_ms: int) -> Iterator[Picture]:
    """Each shown until the next one, the last until the end."""
    over: tuple[int, Picture | None] = (end_ms, None)
    for (since, packet), (until, _) in pairwise(chain(packets, (over,))):
        if packet is not None:
            packet.pts = packet.dts = since
            packet.duration, packet.time_base = max(until - since, 1), _MS
            yield packet
