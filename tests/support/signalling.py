"""A class on a real web server over loopback, and people in it who speak Socket.IO by hand.

`classroom(...)` starts uvicorn with `Live` and the media twin on a free port; `Person` is one
browser tab: raw Engine.IO 4 frames over a WebSocket, so that tests can also send what no client
library would.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import uvicorn

from bench.websocket import Line, LineClosed
from classroom.clock import monotonic, utc_now
from classroom.ids import AccountId, ParticipantId, RoomId
from classroom.live.live import Live
from classroom.live.opening import LiveTerms
from classroom.live.ports import Clocks, MakeRecorder, SeatDoor
from classroom.people.role import Role
from classroom.people.seat import SeatClaims, issue_seat, verify_seat
from classroom.store.rooms import RoomRow
from tests.support.board_drawer import DrawerTwin
from tests.support.lesson_drawer import LessonsTwin
from tests.support.media_twin import MediaTwin

KEY = b"k" * 32
WAIT_S = 20.0
CAPABILITIES: dict[str, Any] = {"codecs": [{"mimeType": "audio/opus"}], "headerExtensions": []}
RTP: dict[str, Any] = {"codecs": [{"mimeType": "audio/opus"}], "encodings": [{"ssrc": 7}]}


class Refusal(Exception):
    """The server said no."""

    def __init__(self, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params = params or {}


PEOPLE: list[Person] = []
"""Everybody of the running test; their lines are closed at its end."""


@dataclass
class Place:
    """A running server. `rooms` is what the store would know."""

    live: Live
    media: MediaTwin
    port: int
    terms: LiveTerms
    rooms: dict[str, RoomRow] = field(default_factory=dict)
    boards: DrawerTwin = field(default_factory=DrawerTwin)
    tickets: dict[str, Role] = field(default_factory=dict)
    """Of enrolled people, as they stand in their seats, with the role they have now."""
    _ids: Any = field(default_factory=lambda: count(1))

    def room(self, room_id: str = "room-1", title: str = "Algebra") -> RoomRow:
        """A room that exists."""
        row = RoomRow(RoomId(room_id), "kfm-qtw-xyz", title, AccountId("owner"), "Ms Wu", utc_now())
        self.rooms[room_id] = row
        return row

    def seat(
        self,
        name: str,
        role: Role = "student",
        *,
        room_id: str = "room-1",
        participant_id: str = "",
        issued_ago_s: float = 0.0,
        browser: str = "",
        enrolment: str = "",
    ) -> str:
        """A seat token; that of somebody enrolled by their ticket."""
        issued = datetime.now(UTC) - timedelta(seconds=issued_ago_s)
        claims = SeatClaims(
            room_id=RoomId(room_id),
            code="kfm-qtw-xyz",
            participant_id=ParticipantId(participant_id or f"{name.lower()}-{next(self._ids)}"),
            name=name,
            role=role,
            account_id=None,
            expires_at=issued + timedelta(seconds=self.terms.seat_token_s),
            browser=browser,
            enrolment=enrolment,
        )
        return issue_seat(claims, key=KEY)

    async def connect(self, seat: str, *, tab: str = "tab-1", takeover: bool = False) -> Person:
        """A browser tab with this seat, connected and not yet joined; or Refusal."""
        person = await Person.open(self.port)
        await person.handshake({"seat": seat, "tab": tab, "takeover": takeover})
        return person

    async def join(
        self, name: str, role: Role = "student", *, seat: str = "", tab: str = "tab-1"
    ) -> Person:
        """Somebody in the room, with media."""
        person = await self.connect(seat or self.seat(name, role), tab=tab)
        await person.join()
        return person


class Person:
    """One tab: `ask` a request, `hear` the next notice of a name, `frame` anything."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._ids = count(1)
        self._opening: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.heard: list[tuple[str, Any]] = []
        self._news = asyncio.Event()
        self.closed = asyncio.Event()
        self.welcome: dict[str, Any] = {}
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, port: int, headers: dict[str, str] | None = None) -> Person:
        """A WebSocket to Engine.IO, its first packet read."""
        target = "/socket.io/?EIO=4&transport=websocket"
        person = cls(await Line.open(port, target, headers or {}))
        PEOPLE.append(person)
        return person

    async def frame(self, text: str | bytes) -> None:
        """Send a frame as it is."""
        await self._line.send(text)

    async def handshake(self, auth: Any) -> None:
        """The Socket.IO CONNECT; Refusal when the server says no."""
        await self.frame("40" + json.dumps(auth))
        answer = await asyncio.wait_for(self._opening, WAIT_S)
        if "sid" not in answer:
            data = answer["data"]
            await self.leave_line()
            raise Refusal(data["code"], data["params"])

    async def join(self, capabilities: dict[str, Any] | None = CAPABILITIES) -> dict[str, Any]:
        """JoinRoom; keeps and gives the Welcome."""
        payload = {} if capabilities is None else {"rtp_capabilities": capabilities}
        self.welcome = await self.ask("room.join", **payload)
        return self.welcome

    @property
    def id(self) -> str:
        return str(self.welcome["self_id"])

    async def ask(self, event: str, **payload: Any) -> Any:
        """A request; its data, or Refusal."""
        answer = await self.ask_raw(event, payload)
        if not answer["ok"]:
            raise Refusal(answer["error"]["code"], answer["error"]["params"])
        return answer["data"]

    async def ask_raw(self, event: str, *arguments: Any) -> Any:
        """A request with any arguments; the acknowledgement as it came."""
        number = await self.send(event, *arguments)
        return await asyncio.wait_for(self._acks[number], WAIT_S)

    async def send(self, event: str, *arguments: Any) -> int:
        """A request whose acknowledgement nobody waits for; its number."""
        if self.closed.is_set():
            raise ConnectionError("the line is closed")
        number = next(self._ids)
        self._acks[number] = asyncio.get_running_loop().create_future()
        await self.frame(f"42{number}" + json.dumps([event, *arguments]))
        return number

    async def hear(self, name: str, **wanted: Any) -> Any:
        """The next notice of this name with these fields, heard or still to come; taken out."""
        async with asyncio.timeout(WAIT_S):
            while True:
                for index, (heard, payload) in enumerate(self.heard):
                    if heard == name and all(payload.get(k) == v for k, v in wanted.items()):
                        del self.heard[index]
                        return payload
                self._news.clear()
                await self._news.wait()

    async def hear_event(self, kind: str, **wanted: Any) -> Any:
        """The next room event of this type with these fields; taken out."""
        async with asyncio.timeout(WAIT_S):
            while True:
                for index, (heard, payload) in enumerate(self.heard):
                    event = payload.get("event", {}) if heard == "room.event" else {}
                    if event.get("type") == kind and all(
                        event.get(key) == value for key, value in wanted.items()
                    ):
                        del self.heard[index]
                        return event
                self._news.clear()
                await self._news.wait()

    async def produce(
        self, source: str, rtp_parameters: dict[str, Any] | None = None, **more: Any
    ) -> str:
        """Publish a track on the send transport."""
        kind = "audio" if source in ("microphone", "screen_audio") else "video"
        answer = await self.ask(
            "media.produce",
            transport_id=self.welcome["media"]["send"]["transport_id"],
            source=source,
            kind=kind,
            rtp_parameters=rtp_parameters or RTP,
            **more,
        )
        return str(answer["producer_id"])

    async def leave_line(self) -> None:
        """The connection goes, as when a tab is closed."""
        if self in PEOPLE:
            PEOPLE.remove(self)
        await self._line.close()
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)

    async def _read(self) -> None:
        with suppress(LineClosed, asyncio.CancelledError):
            while True:
                await self._on_frame(str(await self._line.receive()))
        self.closed.set()
        for answer in self._acks.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the line is closed"))
                answer.exception()

    async def _on_frame(self, frame: str) -> None:
        if frame == "2":
            await self.frame("3")
        elif frame == "1" or frame.startswith("41"):
            self.closed.set()
        elif frame.startswith(("40", "44")) and not self._opening.done():
            self._opening.set_result(json.loads(frame[2:]))
        elif frame.startswith("43"):
            body = frame[2:].lstrip("0123456789")
            number = int(frame[2 : len(frame) - len(body)])
            self._acks[number].set_result(json.loads(body)[0])
        elif frame.startswith("42"):
            name, payload = json.loads(frame[2:])
            self.heard.extend(_unfolded(name, payload))
            self._news.set()


