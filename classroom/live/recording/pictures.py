"""Pictures of a recording: what lies under its pages and what people put on them, copied once and
sealed. A slide is everybody's; a frozen screen and a picture on the board are somebody's, under the
key of what they agreed to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from pathlib import Path

import structlog

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.recording.house import RecordingHouse
from classroom.live.recording.scribe import replace_file
from classroom.live.room import LiveRoom
from classroom.room.event import LogEntry
from classroom.room.ink_event import InkChanged
from classroom.room.page import BoardPage
from classroom.room.recording_state import Kind
from media.journal.envelope import seal_whole
from whiteboard.store import StoreFailed

ASSET = "asset:"
TRIES = 5
AGAIN_AFTER_S = 2.0
"""A slide that is being drawn may take some seconds."""
WORDS_MAX = 4000
"""Characters of one slide's text."""

log = structlog.get_logger("classroom.live.recording")

Leaf = tuple[str, int, int]
"""A print of a deck, the slide and the step."""


class Pictures:
    """Of one recording."""

    def __init__(self, live: LiveRoom, house: RecordingHouse, folder: Path) -> None:
        self.on_words: Callable[[BoardPage], None] = _nothing
        """Told when what stands on a slide is known."""
        self._live = live
        self._house = house
        self._folder = folder / "assets"
        self._room_key: bytes | None = None
        self._early: list[tuple[str, Callable[[], Awaitable[bytes | None]]]] = []
        self._asked: set[str] = set()
        self._frozen: dict[str, str] = {}
        """Names of pictures of somebody's screen, by the page they lie under."""
        self._words: dict[Leaf, list[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, room_key: bytes) -> None:
        """What was asked for before is copied now."""
        self._room_key = room_key
        for name, fetch in self._early:
            self._copy(name, room_key, fetch)
        self._early = []

    def name(self, page: BoardPage) -> str:
        """Under which name the picture below a page is kept; empty for none."""
        leaf = self._leaf(page)
        if leaf is None:
            return self._frozen.get(page.id, "")
        name = sha256("/".join(map(str, leaf)).encode()).hexdigest()[:32]
        if name not in self._asked:
            self._asked.add(name)
            fetch = lambda: self._house.leaf(*leaf)  # noqa: E731
            if self._room_key is None:
                self._early.append((name, fetch))
            else:
                self._copy(name, self._room_key, fetch)
            self._start(self._read_words(leaf, page))
        return name

    def words(self, page: BoardPage) -> list[str]:
        """What stands on a slide, as far as it is known."""
        leaf = self._leaf(page)
        return self._words.get(leaf, []) if leaf is not None else []

    def hear(self, entry: LogEntry, keys: Mapping[tuple[ParticipantId, Kind], bytes]) -> None:
        """A picture of somebody's screen became a page: it is kept with their yes alone."""
        said = entry.event
        if not isinstance(said, InkChanged) or said.deed != "frozen":
            return
        sharer = said.ink.share_of or self._live.room.stage.screen_of  # nobody may have drawn
        page = self.page_of(said.page_id)
        key = keys.get((sharer, "screen")) if sharer is not None else None
        if page and sharer and key is not None and page.backdrop.startswith(ASSET):
            asset = page.backdrop.removeprefix(ASSET)
            self._frozen[page.id] = self.own(sharer, "screen", asset, key)

    def page_of(self, page_id: str) -> BoardPage | None:
        """A page of the board, also a reserved one."""
        pages = self._live.room.board.pages
        return next((page for page in pages if page.id == page_id), None)

    def own(self, pid: ParticipantId, kind: Kind, asset: str, key: bytes) -> str:
        """The name under which a picture of somebody's is kept from now on."""
        name = f"{pid}~{kind}~{asset}"
        if name not in self._asked:
            self._asked.add(name)
            room_id = self._live.room.terms.room_id
            self._copy(name, key, lambda: self._house.asset(room_id, asset))
        return name

    async def erase(self, pid: ParticipantId, kinds: list[str]) -> None:
        """Somebody's pictures of some kinds are gone when this returns."""
        marks = tuple(f"{pid}~{kind}~" for kind in kinds)
        gone = [name for name in self._asked if name.startswith(marks)]
        self._asked.difference_update(gone)
        left = {page: name for page, name in self._frozen.items() if name not in gone}
        self._frozen = left
        for name in gone:
            path = self._folder / name
            await asyncio.to_thread(path.unlink, missing_ok=True)

    def close(self) -> None:
        """Copy no more."""
        for task in self._tasks:
            task.cancel()

    def _leaf(self, page: BoardPage) -> Leaf | None:
        if page.kind != "slide" or not page.placement:
            return None
        placed = {one.id: one.print_id for one in self._live.room.board.placements}
        print_id = placed.get(page.placement)
        return None if print_id is None else (print_id, page.slide, page.step)

    def _copy(self, name: str, key: bytes, fetch: Callable[[], Awaitable[bytes | None]]) -> None:
        self._start(self._fetch(name, key, fetch))

    async def _fetch(
        self, name: str, key: bytes, fetch: Callable[[], Awaitable[bytes | None]]
    ) -> None:
        for _ in range(TRIES):
            try:
                content = await fetch()
            except (StoreFailed, Refused, OSError):
                content = None
            if content is not None and name in self._asked:
                sealed = seal_whole(key, name, content)
                await asyncio.to_thread(replace_file, self._folder / name, sealed)
                return
            await asyncio.sleep(AGAIN_AFTER_S)
        log.warning("recording.picture_missing")

    async def _read_words(self, leaf: Leaf, page: BoardPage) -> None:
        try:
            text = await self._house.words(*leaf)
        except (StoreFailed, Refused, OSError):
            return
        lines = [line.strip() for line in (text or "")[:WORDS_MAX].splitlines()]
        if any(lines):
            self._words[leaf] = [line for line in lines if line]
            self.on_words(page)

    def _start(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            try:
                await work
            except OSError:
                log.warning("recording.picture_not_written")

        task = asyncio.create_task(run(), name="recording picture")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _nothing(page: BoardPage) -> None:
    """Nobody wants to know."""
