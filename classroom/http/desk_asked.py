"""What a desk asks for about bookings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from classroom.booking.intake import read_answers
from classroom.booking.wording import LOCALES
from classroom.booking.zone import read_zone
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.http.desk_door import Desk
from classroom.people.account import EMAIL_MAX, NAME_MAX, clean_email, clean_name
from classroom.store.booking_rows import OfferRow
from classroom.store.clients_found import ClientGiven

WHY_MAX = 500
SUMMARY_MAX = 20_000
FILES_MAX = 50


class NewClient(Body):
    """Somebody who is booked for, with what is known of them."""

    name: str = Field(max_length=NAME_MAX * 4)
    email: str = Field(default="", max_length=EMAIL_MAX)
    phone: str = Field(default="", max_length=40)
    zone: str = Field(default="", max_length=64)
    locale: str = Field(default="", max_length=8)

    def clean(self, zone: str, locale: str) -> ClientGiven:
        """With the organisation's zone and language where none is given; Refused as the values."""
        if self.locale and self.locale not in LOCALES:
            raise Refused("body.malformed", {"field": "locale"})
        return ClientGiven(
            name=clean_name(self.name),
            email=clean_email(self.email) if self.email.strip() else "",
            phone=" ".join(self.phone.split()),
            zone=read_zone(self.zone or zone),
            locale=self.locale or locale,
            by_house=True,
        )


class ForClient(Body):
    """For whom: a client that is known, or a new one. `credit_id`: a package that pays."""

    client_id: str = Field(default="", max_length=64)
    client: NewClient | None = None
    credit_id: str = Field(default="", max_length=64)

    async def given(self, mine: Desk) -> ClientGiven:
        """Refused `client.unknown` for one this desk may not know, `body.malformed` without any,
        and as the values are. An address of a client it may not know is a new client."""
        if self.client_id:
            await mine.must_with_client("client.see", self.client_id)
            return ClientGiven(id=self.client_id, by_house=True)
        if self.client is None:
            raise Refused("body.malformed", {"field": "client"})
        clean = self.client.clean(mine.org.zone, mine.org.locale)
        return replace(clean, of_hosts=mine.hosts_for("client.see"))


class DeskBooking(ForClient):
    """A booking on behalf of somebody. `anyway`: outside of hours and bounds; never over what is
    taken. `tell`: whether the client gets a letter."""

    host_id: str = Field(max_length=64)
    offer_id: str = Field(max_length=64)
    at: str = Field(max_length=40)
    intake: dict[str, Any] = Field(default_factory=dict, max_length=40)
    anyway: bool = False
    tell: bool = True
    once: str | None = Field(default=None, max_length=64)

    def answers(self, offer: OfferRow) -> dict[str, Any]:
        """What was asked at the desk: nothing is required there."""
        fields = [{**one, "is_required": False} for one in offer.intake]
        return dict(read_answers(fields, self.intake))


class DeskMove(Body):
    """`revision` is the one that was seen."""

    at: str = Field(max_length=40)
    revision: int
    anyway: bool = False


class DeskCancel(Body):
    """`why` stands in the client's letter. `refund`: percent instead of what the rule says."""

    why: str = Field(default="", max_length=WHY_MAX)
    tell: bool = True
    refund: int | None = Field(default=None, ge=0, le=100)


class Missed(Body):
    """Who did not come."""

    who: Literal["client", "host"] = "client"
    tell: bool = True


class ShownBody(Body):
    """Whether the organisation shows the rating."""

    is_shown: bool


class SummaryFile(Body):
    """A file of the class that the client may fetch, by its id; what else is known of it is read
    where it lies."""

    id: str = Field(max_length=64)
    name: str = Field(default="", max_length=255)
    bytes: int = 0


class SummaryBody(Body):
    """What the client gets to read afterwards, and which files."""

    text: str = Field(max_length=SUMMARY_MAX)
    files: list[SummaryFile] = Field(default_factory=list, max_length=FILES_MAX)
