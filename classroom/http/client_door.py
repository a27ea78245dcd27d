"""The desk at which somebody of a team stands before one client."""

from __future__ import annotations

from classroom.booking.role import Deed
from classroom.errors import Refused
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.visitor import this_visitor
from classroom.ids import may_be_id
from classroom.store.booking_rows import ClientRow
from classroom.store.clients import find_client, organisation_of
from classroom.store.merged import who_is


async def desk_of_client(doors: Doors, client_id: str, deed: Deed) -> tuple[Desk, ClientRow]:
    """Where whoever asks may do this with that client; Refused `client.unknown` also for whoever is
    not of their organisation and for a colleague whose client they are not, `client.erased`,
    `right.missing` when the role never may."""
    (await this_visitor(doors)).must_be_signed_in()
    org_id = await organisation_of(client_id) if may_be_id(client_id) else None
    if org_id is None:
        raise Refused("client.unknown")
    mine = await desk(doors, org_id, "client.unknown")
    await mine.must_with_client("client.see", client_id)
    if deed in ("notes.read", "notes.write"):  # whose they are is asked of the note
        if not mine.may_with_some(deed):
            raise Refused("right.missing", {"right": deed})
    else:
        await mine.must_with_client(deed, client_id)
    return mine, await find_client(org_id, client_id)


async def desk_of_known(doors: Doors, client_id: str, deed: Deed) -> tuple[Desk, ClientRow]:
    """The same, also by the id of somebody who was merged with that client."""
    return await desk_of_client(doors, await who_is(client_id[:64]), deed)
