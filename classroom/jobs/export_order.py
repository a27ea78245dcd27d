"""What a child is told to make: of a recording the tracks, names and keys of who is in it, and no
others. A core.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from classroom.jobs.recording_opening import Opened
from classroom.store.recording_exports import ExportRow
from recording.manifest import DERIVED_KEY, ROOM_KEY, key_name
from recording.playtime import Holes, merged

Form = Literal["mp4", "copy", "sound"]
Layout = Literal["speaker", "main"]
Height = Literal[720, 1080]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to have. `from_ms` and `to_ms` are of recording time; 0 for `to_ms` is
    to the end."""

    form: Form
    layout: Layout = "speaker"
    height: Height = 720
    from_ms: int = 0
    to_ms: int = 0


def duration_of(opened: Opened) -> int:
    """Ms of recording time."""
    return max(opened.row.duration_ms, opened.manifest.duration_ms)


def holes_of(opened: Opened, from_ms: int, to_ms: int) -> Holes:
    """What is left out of a part: pauses, cuts, and all that lies beside it."""
    duration_ms = duration_of(opened)
    until = to_ms or duration_ms
    outside = [(0, from_ms), (until, max(duration_ms, until))]
    return merged((*opened.manifest.pauses, *opened.row.cuts, *outside))


def order_for(
    opened: Opened, export: ExportRow, *, threads: int
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The order for `recording.exporting`, and the keys it may use, by name."""
    wish = export.order
    duration_ms = duration_of(opened)
    kinds = {person.pid: person.kinds for person in opened.people}
    names = {key_name(pid, kind) for pid, agreed in kinds.items() for kind in agreed}
    keys = {
        name: key
        for name, key in opened.keys.items()
        if name in names or name in (ROOM_KEY, DERIVED_KEY)
    }
    order = {
        "id": export.id,
        "rec": opened.row.id,
        "form": export.form,
        "layout": wish["layout"],
        "height": wish["height"],
        "duration_ms": duration_ms,
        "title": opened.row.title,
        "holes": [list(hole) for hole in holes_of(opened, wish["from_ms"], wish["to_ms"])],
        "tracks": [
            {"id": track.id, "pid": track.pid, "source": track.source, "key": track.key}
            for track in opened.tracks
        ],
        "names": {person.pid: person.name for person in opened.people if person.kinds},
        "threads": threads,
    }
    return order, keys