def _unfolded(name: str, payload: Any) -> list[tuple[str, Any]]:
    """Room events one by one, those told aside without a number; any other notice as it is."""
    if name == "room.events":
        entries = payload["entries"]
        return [("room.event", {"seq": one["seq"], "event": one["event"]}) for one in entries]
    if name == "room.aside":
        return [("room.event", {"seq": None, "event": payload["event"]})]
    return [(name, payload)]


async def until(is_true: Callable[[], bool]) -> None:
    """Wait for something nobody tells of: the state of a twin."""
    async with asyncio.timeout(WAIT_S):
        while not is_true():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


@asynccontextmanager
async def classroom(
    terms: LiveTerms | None = None,
    media: MediaTwin | None = None,
    boards: DrawerTwin | None = None,
    lessons: LessonsTwin | None = None,
    record: MakeRecorder | None = None,
) -> AsyncIterator[Place]:
    """A server with one room; stopped, with no task of its own left, at the end."""
    PEOPLE.clear()  # whoever is left of a server that was not ours belongs to a loop that ended
    chosen = terms or LiveTerms(capacity=10, seat_grace_s=30.0)
    media = media or MediaTwin()
    boards = boards or DrawerTwin()
    lessons = lessons or LessonsTwin()
    rooms: dict[str, RoomRow] = {}
    tickets: dict[str, Role] = {}

    async def find_room(room_id: RoomId) -> RoomRow | None:
        return rooms.get(room_id)

    async def enrolled_seat(seat: SeatClaims) -> SeatClaims | None:
        role = tickets.get(seat.enrolment)
        return None if role is None else replace(seat, role=role)

    def verify(token: str) -> SeatClaims:
        return verify_seat(token, key=KEY, at=utc_now())

    door = SeatDoor(verify, find_room, enrolled_seat)
    clocks = Clocks(monotonic, utc_now)
    live = Live(chosen, media, door, boards.drawer, lessons.drawer, clocks, record)
    server = uvicorn.Server(
        uvicorn.Config(
            live.attach(_nothing_else),
            ws="wsproto",
            lifespan="off",
            log_config=None,
            access_log=False,
        )
    )
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    listening = socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await live.start()
        place = Place(live, media, listening.getsockname()[1], chosen, rooms, boards, tickets)
        place.room()
        yield place
    finally:
        await live.close()
        server.should_exit = True
        await serving
        await asyncio.gather(*(person.leave_line() for person in list(PEOPLE)))
        assert _left_behind() == []


def _left_behind() -> list[str]:
    """Tasks of the server that still run; those of the people are theirs."""
    ours = ("/classroom/", "/engineio/", "/socketio/", "/uvicorn/")
    codes = [getattr(task.get_coro(), "cr_code", None) for task in asyncio.all_tasks()]
    return [
        code.co_qualname
        for code in codes
        if code is not None and "/tests/" not in code.co_filename
        if any(part in code.co_filename for part in ours)
    ]


async def _nothing_else(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})
