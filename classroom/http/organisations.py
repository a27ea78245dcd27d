"""Organisations over HTTP: made in three answers, told to their team, changed by administrators."""

from __future__ import annotations

import secrets

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.organisation_read import changed_columns, new_organisation
from classroom.http.organisation_told import (
    NewOrganisationBody,
    NewOrganisationTold,
    OrganisationChange,
    OrganisationTold,
    organisation_told,
    slug_of,
)
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.store import organisations as store
from classroom.store.accounts import AccountRow
from classroom.store.members import Standing, host_names, standings_of

SLUG_TRIES = 5
_VALUES = (
    "body.malformed",
    "booking.zone",
    "hours.wrong",
    "payment.currency",
    "payment.rule",
    "title.empty",
    "title.long",
)


def organisation_routes(doors: Doors) -> Blueprint:
    """`/api/organisations` and `/api/organisations/<org_id>`."""
    routes = Blueprint("organisations", __name__)

    @routes.get("/api/organisations")
    @tells(list[OrganisationTold], by="account")
    async def listing() -> Response:
        """List the organisations whoever asks is of, the oldest first."""
        account = (await this_visitor(doors)).must_be_signed_in()
        found = await standings_of(account.id)
        return jsonify([await _told(_desk(account, one)) for one in found])

    @routes.post("/api/organisations")
    @tells(
        NewOrganisationTold,
        by="account",
        status=201,
        body=NewOrganisationBody,
        refuses=(*_VALUES, "organisation.limit", "organisation.slug"),
    )
    async def create() -> Response:
        """Make an organisation with its first host, and what can be booked when that is named."""
        account = (await this_visitor(doors)).must_be_signed_in()
        body = await read_body(NewOrganisationBody)
        host_id = await _create(account, body)
        mine = await standings_of(account.id)
        made = next(one for one in mine if host_id in one.host_ids)
        told = NewOrganisationTold(await _told(_desk(account, made)), host_id)
        response = jsonify(told)
        response.status_code = 201
        return response

    _add_one(doors, routes)
    return routes


def _add_one(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/organisations/<org_id>")
    @tells(OrganisationTold, by="account", refuses=("organisation.unknown",))
    async def look(org_id: str) -> Response:
        """Tell one organisation to somebody of its team."""
        return jsonify(await _told(await desk(doors, org_id)))

    @routes.patch("/api/organisations/<org_id>")
    @tells(
        OrganisationTold,
        by="account",
        body=OrganisationChange,
        refuses=(*_VALUES, "organisation.unknown", "organisation.slug", "right.missing"),
    )
    async def change(org_id: str) -> Response:
        """Change an organisation: only what is given, for administrators."""
        mine = await desk(doors, org_id)
        mine.must("organisation.change")
        body = await read_body(OrganisationChange)
        await store.change_organisation(org_id, changed_columns(mine.org, body))
        await mine.opened("organisation.change", org_id)
        return jsonify(await _told(await desk(doors, org_id)))


async def _create(account: AccountRow, body: NewOrganisationBody) -> str:
    """The new host's id. A name whose address is taken gets some letters behind it."""
    stem = slug_of(body.name)
    host_slug = slug_of(account.name) or "host"
    for tried in range(SLUG_TRIES):
        more = secrets.token_hex(3)
        slug = stem if stem and not tried else f"{stem or 'team'}-{more}"
        try:
            _, host_id = await store.create_organisation(
                new_organisation(body, slug),
                account_id=account.id,
                host_name=account.name,
                host_slug=host_slug,
                at=utc_now(),
            )
        except Refused as refused:
            if refused.code != "organisation.slug" or tried == SLUG_TRIES - 1:
                raise
        else:
            return host_id
    raise Refused("organisation.slug")


def _desk(account: AccountRow, one: Standing) -> Desk:
    return Desk(account, one.org, one.member_id, one.role, one.host_ids)


async def _told(mine: Desk) -> OrganisationTold:
    return organisation_told(mine, await host_names(mine.org.id))
