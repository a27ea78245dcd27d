"""As whom somebody would come into a room: who teaches, somebody enrolled, or a guest."""

from __future__ import annotations

from dataclasses import dataclass

from classroom.http.doors import Doors
from classroom.http.enrolled import Fault, comer
from classroom.http.visitor import holds_host_link, this_visitor
from classroom.people.role import Role, role_in_room
from classroom.store.enrolments import EnrolmentRow
from classroom.store.rooms import RoomRow


@dataclass(frozen=True, slots=True)
class Asker:
    """`fault` is why the link that was opened in this browser counts no more."""

    role: Role
    enrolment: EnrolmentRow | None = None
    fault: Fault | None = None


async def asker_here(doors: Doors, room: RoomRow) -> Asker:
    """Whoever is asking now. Whoever teaches does, whatever links they open."""
    account = (await this_visitor(doors)).account
    role = role_in_room(
        owner_id=room.owner_id,
        account_id=None if account is None else account.id,
        has_host_link=holds_host_link(doors, room.id),
    )
    if role == "host":
        return Asker(role)
    came = await comer(doors, room)
    if came.enrolment is None:
        return Asker(role, fault=came.fault)
    return Asker(came.enrolment.role, came.enrolment)
