"""What somebody agreed to, and took back: by the link they got then, without an account."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_removal import take_out
from classroom.http.recording_told import KINDS, Kind, iso_or_none
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.links import read_consent_token
from classroom.store.recording_people import RecordedPerson, people_of
from classroom.store.recordings import RecordingRow, find_recording

TOKEN_MAX = 300
ENDING = ("recording.held", "recording.not_ready")


class Withdrawal(Body):
    """What somebody takes back."""

    kinds: list[Kind] = Field(min_length=1, max_length=len(KINDS))


@dataclass(frozen=True, slots=True)
class OwnConsentTold:
    """What somebody agreed to, and what became of it."""

    recording_id: str
    title: str
    room_title: str
    began_at: str
    state: str
    name: str
    kinds: list[str]
    delete_after: str | None


def own_routes(doors: Doors) -> Blueprint:
    """`/api/consents/<token>`."""
    routes = Blueprint("recording_own", __name__)

    @routes.get("/api/consents/<token>")
    @tells(OwnConsentTold, by="anybody", refuses=("consent.unknown", "rate.limited"))
    async def own(token: str) -> Response:
        """Tell somebody what they agreed to, by the link they got then."""
        row, person = await _of_link(doors, token)
        return jsonify(
            OwnConsentTold(
                recording_id=row.id,
                title=row.title,
                room_title=row.room_title,
                began_at=iso(row.began_at),
                state=row.state,
                name=person.name,
                kinds=list(person.kinds),
                delete_after=iso_or_none(row.delete_after),
            )
        )

    @routes.post("/api/consents/<token>/withdraw")
    @tells(
        None,
        by="browser",
        status=202,
        body=Withdrawal,
        refuses=("consent.unknown", "rate.limited", *ENDING),
    )
    async def withdraw(token: str) -> Response:
        """Take back what was agreed to: it is erased from the recording."""
        row, person = await _of_link(doors, token)
        kinds = (await read_body(Withdrawal)).kinds
        await take_out(doors, row, person, kinds, by=person.name)
        return Response(b"", status=202)

    return routes


async def _of_link(doors: Doors, token: str) -> tuple[RecordingRow, RecordedPerson]:
    """Whose link it is. Refused `consent.unknown`, also when they are not in it any more."""
    spend(doors.limits.consent_link, asking_address())
    named = read_consent_token(doors.secret, token[:TOKEN_MAX])
    row = None if named is None else await find_recording(named[0])
    if named is None or row is None or row.state == "deleting":
        raise Refused("consent.unknown")
    for person in await people_of(row.id):
        if person.pid == named[1]:
            return row, person
    raise Refused("consent.unknown")
