"""An owner with a recording of two people, and others who may not, or may a little."""

from __future__ import annotations

from typing import Any

from classroom.ids import RoomId
from classroom.people.links import host_token
from classroom.store.recording_people import RecordedPerson
from tests.support.people import Browser, House
from tests.support.recording_shelf import EVERYTHING, Shelf

LIN = RecordedPerson("lin", "Lin", EVERYTHING)
BO = RecordedPerson("bo", "Bo", ("voice",))
REC = "/api/recordings/rec1"


async def played(browser: Browser, recording_id: str = "rec1", **body: Any) -> str:
    """The address below which everything lies."""
    answer = await browser.post(f"/api/recordings/{recording_id}/play", body)
    assert answer.status == 200, answer.body
    return f"/recorded/{answer.json['session']}"


class Owned:
    """An owner with one recording, `rec1`, of Lin (everything) and Bo (the voice)."""

    def __init__(self, home: House) -> None:
        self.home = home
        self.shelf = Shelf(home.doors.library, home.doors.secret)
        self.owner = home.browser()
        self.room: dict[str, Any] = {}
        self.account = ""

    async def begin(self, **row: Any) -> Owned:
        """Signed up, with a room and the recording."""
        await self.owner.signs_up()
        self.room = await self.owner.makes_room()
        self.account = (await self.owner.get("/api/session")).json["account"]["id"]
        people = row.pop("people", [LIN, BO])
        await self.shelf.put(room_id=self.room["id"], owner=self.account, people=people, **row)
        return self

    async def stranger(self) -> Browser:
        """Somebody who is signed in, elsewhere."""
        return await self.home.browser("10.0.0.9").signs_up("mo@example.org", "Mo")

    async def guest(self, address: str = "10.0.0.7") -> Browser:
        """Somebody without an account."""
        return await self.home.browser(address).opens()

    async def host(self) -> Browser:
        """Somebody who opened the room's host link."""
        browser = await self.guest("10.0.0.8")
        token = host_token(self.home.doors.secret, RoomId(self.room["id"]))
        assert (await browser.get(f"/enter/{token}")).status == 303
        return browser

    async def share(self, **share: Any) -> tuple[str, str]:
        """A link's id and token."""
        answer = await self.owner.post(f"{REC}/shares", {"kind": "link", **share})
        assert answer.status == 201, answer.body
        return answer.json["id"], answer.json["url"].rsplit("/", 1)[1]
