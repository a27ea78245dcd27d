"""The team of an organisation over HTTP: who is in it, roles, invitations by link."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.organisation_told import (
    InvitedTold,
    InviteTold,
    NewInvite,
    OrganisationTold,
    RoleChange,
    TeamTold,
    invite_told,
    organisation_told,
    slug_of,
    team_told,
)
from classroom.http.told import tells
from classroom.http.visitor import asking_address, may_write, this_visitor
from classroom.people.account import clean_name
from classroom.people.links import invite_token, read_invite_token
from classroom.store import members as store

_KNOWN = ("organisation.unknown", "right.missing")


def member_routes(doors: Doors) -> Blueprint:
    """`/api/organisations/<org_id>/members` and `/invitations`, and what an invitation opens."""
    routes = Blueprint("members", __name__)

    @routes.get("/api/organisations/<org_id>/members")
    @tells(TeamTold, by="account", refuses=("organisation.unknown",))
    async def listing(org_id: str) -> Response:
        """List the team; administrators are told addresses and who is invited."""
        return jsonify(await _team(doors, await desk(doors, org_id)))

    @routes.patch("/api/organisations/<org_id>/members/<member_id>")
    @tells(
        TeamTold,
        by="account",
        body=RoleChange,
        refuses=(*_KNOWN, "member.unknown", "member.last"),
    )
    async def change(org_id: str, member_id: str) -> Response:
        """Give somebody of the team another role; the last administrator keeps theirs."""
        mine = await _leading(doors, org_id)
        body = await read_body(RoleChange)
        await store.change_role(org_id, member_id, body.role)
        await mine.opened("members.change", member_id)
        return jsonify(await _team(doors, await desk(doors, org_id)))

    @routes.delete("/api/organisations/<org_id>/members/<member_id>")
    @tells(None, by="account", status=204, refuses=(*_KNOWN, "member.unknown", "member.last"))
    async def remove(org_id: str, member_id: str) -> Response:
        """Take somebody out of the team, or leave it: their rights end at once.

        They are out of every talk that goes on.
        """
        mine = await desk(doors, org_id)
        if member_id != mine.member_id:
            mine.must("members.change")
        left = await store.remove_member(org_id, member_id, at=utc_now())
        doors.live.put_out(left.account_id, left.room_ids)
        for room_id, participant_id in left.helped:
            doors.live.let_go(room_id, participant_id)
        await mine.opened("members.change", member_id)
        return Response(b"", status=204)

    _add_invitations(doors, routes)
    _add_opened(doors, routes)
    return routes


def _add_invitations(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/organisations/<org_id>/invitations")
    @tells(
        InviteTold,
        by="account",
        status=201,
        body=NewInvite,
        refuses=(*_KNOWN, "name.empty", "name.long", "organisation.limit"),
    )
    async def invite(org_id: str) -> Response:
        """Invite somebody by a link that is good once, for 14 days."""
        mine = await _leading(doors, org_id)
        body = await read_body(NewInvite)
        made = await store.invite(org_id, body.role, clean_name(body.name), at=utc_now())
        await mine.opened("members.change", made.id)
        response = jsonify(invite_told(made, invite_token(doors.secret, made.id)))
        response.status_code = 201
        return response

    @routes.delete("/api/organisations/<org_id>/invitations/<invite_id>")
    @tells(None, by="account", status=204, refuses=(*_KNOWN, "member.invite"))
    async def drop(org_id: str, invite_id: str) -> Response:
        """Take an invitation back: its link opens nothing any more."""
        mine = await _leading(doors, org_id)
        await store.drop_invite(org_id, invite_id)
        await mine.opened("members.change", invite_id)
        return Response(b"", status=204)


def _add_opened(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/invitations/<invitation>")
    @tells(InvitedTold, by="anybody", refuses=("member.invite", "rate.limited"))
    async def look(invitation: str) -> Response:
        """Tell whoever opened an invitation who invites them, and as what."""
        found = await _invite(doors, invitation)
        return jsonify(InvitedTold(found.org_name, found.role, iso(found.until)))

    @routes.post("/api/invitations/<invitation>")
    @tells(OrganisationTold, by="session", refuses=("member.invite", "rate.limited"))
    async def accept(invitation: str) -> Response:
        """Come into the team with one's account; a counsellor gets a calendar."""
        account = (await this_visitor(doors)).must_be_signed_in()
        found = await _invite(doors, invitation)
        at = utc_now()
        member_id = await store.accept(found.id, account.id, at=at)
        if found.role == "counsellor":
            slug = slug_of(account.name) or "host"
            await store.give_calendar(member_id, name=account.name, slug=slug, at=at)
        mine = await desk(doors, found.org_id)
        return jsonify(organisation_told(mine, await store.host_names(found.org_id)))


async def _leading(doors: Doors, org_id: str) -> Desk:
    mine = await desk(doors, org_id)
    mine.must("members.change")
    return mine


async def _team(doors: Doors, mine: Desk) -> TeamTold:
    """Links are rights, so a program that may only read is not told them."""
    invites: list[InviteTold] = []
    if mine.may("members.change") and may_write():
        invites = [
            invite_told(one, invite_token(doors.secret, one.id))
            for one in await store.invites_of(mine.org.id, at=utc_now())
        ]
    return team_told(mine, await store.members_of(mine.org.id), invites)


async def _invite(doors: Doors, token: str) -> store.InviteRow:
    spend(doors.limits.invite_look, asking_address())
    invite_id = read_invite_token(doors.secret, token)
    found = None if invite_id is None else await store.find_invite(invite_id, at=utc_now())
    if found is None:
        raise Refused("member.invite")
    return found
