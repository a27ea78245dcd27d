"""Shapes of a client's own bookings: the short form for the private link, and the whole.

`ticket_told` is the one place that says what a link without more may tell. The whole is only for
who is known as the client.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from classroom.booking.states import COMING, State
from classroom.booking.terms import Terms, read_terms
from classroom.booking.zone import iso_s
from classroom.clock import iso, utc_now
from classroom.http.doors import Doors
from classroom.http.offer_cards import OfferCard, OrgCard, offer_card, org_card
from classroom.http.sent import sent
from classroom.people.client_link import Shown, ticket_token
from classroom.store.booking_asked import Scene, scene_of
from classroom.store.booking_rows import ClientRow

WAIT_BEFORE_S = 15 * 60
"""So long before the beginning the waiting room opens."""
WAIT_AFTER_S = 60 * 60
"""So long after the planned end it closes."""
RATE_WITHIN = timedelta(days=60)
May = Literal["yes", "code", "late", "no"]


@dataclass(frozen=True, slots=True)
class WithWhom:
    """The host, as the private link tells them."""

    slug: str
    name: str
    title: str
    picture: str
    zone: str


@dataclass(frozen=True, slots=True)
class Acts:
    """What can be done now: `code` after digits that are mailed."""

    move: May
    cancel: May
    wait: bool
    rate: bool


@dataclass(frozen=True, slots=True)
class TicketTold:
    """When and with whom, and nothing about who comes."""

    id: str
    now: str
    state: State
    revision: int
    from_: Annotated[str, Field(serialization_alias="from")]
    to: str
    host: WithWhom
    organisation: OrgCard
    kind: str
    until: str | None
    """Until when it is held for what is still to be done."""
    change_until: str
    """Until when a client can change it by themselves."""
    may: Acts
    is_known: bool


@dataclass(frozen=True, slots=True)
class PersonTold:
    """The client."""

    name: str
    email: str
    phone: str
    zone: str
    locale: str
    wants_reminders: bool


@dataclass(frozen=True, slots=True)
class MineTold(TicketTold):
    """A booking for who is known as its client."""

    offer: OfferCard | None
    intake: dict[str, Any]
    price: int
    currency: str
    pay: Literal["free", "before", "after"]
    moves_left: int
    person: PersonTold
    link: str
    """The path of the private link."""
    in_account: bool
    summary: str
    files: list[dict[str, Any]]
    stars: int | None
    comment: str
    may_show: bool


def ticket_told(scene: Scene, locale: str = "", *, is_known: bool = False) -> TicketTold:
    """The short form. Neither what it is about nor what it costs: a link is forwarded."""
    booking, appointment, host = scene.booking, scene.appointment, scene.host
    return TicketTold(
        id=booking.id,
        now=iso(utc_now()),
        state=booking.state,
        revision=booking.revision,
        from_=iso_s(appointment.from_s),
        to=iso_s(appointment.to_s),
        host=WithWhom(host.slug, host.name, host.title, host.picture, host.zone),
        organisation=org_card(scene.org, locale),
        kind=appointment.kind,
        until=None if booking.hold_until is None else iso(booking.hold_until),
        change_until=iso_s(terms_of(scene).last_s(appointment.from_s)),
        may=_acts(scene, is_known=is_known),
        is_known=is_known,
    )


def mine_told(doors: Doors, scene: Scene, locale: str = "") -> MineTold:
    """The whole."""
    booking, client = scene.booking, scene.client
    short = ticket_told(scene, locale or client.locale, is_known=True)
    return MineTold(
        **{name: getattr(short, name) for name in TicketTold.__slots__},
        offer=None if scene.offer is None else offer_card(scene.offer),
        intake=dict(booking.intake),
        price=booking.price,
        currency=booking.currency,
        pay=booking.pay,
        moves_left=max(0, terms_of(scene).moves - booking.moves),
        person=person_told(client),
        link=f"/k/{token_of(doors, scene)}",
        in_account=client.account_id != "",
        summary=booking.summary,
        files=[dict(file) for file in booking.files],
        stars=booking.stars,
        comment=booking.comment,
        may_show=booking.may_show,
    )


def person_told(client: ClientRow) -> PersonTold:
    """In the form in which it is sent."""
    return PersonTold(
        name=client.name,
        email=client.email,
        phone=client.phone,
        zone=client.zone,
        locale=client.locale,
        wants_reminders=client.wants_reminders,
    )


def token_of(doors: Doors, scene: Scene) -> str:
    """What the private link of a booking carries now."""
    shown = Shown(scene.client.id, scene.client.link_number)
    return ticket_token(doors.secret, scene.booking.id, shown, scene.booking.link_number)


def terms_of(scene: Scene) -> Terms:
    """Until when this booking is changed by its client."""
    return read_terms(scene.org.terms, scene.offer.cancel if scene.offer else None)


async def mine_now(doors: Doors, booking_id: str, locale: str = "") -> dict[str, Any]:
    """The whole, as it is now, as it is sent."""
    return sent(mine_told(doors, await scene_of(booking_id), locale))


def _acts(scene: Scene, *, is_known: bool) -> Acts:
    booking, now = scene.booking, utc_now()
    now_s = int(now.timestamp())
    appointment = scene.appointment
    is_open = booking.state in ("booked", "live")
    opens_s, closes_s = appointment.from_s - WAIT_BEFORE_S, appointment.to_s + WAIT_AFTER_S
    rated_until_s = appointment.to_s + RATE_WITHIN.total_seconds()
    return Acts(
        move=_may(scene, now_s, is_known, "move"),
        cancel=_may(scene, now_s, is_known, "cancel"),
        wait=is_open and opens_s <= now_s < closes_s,
        rate=is_known
        and booking.state == "held"
        and booking.stars is None
        and now_s < rated_until_s,
    )


def _may(scene: Scene, now_s: int, is_known: bool, what: str) -> May:
    booking, terms = scene.booking, terms_of(scene)
    if booking.state not in COMING or now_s >= scene.appointment.from_s:
        return "no"
    if what == "move" and (booking.state == "unconfirmed" or scene.host.removed_at is not None):
        return "no"
    is_bound = what == "move" or booking.state == "booked"
    if is_bound and now_s > terms.last_s(scene.appointment.from_s):
        return "late"
    if what == "move" and (booking.moves >= terms.moves or scene.offer is None):
        return "no"
    return "yes" if is_known else "code"
