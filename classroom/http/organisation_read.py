"""What somebody wrote about an organisation, read into what is stored; or refused by name."""

from __future__ import annotations

import json
from typing import Any

from classroom.booking.diary import Diary, Hours, read_diary, write_diary
from classroom.booking.intake import read_fields
from classroom.booking.money import read_currency
from classroom.booking.office import changed_office
from classroom.booking.verticals import first_fields
from classroom.booking.wording import LOCALES, read_words
from classroom.booking.zone import read_zone
from classroom.errors import Refused
from classroom.http.organisation_told import NAME_MAX, SLUG, NewOrganisationBody, OrganisationChange
from classroom.http.terms_read import read_terms
from classroom.people.account import clean_line
from classroom.store.organisations import NewOrganisation, OrganisationRow

DAYS = range(5)
FROM_MIN, TO_MIN = 9 * 60, 17 * 60
"""Working days, unless somebody says otherwise."""


def new_organisation(body: NewOrganisationBody, slug: str) -> NewOrganisation:
    """With good defaults; Refused as the values are."""
    zone, locale = read_zone(body.zone), _locale(body.locale)
    hours = (
        [Hours(day, FROM_MIN, TO_MIN) for day in DAYS]
        if body.hours is None
        else [Hours(one.weekday, one.from_min, one.to_min) for one in body.hours]
    )
    diary = read_diary(write_diary(Diary(zone, tuple(hours))))
    return NewOrganisation(
        name=_name(body.name),
        slug=slug,
        vertical=body.vertical,
        zone=zone,
        locale=locale,
        currency=read_currency(body.currency),
        settings=changed_office("{}", {"intake": first_fields(body.vertical, locale)}),
        diary=json.dumps(write_diary(diary)),
        offer=_name(body.offer) if body.offer.strip() else "",
        minutes=body.minutes,
    )


def changed_columns(org: OrganisationRow, body: OrganisationChange) -> dict[str, Any]:
    """What of the row is another now."""
    news: dict[str, Any] = {}
    if body.name is not None:
        news["name"] = _name(body.name)
    if body.slug is not None:
        news["slug"] = _slug(body.slug)
    if body.vertical is not None:
        news["vertical"] = body.vertical
    if body.zone is not None:
        news["zone"] = read_zone(body.zone)
    if body.locale is not None:
        news["locale"] = _locale(body.locale)
    if body.currency is not None:
        news["currency"] = read_currency(body.currency)
    if body.terms is not None:
        news["terms"] = json.dumps(org.terms | read_terms(body.terms))
    if body.words is not None:
        news["words"] = json.dumps(read_words(body.words), ensure_ascii=False)
    if body.settings is not None:
        news["settings"] = changed_office(org.settings, _settings(body.settings))
    return news


def _settings(body: dict[str, Any]) -> dict[str, Any]:
    if "intake" not in body:
        return body
    return body | {"intake": read_fields(body["intake"])}


def _name(text: str) -> str:
    return clean_line(text, field="title", longest=NAME_MAX)


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise Refused("body.malformed", {"field": "slug"})
    return text


def _locale(text: str) -> str:
    if text not in LOCALES:
        raise Refused("body.malformed", {"field": "locale"})
    return text
