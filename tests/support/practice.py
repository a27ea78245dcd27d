"""A practice put straight into the database: one host, one offer, one client with a booking."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from classroom.ids import AccountId
from classroom.store.accounts import NewAccount, create_account
from classroom.store.organisations import NewOrganisation, create_organisation
from classroom.store.practice_tables import Offer
from tests.support.rows import new_appointment, new_booking, new_client

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
FROM_S = int(datetime(2027, 3, 29, 7, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Practiced:
    """The ids of what was made."""

    account_id: AccountId
    org_id: str
    host_id: str
    offer_id: str
    client_id: str
    booking_id: str

    async def asks(self, form_ids: Sequence[str]) -> None:
        """The offer has these texts signed first."""
        await Offer.filter(id=self.offer_id).update(form_ids=json.dumps(list(form_ids)))


async def a_practice(email: str = "mei@example.org", slug: str = "praxis") -> Practiced:
    """The booking is of Wei Chen, in four weeks."""
    account = await create_account(NewAccount(email, "Mei", "x"), at=AT)
    return await practice_of(account.id, slug=slug)


async def practice_of(account_id: AccountId, slug: str = "praxis") -> Practiced:
    """The same for somebody who has an account."""
    new = NewOrganisation(
        name="Praxis",
        slug=slug,
        vertical="psychology",
        zone="Europe/Berlin",
        locale="en",
        currency="EUR",
        settings="{}",
        diary="{}",
        offer="Talk",
        minutes=50,
    )
    org, host_id = await create_organisation(
        new, account_id=account_id, host_name="Mei", host_slug="mei", at=AT
    )
    offer = await Offer.get(host_id=host_id)
    client_id = await a_client(org.id, f"client-{slug}", "Wei Chen", "wei@example.org")
    booking_id = await a_booking(org.id, host_id, offer.id, client_id, f"booking-{slug}")
    return Practiced(account_id, org.id, host_id, offer.id, client_id, booking_id)


async def a_client(org_id: str, client_id: str, name: str, email: str = "") -> str:
    """Somebody who may book."""
    zone, locale = "Asia/Shanghai", "zh-CN"
    row = new_client(org_id, AT, id=client_id, name=name, email=email, locale=locale, zone=zone)
    await row.save()
    return client_id


async def a_booking(
    org_id: str, host_id: str, offer_id: str, client_id: str, booking_id: str, from_s: int = FROM_S
) -> str:
    """A booked talk of 50 minutes."""
    appointment_id = f"a-{booking_id}"
    talk = {"id": appointment_id, "offer_id": offer_id, "title": "Talk"}
    await new_appointment(host_id, from_s, from_s + 3000, **talk).save()
    own = {"id": booking_id, "intake": json.dumps({"reason": "sleep"})}
    await new_booking(org_id, appointment_id, client_id, AT, **own).save()
    return booking_id
