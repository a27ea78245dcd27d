"""What clients send about their bookings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field

from classroom.booking.wording import LOCALES
from classroom.booking.zone import read_zone
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.http.mine_told import MineTold, PersonTold
from classroom.http.wish_told import WishTold
from classroom.people.account import NAME_MAX, clean_name

WHY_MAX = 500
COMMENT_MAX = 1_000


class Digits(Body):
    """From the newest letter; empty where the link of the letter is enough."""

    digits: str = Field(default="", max_length=20)


class MoveBody(Body):
    """`revision` is the one that was seen."""

    at: str = Field(max_length=40)
    revision: int


class CancelBody(Body):
    """`why` is for the host."""

    why: str = Field(default="", max_length=WHY_MAX)


class RatingBody(Body):
    """`may_show`: whether the organisation may show it."""

    stars: int = Field(ge=1, le=5)
    comment: str = Field(default="", max_length=COMMENT_MAX)
    may_show: bool = False


class RemindersBody(Body):
    """Whether this client is reminded."""

    on: bool


class PersonBody(Body):
    """Only what is given is new; of the client of this booking."""

    booking_id: str = Field(max_length=64)
    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    phone: str | None = Field(default=None, max_length=40)
    zone: str | None = Field(default=None, max_length=64)
    locale: str | None = Field(default=None, max_length=8)

    def clean(self) -> dict[str, str]:
        """The columns; Refused as the values are."""
        news: dict[str, Any] = self.model_dump(exclude_none=True, exclude={"booking_id"})
        if "name" in news:
            news["name"] = clean_name(news["name"])
        if "phone" in news:
            news["phone"] = " ".join(news["phone"].split())
        if "zone" in news:
            news["zone"] = read_zone(news["zone"])
        if news.get("locale", "en") not in LOCALES:
            raise Refused("body.malformed", {"field": "locale"})
        return news


@dataclass(frozen=True, slots=True)
class TokenTold:
    """What the new private link carries."""

    token: str


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """The client as they are now."""

    person: PersonTold


@dataclass(frozen=True, slots=True)
class MinePage:
    """Everything of who is known here, the newest first."""

    now: str
    bookings: list[MineTold]
    waiting: list[WishTold]
