"""Manifest: what a recording consists of, in one file that is replaced as a whole.

Plain JSON with a MAC (HMAC-SHA-256, RFC 2104): a list that somebody changed is refused. It holds no
name and no text of people. Decides nothing; `state` tells how far it is:

    recording -> processing -> ready -> erasing -> ready
    recording -> interrupted -> processing

Sans-IO; whoever writes it replaces the file by rename.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, Final, Literal, get_args

from recording.errors import Damaged

FILE: Final = "manifest.json"
VERSION: Final = 1

State = Literal["recording", "interrupted", "processing", "ready", "erasing"]
TrackState = Literal["open", "closed", "done"]
"""Written now; its journals have their end or never will; assembled to the end."""
Source = Literal["microphone", "camera", "screen", "screen_audio"]
Kind = Literal["voice", "camera", "screen", "chat", "ink"]
"""What a person says yes or no to."""

KINDS_OF: Final[dict[str, Kind]] = {
    "microphone": "voice",
    "camera": "camera",
    "screen": "screen",
    "screen_audio": "screen",
}
ROOM_KEY: Final = "/room"
"""Of the room's events and slides."""
DERIVED_KEY: Final = "/derived"
"""Of what is made of several people: the mixed sound, the board, thumbnails."""
HEARD: Final = ("/voice", "/screen")
"""How names of keys end of whose tracks some are mixed."""


def key_name(pid: str, kind: str) -> str:
    """Under which a person's key of a kind is handed around."""
    return f"{pid}/{kind}"


@dataclass(frozen=True, slots=True)
class Track:
    """One track of one person. `start_ms` is the recording's time at which it began."""

    id: str
    pid: str
    source: Source
    mime: str
    clock_rate: int
    channels: int
    start_ms: int
    journals: tuple[str, ...]
    """Names of files in `journal/`; more may lie there under the next numbers."""
    state: TrackState = "open"
    stop_ms: int | None = None
    """Nothing that arrived then or later is kept, also if it should stand in a journal."""

    @property
    def kind(self) -> Kind:
        """What its person said yes to."""
        return KINDS_OF[self.source]

    @property
    def key(self) -> str:
        """The name of the key it is sealed with."""
        return key_name(self.pid, self.kind)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Times are ms; `people` are those with any yes, and to what."""

    id: str
    room_id: str
    lesson_id: str
    state: State
    began_utc: str
    duration_ms: int = 0
    pauses: tuple[tuple[int, int], ...] = ()
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tracks: tuple[Track, ...] = ()
    rev: int = 0

    def track(self, track_id: str) -> Track | None:
        """By its id."""
        return next((track for track in self.tracks if track.id == track_id), None)

    def next(self, **changes: Any) -> Manifest:
        """The one that replaces it."""
        return replace(self, rev=self.rev + 1, **changes)


def track_form(track: Track) -> dict[str, Any]:
    """A track as JSON has it."""
    return asdict(track)


def read_track(form: dict[str, Any]) -> Track:
    """The other way round. KeyError, TypeError, ValueError for anything else."""
    if form["source"] not in KINDS_OF or form["state"] not in get_args(TrackState):
        raise ValueError("no track")
    return Track(**{**form, "journals": tuple(map(str, form["journals"]))})


def pack(manifest: Manifest, key: bytes) -> bytes:
    """The file."""
    body = {"v": VERSION, **asdict(manifest)}
    return json.dumps({"manifest": body, "mac": _mac(body, key)}, indent=1).encode() + b"\n"


def unpack(data: bytes, key: bytes) -> Manifest:
    """What `pack` gave under the same key. Damaged `manifest.tampered`."""
    try:
        said = json.loads(data)
        body = said["manifest"]
        if not hmac.compare_digest(str(said["mac"]), _mac(body, key)):
            raise Damaged("manifest.tampered")
        return _read(dict(body))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Damaged("manifest.tampered", "no manifest") from error


def _read(body: dict[str, Any]) -> Manifest:
    if body.pop("v") != VERSION or body["state"] not in get_args(State):
        raise ValueError("another form")
    body["pauses"] = tuple((int(start), int(end)) for start, end in body["pauses"])
    body["people"] = tuple((str(pid), tuple(kinds)) for pid, kinds in body["people"])
    body["tracks"] = tuple(read_track(form) for form in body["tracks"])
    return Manifest(**body)


def _mac(body: dict[str, Any], key: bytes) -> str:
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(key, canonical, sha256).hexdigest()
