"""Who asks for an organisation, and what they may do there: asked of the database each time.

Whoever is not of it is told what somebody is told who asks for one that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.booking.role import Deed, OrgRole, may, reach
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.visitor import this_visitor
from classroom.ids import may_be_id
from classroom.store.accounts import AccountRow
from classroom.store.audit import note_opened
from classroom.store.booking_rows import By
from classroom.store.members import Standing, is_own_client, standing, standing_at_host
from classroom.store.organisations import OrganisationRow


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody of a team at their desk. `host_ids` are their own calendars."""

    account: AccountRow
    org: OrganisationRow
    member_id: str
    role: OrgRole
    host_ids: frozenset[str]

    @property
    def by(self) -> By:
        """As who they do something."""
        return By("account", self.account.id)

    def may(self, deed: Deed, host_id: str = "") -> bool:
        """Whether they may, with this host's; without a host only who may with everybody's."""
        return may(self.role, deed, host_id in self.host_ids, self.org.office.opened)

    def must(self, deed: Deed, host_id: str = "") -> None:
        """Refused `right.missing` unless they may."""
        if not self.may(deed, host_id):
            raise Refused("right.missing", {"right": deed})

    def may_with_some(self, deed: Deed) -> bool:
        """Whether they may with anybody's at all."""
        return reach(self.role, deed, self.org.office.opened) != "none"

    def hosts_for(self, deed: Deed) -> frozenset[str] | None:
        """The hosts they may do it with; None is all of the organisation."""
        far = reach(self.role, deed, self.org.office.opened)
        if far == "none":
            raise Refused("right.missing", {"right": deed})
        return None if far == "any" else self.host_ids

    async def must_with_client(self, deed: Deed, client_id: str) -> None:
        """The same about a client; Refused `client.unknown` where it is not their own.

        So another's client looks as one who does not exist.
        """
        far = reach(self.role, deed, self.org.office.opened)
        if far == "none":
            raise Refused("right.missing", {"right": deed})
        if far == "own" and not await is_own_client(client_id, self.host_ids):
            raise Refused("client.unknown")

    async def opened(self, what: str, of: str, client_id: str = "") -> None:
        """Write down that they opened it."""
        account = (self.account.id, self.account.name)
        await note_opened(self.org.id, account, what, of, at=utc_now(), client_id=client_id)


async def desk(doors: Doors, org_id: str, unknown: str = "organisation.unknown") -> Desk:
    """Of whoever asks; Refused `unknown` for whoever is not of it: the code of what they asked for,
    which is the organisation's."""
    account = (await this_visitor(doors)).must_be_signed_in()
    found = await standing(org_id, account.id) if may_be_id(org_id) else None
    return _desk(account, found, unknown)


async def desk_again(before: Desk) -> Desk:
    """The same desk as it is now, for somebody who looks on without asking anew; Refused
    `organisation.unknown` when they are not of the team any more."""
    found = await standing(before.org.id, before.account.id)
    return _desk(before.account, found, "organisation.unknown")


async def desk_of_host(doors: Doors, host_id: str, deed: Deed) -> Desk:
    """The desk at which they may do this with that host's; Refused `host.unknown` for whoever is
    not of the host's organisation, and for a colleague who may do it with their own only."""
    account = (await this_visitor(doors)).must_be_signed_in()
    found = await standing_at_host(host_id, account.id) if may_be_id(host_id) else None
    mine = _desk(account, found, "host.unknown")
    if not mine.may_with_some(deed):
        raise Refused("right.missing", {"right": deed})
    if not mine.may(deed, host_id):
        raise Refused("host.unknown")
    return mine


def _desk(account: AccountRow, found: Standing | None, unknown: str) -> Desk:
    if found is None:
        raise Refused(unknown)
    return Desk(account, found.org, found.member_id, found.role, found.host_ids)
