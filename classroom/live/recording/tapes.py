"""The board of a recording: what becomes of each person's items, written to that person's own log.

At every moment the recorded board is the live board less the items of those who did not agree to
ink. What somebody changes who did not agree, on an item of another who did, is not written: from
then on the item stays as it was. What they had changed before is known from the document, and such
an item is left out. A page is written as a whole (a base) when it comes into sight,
when somebody agrees, and after a pause.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.board.taping import Taping
from classroom.live.recording.writer import Log
from classroom.live.room import LiveRoom
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.tape import Item, Taken

LINE_MAX = 96 * 1024
"""Characters of items in one line; a base of more goes on in further lines."""

Line = dict[str, Any]


class Tapes:
    """Of one recording."""

    def __init__(
        self,
        live: LiveRoom,
        clock_ms: Callable[[], int],
        picture: Callable[[ParticipantId, str], str],
    ) -> None:
        """`picture` gives the name under which somebody's picture is kept."""
        self._picture = picture
        self._live = live
        self._clock_ms = clock_ms
        self._taping = Taping(live.board, self._taken, self._begin_page)
        self._logs: dict[ParticipantId, Log] = {}
        """Of those whose yes to ink stands, also while they are in a group or gone."""
        self._writers: frozenset[ParticipantId] = frozenset()
        """Of those, who may be written just now."""
        self._frozen: set[tuple[PageDocId, str]] = set()
        """Items in which somebody has a part who did not agree."""
        self._held_back: set[ParticipantId] = set()
        """Whose they are."""
        self._visited: set[str] = set()
        self._wall: PageDocId | None = None
        """Somebody's page that is shown to all."""
        self._open: frozenset[PageDocId] = frozenset()
        self._is_on = False
        self._is_begun = False
        self._tasks: set[asyncio.Task[None]] = set()

    def settle(
        self, logs: dict[ParticipantId, Log], writers: frozenset[ParticipantId], *, is_on: bool
    ) -> None:
        """Whose items are written from now on. Called after each change of the room."""
        before, self._logs = self._logs, dict(logs)
        self._writers = writers
        was_on, self._is_on = self._is_on, is_on
        if is_on:
            self._visited.add(self._live.room.board.page_id)
        if is_on and not was_on:
            self._open = frozenset()
        if is_on and not self._is_begun:  # and on through pauses: what others change then counts
            self._is_begun = True
            self._taping.begin()
        if not is_on:
            return
        shown = frozenset(doc for doc in self._taping.pages() if self._is_shown(doc))
        new, self._open = shown - self._open, shown
        self._write_bases(new, self._logs)
        kept = shown - new
        more = {pid for pid in self._logs if pid not in before}
        if more:  # what they have a part in may be written now as well
            self._write_bases(kept, more | (self._held_back & self._logs.keys()))
        for pid in [pid for pid in before if pid not in self._logs]:
            for doc in kept:
                before[pid].put(self._line(doc) | {"base": True, "items": {}})
        self._follow_wall()

    async def close(self) -> None:
        """Write no more; what was begun is written."""
        self._is_on = False
        self._taping.end()
        if self._tasks:
            await asyncio.wait(list(self._tasks))

    # What the board tells

    def _begin_page(self, doc: PageDocId) -> None:
        if self._is_on and self._is_shown(doc):
            self._open |= {doc}
            self._write_bases([doc], self._logs)

    def _taken(self, doc: PageDocId, writer: str, taken: Taken) -> None:
        pid = ParticipantId(writer)
        agrees, may_write = pid in self._logs, not writer or pid in self._writers
        put: dict[ParticipantId, dict[str, Item]] = {}
        for item_id, item in taken.put.items():
            owner = self._owner(doc, item_id)
            if writer and not agrees and not self._is_of(doc, item_id, pid):
                self._frozen.add((doc, item_id))
            elif may_write and owner is not None and (doc, item_id) not in self._frozen:
                put.setdefault(owner, {})[item_id] = item
        if not self._is_on or doc not in self._open:
            return
        gone: dict[ParticipantId, list[str]] = {}
        for item_id in taken.gone:
            self._frozen.discard((doc, item_id))
            owner = self._owner(doc, item_id)
            if owner is not None:
                gone.setdefault(owner, []).append(item_id)
        for pid, items in put.items():
            for some in pieces(self._named(items, pid), pid):
                self._logs[pid].put(self._line(doc) | {"put": some})
        for pid, ids in gone.items():
            self._logs[pid].put(self._line(doc) | {"gone": ids})

    # Whose

    def _owner(self, doc: PageDocId, item_id: str) -> ParticipantId | None:
        """Whose log an item belongs to; None when it is not written."""
        author = self._taping.author_of(doc, item_id)
        return None if author is None else self._agreed(author)

    def _is_of(self, doc: PageDocId, item_id: str, pid: ParticipantId) -> bool:
        author = self._taping.author_of(doc, item_id)
        return author is not None and pid in (self._live.board.people.get(author) or set())

    def _agreed(self, author: AuthorId) -> ParticipantId | None:
        """An account that was here under two seats is written when both agreed."""
        people = self._live.board.people.get(author) or set()
        known = sorted(ParticipantId(one) for one in people)
        return known[0] if known and all(one in self._logs for one in known) else None

    def _is_shown(self, doc: PageDocId) -> bool:
        """Whether the class is or was on the page since it began. Those of groups and of one person
        are not written, nor what becomes of them later, until the class turns there; but the one of
        a wall while it is shown to all."""
        room = self._live.room
        reserve = room.reserve()
        if doc.page == room.parts.ink.state.page_id:
            return True
        if doc.page == reserve.shown:
            return reserve.is_named  # a log is somebody's: it would tell whose the page is
        page = next((one for one in room.board.pages if one.id == doc.page), None)
        return page is not None and page.id in self._visited and not page.belongs_to

    def _follow_wall(self) -> None:
        """Somebody's page that is not shown any more is empty from then on."""
        shown = self._live.room.reserve().shown
        now = next((doc for doc in self._open if doc.page == shown), None)
        before, self._wall = self._wall, now
        if before is not None and before != now:
            for log in self._logs.values():
                log.put(self._line(before) | {"base": True, "items": {}})

    # Bases

    def _write_bases(self, docs: Collection[PageDocId], people: Collection[ParticipantId]) -> None:
        if docs and people:
            work = self._bases(list(docs), list(people))
            task = asyncio.create_task(work, name="recording bases")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _bases(self, docs: list[PageDocId], people: list[ParticipantId]) -> None:
        for doc in docs:
            self._find_foreign(doc)
            for pid in people:
                if self._is_on and pid in self._logs:
                    self._logs[pid].put(self._line(doc) | {"base": True, "items": {}})
                    await self._base(doc, pid)

    def _find_foreign(self, doc: PageDocId) -> None:
        """Items in which somebody has a part who agreed to nothing, also from long ago."""
        touched = self._taping.touched_by(doc, self._is_no_consent)
        self._frozen = {one for one in self._frozen if one[0] != doc}
        self._frozen |= {(doc, item_id) for item_id in touched}
        owners = (self._owner(doc, item_id) for item_id in touched)
        self._held_back |= {owner for owner in owners if owner is not None}

    def _is_no_consent(self, author: AuthorId | None) -> bool:
        return author is None or self._agreed(author) is None

    async def _base(self, doc: PageDocId, pid: ParticipantId) -> None:
        authors = [one for one in self._live.board.people if self._agreed(one) == pid]
        for items in self._taping.items(doc, authors):
            if not self._is_on or doc not in self._open or pid not in self._logs:
                return
            held = {key: item for key, item in items.items() if (doc, key) not in self._frozen}
            for some in pieces(self._named(held, pid), pid):
                self._logs[pid].put(self._line(doc) | {"put": some})
            await asyncio.sleep(0)

    def _named(self, items: dict[str, Item], pid: ParticipantId) -> dict[str, Item]:
        """Pictures by the names they are kept under."""
        return {
            key: item | {"asset": self._picture(pid, item["asset"])} if "asset" in item else item
            for key, item in items.items()
        }

    def _line(self, doc: PageDocId) -> Line:
        return {"ms": self._clock_ms(), "doc": f"{doc.page}/{doc.epoch}"}


def pieces(items: dict[str, Item], pid: ParticipantId) -> Iterator[dict[str, Item]]:
    """Items as they are written, in portions that fit a line."""
    some: dict[str, Item] = {}
    size = 0
    for item_id, item in items.items():
        plain = _plain(item) | {"by": pid}
        length = len(json.dumps(plain))
        if some and size + length > LINE_MAX:
            yield some
            some, size = {}, 0
        some[item_id] = plain
        size += length
    if some:
        yield some


def _plain(item: Item) -> Item:
    """Bytes as base64."""
    return {
        key: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for key, value in item.items()
    }
