"""Whether a recording can be taken away as a copy of the screen that was shared in it."""

from __future__ import annotations

from classroom.jobs.export_order import duration_of, holes_of
from classroom.jobs.recording_lines import events
from classroom.jobs.recording_opening import Opened, Opening
from classroom.jobs.remembered import Remembered
from classroom.lesson.recorded_lines import events_for
from recording.copyable import copied_screen
from recording.index import Index
from recording.scenes import Film, kept_spans, main_of

REMEMBERED = 1_000


class ExportCopy:
    """Remembers its answer as long as the recording is the same."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._answers: Remembered[bool] = Remembered(REMEMBERED)

    async def is_there(self, opened: Opened, from_ms: int = 0, to_ms: int = 0) -> bool:
        """Whether one screen fills this part and its packets make a film. Damaged, OSError."""
        holes = holes_of(opened, from_ms, to_ms)
        tracks = tuple(track.id for track in opened.tracks)
        about = (opened.row.id, opened.manifest.rev, duration_of(opened), holes, tracks)
        known = self._answers.get(about)
        if known is None:
            kept = kept_spans(duration_of(opened), holes)
            known = self._answers.put(about, await self._is_copied(opened, kept))
        return known

    async def _is_copied(self, opened: Opened, kept: list[tuple[int, int]]) -> bool:
        screens: dict[str, Index] = {}
        films = []
        for track in opened.tracks:
            if track.source != "screen":
                continue
            index = await self._opening.index(opened, track.id)
            if index is not None:
                screens[track.id] = index
                film = Film(track.id, track.pid, "screen", index.start_ms, index.end_ms)
                films.append(film)
        if not screens:
            return False
        people = {one.pid: one.kinds for one in opened.people}
        told = events_for(await events(opened), people, ())
        return bool(copied_screen(main_of(told, films), kept, screens))
