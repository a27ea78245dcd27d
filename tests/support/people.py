"""People and the HTTP application around them, without a socket.

`house(...)` gives the application with a fast password hash and twins of the live rooms and the
media server; `browser(...)` is one person's browser, with cookies and the CSRF token.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Container, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from quart import Quart
from quart.typing import TestClientProtocol

from classroom.appointing import Ground, make_appointments
from classroom.blobs.files import FileBlobs
from classroom.clock import monotonic, utc_now
from classroom.errors import Refused
from classroom.http.application import build_http
from classroom.http.doors import Doors
from classroom.http.limits import Limits
from classroom.ids import ParticipantId, RoomId
from classroom.jobs.decks import Decks
from classroom.jobs.export_files import ExportFiles
from classroom.jobs.exports import Exports
from classroom.jobs.library import Library
from classroom.jobs.room_removal import RoomRemoval
from classroom.live.desks import Desks
from classroom.people.password import Passwords
from classroom.people.role import Role
from classroom.people.seat import SeatClaims
from classroom.people.secret import Secret
from classroom.room.file_card import FileCard
from classroom.room.page import PlacedDeck
from classroom.settings import Settings
from classroom.store.booking_rows import Change
from classroom.store.database import close_database, is_database_alive
from classroom.wire.decks import DeckProgress
from recording.crew import Crew
from tests.support.migrated import open_migrated
from tests.support.routing import compiled_once

GOOD_PASSWORD = "correct horse battery"
INDEX_HTML = "<!doctype html><title>Classroom</title><script src=/assets/app-1a2b.js></script>"
BOOK_HTML = "<!doctype html><title>Book</title><script src=/assets/book-1a2b.js></script>"


def fast_passwords() -> Passwords:
    """Real argon2 with the smallest parameters it takes."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class LookTwin:
    """A live room seen from outside."""

    hosts: tuple[str, ...] = ()
    participant_ids: frozenset[str] = frozenset()
    started_at: str = "2026-03-01T09:30:00.000Z"
    is_recorded: bool = False


