"""Rows of a practice with all that the database wants; `own` is what somebody cares about.

They are not stored yet: `await row.save()`, or `bulk_create` for many.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from classroom.booking.drift import wall_text
from classroom.ids import new_id
from classroom.store.booking_tables import Appointment, Booking, Client
from classroom.store.practice_tables import Host, Member, Offer, Organisation
from classroom.store.tables import Account

BERLIN = "Europe/Berlin"


def new_organisation(at: datetime, **own: Any) -> Organisation:
    """A practice in Berlin that teaches."""
    given = {
        "id": new_id(),
        "slug": "north",
        "name": "North",
        "vertical": "education",
        "zone": BERLIN,
        "locale": "en",
        "currency": "EUR",
    }
    return Organisation(created_at=at, **{**given, **own})


def new_account(at: datetime, **own: Any) -> Account:
    """Somebody who can have a place in a team."""
    given = {"id": new_id(), "email": "ada@example.org", "name": "Ada", "password_hash": "-"}
    return Account(created_at=at, **{**given, **own})


def new_member(org_id: str, account_id: str, at: datetime, **own: Any) -> Member:
    """Their place in the team."""
    given = {"id": new_id(), "org_id": org_id, "account_id": account_id, "role": "counsellor"}
    return Member(created_at=at, **{**given, **own})


def new_host(org_id: str, at: datetime, **own: Any) -> Host:
    """Somebody appointments are made with."""
    given = {"id": new_id(), "org_id": org_id, "slug": "ada", "name": "Ada", "zone": BERLIN}
    return Host(created_at=at, **{**given, **own})


def new_offer(host_id: str, at: datetime, **own: Any) -> Offer:
    """A talk of an hour that costs nothing."""
    given = {
        "id": new_id(),
        "host_id": host_id,
        "kind": "talk",
        "name": "Planning",
        "minutes": 60,
        "currency": "EUR",
    }
    return Offer(created_at=at, **{**given, **own})


def new_appointment(host_id: str, from_s: int, to_s: int, **own: Any) -> Appointment:
    """A talk with one person, without pauses."""
    zone = own.get("zone", BERLIN)
    given = {
        "id": new_id(),
        "host_id": host_id,
        "kind": "talk",
        "title": "",
        "busy_from_s": from_s,
        "busy_to_s": to_s,
        "zone": zone,
        "wall": wall_text(zone, from_s),
        "seats": 1,
        "taken": 1,
        "state": "open",
    }
    return Appointment(from_s=from_s, to_s=to_s, **{**given, **own})


def new_client(org_id: str, at: datetime, **own: Any) -> Client:
    """Somebody who books."""
    given = {
        "id": new_id(),
        "org_id": org_id,
        "name": "Ana",
        "email": "",
        "locale": "en",
        "zone": "America/New_York",
    }
    return Client(created_at=at, **{**given, **own})


def new_booking(
    org_id: str, appointment_id: str, client_id: str, at: datetime, **own: Any
) -> Booking:
    """Theirs, as they made it."""
    given = {
        "id": new_id(),
        "org_id": org_id,
        "appointment_id": appointment_id,
        "client_id": client_id,
        "state": "booked",
        "currency": "EUR",
        "pay": "free",
        "made_by": "client",
    }
    return Booking(created_at=at, **{**given, **own})


async def a_host_of_a_team(at: datetime, *, zone: str = BERLIN, **own: Any) -> Host:
    """Stored, with the organisation and the account that letters go to: Ada leads the practice."""
    org, account = new_organisation(at, name="Practice", zone=zone), new_account(at)
    await org.save()
    await account.save()
    member = new_member(org.id, account.id, at, role="admin")
    await member.save()
    host = new_host(org.id, at, member_id=member.id, zone=zone, **own)
    await host.save()
    return host
