"""What somebody wrote about a client, read into what is stored; or refused by name."""

from __future__ import annotations

from typing import Any

from classroom.booking.wording import LOCALES
from classroom.booking.zone import read_zone
from classroom.errors import Refused
from classroom.http.client_told import ClientChange
from classroom.people.account import clean_email, clean_name


def changed_client(body: ClientChange) -> dict[str, Any]:
    """What of the row is another now."""
    news: dict[str, Any] = {}
    if body.name is not None:
        news["name"] = clean_name(body.name)
    if body.email is not None:
        news["email"] = clean_email(body.email) if body.email.strip() else ""
    if body.phone is not None:
        news["phone"] = " ".join(body.phone.split())
    if body.locale is not None:
        if body.locale not in LOCALES:
            raise Refused("body.malformed", {"field": "locale"})
        news["locale"] = body.locale
    if body.zone is not None:
        news["zone"] = read_zone(body.zone)
    if body.wants_reminders is not None:
        news["wants_reminders"] = body.wants_reminders
    return news