@dataclass
class LiveTwin:
    """Live rooms somebody put there; remembers what was ended."""

    rooms: dict[str, LookTwin] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)
    """What was asked to look at once; beside the rooms."""
    inside: set[tuple[str, str]] = field(default_factory=set)
    """Rooms with participants who are in the class."""
    roles: dict[tuple[str, str], Role] = field(default_factory=dict)
    """Of those who are inside with another role than that of their seat."""
    let_gone: list[tuple[str, str]] = field(default_factory=list)
    """Rooms with participants whose seat was taken."""
    removed: set[str] = field(default_factory=set)
    """Participants and browsers."""
    drawing: set[tuple[str, str]] = field(default_factory=set)
    """Rooms with participants who have a pen there."""
    files: dict[str, FileCard] = field(default_factory=dict)
    """Of the class, seen by their owner, and by all when they are sent to "room"."""
    locked: dict[str, str] = field(default_factory=dict)
    """With which code somebody is refused to send a file."""
    placed: dict[tuple[str, str], PlacedDeck] = field(default_factory=dict)
    """Decks on stages, by room and placement."""
    away: set[str] = field(default_factory=set)
    recorded: set[str] = field(default_factory=set)
    """Rooms in which a recording goes on."""
    taken_back: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    """Recordings, people and what they said no to."""
    changes: list[Change] = field(default_factory=list)
    """Of bookings, told after they were true."""
    progress: list[tuple[DeckProgress, list[str]]] = field(default_factory=list)
    """What was told of decks, and to which rooms."""

    def look(self, room_id: RoomId) -> LookTwin | None:
        return self.rooms.get(room_id)

    async def end(self, room_id: RoomId) -> None:
        self.ended.append(room_id)
        self.rooms.pop(room_id, None)

    def is_inside(self, room_id: RoomId, participant_id: str) -> bool:
        return (room_id, participant_id) in self.inside

    def role_of(self, room_id: RoomId, participant_id: str) -> Role | None:
        return self.roles.get((room_id, participant_id))

    def is_removed(self, seat: SeatClaims) -> bool:
        return seat.participant_id in self.removed or seat.browser in self.removed

    def let_go(self, room_id: RoomId, participant_id: str) -> None:
        self.let_gone.append((room_id, participant_id))

    def put_out(self, account_id: str, room_ids: Container[str]) -> None:
        inside = sorted(self.rooms)
        self.let_gone += [(one, account_id) for one in inside if one in room_ids]

    def may_draw(self, room_id: RoomId, participant_id: str) -> bool:
        return (room_id, participant_id) in self.drawing

    def check_sending(self, room_id: RoomId, who: str) -> None:
        self._must_be_inside(room_id, who)
        if who in self.locked:
            raise Refused(self.locked[who])

    def add_file(self, room_id: RoomId, card: FileCard) -> None:
        self._must_be_inside(room_id, card.participant_id)
        if card.participant_id in self.away:
            raise Refused("seat.away")
        self.files.setdefault(card.id, card)

    def file_for(self, room_id: RoomId, who: str, file_id: str) -> FileCard:
        self._must_be_inside(room_id, who)
        card = self.files.get(file_id)
        if card is None or (card.to != "room" and card.participant_id != who):
            raise Refused("file.unknown")
        return card

    def files_for(self, room_id: RoomId, who: str) -> tuple[FileCard, ...]:
        self._must_be_inside(room_id, who)
        return tuple(card for card in self.files.values() if card.to == "room")

    def share_file(self, room_id: RoomId, who: str, file_id: str) -> None:
        card = self.file_for(room_id, who, file_id)
        self.files[file_id] = card.sent("room", (), "", card.at)

    def placed_deck(self, room_id: RoomId, placement_id: str) -> PlacedDeck | None:
        return self.placed.get((room_id, placement_id))

    def shows_print(self, room_id: RoomId, print_id: str) -> bool:
        return any(
            placed.placement.print_id == print_id
            for (place, _), placed in self.placed.items()
            if place == room_id
        )

    def is_sent(self, room_id: RoomId, file_id: str) -> bool:
        return file_id in self.files and self.files[file_id].is_sent

    def decks_changed(self, progress: DeckProgress, room_ids: Iterable[str]) -> None:
        self.progress.append((progress, list(room_ids)))

    def drop_file(self, room_id: RoomId, file_id: str) -> None:
        self.files.pop(file_id, None)

    async def take_back(
        self, room_id: RoomId, recording_id: str, who: str, kinds: Iterable[str], *, erase: bool
    ) -> bool:
        said = tuple(kinds) if erase else (*kinds, "kept")
        self.taken_back.append((recording_id, who, said))
        return room_id in self.recorded

    def _must_be_inside(self, room_id: RoomId, who: str) -> None:
        if not self.is_inside(room_id, ParticipantId(who)):
            raise Refused("room.not_joined")


@dataclass
class MediaTwin:
    """A media server that only tells about itself."""

    ready: bool = True
    numbers: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"pid": 7, "port": 40000, "packets_in": 12, "dropped": {"stun.integrity": 3}}
        ]
    )

    def capabilities(self) -> dict[str, Any]:
        return {"codecs": [], "headerExtensions": []}

    async def metrics(self) -> list[dict[str, Any]]:
        return self.numbers


@dataclass
class House:
    """The application with everything behind it."""

    app: Quart
    doors: Doors
    live: LiveTwin
    media: MediaTwin

    def browser(self, address: str = "127.0.0.1", scheme: str = "http") -> Browser:
        """A browser nobody is signed in on."""
        return Browser(self.app.test_client(), address, scheme)


