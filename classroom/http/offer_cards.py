"""What everybody may see of an organisation, a host and an offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.booking.wording import LOCALES
from classroom.store.booking_rows import HostRow, OfferRow
from classroom.store.hosts import StarsRow
from classroom.store.organisations import OrganisationRow


@dataclass(frozen=True, slots=True)
class StarsTold:
    """Of ratings that are shown; `mean` is null without any."""

    mean: float | None
    count: int


@dataclass(frozen=True, slots=True)
class OrgCard:
    """An organisation. `words` is what it calls a client, a host and a talk."""

    slug: str
    name: str
    about: str
    vertical: str
    locale: str
    zone: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class HostCard:
    """A host. `is_free`: takes somebody now, without an appointment."""

    slug: str
    name: str
    title: str
    about: str
    picture: str
    zone: str
    is_free: bool
    stars: StarsTold


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer. `price` in minor units."""

    id: str
    kind: Literal["talk", "group"]
    name: str
    about: str
    minutes: int
    seats: int
    price: int
    currency: str
    pay: Literal["free", "before", "after"]


def org_card(org: OrganisationRow, locale: str = "") -> OrgCard:
    """In a language of ours, else in its own."""
    return OrgCard(
        slug=org.slug,
        name=org.name,
        about=org.office.about,
        vertical=org.vertical,
        locale=org.locale,
        zone=org.zone,
        words=org.words_in(locale if locale in LOCALES else org.locale),
    )


def host_card(host: HostRow, stars: StarsRow | None) -> HostCard:
    """With one decimal of the mean: more would tell single ratings."""
    return HostCard(
        slug=host.slug,
        name=host.name,
        title=host.title,
        about=host.about,
        picture=host.picture,
        zone=host.zone,
        is_free=host.is_free,
        stars=StarsTold(None, 0) if stars is None else StarsTold(round(stars.mean, 1), stars.count),
    )


def offer_card(offer: OfferRow) -> OfferCard:
    """In the form in which it is sent."""
    return OfferCard(
        id=offer.id,
        kind=offer.kind,
        name=offer.name,
        about=offer.about,
        minutes=offer.minutes,
        seats=offer.seats,
        price=offer.price,
        currency=offer.currency,
        pay=offer.pay,
    )
