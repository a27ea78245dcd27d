"""All that is known of a client, as JSON they can take away.

Private notes are in it only when the organisation says so. Private links and digits never are.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from classroom.booking.letter import hide
from classroom.clock import iso
from classroom.store.booking_rows import ClientRow
from classroom.store.clients import hosts_of, talks_of
from classroom.store.forms import signatures_of
from classroom.store.letter_tables import Letter
from classroom.store.notes import notes_of
from classroom.store.organisations import OrganisationRow

HIDDEN = "[…]"
_OURS = ("link_number", "code_number", "code_until", "code_tries", "enrolments", "account_id")
"""Of a client's row: how we know them again, nothing about them."""


async def facts_of(client: ClientRow, org: OrganisationRow) -> dict[str, list[Any]]:
    """By the name of the file in which it is taken away."""
    person = {name: value for name, value in asdict(client).items() if name not in _OURS}
    facts: dict[str, list[Any]] = {
        "person": [person | {"with": list((await hosts_of(client.id)).values())}],
        "talks": [_talk(asdict(one)) for one in await talks_of(client.id)],
        "signatures": [asdict(one) for one in await signatures_of(client.id)],
        "letters": [_letter(one) for one in await Letter.filter(client=client.id).order_by("id")],
    }
    if org.office.notes_in_export:
        facts["notes"] = [asdict(one) for one in await notes_of(client.id)]
    return facts


def plain(value: object) -> object:
    """What JSON has no word for."""
    return iso(value) if isinstance(value, datetime) else str(value)


def _talk(one: dict[str, Any]) -> dict[str, Any]:
    booking, appointment, offer = one["booking"], one["appointment"], one["offer"]
    names = ("id", "state", "intake", "price", "currency", "held_ms", "stars", "comment", "summary")
    return {
        **{name: booking[name] for name in names},
        "created_at": booking["created_at"],
        "from_s": appointment["from_s"],
        "to_s": appointment["to_s"],
        "zone": appointment["zone"],
        "title": appointment["title"] if offer is None else offer["name"],
        "with": one["host_name"],
        "questions": [] if offer is None else offer["intake"],
    }


def _letter(row: Letter) -> dict[str, Any]:
    return {
        "created_at": row.created_at,
        "to": row.to_email,
        "kind": row.kind,
        "state": row.state,
        "subject": hide(row.subject, HIDDEN),
        "text": hide(row.text, HIDDEN),
    }
