"""The answer that has a file made of a recording, for who still may take it away."""

from __future__ import annotations

from quart import Response

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_answer import bytes_answer, part_answer
from classroom.http.pictures import FetchingTurns, PictureBody, Pieces
from classroom.http.recording_export_told import DATA, GONE, MEDIA, file_name
from classroom.http.recording_taker import as_long_as_taken, note_taken, still_taken
from classroom.http.recording_zip import data_of, zip_of
from classroom.people.taking import Taking
from classroom.store.recording_exports import find_export
from classroom.store.recordings import RecordingRow
from recording.errors import Damaged

PRIVATE = "private, no-store"


class FileDesk:
    """What all fetches share."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._fetching = FetchingTurns()

    async def answer(self, taking: Taking, who: str, *, is_first: bool) -> Response:
        """The file. Refused `recording.unknown`, `recording.changing`, `recording.broken`,
        `recording.export_unknown`."""
        row = await still_taken(taking.playing)
        try:
            form, response = await self._file(row, taking, who)
        except (Damaged, FileNotFoundError) as gone:
            raise Refused("recording.broken") from gone
        if is_first:
            await note_taken(taking.playing, "downloaded", form)
        response.headers["Cache-Control"] = PRIVATE
        return response

    async def _file(self, row: RecordingRow, taking: Taking, who: str) -> tuple[str, Response]:
        turn = self._fetching.of(f"{taking.playing.viewer} {who}")
        if taking.what == DATA:
            opened = await self._doors.library.opening.open(row)
            body = PictureBody(zip_of(await data_of(opened, taking.language)), turn)
            return DATA, bytes_answer(body, kind=MEDIA[DATA], name=file_name(row, DATA))
        export = await find_export(row.id, taking.what)
        if export is None:
            raise Refused(GONE)
        parcel = await self._doors.exports.open(row, export)

        def pieces(start: int, stop: int) -> Pieces:
            return as_long_as_taken(taking.playing, parcel.pieces(start, stop))

        name, kind = file_name(row, export.form), MEDIA[export.form]
        return export.form, part_answer(pieces, parcel.length, kind=kind, name=name, turn=turn)
