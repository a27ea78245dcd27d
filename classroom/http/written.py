"""A line somebody writes in or to a waiting room."""

from __future__ import annotations

from pydantic import Field

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body
from classroom.store.accounts import AccountRow
from classroom.store.visits import VisitRow, add_message

TEXT_MAX = 500


class Written(Body):
    """What is written; lines stay, spaces around it go."""

    text: str = Field(max_length=TEXT_MAX)

    def clean(self) -> str:
        """Its one spelling; Refused `body.malformed` when nothing is left."""
        text = self.text.strip()
        if not text:
            raise Refused("body.malformed", {"field": "text"})
        return text


async def write_to(visit: VisitRow, who: AccountRow, text: str) -> None:
    """A line of somebody at the desk, to one who waits."""
    await add_message(visit.id, account_id=who.id, name=who.name, text=text, at=utc_now())
