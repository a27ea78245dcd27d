"""Shapes of the public pages: organisations, hosts, offers, free times and a new booking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from classroom.booking.states import State
from classroom.booking.wording import LOCALES
from classroom.booking.zone import read_iso_s, read_zone
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.http.mine_told import MineTold
from classroom.http.offer_cards import HostCard, OfferCard, OrgCard
from classroom.people.account import EMAIL_MAX, NAME_MAX, clean_email, clean_name
from classroom.store.clients_found import ClientGiven

ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
PHONE_MAX = 40
FORMS_MAX = 20
HUMAN_MS = 1_500
"""Nobody reads and fills in the form faster."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Until how many hours before a client changes it by themselves, and how often it is moved."""

    hours: int
    moves: int


@dataclass(frozen=True, slots=True)
class OfferOpen(OfferCard):
    """An offer with what is asked before it is booked."""

    intake: list[dict[str, Any]]
    form_ids: list[str]
    terms: Terms


@dataclass(frozen=True, slots=True)
class HostWithOffers(HostCard):
    """A host on the page of their organisation."""

    offers: list[OfferCard]


@dataclass(frozen=True, slots=True)
class OrgPage:
    """The public page of an organisation."""

    now: str
    organisation: OrgCard
    hosts: list[HostWithOffers]


@dataclass(frozen=True, slots=True)
class HostPage:
    """The public page of a host."""

    now: str
    organisation: OrgCard
    host: HostCard
    offers: list[OfferOpen]


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A start that can be booked now, and by how many."""

    at: str
    left: int


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """Free times of a window; `next` is the first after it when it has none."""

    now: str
    zone: str
    free: list[FreeTime]
    next: str | None


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of a booking. Unconfirmed: no token and no booking yet, `until` it is held."""

    id: str
    state: State
    token: str
    until: str | None
    booking: MineTold | None


class Visitor(Body):
    """Who fills in a form of a public page. `website` is a field nobody sees, `waited_ms` how long
    the form was open."""

    name: str = Field(max_length=NAME_MAX * 4)
    email: str = Field(max_length=EMAIL_MAX)
    phone: str = Field(default="", max_length=PHONE_MAX)
    zone: str = Field(max_length=64)
    locale: str = Field(max_length=8)
    website: str = Field(max_length=2_000)
    waited_ms: int

    @property
    def is_program(self) -> bool:
        """Whether no person filled this in."""
        return self.website != "" or self.waited_ms < HUMAN_MS

    def clean(self, known: tuple[str, ...]) -> ClientGiven:
        """Refused `name.*`, `account.invalid_email`, `booking.zone`, `body.malformed`."""
        if self.locale not in LOCALES:
            raise Refused("body.malformed", {"field": "locale"})
        return ClientGiven(
            name=clean_name(self.name),
            email=clean_email(self.email),
            phone=" ".join(self.phone.split()),
            locale=self.locale,
            zone=read_zone(self.zone),
            known=known,
        )


class NewBooking(Visitor):
    """A booking from the public page. `once` is what the page made up."""

    offer_id: str = Field(max_length=64)
    at: str = Field(max_length=40)
    intake: dict[str, Any] = Field(default_factory=dict, max_length=40)
    once: str = Field(max_length=64)
    voucher: str = Field(default="", max_length=40)
    agreed: list[str] = Field(default_factory=list, max_length=FORMS_MAX)

    def start_s(self) -> int:
        """When it begins; Refused `body.malformed`. Also looks at `once`."""
        if not ONCE.fullmatch(self.once):
            raise Refused("body.malformed", {"field": "once"})
        return read_at(self.at)


def read_at(text: str, field: str = "at") -> int:
    """An instant of a request; Refused `body.malformed`."""
    at_s = read_iso_s(text)
    if at_s is None:
        raise Refused("body.malformed", {"field": field})
    return at_s
