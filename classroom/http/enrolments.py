"""Who is enrolled in a room, for its owner: the list, each person's link, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.own_room import own_room
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.people.account import EMAIL_MAX, NAME_MAX, clean_email, clean_name
from classroom.people.enrolment import EnrolledRole
from classroom.people.links import enrolment_token
from classroom.store import enrolments as store

AT_ONCE_MAX = 100

_PERSON = ("name.empty", "name.long", "account.invalid_email", "enrolment.taken")
_KNOWN = ("room.unknown", "enrolment.unknown")


class NewPersonBody(Body):
    """Somebody to be enrolled."""

    name: str = Field(max_length=NAME_MAX * 4)
    """Under which they come in; they cannot change it."""
    role: EnrolledRole = "student"
    email: str = Field(default="", max_length=EMAIL_MAX)
    """Nothing is sent to it. Once their link was opened in a browser that is signed in with it,
    that account is known in every browser."""

    def clean(self) -> store.NewPerson:
        """In its one spelling; Refused `name.*`, `account.invalid_email`."""
        return store.NewPerson(clean_name(self.name), self.role, _email(self.email))


class NewPeople(Body):
    """All of them are enrolled or, when one cannot be, nobody."""

    people: list[NewPersonBody] = Field(min_length=1, max_length=AT_ONCE_MAX)


class PersonChange(Body):
    """What is given is new; what is not stays."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    role: EnrolledRole | None = None
    email: str | None = Field(default=None, max_length=EMAIL_MAX)
    """Empty takes it away. With another one, no account is known any more."""


@dataclass(frozen=True, slots=True)
class EnrolmentTold:
    """Somebody enrolled, as the room's owner sees them."""

    id: str
    name: str
    role: EnrolledRole
    email: str
    link: str
    """The path of their own link. Whoever has it is them."""
    has_account: bool
    """Whether they are known when they are signed in."""
    created_at: str
    seen_at: str | None
    """When they came last, to the minute."""
    removed_at: str | None
    """When they were removed: they count no more, and can be brought back."""


@dataclass(frozen=True, slots=True)
class EnrolmentsTold:
    """Everybody on a room's list."""

    enrolments: list[EnrolmentTold]
    max: int
    """How many there may be, not counting those who were removed."""


def enrolment_routes(doors: Doors) -> Blueprint:
    """`/api/rooms/<room_id>/enrolments` and what is below it."""
    routes = Blueprint("enrolments", __name__)

    @routes.get("/api/rooms/<room_id>/enrolments")
    @tells(EnrolmentsTold, by="account", refuses=("room.unknown",))
    async def listing(room_id: str) -> Response:
        """List who is enrolled in a room, by name, and who was removed lately."""
        room = await own_room(doors, room_id)
        return _list(doors, await store.enrolments_of(room.id))

    @routes.post("/api/rooms/<room_id>/enrolments")
    @tells(
        EnrolmentsTold,
        by="account",
        status=201,
        body=NewPeople,
        refuses=("room.unknown", *_PERSON, "enrolment.limit"),
    )
    async def add(room_id: str) -> Response:
        """Enrol people in a room, up to 100 at once; tells those who are new."""
        room = await own_room(doors, room_id)
        people = [person.clean() for person in (await read_body(NewPeople)).people]
        response = _list(doors, await store.add_enrolments(room.id, people, at=utc_now()))
        response.status_code = 201
        return response

    _add_changes(doors, routes)
    return routes


def _add_changes(doors: Doors, routes: Blueprint) -> None:
    """What is done with somebody who is on the list, or was."""

    @routes.patch("/api/rooms/<room_id>/enrolments/<enrolment_id>")
    @tells(EnrolmentTold, by="account", body=PersonChange, refuses=(*_KNOWN, *_PERSON))
    async def change(room_id: str, enrolment_id: str) -> Response:
        """Change an enrolled person's name, role or e-mail address: only what is given."""
        room = await own_room(doors, room_id)
        body = await read_body(PersonChange)
        name = None if body.name is None else clean_name(body.name)
        email = None if body.email is None else _email(body.email)
        row = await store.change_enrolment(
            room.id, _id(enrolment_id), name=name, role=body.role, email=email
        )
        return jsonify(enrolment_told(doors, row))

    @routes.delete("/api/rooms/<room_id>/enrolments/<enrolment_id>")
    @tells(None, by="account", status=204, refuses=_KNOWN)
    async def remove(room_id: str, enrolment_id: str) -> Response:
        """Remove somebody from the list: their link opens nothing any more."""
        room = await own_room(doors, room_id)
        await store.remove_enrolment(room.id, _id(enrolment_id), at=utc_now())
        return Response(b"", status=204)

    @routes.post("/api/rooms/<room_id>/enrolments/<enrolment_id>/restore")
    @tells(EnrolmentTold, by="account", refuses=(*_KNOWN, "enrolment.limit", "enrolment.taken"))
    async def restore(room_id: str, enrolment_id: str) -> Response:
        """Bring somebody back who was removed in the last 30 days, with their old link."""
        room = await own_room(doors, room_id)
        return jsonify(
            enrolment_told(doors, await store.restore_enrolment(room.id, _id(enrolment_id)))
        )

    @routes.post("/api/rooms/<room_id>/enrolments/<enrolment_id>/link")
    @tells(EnrolmentTold, by="account", refuses=_KNOWN)
    async def renew(room_id: str, enrolment_id: str) -> Response:
        """Give somebody a new link; the one before opens nothing any more."""
        room = await own_room(doors, room_id)
        return jsonify(enrolment_told(doors, await store.renew_link(room.id, _id(enrolment_id))))


def enrolment_told(doors: Doors, row: store.EnrolmentRow) -> EnrolmentTold:
    """An enrolment in the form in which its owner is told it."""
    return EnrolmentTold(
        id=row.id,
        name=row.name,
        role=row.role,
        email=row.email,
        link=f"/enter/{enrolment_token(doors.secret, row.ticket)}",
        has_account=row.account_id is not None,
        created_at=iso(row.created_at),
        seen_at=None if row.seen_at is None else iso(row.seen_at),
        removed_at=None if row.removed_at is None else iso(row.removed_at),
    )


def _list(doors: Doors, rows: list[store.EnrolmentRow]) -> Response:
    return jsonify(EnrolmentsTold([enrolment_told(doors, row) for row in rows], store.COUNT_MAX))


def _email(text: str) -> str:
    return clean_email(text) if text.strip() else ""


def _id(text: str) -> str:
    if not may_be_id(text):
        raise Refused("enrolment.unknown")
    return text
