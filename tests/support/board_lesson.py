"""A whole live board in virtual time: the core, a store in memory, and clients with real documents.

    lesson = Lesson()
    tina, sam = lesson.comes("tina", pen="all", is_staff=True), lesson.comes("sam", pen="own")
    tina.opens(); sam.opens()
    key = sam.draws()
    lesson.passes(0.04)
    assert key in tina.items()

Clients hold a Y document of their own and do what a client has to: apply STATE and APPLY, drop the
document when denied.
"""

from __future__ import annotations

import zlib
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from pycrdt import Doc, Map

from whiteboard import frame
from whiteboard.board import Board
from whiteboard.effects import (
    Close,
    Commit,
    Deflate,
    LoadPage,
    SaveSnapshot,
    UnloadPage,
    Wake,
)
from whiteboard.frame_reading import server_frames
from whiteboard.frame_writing import deflate, encode
from whiteboard.ids import AuthorId, BoardId, PageDocId, PageId
from whiteboard.page import Page
from whiteboard.pen import Pen
from whiteboard.store import Batch, MemoryBoardStore, StoreFailed
from whiteboard.visitor import Visitor

BOARD = BoardId("board")
T = TypeVar("T")
F = TypeVar("F", bound=frame.ServerFrame)


def doc_id(page: str = "p1", epoch: int = 0) -> PageDocId:
    return PageDocId(BOARD, PageId(page), epoch)


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("it waits")


def base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


