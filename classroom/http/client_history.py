"""What a client left in their talks, for the desk: files, recordings, and what they agreed to.

What money came to stands with the invoices, notes and talks stand with the client.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.http.client_door import desk_of_client
from classroom.http.client_history_told import (
    HistoryTold,
    InRecordingTold,
    consent_told,
    file_told,
    recording_told,
)
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_asker import standing
from classroom.http.recording_right import right_to
from classroom.http.told import tells
from classroom.store.client_files import files_of_talks
from classroom.store.client_recordings import (
    Known,
    consents_of_client,
    known_as,
    recordings_of_client,
)
from classroom.store.recording_people import people_of

_KNOWN = ("client.unknown", "client.erased", "right.missing", "rate.limited")


def client_history_routes(doors: Doors) -> Blueprint:
    """`/api/clients/<client_id>/history`."""
    routes = Blueprint("client_history", __name__)

    @routes.get("/api/clients/<client_id>/history")
    @tells(HistoryTold, by="account", refuses=_KNOWN)
    async def history(client_id: str) -> Response:
        """Tell the files of a client's talks, the recordings they are in, what they agreed to."""
        mine, _ = await desk_of_client(doors, client_id, "client.see")
        spend(doors.limits.client_look, mine.account.id)
        known = await known_as(client_id)
        reads, signs = (mine.may_with_some(one) for one in ("files.read", "signatures.read"))
        told = HistoryTold(
            [file_told(one) for one in await files_of_talks(client_id)] if reads else [],
            await _recordings(doors, known) if reads else [],
            [consent_told(one) for one in await consents_of_client(known)] if signs else [],
        )
        if told.files or told.recordings or told.consents:
            await mine.opened("client.history", client_id, client_id)
        return jsonify(told)

    return routes


async def _recordings(doors: Doors, known: Known) -> list[InRecordingTold]:
    told: list[InRecordingTold] = []
    for row in await recordings_of_client(known):
        people = await people_of(row.id)
        kinds = {kind for one in people if one.pid in known.pids for kind in one.kinds}
        may = right_to(row, await standing(doors, row), people)
        told.append(recording_told(row, kinds, may is not None))
    return told
