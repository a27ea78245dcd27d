"""A client as somebody at a desk is told of them: only what they may see."""

from __future__ import annotations

from classroom.booking.role import Deed
from classroom.clock import iso, utc_now
from classroom.http.client_told import (
    ClientTold,
    HostOfTold,
    client_columns,
    signature_told,
    talk_told,
)
from classroom.http.desk_door import Desk
from classroom.store import clients as store
from classroom.store.booking_rows import ClientRow
from classroom.store.forms import signatures_of
from classroom.store.members import is_own_client

_DEEDS: tuple[Deed, ...] = (
    "client.change",
    "client.hand_over",
    "client.merge",
    "booking.change",
    "intake.read",
    "files.read",
    "notes.write",
    "summary.write",
    "letters.read",
    "money.see",
    "client.export",
    "client.erase",
)


async def client_shown(mine: Desk, client: ClientRow) -> ClientTold:
    """With what they may do."""
    is_own = await is_own_client(client.id, mine.host_ids)
    allowed = {
        deed
        for deed in _DEEDS
        if mine.may(deed) or ((is_own or deed == "notes.write") and mine.may_with_some(deed))
    }
    talks = [
        talk_told(
            talk,
            sees_private="intake.read" in allowed,
            sees_files="files.read" in allowed,
        )
        for talk in await store.talks_of(client.id)
    ]
    hosts = await store.hosts_of(client.id)
    return ClientTold(
        **client_columns(client),
        now=iso(utc_now()),
        hosts=[HostOfTold(host_id, name) for host_id, name in hosts.items()],
        talks=talks,
        signatures=[signature_told(one) for one in await signatures_of(client.id)],
        may=[deed for deed in _DEEDS if deed in allowed],
    )