class Lesson:
    """The shell's part, without waiting. `holds_*` keep answers back until they are released."""

    def __init__(self, *, pages: tuple[str, ...] = ("p1",), store: MemoryBoardStore | None = None):
        self.store = store or MemoryBoardStore()
        self.clients: dict[int, Client] = {}
        self.holds_loads = self.holds_commits = self.holds_deflates = False
        self.held: list[LoadPage | Commit | Deflate] = []
        self.batches: list[Batch] = []
        self.snapshots: list[tuple[PageDocId, int]] = []
        self.unloaded: list[UnloadPage] = []
        self.now = 100.0
        self.clients_made = 0
        self.begins(pages)

    def begins(self, pages: tuple[str, ...]) -> None:
        """A live board over the store: the first, or one after the process was killed."""
        self.board = Board(BOARD)
        self.clients.clear()
        self.held.clear()
        self.has_pages(*map(doc_id, pages))

    def has_pages(
        self,
        *docs: PageDocId,
        locked: tuple[str, ...] = (),
        reserved: Mapping[str, Mapping[str, Pen]] | None = None,
        unnamed: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """`reserved` by page and first name; `unnamed` pages with those who know all the same."""
        told = {
            PageId(page): {f"{name}-1" for name in names} for page, names in (unnamed or {}).items()
        }
        pens = {
            PageId(page): {f"{name}-1": pen for name, pen in named.items()}
            for page, named in (reserved or {}).items()
        }
        self.board.set_pages({d.page: d for d in docs}, frozenset(map(PageId, locked)), pens, told)
        self.settle()

    def comes(
        self, name: str, *, pen: Pen = "own", is_staff: bool = False, is_slow: bool = False
    ) -> Client:
        who = Visitor(f"{name}-1", name.title(), AuthorId(name), pen, is_staff)
        with suppress(StoreFailed):
            at_once(self.store.name_author(BOARD, who.author, who.name))
        client = Client(self, self.board.join(who, now=self.now), who, is_slow=is_slow)
        self.clients[client.peer] = client
        self.settle()
        return client

    def sets_pen(self, client: Client, pen: Pen) -> None:
        self.board.set_pen(client.who.participant_id, pen)
        self.settle()

    def passes(self, seconds: float) -> None:
        """Time, with the timers that fall due in it."""
        end = self.now + seconds
        while True:
            due = self.board.next_timer()
            if due is None or due > end:
                break
            self.now = max(self.now, due)
            self.board.handle_timer(now=self.now)
            self.settle()
        self.now = end

    def settle(self) -> None:
        """Carries out effects until there are none."""
        while effects := self.board.take_effects():
            for effect in effects:
                self._carry_out(effect)

    def release(self) -> None:
        """Gives the answers that were kept back."""
        held, self.held = self.held, []
        holds = self.holds_loads, self.holds_commits, self.holds_deflates
        self.holds_loads = self.holds_commits = self.holds_deflates = False
        for effect in held:
            self._carry_out(effect)
        self.holds_loads, self.holds_commits, self.holds_deflates = holds
        self.settle()

    def _carry_out(self, effect: object) -> None:
        match effect:
            case LoadPage() | Commit() | Deflate():
                self._answer(effect)
            case SaveSnapshot():
                self.snapshots.append((effect.doc_id, effect.upto))
                self._write(effect.doc_id, effect.upto, effect.snapshot)
            case UnloadPage():
                self.unloaded.append(effect)
                if effect.is_dirty:
                    self._write(effect.doc_id, effect.page.seq, effect.page.snapshot())
            case Close():
                closed = self.clients.pop(effect.peer)
                closed.hears(effect.last)
                closed.closed_with = effect.code
            case Wake():
                for peer in sorted(effect.peers & self.clients.keys()):
                    if not self.clients[peer].is_slow:
                        self.clients[peer].takes()
            case _:
                raise AssertionError(effect)

    def _answer(self, effect: LoadPage | Commit | Deflate) -> None:
        match effect:
            case LoadPage():
                held, answer = self.holds_loads, partial(self._load, effect.doc_id)
            case Commit():
                held, answer = self.holds_commits, partial(self._commit, effect.batch)
            case Deflate():
                held, answer = self.holds_deflates, partial(self._deflate, effect)
        self.held.append(effect) if held else answer()

    def _load(self, doc: PageDocId) -> None:
        stored = at_once(self.store.load(doc))
        updates = [update for _, update in stored.updates]
        page = Page.load(
            doc, snapshot=stored.snapshot, updates=updates, seq=stored.seq, bound=stored.bound
        )
        self.board.page_loaded(doc, page, stored.authors, upto=stored.upto)

    def _commit(self, batch: Batch) -> None:
        self.batches.append(batch)
        try:
            at_once(self.store.append(batch))
        except StoreFailed:
            self.board.commit_failed(batch.doc_id, now=self.now)
        else:
            self.board.committed(batch.doc_id, seq=batch.seq)

    def _deflate(self, effect: Deflate) -> None:
        self.board.page_deflated(
            effect.doc_id,
            seq=effect.seq,
            update=deflate(effect.update),
            is_veiled=effect.is_veiled,
        )

    def _write(self, doc: PageDocId, upto: int, snapshot: bytes) -> None:
        at_once(self.store.write_snapshot(doc, upto=upto, snapshot=snapshot))

    def stored(self, doc: PageDocId | None = None) -> Page:
        """The page as it would be after the process was killed now."""
        which = doc or doc_id()
        stored = at_once(self.store.load(which))
        return Page.load(
            which,
            snapshot=stored.snapshot,
            updates=[update for _, update in stored.updates],
            seq=stored.seq,
            bound=stored.bound,
        )


class Client:
    """One connection. `inbox` holds the frames that came, oldest first."""

    def __init__(self, lesson: Lesson, peer: int, who: Visitor, *, is_slow: bool) -> None:
        self.lesson = lesson
        self.peer = peer
        self.who = who
        self.is_slow = is_slow
        self.inbox: list[frame.ServerFrame] = []
        self.messages: list[bytes] = []
        self.closed_with: str | None = None
        self.docs: dict[int, Doc[Any]] = {}
        self.acked: dict[int, int] = {}
        self._numbers: dict[int, int] = {}

    # ---- what it does ----

    def sends(self, *frames: frame.ClientFrame) -> None:
        self.says(b"".join(map(encode, frames)))

    def says(self, message: bytes) -> None:
        self.lesson.board.receive(self.peer, message, now=self.lesson.now)
        self.lesson.settle()

    def opens(
        self,
        page: PageDocId | None = None,
        *,
        channel: int = 0,
        mode: int = frame.WRITE,
        document: Doc[Any] | None = None,
    ) -> None:
        self.lesson.clients_made += 1
        if document is None:
            document = Doc(client_id=1000 + self.lesson.clients_made)
        self.docs[channel] = document
        for root in ("el", "tf", "tx"):
            document.get(root, type=Map)
        known = document.get_state()
        which = str(page or doc_id())
        self.sends(frame.Open(channel, which, document.client_id, known, mode))

    def stroke(self, channel: int = 0, *, points: bytes = b"\x01\x00\x00\x00") -> tuple[str, bytes]:
        """Draws in its own document only; the item's id and the update."""
        document = self.docs[channel]
        before = document.get_state()
        elements: Map[Any] = document.get("el", type=Map)
        number = len(elements) + 1
        key = f"{base36(document.client_id)}-{base36(number)}"
        while key in elements:
            number += 1
            key = f"{base36(document.client_id)}-{base36(number)}"
        elements[key] = {
            **{"t": "pen", "by": self.who.author, "at": 1.0, "z": "a0"},
            **{"c": "#112233", "w": 2.0, "o": 1.0, "d": points, "s": 1.0},
        }
        return key, document.get_update(before)

    def draws(self, channel: int = 0, *, points: bytes = b"\x01\x00\x00\x00") -> str:
        key, update = self.stroke(channel, points=points)
        self.updates(update, channel)
        return key

    def updates(self, update: bytes, channel: int = 0) -> int:
        no = self._numbers[channel] = self._numbers.get(channel, 0) + 1
        self.sends(frame.Update(channel, no, update))
        return no

    def shows(
        self, key: str, payload: bytes = b"points", *, flags: int = 0, channel: int = 0
    ) -> None:
        self.sends(frame.Live(channel, key, flags, payload))

    def points_at(self, x: int, y: int) -> None:
        self.sends(frame.Cursor(0, 0, x, y))

    def leaves(self) -> None:
        del self.lesson.clients[self.peer]
        self.lesson.board.leave(self.peer)
        self.lesson.settle()

    # ---- what comes to it ----

    def takes(self) -> None:
        self.hears(self.lesson.board.messages_to_send(self.peer))

    def hears(self, message: bytes | None) -> None:
        if not message:
            return
        self.messages.append(message)
        for one in server_frames(message):
            self.inbox.append(one)
            self._follow(one)

    def _follow(self, one: frame.ServerFrame) -> None:
        match one:
            case frame.State() if one.channel in self.docs:
                update = one.update
                if one.flags & frame.DEFLATED:
                    update = zlib.decompress(update, wbits=-zlib.MAX_WBITS)
                self.docs[one.channel].apply_update(update)
            case frame.Apply() if one.channel in self.docs:
                self.docs[one.channel].apply_update(one.update)
            case frame.Ack():
                self.acked[one.channel] = one.no
            case frame.Deny() | frame.Gone() | frame.ChannelRefused():
                self.docs.pop(one.channel, None)
            case _:
                pass

    def heard(self, kind: type[F]) -> list[F]:
        """The frames of a kind that came since the last call of `forgets`."""
        return [one for one in self.inbox if isinstance(one, kind)]

    def forgets(self) -> None:
        self.inbox.clear()
        self.messages.clear()

    def items(self, channel: int = 0) -> set[str]:
        elements: Map[Any] = self.docs[channel].get("el", type=Map)
        return set(elements.keys())
