"""Who is in a recording, and somebody taken out of it by its owner."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.recording_asker import must_edit
from classroom.http.recording_own import own_routes
from classroom.http.recording_removal import take_out
from classroom.http.recording_told import KINDS, PeopleTold, PersonTold, Removal
from classroom.http.told import tells
from classroom.store.recording_people import people_of

KNOWN = ("recording.unknown",)
ENDING = ("recording.held", "recording.not_ready")


def person_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """People of a recording, for its owner and for each of them."""
    return people_routes(doors), own_routes(doors)


def people_routes(doors: Doors) -> Blueprint:
    """`people` of a recording."""
    routes = Blueprint("recording_people", __name__)

    @routes.get("/api/recordings/<recording_id>/people")
    @tells(PeopleTold, by="account", refuses=KNOWN)
    async def people(recording_id: str) -> Response:
        """List who is in an own recording, and with what."""
        row, _ = await must_edit(doors, recording_id)
        told = [PersonTold(one.pid, one.name, list(one.kinds)) for one in await people_of(row.id)]
        return jsonify(PeopleTold(told))

    @routes.post("/api/recordings/<recording_id>/people/<pid>/remove")
    @tells(None, by="account", status=202, body=Removal, refuses=(*KNOWN, *ENDING))
    async def remove(recording_id: str, pid: str) -> Response:
        """Take somebody out of an own recording for good."""
        row, granted = await must_edit(doors, recording_id)
        kinds = (await read_body(Removal)).kinds or list(KINDS)
        person = next((one for one in await people_of(row.id) if one.pid == pid), None)
        if person is None:
            raise Refused("recording.unknown")
        await take_out(doors, row, person, kinds, by=granted.name)
        return Response(b"", status=202)

    return routes
