"""What is forgotten of a client in each step. Everything here may be done again.

The row itself stays without a person, as bookings and invoices point at it. Numbers, times and
amounts stay; words do not.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.booking.person import Step
from classroom.ids import RoomId
from classroom.store.booking_tables import Booking, BookingLine, Client, WaitEntry
from classroom.store.client_tables import ClientHost, Note
from classroom.store.enrolment_tables import Enrolment
from classroom.store.form_tables import Signature
from classroom.store.last_letter import drop_letters, post_last
from classroom.store.merged import ids_of
from classroom.store.organisations import find_organisation
from classroom.store.pay_tables import Invoice
from classroom.store.tables import BOOKING
from classroom.store.visit_tables import Visit

OPEN = ("unconfirmed", "unpaid", "booked")


async def coming_bookings(client_id: str) -> list[str]:
    """Those that hold a time."""
    ids = await Booking.filter(client_id=client_id, state__in=OPEN).values_list("id", flat=True)
    return [str(one) for one in ids]


async def rooms_of(client_id: str) -> list[RoomId]:
    """The rooms of talks that were theirs alone."""
    found: list[RoomId] = []
    rows = await Booking.filter(
        client_id=client_id, appointment__kind="talk", appointment__room__kind=BOOKING
    ).values_list("appointment__room_id", "appointment_id")
    for room_id, appointment_id in rows:
        others = Booking.filter(appointment_id=appointment_id).exclude(client_id=client_id)
        if room_id is not None and not await others.exists():
            found.append(RoomId(str(room_id)))
    return found


async def forget(step: Step, client_id: str, *, at: datetime) -> None:
    """The part of a step that is in the database; nothing for steps that have none."""
    part = _PARTS.get(step)
    if part is not None:
        async with in_transaction():
            await part(client_id, at)


async def _links(client_id: str, at: datetime) -> None:
    await Client.filter(id=client_id).update(
        link_number=F("link_number") + 1,
        account_id="",
        code_until=None,
        is_proved=False,
        wants_reminders=False,
    )


async def _notes(client_id: str, at: datetime) -> None:
    await Note.filter(client_id=client_id).delete()
    await ClientHost.filter(client_id=client_id).delete()
    await WaitEntry.filter(client_id=client_id).delete()
    await Visit.filter(client_id=client_id).delete()


async def _talks(client_id: str, at: datetime) -> None:
    ids = [
        str(one) for one in await Booking.filter(client_id=client_id).values_list("id", flat=True)
    ]
    await Booking.filter(client_id=client_id).update(
        intake="{}", comment="", summary="", files="[]", is_shown=False, may_show=False
    )
    await BookingLine.filter(booking_id__in=ids).update(body="{}")
    await Visit.filter(booking_id__in=ids).delete()


async def _rooms(client_id: str, at: datetime) -> None:
    """Where the rooms are not theirs alone they are on the list no more."""
    client = await Client.get_or_none(id=client_id)
    if client is not None:
        await Enrolment.filter(id__in=json.loads(client.enrolments)).delete()


async def _signatures(client_id: str, at: datetime) -> None:
    ids = await ids_of(client_id)
    await Signature.filter(client_id__in=ids).update(name="", nonce="")


async def _money(client_id: str, at: datetime) -> None:
    client = await Client.get_or_none(id=client_id)
    org = None if client is None else await find_organisation(client.org_id)
    if org is not None and not org.office.keeps_invoice_names:
        await Invoice.filter(client_id=client_id).update(client_name="")


async def _person(client_id: str, at: datetime) -> None:
    await post_last(client_id, at=at)
    await Client.filter(id=client_id).update(
        name="", email="", phone="", enrolments="[]", zone="UTC", erased_at=at
    )


_PARTS: Mapping[Step, Callable[[str, datetime], Awaitable[None]]] = {
    "links": _links,
    "letters": drop_letters,
    "notes": _notes,
    "talks": _talks,
    "rooms": _rooms,
    "signatures": _signatures,
    "money": _money,
    "person": _person,
}
