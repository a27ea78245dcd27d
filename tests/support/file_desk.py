"""Somebody in a class who sends files over HTTP, and pictures and papers to send."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from classroom.blobs.drafts import FileDrafts
from classroom.clock import utc_now
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat
from classroom.room.file_card import FileCard
from classroom.store.file_tables import RoomFile
from tests.support.people import Answer, Browser, House

PAPER = b"%PDF-1.7\n" + bytes(range(256)) * 4


def png(width: int = 8, height: int = 6) -> bytes:
    """A picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


async def a_paper(home: House, room_id: str, file_id: str, name: str, scope: str) -> None:
    """One that Mei has sent in a class: `scope` says to whom."""
    at = utc_now()
    await RoomFile.create(
        id=file_id,
        room_id=room_id,
        owner="p",
        owner_name="Mei",
        author="p",
        name=name,
        kind="application/pdf",
        bytes=5,
        state="ready",
        scope=scope,
        created_at=at,
        sent_at=at,
    )
    await FileDrafts(home.doors.settings.file_folder).put(RoomId(room_id), file_id, b"paper")


class Sender:
    """One person with a seat in a room, inside unless a test says otherwise."""

    def __init__(self, home: House, browser: Browser, room: dict[str, Any], who: str) -> None:
        self.home, self.browser, self.room, self.who = home, browser, room, who
        self.role: Role = "student"
        home.live.inside.add((room["id"], who))

    @classmethod
    async def of(cls, home: House, who: str = "lin") -> Sender:
        """Somebody in a new room of their own."""
        browser = await home.browser().signs_up(f"{who}@example.org")
        return cls(home, browser, await browser.makes_room(), who)

    async def beside(self, who: str) -> Sender:
        """Somebody else in the same room, with a browser of their own."""
        return Sender(self.home, await self.home.browser().opens(), self.room, who)

    @property
    def room_id(self) -> RoomId:
        """The room's id."""
        return RoomId(self.room["id"])

    def leads(self) -> Sender:
        """An assistant from now on."""
        self.home.live.roles[(self.room_id, self.who)] = "assistant"
        return self

    def leaves(self) -> None:
        """Goes, or was removed."""
        self.home.live.inside.discard((self.room_id, self.who))

    async def asks(self, method: str, path: str = "", body: Any = None, **more: Any) -> Answer:
        """A request below the room's files, with the seat."""
        claims = SeatClaims(
            room_id=self.room_id,
            code=self.room["code"],
            participant_id=ParticipantId(self.who),
            name=self.who.title(),
            role=self.role,
            account_id=None,
            expires_at=utc_now() + timedelta(hours=1),
        )
        token = issue_seat(claims, key=self.home.doors.secret.key(SEAT_KEY))
        headers = {"Authorization": f"Seat {token}", **more.pop("headers", {})}
        address = f"/api/rooms/by-code/{self.room['code']}/files{path}"
        return await self.browser.send(method, address, body, headers=headers, **more)

    async def begins(self, name: str = "paper.pdf", size: int = len(PAPER)) -> Answer:
        """Announce a file."""
        return await self.asks("POST", "", {"name": name, "bytes": size, "kind": ""})

    async def piece(self, file_id: str, offset: Any, content: bytes) -> Answer:
        """Send a piece."""
        kind = {"Content-Type": "application/octet-stream"}
        return await self.asks("PATCH", f"/{file_id}?offset={offset}", data=content, headers=kind)

    async def sends(self, name: str = "paper.pdf", content: bytes = PAPER) -> str:
        """A whole file; its id."""
        begun = await self.begins(name, len(content))
        assert begun.status == 201, begun.body
        file_id: str = begun.json["file_id"]
        answer = await self.piece(file_id, 0, content)
        assert answer.json == {"offset": len(content), "is_ready": True}, answer.body
        return file_id

    def shares(self, file_id: str, to: str = "room") -> FileCard:
        """What a message does that has the file."""
        card = self.home.live.files[file_id].sent(to, (), "m1", utc_now())
        self.home.live.files[file_id] = card
        return card

    async def ticket(self, file_id: str | None, **more: Any) -> Answer:
        """Ask for an address."""
        return await self.asks("POST", "/ticket", {"file_id": file_id, **more})
