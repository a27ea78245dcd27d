"""A class at its board in this process: a teacher, students, and their board connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from classroom.live.opening import LiveTerms
from classroom.people.role import Role
from tests.support.board_client import CLIENTS, BoardClient, OpenPage, close_clients, page_doc
from tests.support.board_drawer import DrawerTwin
from tests.support.signalling import Person, Place, classroom


@dataclass
class Member:
    """Somebody in the room with the board open."""

    person: Person
    board: BoardClient
    place: Place

    async def page(self, page_id: str = "", *, channel: int = 0, mode: int = 1) -> OpenPage:
        """A page as the room is now; the class's when none is named."""
        return await self.board.open(await self.doc(page_id), channel=channel, mode=mode)

    async def doc(self, page_id: str = "") -> str:
        return page_doc(await self.pages(), page_id)

    async def pages(self) -> dict[str, Any]:
        """The board as the room tells it."""
        live = self.place.live._hub.rooms[self.place.rooms["room-1"].id]
        board = live.room.board
        pages = [{"id": page.id, "epoch": page.epoch} for page in board.pages]
        return {"id": board.board_id, "page_id": board.page_id, "pages": pages}

    async def ask(self, event: str, **payload: Any) -> Any:
        return await self.person.ask(event, **payload)


@dataclass
class BoardClass:
    """`member(name)` lets somebody in."""

    place: Place

    @property
    def kept(self) -> DrawerTwin:
        """Where its boards are kept."""
        return self.place.boards

    async def member(self, name: str, role: Role = "student", **more: Any) -> Member:
        person = await self.place.join(name, role, **more)
        return await self.seated(person)

    async def seated(self, person: Person) -> Member:
        """Somebody in the room opens the board."""
        return Member(person, await BoardClient.of(person, self.place.port), self.place)

    async def pair(self) -> tuple[Member, Member]:
        """A teacher, and a student who has a pen for what is theirs."""
        teacher = await self.member("Wu", "host")
        student = await self.member("Li")
        await teacher.ask("board.give_pen", pen="own", participant_id=student.person.id)
        return teacher, student


@asynccontextmanager
async def board_class(
    boards: DrawerTwin | None = None, terms: LiveTerms | None = None
) -> AsyncIterator[BoardClass]:
    """A server with a room whose board nobody has opened yet."""
    CLIENTS.clear()  # whoever is left of a test that failed belongs to a loop that ended
    async with classroom(terms, boards=boards) as place:
        try:
            yield BoardClass(place)
        finally:
            await close_clients()
