"""The public pages of organisations and hosts: who can be booked, for what, and when."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from quart import Blueprint, Response, jsonify, request

from classroom.clock import iso, utc_now
from classroom.http.book_free import asked_window, free_told
from classroom.http.book_told import (
    FreeTimes,
    HostPage,
    HostWithOffers,
    OfferOpen,
    OrgPage,
    Terms,
)
from classroom.http.doors import Doors
from classroom.http.offer_cards import HostCard, OfferCard, host_card, offer_card, org_card
from classroom.http.public_place import public_host, public_offer, public_organisation
from classroom.http.spending import spend_here
from classroom.http.told import tells
from classroom.store.booking_rows import HostRow, OfferRow
from classroom.store.hosts import hosts_of, stars_of
from classroom.store.offers import offers_of
from classroom.store.organisations import OrganisationRow

_LOCALE = {"locale": "The language of its words: `en` or `zh-CN`; its own without."}
_WINDOW = {"from": "The first instant.", "to": "The end, at most 62 days later."}


def book_page_routes(doors: Doors) -> Blueprint:
    """`/api/book` and what is read below it."""
    routes = Blueprint("book_pages", __name__)

    @routes.get("/api/book/<org>")
    @tells(
        OrgPage,
        by="anybody",
        query=_LOCALE,
        refuses=("host.unknown", "rate.limited"),
    )
    async def organisation(org: str) -> Response:
        """Tell the public page of an organisation: its listed hosts, and what they offer."""
        spend_here(doors.limits.book_look)
        found = await public_organisation(org)
        hosts = await hosts_of(found.id, listed=True)
        return jsonify(OrgPage(iso(utc_now()), org_card(found, _locale()), await _with(hosts)))

    @routes.get("/api/book/<org>/<host>")
    @tells(HostPage, by="anybody", query=_LOCALE, refuses=("host.unknown", "rate.limited"))
    async def page(org: str, host: str) -> Response:
        """Tell the public page of a host: each offer with what is asked, signed and agreed."""
        spend_here(doors.limits.book_look)
        place, found = await public_host(org, host)
        stars = (await stars_of([found.id])).get(found.id)
        offers = await offers_of([found.id], on=True)
        told = HostPage(
            now=iso(utc_now()),
            organisation=org_card(place, _locale()),
            host=host_card(found, stars),
            offers=[_open(place, one) for one in offers],
        )
        return jsonify(told)

    @routes.get("/api/book/<org>/<host>/offers/<offer_id>/free")
    @tells(
        FreeTimes,
        by="anybody",
        query=_WINDOW,
        refuses=("host.unknown", "offer.unknown", "body.malformed", "rate.limited"),
    )
    async def free(org: str, host: str, offer_id: str) -> Response:
        """Tell the free times of an offer between two instants, at most 62 days apart."""
        spend_here(doors.limits.book_look)
        _, found = await public_host(org, host)
        offer = await public_offer(found, offer_id)
        return jsonify(await free_told(found, offer, asked_window()))

    return routes


async def _with(hosts: list[HostRow]) -> list[HostWithOffers]:
    ids = [host.id for host in hosts]
    stars = await stars_of(ids)
    offers: dict[str, list[OfferCard]] = defaultdict(list)
    for one in await offers_of(ids, on=True):
        offers[one.host_id].append(offer_card(one))
    cards = [(host, host_card(host, stars.get(host.id))) for host in hosts]
    return [
        HostWithOffers(**_fields(card), offers=offers[host.id])
        for host, card in cards
        if offers[host.id] or host.is_free
    ]


def _fields(card: HostCard | OfferCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in type(card).__slots__}


def _open(place: OrganisationRow, offer: OfferRow) -> OfferOpen:
    terms = offer.terms(place)
    return OfferOpen(
        **_fields(offer_card(offer)),
        intake=offer.intake,
        form_ids=list(offer.form_ids),
        terms=Terms(terms.hours, terms.moves),
    )


def _locale() -> str:
    return request.args.get("locale", "")[:16]