@asynccontextmanager
async def house(folder: Path, **settings: Any) -> AsyncIterator[House]:
    """The application on a database and a built client of its own, below `folder`."""
    static = folder / "static"
    (static / "assets").mkdir(parents=True, exist_ok=True)
    (static / "index.html").write_text(INDEX_HTML)
    (static / "book.html").write_text(BOOK_HTML)
    (static / "assets" / "app-1a2b.js").write_text("export const answer = 42;\n" * 100)
    chosen = Settings(data_dir=folder, static_dir=static, **settings)
    live, media = LiveTwin(), MediaTwin()
    desks = Desks(utc_now, monotonic)

    def changed(change: Change) -> None:
        live.changes.append(change)
        desks.on_change(change)

    library = Library(
        chosen.recording_folder,
        Secret(b"s" * 32),
        quota_bytes=chosen.recordings_gb * 1024**3,
    )
    doors = Doors(
        settings=chosen,
        secret=Secret(b"s" * 32),
        passwords=fast_passwords(),
        limits=Limits(),
        live=live,
        media=media,
        is_database_alive=is_database_alive,
        wake_jobs=lambda: live.woken.append("jobs"),
        decks=Decks(
            chosen.deck_folder,
            chosen.work_folder,
            live.decks_changed,
            library_bytes=chosen.decks_mb * 1024**2,
        ),
        library=library,
        exports=Exports(ExportFiles(library.opening, library.blobs), Crew()),
        appointments=make_appointments(
            Ground(
                chosen,
                Secret(b"s" * 32),
                "http://localhost",
                changed,
                remove_room=RoomRemoval(
                    live.end, library.deletion, (FileBlobs(chosen.board_folder),)
                ).remove,
            )
        ),
        desks=desks,
    )
    with compiled_once():
        app = build_http(doors)
    await open_migrated(chosen.database)
    try:
        yield House(app, doors, live, media)
    finally:
        await close_database()


class Browser:
    """One person's browser: keeps cookies, sends the CSRF token it was told."""

    def __init__(self, client: TestClientProtocol, address: str, scheme: str) -> None:
        self.client = client
        self.csrf = ""
        self._scope: dict[str, Any] = {"client": (address, 50000)}
        self._scheme = scheme

    async def send(
        self, method: str, path: str, json: Any = None, *, csrf: str | None = None, **more: Any
    ) -> Answer:
        """One request; what changes something carries the token unless `csrf` says otherwise."""
        headers = {"User-Agent": "Test browser", **more.pop("headers", {})}
        token = self.csrf if csrf is None else csrf
        if token:
            headers["X-CSRF-Token"] = token
        if json is not None:
            more["json"] = json
        response = await self.client.open(
            path,
            method=method,
            headers=headers,
            scheme=self._scheme,
            scope_base=self._scope,
            **more,
        )
        answer = Answer(response.status_code, dict(response.headers), await response.get_data())
        if answer.is_json and isinstance(answer.json, dict) and "csrf" in answer.json:
            self.csrf = answer.json["csrf"]
        return answer

    async def get(self, path: str, **more: Any) -> Answer:
        return await self.send("GET", path, **more)

    async def post(self, path: str, json: Any = None, **more: Any) -> Answer:
        return await self.send("POST", path, json, **more)

    async def opens(self) -> Browser:
        """Load the page: the client asks who it is."""
        await self.get("/api/session")
        return self

    async def signs_up(self, email: str = "mei@example.org", name: str = "Mei") -> Browser:
        """Make an account and be signed in."""
        await self.opens()
        body = {"email": email, "name": name, "password": GOOD_PASSWORD}
        answer = await self.post("/api/accounts", body)
        assert answer.status == 201, answer.body
        return self

    async def makes_room(self, title: str = "Chemistry") -> dict[str, Any]:
        """A room of this person."""
        answer = await self.post("/api/rooms", {"title": title})
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.json
        return made


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_json(self) -> bool:
        return "json" in self.headers.get("content-type", self.headers.get("Content-Type", ""))

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The stable code of a problem document."""
        content_type = self.headers.get("content-type", self.headers.get("Content-Type", ""))
        assert content_type == "application/problem+json", content_type
        return str(self.json["code"])
