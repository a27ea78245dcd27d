"""Shapes of the waiting list in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from classroom.errors import Refused
from classroom.http.book_told import Visitor
from classroom.ids import new_id
from classroom.store import waitlist as store

DAYS_MAX = 92
DAY_MIN = 1440


class NewWish(Visitor):
    """Days of the host, both included, and minutes since their midnight."""

    offer_id: str = Field(max_length=64)
    from_day: str = Field(max_length=10)
    to_day: str = Field(max_length=10)
    from_min: int = Field(default=0, ge=0, lt=DAY_MIN)
    to_min: int = Field(default=DAY_MIN, gt=0, le=DAY_MIN)

    def wish(self) -> store.Wish:
        """Refused `body.malformed`."""
        try:
            days = date.fromisoformat(self.from_day), date.fromisoformat(self.to_day)
        except ValueError as error:
            raise Refused("body.malformed", {"field": "from_day"}) from error
        if not 0 <= (days[1] - days[0]).days <= DAYS_MAX or self.from_min >= self.to_min:
            raise Refused("body.malformed", {"field": "to_day"})
        return store.Wish(*days, self.from_min, self.to_min)


@dataclass(frozen=True, slots=True)
class WishMade:
    """The wish's `id`."""

    id: str


def unkept_wish() -> WishMade:
    """What a program is answered that filled the form: it looks like all others."""
    return WishMade(new_id())
