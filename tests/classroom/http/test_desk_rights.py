"""One walk over the routes of a team: each role, with its own client and with a colleague's."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.booking.role import Deed, OrgRole, reach
from tests.classroom.http.test_clients import Team, team  # noqa: F401

ORG: tuple[tuple[str, Deed, Any], ...] = (
    ("GET /api/organisations/{org}", "organisation.see", None),
    ("GET /api/organisations/{org}/members", "organisation.see", None),
    ("GET /api/organisations/{org}/forms", "organisation.see", None),
    ("PATCH /api/organisations/{org}", "organisation.change", {"name": "North"}),
    ("PATCH /api/organisations/{org}/members/nobody", "members.change", {"role": "admin"}),
    ("POST /api/organisations/{org}/invitations", "members.change", {"role": "admin", "name": "x"}),
    ("DELETE /api/organisations/{org}/invitations/nobody", "members.change", None),
    ("GET /api/organisations/{org}/audit", "audit.read", None),
    ("GET /api/organisations/{org}/audit.csv", "audit.read", None),
    ("GET /api/organisations/{org}/signatures", "audit.read", None),
    ("POST /api/organisations/{org}/forms", "forms.change", {"texts": {}}),
    ("PATCH /api/organisations/{org}/forms/nothing", "forms.change", {"is_on": True}),
    ("POST /api/organisations/{org}/forms/nothing/versions", "forms.change", {"texts": {}}),
    ("GET /api/organisations/{org}/wishes", "client.erase", None),
    ("DELETE /api/organisations/{org}/wishes/nothing", "client.erase", None),
    ("GET /api/clients?org={org}&q=", "client.see", None),
    ("GET /api/notes?org={org}&q=x", "notes.read", None),
    ("GET /api/letters?org={org}", "letters.read", None),
)
"""What is asked of an organisation, and the deed it is."""
CLIENT: tuple[tuple[str, Deed, Any], ...] = (
    ("GET /api/clients/{client}", "client.see", None),
    ("PATCH /api/clients/{client}", "client.change", {"phone": "1"}),
    ("POST /api/clients/{client}/hosts", "client.hand_over", {"host_id": "nobody"}),
    ("GET /api/clients/{client}/notes", "notes.read", None),
    ("POST /api/clients/{client}/notes", "notes.write", {"body": "x"}),
    ("GET /api/clients/{client}/export.zip", "client.export", None),
    ("GET /api/clients/{client}/history", "client.see", None),
    ("GET /api/clients/{client}/files/nothing", "files.read", None),
    ("POST /api/clients/{client}/erase", "client.erase", {"name": "nobody"}),
    ("GET /api/bookings/{booking}", "booking.see", None),
)
"""What is asked about a client or their booking."""
ROLES: tuple[OrgRole, ...] = ("admin", "reception", "counsellor")
RIGHT = "right.missing"
UNKNOWN = ("client.unknown", "booking.unknown")


def refused(answer: Any) -> str:
    """The code of a refusal; empty for a yes."""
    return "" if answer.status < 400 else str(answer.code)


@pytest.mark.parametrize("role", ROLES)
async def test_of_the_organisation(team: Team, role: OrgRole) -> None:  # noqa: F811
    for ask, deed, body in ORG:
        path = ask.format(org=team.org["id"])
        code = refused(await team.of(role, path, body))
        if reach(role, deed) == "none":
            assert code == RIGHT, (role, ask, code)
        else:
            assert code not in (RIGHT, "organisation.unknown"), (role, ask, code)


async def test_of_another_organisation_nothing_exists(team: Team) -> None:  # noqa: F811
    for ask, _, body in ORG:
        code = refused(await team.of("stranger", ask.format(org=team.org["id"]), body))
        assert code == "organisation.unknown", (ask, code)
    for ask, _, body in CLIENT:
        where = ask.format(client=team.practice.client_id, booking=team.practice.booking_id)
        code = refused(await team.of("stranger", where, body))
        assert code in UNKNOWN, (ask, code)


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "other"])
@pytest.mark.parametrize("role", ROLES)
async def test_about_clients(team: Team, role: OrgRole, is_own: bool) -> None:  # noqa: F811
    """The counsellor's own client is the administrator's other one."""
    own = (team.other_client, "booking-other")
    other = (team.practice.client_id, team.practice.booking_id)
    mine = own if role == "counsellor" else other
    client, booking = mine if is_own else (other if mine is own else own)
    for ask, deed, body in CLIENT:
        code = refused(await team.of(role, ask.format(client=client, booking=booking), body))
        far = reach(role, deed)
        if far == "none":
            hidden = role == "counsellor" and not is_own
            assert code in ((*UNKNOWN, RIGHT) if hidden else (RIGHT,)), (role, ask, code)
        elif role == "counsellor" and not is_own:
            assert code in UNKNOWN, (role, ask, code)
        else:
            assert code not in (RIGHT, *UNKNOWN), (role, ask, code)
