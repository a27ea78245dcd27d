"""Somebody who sends decks over HTTP, by account or by seat, and waits until they are made."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from classroom.clock import utc_now
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.people.role import Role
from classroom.people.seat import SEAT_KEY, SeatClaims, issue_seat
from tests.support.people import Answer, Browser, House

MADE_WITHIN_S = 60.0


class Teller:
    """Asks below `/api` with a browser's session; `seat` asks below a room with a seat's token."""

    def __init__(self, browser: Browser, prefix: str = "/api", token: str = "") -> None:
        self.browser = browser
        self._prefix = prefix
        self._headers = {"Authorization": token} if token else {}

    @classmethod
    async def signed_up(cls, home: House, email: str = "mei@example.org") -> Teller:
        """Somebody with an account."""
        return cls(await home.browser().signs_up(email))

    @classmethod
    async def seated(
        cls,
        home: House,
        room: dict[str, Any],
        who: str,
        role: Role,
        account_id: str | None = None,
    ) -> Teller:
        """Somebody in the class of a room."""
        home.live.inside.add((room["id"], who))
        seat = SeatClaims(
            room_id=RoomId(room["id"]),
            code=room["code"],
            participant_id=ParticipantId(who),
            role=role,
            name=who.title(),
            account_id=None if account_id is None else AccountId(account_id),
            expires_at=utc_now() + timedelta(hours=1),
        )
        token = issue_seat(seat, key=home.doors.secret.key(SEAT_KEY))
        prefix = f"/api/rooms/by-code/{room['code']}"
        return cls(await home.browser().opens(), prefix, f"Seat {token}")

    async def asks(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """One request."""
        return await self.browser.send(
            method, f"{self._prefix}/{path}", body, headers=self._headers, **more
        )

    def scope(self, method: str, path: str) -> dict[str, Any]:
        """A request as the web server hands it over, for a test that answers for the browser."""
        headers = {**self._headers, "Host": "localhost", "X-CSRF-Token": self.browser.csrf}
        cookies = self.browser.client.cookie_jar
        if cookies is not None:
            headers["Cookie"] = "; ".join(f"{one.name}={one.value}" for one in cookies)
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": f"{self._prefix}/{path}",
            "raw_path": f"{self._prefix}/{path}".encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.lower().encode(), told.encode()) for name, told in headers.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
            "extensions": {},
        }

    async def begins(self, *files: tuple[str, int], **more: Any) -> Answer:
        """Announce files."""
        sources = [{"name": name, "bytes": size} for name, size in files]
        return await self.asks("POST", "decks/uploads", {"sources": sources, **more})

    async def sends(self, content: bytes, name: str = "acids.pdf", **more: Any) -> Answer:
        """Announce a file and send it in one piece; the last answer."""
        begun = await self.begins((name, len(content)), **more)
        if begun.status != 201:
            return begun
        return await self.piece(begun.json["upload_id"], content)

    async def piece(
        self, upload_id: str, content: bytes, offset: int = 0, index: int = 0
    ) -> Answer:
        """The next piece of a file."""
        path = f"decks/uploads/{upload_id}/{index}?offset={offset}"
        return await self.asks("PATCH", path, data=content)

    async def deck(self, deck_id: str) -> dict[str, Any]:
        """What is told of a deck."""
        answer = await self.asks("GET", f"decks/{deck_id}")
        assert answer.status == 200, answer.body
        told: dict[str, Any] = answer.json
        return told

    async def made(self, deck_id: str) -> dict[str, Any]:
        """The deck when it is ready, or failed."""
        async with asyncio.timeout(MADE_WITHIN_S):
            while True:
                deck = await self.deck(deck_id)
                if deck["state"] in ("ready", "failed"):
                    return deck
                await asyncio.sleep(0.05)
