"""An invoice of whoever asks; somebody else's does not exist here."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.known_client import clients_here
from classroom.http.limits import spend
from classroom.http.visitor import asking_address
from classroom.ids import may_be_id
from classroom.store.booking_rows import ClientRow
from classroom.store.invoices import InvoiceRow, find_invoice

UNKNOWN = ("invoice.unknown", "rate.limited")


async def own_invoice(doors: Doors, invoice_id: str) -> tuple[InvoiceRow, ClientRow]:
    """With the client it is theirs as; Refused `invoice.unknown`."""
    spend(doors.limits.money, asking_address())
    found = await find_invoice(invoice_id) if may_be_id(invoice_id) else None
    for client in await clients_here(doors):
        if found is not None and client.id == found.client_id:
            return found, client
    raise Refused("invoice.unknown")
