"""Organisations: made with their first host, found, changed. Who may is decided by the caller.

An organisation begins whole: who makes it is its administrator and its first host, with office
hours of working days, so that there is nothing one must know before the first appointment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from classroom.booking.office import Office, read_office
from classroom.booking.wording import words_of
from classroom.errors import Refused
from classroom.ids import AccountId, new_id
from classroom.store.practice_tables import Host, Member, Offer, Organisation

LED_MAX = 5
"""Organisations somebody is administrator of."""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation. `terms`, `words` are read JSON, `settings` is read by `office`."""

    id: str
    slug: str
    name: str
    vertical: str
    zone: str
    locale: str
    currency: str
    terms: dict[str, Any]
    words: dict[str, Any]
    settings: str
    created_at: datetime

    @property
    def office(self) -> Office:
        """What it set for itself."""
        return read_office(self.settings)

    def words_in(self, locale: str) -> dict[str, str]:
        """Its words in a language."""
        return words_of(self.vertical, self.words, locale)


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What an organisation is made of; every text is clean. `diary` is the first host's, JSON."""

    name: str
    slug: str
    vertical: str
    zone: str
    locale: str
    currency: str
    settings: str
    diary: str
    offer: str
    """What its first offer is called; empty: it begins without one."""
    minutes: int


async def create_organisation(
    new: NewOrganisation, *, account_id: AccountId, host_name: str, host_slug: str, at: datetime
) -> tuple[OrganisationRow, str]:
    """The organisation, and its first host's id; Refused `organisation.slug`,
    `organisation.limit`."""
    try:
        async with in_transaction():
            led = await Member.filter(account_id=account_id, role="admin").count()
            if led >= LED_MAX:
                raise Refused("organisation.limit", {"max": LED_MAX})
            row = await Organisation.create(
                id=new_id(),
                slug=new.slug,
                name=new.name,
                vertical=new.vertical,
                zone=new.zone,
                locale=new.locale,
                currency=new.currency,
                settings=new.settings,
                created_at=at,
            )
            member = await Member.create(
                id=new_id(), org_id=row.id, account_id=account_id, role="admin", created_at=at
            )
            host = await Host.create(
                id=new_id(),
                org_id=row.id,
                member_id=member.id,
                slug=host_slug,
                name=host_name,
                zone=new.zone,
                diary=new.diary,
                created_at=at,
            )
            await _first_offer(host.id, new, at=at)
    except IntegrityError as error:
        raise Refused("organisation.slug") from error
    return organisation_row(row), host.id


async def find_organisation(org_id: str) -> OrganisationRow | None:
    """By its id; None when there is none."""
    row = await Organisation.get_or_none(id=org_id)
    return None if row is None else organisation_row(row)


async def organisation_by_slug(slug: str) -> OrganisationRow | None:
    """By the word in its address; None when there is none."""
    row = await Organisation.get_or_none(slug=slug)
    return None if row is None else organisation_row(row)


async def change_organisation(org_id: str, news: Mapping[str, Any]) -> OrganisationRow:
    """The same with these columns; Refused `organisation.slug`, `organisation.unknown`.

    `terms` and `words` come as JSON text, like `settings`.
    """
    try:
        async with in_transaction():
            if news:
                await Organisation.filter(id=org_id).update(**news)
            row = await Organisation.get_or_none(id=org_id)
    except IntegrityError as error:
        raise Refused("organisation.slug") from error
    if row is None:
        raise Refused("organisation.unknown")
    return organisation_row(row)


async def _first_offer(host_id: str, new: NewOrganisation, *, at: datetime) -> None:
    if new.offer:
        await Offer.create(
            id=new_id(),
            host_id=host_id,
            kind="talk",
            name=new.offer,
            minutes=new.minutes,
            currency=new.currency,
            intake=json.dumps(list(read_office(new.settings).intake), ensure_ascii=False),
            created_at=at,
        )


def organisation_row(row: Organisation) -> OrganisationRow:
    """The plain value."""
    return OrganisationRow(
        id=row.id,
        slug=row.slug,
        name=row.name,
        vertical=row.vertical,
        zone=row.zone,
        locale=row.locale,
        currency=row.currency,
        terms=json.loads(row.terms or "{}"),
        words=json.loads(row.words or "{}"),
        settings=row.settings,
        created_at=row.created_at,
    )
