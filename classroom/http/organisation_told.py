"""Shapes of organisations and their teams in requests and answers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from classroom.booking.office import told_office
from classroom.booking.role import OrgRole
from classroom.booking.wording import LOCALES, Vertical
from classroom.clock import iso
from classroom.http.body import Body
from classroom.http.desk_door import Desk
from classroom.store.members import HostName, InviteRow, MemberRow

NAME_MAX = 120
SLUG_MAX = 40
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
"""What the address of a public page may be."""


class FirstHours(Body):
    """Hours of a weekday, 0 is Monday; minutes since midnight, multiples of 5."""

    weekday: int = Field(ge=0, le=6)
    from_min: int
    to_min: int


class NewOrganisationBody(Body):
    """What is offered, when, in which zone. Without `hours`: working days from 9 to 17."""

    name: str = Field(max_length=NAME_MAX * 4)
    vertical: Vertical
    zone: str = Field(max_length=64)
    locale: str = Field(max_length=8)
    currency: str = Field(default="EUR", max_length=3)
    hours: list[FirstHours] | None = Field(default=None, max_length=100)
    offer: str = Field(default="", max_length=NAME_MAX * 4)
    minutes: int = Field(default=50, ge=5, le=480, multiple_of=5)


class OrganisationChange(Body):
    """Only what is given. `words`: by language; `settings`: only those to be changed."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    slug: str | None = Field(default=None, max_length=SLUG_MAX)
    vertical: Vertical | None = None
    zone: str | None = Field(default=None, max_length=64)
    locale: str | None = Field(default=None, max_length=8)
    currency: str | None = Field(default=None, max_length=3)
    terms: dict[str, Any] | None = None
    words: dict[str, Any] | None = None
    settings: dict[str, Any] | None = None


class NewInvite(Body):
    """`name` is only for the list."""

    role: OrgRole
    name: str = Field(max_length=240)


class RoleChange(Body):
    """What somebody of the team may do from now on."""

    role: OrgRole


@dataclass(frozen=True, slots=True)
class HostNameTold:
    """A calendar of the organisation."""

    id: str
    slug: str
    name: str
    zone: str
    is_own: bool
    """Of whoever asks."""
    is_listed: bool


@dataclass(frozen=True, slots=True)
class OrganisationTold:
    """An organisation, and where whoever asks stands in it."""

    id: str
    slug: str
    name: str
    vertical: str
    zone: str
    locale: str
    currency: str
    role: OrgRole
    member_id: str
    terms: dict[str, Any]
    words: dict[str, Any]
    """What it wrote over the words of its trade, by language."""
    spoken: dict[str, dict[str, str]]
    """Every word as it is shown, by language."""
    settings: dict[str, Any]
    hosts: list[HostNameTold]
    created_at: str


@dataclass(frozen=True, slots=True)
class NewOrganisationTold:
    """An organisation that was made now, and its first host."""

    organisation: OrganisationTold
    host_id: str


@dataclass(frozen=True, slots=True)
class MemberTold:
    """Somebody of the team; `email` is told to administrators only."""

    id: str
    name: str
    email: str
    role: OrgRole
    host_id: str
    is_me: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class InviteTold:
    """An invitation nobody took yet."""

    id: str
    role: OrgRole
    name: str
    link: str
    """The path that opens it; whoever has it can come in."""
    until: str


@dataclass(frozen=True, slots=True)
class TeamTold:
    """The team, and who is invited (told to administrators only)."""

    members: list[MemberTold]
    invitations: list[InviteTold]


@dataclass(frozen=True, slots=True)
class InvitedTold:
    """What whoever opens an invitation is told."""

    organisation: str
    role: OrgRole
    until: str


@dataclass(frozen=True, slots=True)
class OpeningTold:
    """Somebody of the team opened something."""

    id: int
    account_id: str
    name: str
    what: str
    of: str
    client_id: str
    at: str


@dataclass(frozen=True, slots=True)
class AuditTold:
    """The newest first; the rest is asked for with the last one's id."""

    lines: list[OpeningTold]
    has_more: bool


def organisation_told(desk: Desk, hosts: list[HostName]) -> OrganisationTold:
    """As it is told to whoever stands at this desk."""
    org = desk.org
    return OrganisationTold(
        id=org.id,
        slug=org.slug,
        name=org.name,
        vertical=org.vertical,
        zone=org.zone,
        locale=org.locale,
        currency=org.currency,
        role=desk.role,
        member_id=desk.member_id,
        terms=org.terms,
        words=org.words,
        spoken={locale: org.words_in(locale) for locale in LOCALES},
        settings=told_office(org.office),
        hosts=[
            HostNameTold(
                one.id, one.slug, one.name, one.zone, one.id in desk.host_ids, one.is_listed
            )
            for one in hosts
        ],
        created_at=iso(org.created_at),
    )


def team_told(desk: Desk, members: list[MemberRow], invites: list[InviteTold]) -> TeamTold:
    """Addresses of colleagues are told to administrators, and everybody's own."""
    leads = desk.may("members.change")
    return TeamTold(
        [
            MemberTold(
                id=one.id,
                name=one.name,
                email=one.email if leads or one.id == desk.member_id else "",
                role=one.role,
                host_id=one.host_id,
                is_me=one.id == desk.member_id,
                created_at=iso(one.created_at),
            )
            for one in members
        ],
        invites,
    )


def invite_told(one: InviteRow, token: str) -> InviteTold:
    """With the link, which stays the same."""
    return InviteTold(one.id, one.role, one.name, f"/team/{token}", iso(one.until))


def slug_of(name: str) -> str:
    """What of a name can stand in an address; empty when nothing can."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: SLUG_MAX - 8].strip("-")
    return slug if SLUG.fullmatch(slug) else ""
