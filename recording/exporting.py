"""Exporting: one file to take away, made of what a recording's folder holds. Run in a child.

It reads the tracks as a player would, leaves out what it has no key for, and seals what it writes.
Nothing of it lies anywhere in clear. A child that is killed leaves a file that does not open.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from recording.composing import Plan, Track, compose, compose_sound
from recording.copyable import copied_screen
from recording.copying import copy_screen
from recording.errors import Broken
from recording.index import Index
from recording.manifest import DERIVED_KEY
from recording.parcel import ParcelWriter
from recording.scenes import (
    Class,
    Film,
    Layout,
    Source,
    Span,
    hosts_of,
    kept_spans,
    main_of,
    scenes_of,
)
from recording.shelf import Recorded, Shelf

FORMS: Final = ("mp4", "copy", "sound")
HEIGHTS: Final[dict[int, tuple[tuple[int, int], int]]] = {
    720: ((1280, 720), 25),
    1080: ((1920, 1080), 15),
}
"""Width and height, and pictures a second."""

Tell = Callable[[int], None]
"""Hears the percent that are done, each once."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted. `holes` (ms of recording time) are pauses, cuts, and what lies outside the
    part that is wanted; `names` are of those who agreed."""

    id: str
    rec: str
    form: str
    duration_ms: int
    layout: Layout = "speaker"
    height: int = 720
    title: str = ""
    holes: Sequence[Sequence[int]] = ()
    tracks: Sequence[Recorded] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    threads: int = 2


def read_order(form: Mapping[str, Any]) -> Order:
    """From JSON as `asdict` gave it. KeyError, TypeError, ValueError."""
    said = dict(form)
    said["tracks"] = tuple(Recorded(**track) for track in said.get("tracks", ()))
    order = Order(**said)
    if order.form not in FORMS or order.height not in HEIGHTS:
        raise ValueError("another form")
    return order


def file_name(export_id: str) -> str:
    """Where an export lies below the recording's folder."""
    return f"exports/{export_id}"


def sealed_name(rec: str, export_id: str) -> str:
    """What an export's file says it is."""
    return f"{rec}/{file_name(export_id)}"


def export(
    folder: Path, keys: Mapping[str, bytes], order: Mapping[str, Any], tell: Tell
) -> dict[str, Any]:
    """Makes the file; `{"bytes": its length}`. Blocking. Damaged for files that were changed,
    Broken `storage` for a full disk, `died` for a film that nothing can be made of."""
    wanted = read_order(order)
    path = folder / file_name(wanted.id)
    facts = {"name": sealed_name(wanted.rec, wanted.id)}
    writer: ParcelWriter | None = None
    try:
        writer = ParcelWriter(path, keys[DERIVED_KEY], facts)
        _write(Shelf(folder, wanted.rec, wanted.tracks, keys), wanted, writer, tell)
        return {"bytes": writer.finish()}
    except OSError as error:  # PyAV's own errors are of this kind, too
        _discard(writer)
        if error.errno in _FULL:
            raise Broken("storage") from error
        raise Broken("died", type(error).__name__) from error
    except BaseException:
        _discard(writer)
        raise


def _write(shelf: Shelf, order: Order, sink: ParcelWriter, tell: Tell) -> None:
    plan = plan_of(shelf, order)
    told = -1

    def progress(done: int, of: int) -> None:
        nonlocal told
        percent = min(done * 100 // max(of, 1), 99)
        if percent > told:
            told = percent
            tell(percent)

    if order.form == "sound":
        compose_sound(plan, shelf, sink, on_progress=progress, on_index=sink.hold)
    elif order.form == "copy":
        track = _copied(shelf, order)
        copy_screen(plan, track, shelf, sink, on_progress=progress, on_index=sink.hold)
    else:
        board = shelf.board(plan.box, order.names)
        compose(plan, shelf, sink, board=board, on_progress=progress, on_index=sink.hold)


def _discard(writer: ParcelWriter | None) -> None:
    if writer is not None:
        writer.discard()


def _copied(shelf: Shelf, order: Order) -> str:
    """The screen that is copied. Broken when it has become none that can be."""
    films = _films(shelf)
    screens = {film.track: shelf.tracks[film.track][1] for film in films if film.source == "screen"}
    kept = kept_spans(order.duration_ms, order.holes)
    track = copied_screen(main_of(shelf.events(), films), kept, screens)
    if not track:
        raise Broken("died", "no screen to copy")
    return track


def _films(shelf: Shelf) -> tuple[Film, ...]:
    """The pictures there are."""
    return tuple(
        Film(
            track.id,
            track.pid,
            _SOURCES[track.source],
            index.start_ms,
            index.end_ms,
            _moved(index.gaps, index.start_ms),
        )
        for track, index in shelf.tracks.values()
        if track.source in _SOURCES
    )


def plan_of(shelf: Shelf, order: Order) -> Plan:
    """What is shown when, out of what there is."""
    films = _films(shelf)
    lesson = Class(
        order.duration_ms,
        films,
        tuple(main_of(shelf.events(), films)),
        _voices(shelf),
        hosts_of(shelf.events()),
    )
    box, fps = HEIGHTS[order.height]
    tracks = {
        film.track: Track(
            film.start_ms,
            _turns(shelf.tracks[film.track][1]),
            film.pid if film.source == "screen" else "",
        )
        for film in films
    }
    return Plan(
        box,
        fps,
        kept_spans(order.duration_ms, order.holes),
        scenes_of(lesson, order.layout),
        tracks,
        order.names,
        order.title,
        order.threads,
    )


_SOURCES: Final[dict[str, Source]] = {"camera": "camera", "screen": "screen"}


def _voices(shelf: Shelf) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    spoken: dict[str, list[Span]] = {}
    for track, index in shelf.tracks.values():
        if track.source == "microphone":
            spoken.setdefault(track.pid, []).extend(_moved(index.voice, index.start_ms))
    return tuple((pid, tuple(sorted(spans))) for pid, spans in spoken.items())


def _moved(spans: Sequence[Sequence[Any]], by_ms: int) -> tuple[Span, ...]:
    """From a track's own time to the recording's."""
    return tuple((int(span[0]) + by_ms, int(span[1]) + by_ms) for span in spans)


def _turns(index: Index) -> tuple[tuple[int, int], ...]:
    return tuple((int(ms), int(degrees)) for ms, degrees in index.rotations)
