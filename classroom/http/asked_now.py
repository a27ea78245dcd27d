"""What somebody says who asks for a talk at once."""

from __future__ import annotations

from pydantic import Field

from classroom.booking.zone import read_zone
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.people.account import NAME_MAX, clean_email, clean_name
from classroom.store.booking_rows import HostRow
from classroom.store.visit_forms import shortest_talk
from classroom.store.visits import NewVisit

REASON_MAX = 300
MINUTES = 30
"""A talk with a host who offers none."""
ASKED = ("name.empty", "name.long", "account.invalid_email", "booking.zone")
"""What reading it refuses."""


class AskNow(Body):
    """`website` is a field nobody sees: what fills it in is a program."""

    name: str = Field(max_length=NAME_MAX * 4)
    email: str = Field(default="", max_length=254)
    reason: str = Field(min_length=1, max_length=REASON_MAX)
    urgent: bool = False
    zone: str = Field(max_length=64)
    locale: str = Field(max_length=8)
    agreed: list[str] = Field(default_factory=list, max_length=20)
    website: str = Field(default="", max_length=200)


async def visit_of(host: HostRow, body: AskNow) -> NewVisit:
    """The visit to be; Refused as `ASKED`."""
    offer = await shortest_talk(host.id)
    reason = body.reason.strip()
    if not reason:
        raise Refused("body.malformed", {"field": "reason"})
    return NewVisit(
        org_id=host.org_id,
        host_id=host.id,
        name=clean_name(body.name),
        email=clean_email(body.email) if body.email.strip() else "",
        locale=body.locale,
        zone=read_zone(body.zone),
        minutes=MINUTES if offer is None else offer.minutes,
        reason=reason,
        urgency="said" if body.urgent else "",
        agreed=tuple(one[:64] for one in body.agreed),
    )
