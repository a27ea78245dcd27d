"""The team of an organisation: who stands where in it, invited, changed, gone.

Rights are asked of the database at each request, so whoever leaves has nothing from then on. There
is always an administrator.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from classroom.booking.diary import Diary, write_diary
from classroom.booking.role import OrgRole
from classroom.errors import Refused
from classroom.ids import AccountId, new_id
from classroom.store.booking_tables import Appointment, Booking
from classroom.store.client_tables import ClientHost, MemberInvite
from classroom.store.feed_tables import Feed
from classroom.store.member_leaving import Left, leave_talks
from classroom.store.organisations import OrganisationRow, organisation_row
from classroom.store.practice_tables import Host, Member, Organisation

MEMBERS_MAX = 200
INVITE_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an account stands in an organisation. `host_ids` are the calendars that are theirs."""

    org: OrganisationRow
    member_id: str
    role: OrgRole
    host_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class HostName:
    """A calendar of an organisation, as colleagues choose it. `member_id` empty: nobody's."""

    id: str
    slug: str
    name: str
    zone: str
    member_id: str
    is_listed: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody of the team."""

    id: str
    account_id: AccountId
    name: str
    email: str
    role: OrgRole
    host_id: str
    """Their calendar; empty when they have none."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class InviteRow:
    """An invitation that is still good, or was."""

    id: str
    org_id: str
    org_name: str
    role: OrgRole
    name: str
    until: datetime


async def standing(org_id: str, account_id: AccountId) -> Standing | None:
    """Where they stand; None when they are not of this organisation."""
    row = await Member.filter(org_id=org_id, account_id=account_id).select_related("org").first()
    if row is None:
        return None
    hosts = await Host.filter(member_id=row.id, removed_at=None).values_list("id", flat=True)
    return Standing(
        org=organisation_row(row.org),
        member_id=row.id,
        role=cast(OrgRole, row.role),
        host_ids=frozenset(str(host) for host in hosts),
    )


async def standing_at_host(host_id: str, account_id: AccountId) -> Standing | None:
    """Where they stand in the organisation of this host."""
    host = await Host.get_or_none(id=host_id)
    return None if host is None else await standing(host.org_id, account_id)


async def standings_of(account_id: AccountId) -> list[Standing]:
    """All organisations of an account, the oldest first."""
    ids = await Member.filter(account_id=account_id).order_by("created_at").values_list("org_id")
    found = [await standing(str(org_id), account_id) for (org_id,) in ids]
    return [one for one in found if one is not None]


async def host_names(org_id: str) -> list[HostName]:
    """The calendars of an organisation, by name."""
    rows = await Host.filter(org_id=org_id, removed_at=None).order_by("name", "id")
    return [
        HostName(row.id, row.slug, row.name, row.zone, row.member_id or "", row.is_listed)
        for row in rows
    ]


async def members_of(org_id: str) -> list[MemberRow]:
    """The team, by when they came."""
    rows = (
        await Member.filter(org_id=org_id)
        .select_related("account")
        .order_by("created_at", "id")
        .limit(MEMBERS_MAX)
    )
    hosts = {
        str(member): str(host)
        for host, member in await Host.filter(org_id=org_id, removed_at=None).values_list(
            "id", "member_id"
        )
    }
    return [_row(row, hosts.get(row.id, "")) for row in rows]


async def change_role(org_id: str, member_id: str, role: OrgRole) -> None:
    """Refused `member.unknown`, `member.last`."""
    async with in_transaction():
        await _hold(org_id)
        row = await _member(org_id, member_id)
        if row.role == "admin" and role != "admin":
            await _must_not_be_last(org_id, member_id)
        row.role = role
        await row.save(update_fields=["role"])


async def remove_member(org_id: str, member_id: str, *, at: datetime) -> Left:
    """They are of the team no more; their calendar stays, without a person and without what they
    subscribed to, and talks are led by an administrator. What ended with it, for the live rooms.

    Refused `member.unknown`, `member.last`.
    """
    async with in_transaction():
        await _hold(org_id)
        row = await _member(org_id, member_id)
        if row.role == "admin":
            await _must_not_be_last(org_id, member_id)
        hosts = await Host.filter(member_id=member_id).values_list("id", flat=True)
        await Feed.filter(host_id__in=hosts).delete()
        await Host.filter(member_id=member_id).update(
            member_id=None, is_listed=False, is_free=False, feed_number=F("feed_number") + 1
        )
        left = await leave_talks(row, at=at)
        await row.delete()
    return left


async def invite(org_id: str, role: OrgRole, name: str, *, at: datetime) -> InviteRow:
    """An invitation; Refused `organisation.limit` when the team is full."""
    async with in_transaction():
        org = await _hold(org_id)
        await MemberInvite.filter(org_id=org_id, until__lte=at).delete()
        count = await Member.filter(org_id=org_id).count()
        count += await MemberInvite.filter(org_id=org_id).count()
        if count >= MEMBERS_MAX:
            raise Refused("organisation.limit", {"max": MEMBERS_MAX})
        row = await MemberInvite.create(
            id=new_id(),
            org_id=org_id,
            role=role,
            name=name,
            created_at=at,
            until=at + INVITE_KEPT,
        )
    return _invite(row, org)


