"""Files made of recordings as they are told over HTTP, and what is read of a wish for one."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from classroom.blobs.names import clean_name
from classroom.clock import iso
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.jobs.export_order import Form, Height, Layout, Wish
from classroom.lesson.csv import Language
from classroom.store.recording_exports import ExportRow
from classroom.store.recordings import RecordingRow

DATA = "data"
"""In the place of an export's id: made while it is sent."""
ENDINGS = {"mp4": ".mp4", "copy": ".mp4", "sound": ".m4a", DATA: ".zip"}
MEDIA = {"mp4": "video/mp4", "copy": "video/mp4", "sound": "audio/mp4", DATA: "application/zip"}
LONGEST_MS = 24 * 3600 * 1000
GONE = "recording.export_unknown"
TOKEN_MAX = 100


class NewExport(Body):
    """`from_ms` and `to_ms` are of recording time; 0 for `to_ms` is to the end. `session` is the
    one it is played in, for who has a link."""

    form: Form
    layout: Layout = "speaker"
    height: Height = 720
    from_ms: int = Field(default=0, ge=0, le=LONGEST_MS)
    to_ms: int = Field(default=0, ge=0, le=LONGEST_MS)
    session: str = Field(default="", max_length=TOKEN_MAX)


class NewTicket(Body):
    """`language` is of the tables in the data."""

    session: str = Field(default="", max_length=TOKEN_MAX)
    language: Language = "en"


class Listing(Body):
    """For who has a link."""

    session: str = Field(max_length=TOKEN_MAX)


@dataclass(frozen=True, slots=True)
class ExportTold:
    """A file that is made, or is there."""

    id: str
    form: str
    layout: str
    height: int
    from_ms: int
    to_ms: int
    state: str
    """`waiting`, `making`, `ready` or `failed`."""
    progress: int
    """0 to 100."""
    left_s: int | None
    """Seconds until it is there, about; null while nobody knows."""
    bytes: int
    fault: str
    created_at: str
    name: str
    """What the file is called."""


@dataclass(frozen=True, slots=True)
class ExportsTold:
    """Those of a recording, the newest first."""

    exports: list[ExportTold]
    can_copy: bool
    """Whether all of it can be had as `copy`."""


@dataclass(frozen=True, slots=True)
class TicketTold:
    """An address that fetches the file once; to be used within a minute."""

    url: str
    name: str


def export_told(row: RecordingRow, export: ExportRow, left_s: int | None) -> ExportTold:
    """One, as it is now."""
    wish = export.order
    return ExportTold(
        id=export.id,
        form=export.form,
        layout=wish["layout"],
        height=wish["height"],
        from_ms=wish["from_ms"],
        to_ms=wish["to_ms"],
        state=export.state,
        progress=export.progress,
        left_s=left_s,
        bytes=export.bytes,
        fault=export.fault,
        created_at=iso(export.created_at),
        name=file_name(row, export.form),
    )


def file_name(row: RecordingRow, form: str) -> str:
    """The class's title and its date."""
    return clean_name(f"{row.title} {row.began_at:%Y-%m-%d}{ENDINGS[form]}")


def wish_of(body: NewExport, duration_ms: int) -> Wish:
    """What is wanted: a part that lies in the recording, and all of it for who has a link, or there
    would be no end of files. Refused `recording.cuts`."""
    if body.session and (body.from_ms or body.to_ms):
        raise Refused("recording.cuts")
    until = min(body.to_ms or duration_ms, duration_ms)
    if body.from_ms >= until:
        raise Refused("recording.cuts")
    to_ms = 0 if until >= duration_ms else until
    if body.form in ("sound", "copy"):  # looks make no other one of it
        return Wish(body.form, "main", 720, body.from_ms, to_ms)
    return Wish(body.form, body.layout, body.height, body.from_ms, to_ms)
