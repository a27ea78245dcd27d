"""What records classes and makes their recordings whole, put together: children, logs, jobs.

Begun before the first class and ended after the last: what was broken off goes on at the next
start. Made by the composition root.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from classroom.clock import monotonic, utc_now
from classroom.jobs.library import Library
from classroom.jobs.recordings import Making
from classroom.live.ports import Clocks, MediaPort, RecordingDrawer
from classroom.live.recording.house import RecordingHouse
from classroom.live.recording.recordings import Recordings
from classroom.live.recording.writer import Writer
from classroom.people.links import consent_token
from classroom.people.secret import Secret
from classroom.store.consent import add_lines
from classroom.store.recording_people import note_person
from recording.crew import Crew

MANIFESTS: Final = "manifests"


class Studio:
    """Invariant: after `close` no child, thread or task of it runs."""

    def __init__(self, library: Library, secret: Secret, media: MediaPort) -> None:
        self._crew = Crew()
        self._writer = Writer()
        key = secret.key(MANIFESTS)
        self.making = Making(library.blobs, library.keys, key, self._crew)
        drawer = RecordingDrawer(
            begin=library.intake.begin,
            note_person=note_person,
            key_for=library.keys.key,
            end=library.intake.end,
            erase=library.intake.erase,
            session_for=library.intake.session_for,
            lines=add_lines,
            link_for=partial(_link, secret),
        )
        house = RecordingHouse(
            drawer=drawer,
            crew=self._crew,
            writer=self._writer,
            media=media,
            clocks=Clocks(monotonic=monotonic, utc_now=utc_now),
            manifest_key=key,
            finish=self.making.finish,
        )
        self.record = Recordings(house)
        """Makes the recorder of each live room."""
        library.deletion.stop_making = self.making.stop
        library.erasing.remake = self.making.remake

    async def start(self) -> None:
        """Go on with what an earlier server left; before any class begins."""
        await self.making.start()

    async def close(self) -> None:
        """After the last class."""
        await self.making.close()
        await self._crew.close()
        await self._writer.close()


def _link(secret: Secret, recording_id: str, pid: str) -> str:
    return f"/consent/{consent_token(secret, recording_id, pid)}"
