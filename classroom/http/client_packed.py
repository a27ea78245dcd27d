"""What goes into the zip of a client: JSON of what is known, receipts, the files of their talks."""

from __future__ import annotations

import json
from functools import partial

from classroom.blobs.drafts import FileDrafts
from classroom.blobs.zipping import Packed, packed
from classroom.clock import utc_now
from classroom.http.receipts import receipt_bytes
from classroom.store.booking_rows import ClientRow
from classroom.store.client_facts import facts_of, plain
from classroom.store.client_files import files_with
from classroom.store.invoices import invoices_of_clients
from classroom.store.organisations import OrganisationRow

INVOICES_MAX = 1000


async def packed_client(
    drafts: FileDrafts, client: ClientRow, org: OrganisationRow
) -> list[Packed]:
    """Files are read only when it is their turn."""
    at = utc_now()
    made = {
        f"{name}.json": json.dumps(said, ensure_ascii=False, indent=1, default=plain).encode()
        for name, said in (await facts_of(client, org)).items()
    }
    for invoice in await invoices_of_clients([client.id], limit=INVOICES_MAX):
        made[f"receipts/{invoice.number}.pdf"] = await receipt_bytes(invoice, client.locale)
    files = [
        Packed(
            f"files/{room_id}/{card.name}",
            card.bytes,
            card.at,
            partial(drafts.pieces, room_id, card.id),
        )
        for room_id, card in await files_with(client.id)
    ]
    return [packed(name, body, at) for name, body in made.items()] + files
