"""What a recording consists of, as it is told to a player (docs/http_recordings.md).

Only what whoever plays may have: tracks of people who are in it, without what was cut out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from quart import Response, jsonify, request

from classroom.clock import iso
from classroom.jobs.recording_lines import events
from classroom.jobs.recording_opening import Opened, Opening
from classroom.lesson.recorded_lines import Line, events_for, outside
from classroom.people.play_session import Playing
from classroom.store.recording_captions import CaptionRow, captions_of
from recording.index import MIX, Index
from recording.manifest import Track
from recording.playtime import Holes, merged
from recording.scenes import BOARD, Film, main_of

THUMB_MS = 5_000


@dataclass(frozen=True, slots=True)
class Heard:
    """What a manifest is made of besides the recording: indexes by track, what happened, and
    what else there is."""

    indexes: Mapping[str, Index]
    events: Sequence[Line]
    captions: Sequence[CaptionRow]
    rev: int


async def manifest_answer(
    opening: Opening, opened: Opened, playing: Playing, cuts: Holes
) -> Response:
    """The manifest, or 304 for who has it."""
    indexes: dict[str, Index] = {}
    for track in (*(one.id for one in opened.tracks), MIX):
        index = await opening.index(opened, track)
        if index is not None:
            indexes[track] = index
    # Grows with everything that is written.
    rev = opened.manifest.rev + sum(index.file_bytes for index in indexes.values())
    heard = Heard(indexes, await events(opened), await captions_of(opened.row.id), rev)
    response = jsonify(told_manifest(opened, playing, heard, cuts))
    tag = f'"{sha256(await response.get_data(as_text=False)).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = Response(b"", status=304, content_type="text/plain")
    response.headers["ETag"] = tag
    return response


def told_manifest(opened: Opened, playing: Playing, heard: Heard, cuts: Holes) -> dict[str, Any]:
    """The whole answer."""
    row, manifest = opened.row, opened.manifest
    duration_ms = row.duration_ms or max(manifest.duration_ms, *_ends(heard.indexes), 0)
    tracks = [(one, heard.indexes[one.id]) for one in opened.tracks if one.id in heard.indexes]
    return {
        "id": row.id,
        "title": row.title,
        "room_title": row.room_title,
        "began_at": iso(row.began_at),
        "state": row.state,
        "rev": heard.rev,
        "duration_ms": duration_ms,
        "may": "edit" if playing.may_edit else "watch",
        "may_download": playing.may_download,
        "people": [
            {"id": one.pid, "name": one.name, "kinds": list(one.kinds)} for one in opened.people
        ],
        "mix": _mix(heard),
        "tracks": [_track(one, index, heard.rev, cuts) for one, index in tracks],
        "holes": _pairs(merged((*manifest.pauses, *cuts))),
        "pauses": _pairs(manifest.pauses),
        "cuts": _pairs(cuts),
        "main": _main(opened, heard, tracks),
        "thumbs": _thumbs(opened, duration_ms, cuts),
        "captions": [
            {"locale": one.locale, "label": one.label, "url": f"captions-{one.locale}.vtt"}
            for one in heard.captions
        ],
        "events": "events.jsonl",
        "board": "board.tape",
        "chat": "chat.jsonl",
    }


def _thumbs(opened: Opened, duration_ms: int, cuts: Holes) -> dict[str, Any] | None:
    """None while there are none, and with cuts: they would show what was cut out."""
    if cuts or not opened.has_thumbs:
        return None
    grid = {"columns": 10, "rows": 10, "width": 160, "height": 90}
    return {"count": -(-duration_ms // THUMB_MS), "every_ms": THUMB_MS, **grid}


def _main(opened: Opened, heard: Heard, tracks: Sequence[tuple[Track, Index]]) -> list[list[Any]]:
    """From when on what is the main picture: `screen:` and a track, `board` or `faces`."""
    people = {one.pid: one.kinds for one in opened.people}
    films = [
        Film(one.id, one.pid, "screen", index.start_ms, index.end_ms)
        for one, index in tracks
        if one.source == "screen"
    ]
    named = {"": "faces", BOARD: "board"}
    said = main_of(events_for(heard.events, people, ()), films)
    return [[ms, named.get(what, f"screen:{what}")] for ms, what in said]


def _mix(heard: Heard) -> dict[str, Any] | None:
    index = heard.indexes.get(MIX)
    if index is None:
        return None
    return {
        "url": f"{MIX}.webm?rev={heard.rev}",
        "start_ms": index.start_ms,
        "duration_ms": index.end_ms - index.start_ms,
    }


def _track(track: Track, index: Index, rev: int, cuts: Holes) -> dict[str, Any]:
    return {
        "id": track.id,
        "pid": track.pid,
        "source": track.source,
        "mime": index.mime,
        "start_ms": index.start_ms,
        "duration_ms": index.end_ms - index.start_ms,
        "url": f"{track.id}.webm?rev={rev}",
        "sizes": index.sizes,
        "rotations": index.rotations,
        "gaps": index.gaps,
        "voice": outside(index.voice, cuts, index.start_ms),
    }


def _ends(indexes: Mapping[str, Index]) -> list[int]:
    return [index.end_ms for index in indexes.values()]


def _pairs(holes: Sequence[Sequence[int]]) -> list[list[int]]:
    return [[int(start), int(stop)] for start, stop in holes]