async def invites_of(org_id: str, *, at: datetime) -> list[InviteRow]:
    """Those nobody took yet."""
    rows = await MemberInvite.filter(org_id=org_id, until__gt=at).select_related("org")
    return [_invite(row, row.org) for row in rows]


async def find_invite(invite_id: str, *, at: datetime) -> InviteRow | None:
    """None when it ended, was taken, or never was."""
    row = await MemberInvite.filter(id=invite_id, until__gt=at).select_related("org").first()
    return None if row is None else _invite(row, row.org)


async def drop_invite(org_id: str, invite_id: str) -> None:
    """Nobody can take it any more; Refused `member.invite`."""
    if not await MemberInvite.filter(id=invite_id, org_id=org_id).delete():
        raise Refused("member.invite")


async def accept(invite_id: str, account_id: AccountId, *, at: datetime) -> str:
    """The account is of the team; the member's id. Refused `member.invite`.

    Who is of it already stays what they are. Two who take one invitation at once: one is refused.
    """
    try:
        async with in_transaction():
            await MemberInvite.filter(id=invite_id).update(role=F("role"))  # a write comes first
            row = await MemberInvite.get_or_none(id=invite_id, until__gt=at)
            if row is None or not await MemberInvite.filter(id=invite_id).delete():
                raise Refused("member.invite")
            found = await Member.get_or_none(org_id=row.org_id, account_id=account_id)
            if found is not None:
                return found.id
            made = await Member.create(
                id=new_id(),
                org_id=row.org_id,
                account_id=account_id,
                role=row.role,
                created_at=at,
            )
    except IntegrityError as error:
        raise Refused("member.invite") from error
    return made.id


async def give_calendar(member_id: str, *, name: str, slug: str, at: datetime) -> str:
    """A member's calendar with the organisation's zone and no hours yet; one they have stays.

    An address that is taken gets some letters behind it.
    """
    member = await Member.get(id=member_id).select_related("org")
    async with in_transaction():
        await _hold(member.org_id)
        found = await Host.filter(member_id=member_id, removed_at=None).first()
        if found is not None:
            return found.id
        if await Host.filter(org_id=member.org_id, slug=slug).exists():
            slug = f"{slug}-{secrets.token_hex(3)}"
        made = await Host.create(
            id=new_id(),
            org_id=member.org_id,
            member_id=member_id,
            slug=slug,
            name=name,
            zone=member.org.zone,
            diary=json.dumps(write_diary(Diary(member.org.zone))),
            created_at=at,
        )
    return made.id


async def is_own_client(client_id: str, host_ids: frozenset[str]) -> bool:
    """Whether they had a booking with one of these hosts, or were handed to one."""
    if not host_ids:
        return False
    hosts = list(host_ids)
    if await ClientHost.filter(client_id=client_id, host_id__in=hosts).exists():
        return True
    return await Booking.filter(client_id=client_id, appointment__host_id__in=hosts).exists()


async def own_client_ids(host_ids: frozenset[str]) -> set[str]:
    """Of all these hosts' clients."""
    hosts = list(host_ids)
    if not hosts:
        return set()
    handed = await ClientHost.filter(host_id__in=hosts).values_list("client_id", flat=True)
    times = await Appointment.filter(host_id__in=hosts).values_list("id", flat=True)
    booked = await Booking.filter(appointment_id__in=list(times)).values_list(
        "client_id", flat=True
    )
    return {str(one) for one in (*handed, *booked)}


async def _hold(org_id: str) -> Organisation:
    """Two who change a team do so one after the other."""
    await Organisation.filter(id=org_id).update(name=F("name"))
    return await Organisation.get(id=org_id)


async def _member(org_id: str, member_id: str) -> Member:
    row = await Member.get_or_none(id=member_id, org_id=org_id)
    if row is None:
        raise Refused("member.unknown")
    return row


async def _must_not_be_last(org_id: str, member_id: str) -> None:
    if not await Member.filter(org_id=org_id, role="admin").exclude(id=member_id).exists():
        raise Refused("member.last")


def _row(row: Member, host_id: str) -> MemberRow:
    return MemberRow(
        id=row.id,
        account_id=AccountId(row.account_id),
        name=row.account.name,
        email=row.account.email,
        role=cast(OrgRole, row.role),
        host_id=host_id,
        created_at=row.created_at,
    )


def _invite(row: MemberInvite, org: Organisation) -> InviteRow:
    return InviteRow(
        id=row.id,
        org_id=org.id,
        org_name=org.name,
        role=cast(OrgRole, row.role),
        name=row.name,
        until=row.until,
    )
