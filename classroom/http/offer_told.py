"""Shapes of hosts and offers in requests and answers, as their own people see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from classroom.booking.diary import HOURS_MAX, read_hours, read_lines
from classroom.booking.intake import read_fields
from classroom.booking.money import AMOUNT_MAX, read_currency
from classroom.booking.refund import read_rule, write_rule
from classroom.booking.terms import check_terms
from classroom.booking.zone import read_zone
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.people.account import NAME_MAX, clean_line, clean_name
from classroom.store.booking_rows import HostRow, OfferRow
from classroom.store.organisations import OrganisationRow

ABOUT_MAX = 500
PAGE_MAX = 4000
TITLE_MAX = 120
FORMS_MAX = 20
_KIND = Literal["talk", "group"]
_PAY = Literal["free", "before", "after"]


class OfferBody(Body):
    """Only what is given is new; of a new offer `name` and `minutes` are needed. Minutes stand on
    the grid of five. `hours`: its own instead of the host's, null for the host's."""

    kind: _KIND | None = None
    name: str | None = Field(default=None, max_length=TITLE_MAX * 4)
    about: str | None = Field(default=None, max_length=ABOUT_MAX)
    minutes: int | None = Field(default=None, ge=5, le=480, multiple_of=5)
    before_min: int | None = Field(default=None, ge=0, le=240, multiple_of=5)
    after_min: int | None = Field(default=None, ge=0, le=240, multiple_of=5)
    seats: int | None = Field(default=None, ge=1, le=500)
    hours: list[dict[str, Any]] | None = Field(default=None, max_length=HOURS_MAX)
    price: int | None = Field(default=None, ge=0, lt=AMOUNT_MAX)
    currency: str | None = Field(default=None, max_length=3)
    pay: _PAY | None = None
    intake: list[dict[str, Any]] | None = None
    cancel: dict[str, Any] | None = None
    form_ids: list[str] | None = Field(default=None, max_length=FORMS_MAX)
    position: int | None = Field(default=None, ge=0, le=10_000)
    is_on: bool | None = None

    def clean(self) -> dict[str, Any]:
        """The columns; Refused as the values are."""
        given = self.model_dump(exclude_unset=True)
        news = {
            name: value
            for name, value in given.items()
            if value is not None or name in ("hours", "cancel")
        }
        if "name" in news:
            news["name"] = clean_line(news["name"], field="title", longest=TITLE_MAX)
        if news.get("hours") is not None:
            read_lines("hours", news["hours"], read_hours, HOURS_MAX)
        if "currency" in news:
            news["currency"] = read_currency(news["currency"])
        if "intake" in news:
            news["intake"] = read_fields(news["intake"])
        if news.get("cancel") is not None:
            news["cancel"] = _cancel(news["cancel"])
        return news


class NewHost(Body):
    """Somebody appointments are made with, without an account of their own."""

    name: str = Field(max_length=NAME_MAX * 4)
    slug: str = Field(max_length=40)
    zone: str = Field(max_length=64)
    title: str = Field(default="", max_length=TITLE_MAX)
    about: str = Field(default="", max_length=PAGE_MAX)


class HostChange(Body):
    """Only what is given is new."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    slug: str | None = Field(default=None, max_length=40)
    title: str | None = Field(default=None, max_length=TITLE_MAX)
    about: str | None = Field(default=None, max_length=PAGE_MAX)
    zone: str | None = Field(default=None, max_length=64)
    is_listed: bool | None = None

    def clean(self) -> dict[str, str | bool]:
        """The columns; Refused as the values are."""
        news = self.model_dump(exclude_none=True)
        if "name" in news:
            news["name"] = clean_name(news["name"])
        if "zone" in news:
            news["zone"] = read_zone(news["zone"])
        return news


@dataclass(frozen=True, slots=True)
class HostTold:
    """A host, as their organisation sees them."""

    id: str
    org_id: str
    slug: str
    name: str
    title: str
    about: str
    picture: str
    zone: str
    is_listed: bool
    is_free: bool
    member_id: str | None
    """Of whose team account it is; null for somebody without one."""
    page: str
    """The path of the public page."""


@dataclass(frozen=True, slots=True)
class OfferTold:
    """An offer, as its host's organisation sees it."""

    id: str
    host_id: str
    kind: _KIND
    name: str
    about: str
    minutes: int
    before_min: int
    after_min: int
    seats: int
    hours: list[Any] | None
    price: int
    currency: str
    pay: _PAY
    intake: list[dict[str, Any]]
    cancel: dict[str, Any] | None
    form_ids: list[str]
    position: int
    is_on: bool


def host_told(org: OrganisationRow, host: HostRow) -> HostTold:
    """In the form in which it is sent."""
    return HostTold(
        id=host.id,
        org_id=host.org_id,
        slug=host.slug,
        name=host.name,
        title=host.title,
        about=host.about,
        picture=host.picture,
        zone=host.zone,
        is_listed=host.is_listed,
        is_free=host.is_free,
        member_id=host.member_id,
        page=f"/b/{org.slug}/{host.slug}",
    )


def offer_told(offer: OfferRow) -> OfferTold:
    """In the form in which it is sent."""
    return OfferTold(
        id=offer.id,
        host_id=offer.host_id,
        kind=offer.kind,
        name=offer.name,
        about=offer.about,
        minutes=offer.minutes,
        before_min=offer.before_min,
        after_min=offer.after_min,
        seats=offer.seats,
        hours=offer.hours,
        price=offer.price,
        currency=offer.currency,
        pay=offer.pay,
        intake=offer.intake,
        cancel=None if offer.cancel is None else dict(offer.cancel),
        form_ids=list(offer.form_ids),
        position=offer.position,
        is_on=offer.is_on,
    )


def _cancel(body: dict[str, Any]) -> dict[str, Any]:
    if not set(body) <= {"hours", "moves", "refund"}:
        raise Refused("body.malformed", {"field": "cancel"})
    check_terms(body)
    return body | ({"refund": write_rule(read_rule(body["refund"]))} if "refund" in body else {})
