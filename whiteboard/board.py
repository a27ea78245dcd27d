"""Board: the core of one live board: its connections, its pages, and what goes from one to another.

Does no I/O and knows no clock. Feed it one thing, then carry out `take_effects`; each connection's
writer takes `messages_to_send` when it is woken and its socket is free. What is said on a page is
gathered for a tick of 40 ms; after a pause it goes out at once. Whatever a client sends, nothing is
raised: its bytes are passed on, dropped (and counted), refused, or end its connection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from secrets import token_bytes

from whiteboard.effects import Close, Effect, Wake
from whiteboard.errors import Refused
from whiteboard.frame_reading import client_frames
from whiteboard.hearing import Hearing
from whiteboard.ids import AuthorId, BoardId, PageDocId, PageId
from whiteboard.page import Page
from whiteboard.peer import Peer
from whiteboard.pen import Pen
from whiteboard.presence import Outlook, Roster
from whiteboard.sheets import Sheets
from whiteboard.visitor import Visitor

TICK_S = 0.040
"""Frames are gathered for so long while there is a stream of them."""


class Board:
    """One live board. `now` is monotonic, in seconds."""

    def __init__(self, board_id: BoardId, *, secret: bytes | None = None) -> None:
        """`secret` hides authors where they are not to be known; without one it is drawn."""
        self.board_id = board_id
        self._peers: dict[int, Peer] = {}
        self._last_peer = 0
        self._effects: list[Effect] = []
        self._counts: Counter[str] = Counter()
        self._awake: set[int] = set()
        self._sheets = Sheets(self._effects, self._counts, secret or token_bytes(16))
        self._outlook = Outlook()
        self._roster = Roster()
        self._hearing = Hearing(self._sheets, self._outlook, self._counts)
        self._failing: set[PageDocId] = set()
        self._now = 0.0
        self._flushed_at = float("-inf")
        self._outlook_flushed = 0

    # ---- connections ----

    def join(self, who: Visitor, *, now: float) -> int:
        """A connection that has shown its ticket; its peer number, never used twice."""
        self._now = max(self._now, now)
        self._last_peer += 1
        peer = Peer(self._last_peer, who, self._awake, now=now)
        self._peers[peer.number] = peer
        peer.welcome()
        self._change_roster()
        if self._failing:
            peer.tell("board.not_saved")
        return peer.number

    def leave(self, peer: int) -> None:
        """The connection is gone. Whoever left or was closed already is nobody."""
        gone = self._peers.pop(peer, None)
        if gone is None:
            return
        for channel in gone.channels.values():
            self._sheets.shut(channel)
        self._awake.discard(peer)
        self._counts["dropped.slow"] += gone.postbox.take_dropped()
        self._change_roster()

    def receive(self, peer: int, message: bytes, *, now: float) -> None:
        """One binary message from a connection that has joined."""
        self._now = max(self._now, now)
        sender = self._peers.get(peer)
        if sender is None:
            return
        sender.budget.spend(len(message))
        try:
            for frame in client_frames(message):
                self._hearing.hear(sender, frame, now=now)
        except Refused as refusal:
            self._close(peer, refusal.code)
        self._tick(now)

    def pause_s(self, peer: int, *, now: float) -> float:
        """For how long nothing is to be read from the connection: it has sent, or made us do, more
        than its share. 0 mostly."""
        sender = self._peers.get(peer)
        return sender.budget.debt_s(now=now) if sender else 0.0

    def messages_to_send(self, peer: int) -> bytes | None:
        """All that waits for the connection as one message, or None."""
        receiver = self._peers.get(peer)
        if receiver is None:
            return None
        parts = receiver.postbox.take()
        if receiver.roster_seen != self._roster.version:
            at = 1 if receiver.roster_seen == 0 else 0  # WELCOME comes first
            receiver.roster_seen = self._roster.version
            parts.insert(at, self._roster.frame)
        if receiver.view_seen != self._outlook.version:
            receiver.view_seen = self._outlook.version
            parts.append(self._outlook.frame_for(peer))
        parts += self._sheets.cursor_frames(receiver)
        return b"".join(parts) or None

    def take_effects(self) -> list[Effect]:
        """What is to be done since the last call, in this order."""
        for sheet in self._sheets:
            sheet.commit()
        for number in list(self._awake):
            if self._peers[number].postbox.is_overfull:
                self._close(number, "board.slow")
        effects = list(self._effects)
        self._effects.clear()
        if self._awake:
            effects.append(Wake(frozenset(self._awake)))
            self._awake.clear()
        return effects

    def take_counts(self) -> dict[str, int]:
        """What happened since the last call, by name: `updates` (applied), `repeated` (known
        before), `denied.<code>`, `refused.<code>` (of an OPEN), `frame.<code>` (of a connection's
        end), `dropped.<kind>` (`dropped.slow`: bundles of frames for slow receivers).
        """
        for peer in self._peers.values():
            self._counts["dropped.slow"] += peer.postbox.take_dropped()
        counts = {name: count for name, count in self._counts.items() if count}
        self._counts.clear()
        return counts

    # ---- pages ----

    def page(self, doc_id: PageDocId) -> Page | None:
        """The page as it is now, if it is loaded: to be copied, not to be changed."""
        sheet = self._sheets.get(doc_id)
        return sheet.page if sheet else None

    def pages(self) -> Iterator[Page]:
        """All that are loaded now: to be read, not to be changed."""
        return (sheet.page for sheet in self._sheets if sheet.page)

    def page_loaded(
        self,
        doc_id: PageDocId,
        page: Page,
        authors: Mapping[AuthorId, str],
        *,
        upto: int | None = None,
    ) -> None:
        """Answers LoadPage. `upto` is the stored snapshot's number (None: it holds all)."""
        sheet = self._sheets.loading(doc_id)
        sheet.loaded(page, authors, upto=page.seq if upto is None else upto)

    def page_failed(self, doc_id: PageDocId, code: str) -> None:
        """Answers LoadPage: those who wait are refused with `code`."""
        self._sheets.loading(doc_id).failed(code)
        self._sheets.remove(doc_id)

    def page_deflated(
        self, doc_id: PageDocId, *, seq: int, update: bytes, is_veiled: bool = False
    ) -> None:
        """Answers Deflate. A page that was unloaded meanwhile needs it no more."""
        sheet = self._sheets.get(doc_id)
        if sheet:
            sheet.deflated(seq, update, is_veiled=is_veiled)

    def page_not_deflated(
        self, doc_id: PageDocId, *, seq: int, code: str, is_veiled: bool = False
    ) -> None:
        """Answers Deflate: it failed. Those who wait are refused with `code`, and may ask again."""
        sheet = self._sheets.get(doc_id)
        if sheet:
            sheet.not_deflated(seq, code, is_veiled=is_veiled)

    def committed(self, doc_id: PageDocId, *, seq: int) -> None:
        """Answers Commit: the batch up to `seq` is on disk. LocalError if it was not under way."""
        self._sheets.known(doc_id).committed(seq)
        if doc_id in self._failing:
            self._failing.discard(doc_id)
            if not self._failing:
                self._tell_all("board.saved")

    def commit_failed(self, doc_id: PageDocId, *, now: float) -> None:
        """Answers Commit: nothing of the batch is on disk. It comes again in 2 s."""
        self._now = max(self._now, now)
        self._sheets.known(doc_id).journal.failed(now=now)
        if not self._failing:
            self._tell_all("board.not_saved")
        self._failing.add(doc_id)

    # ---- the room's decisions ----

    def set_pen(self, participant_id: str, pen: Pen) -> None:
        """The person's right from now on, on all of their connections."""
        for peer in self._peers.values():
            if peer.visitor.participant_id == participant_id:
                peer.pen = pen
                self._sheets.refresh(peer)

    def set_pages(
        self,
        open_docs: Mapping[PageId, PageDocId],
        locked: frozenset[PageId],
        reserved: Mapping[PageId, Mapping[str, Pen]] | None = None,
        unnamed: Mapping[PageId, Collection[str]] | None = None,
    ) -> None:
        """The board's pages and their present documents; others are GONE. Staff alone writes on
        the locked ones. `reserved` names, of each page that is not everybody's, the participants
        it is there for and their pens on it: for others but staff it is GONE. `unnamed` are the
        pages on which only staff and the participants given are told who drew; whoever knows it,
        or does not, and is not to any more, is denied (`page.authors`) and opens the page anew."""
        self._sheets.set_pages(open_docs, locked, reserved or {}, unnamed or {})
        for peer in self._peers.values():
            self._sheets.refresh(peer)

    def set_presenter(self, participant_id: str | None) -> None:
        """Whose VIEW is passed on."""
        if participant_id != self._hearing.presenter:
            self._hearing.presenter = participant_id
            self._outlook.clear()

    # ---- time ----

    def handle_timer(self, *, now: float) -> None:
        """Does what is due: the tick, retries of commits, pages nobody looks at."""
        self._now = max(self._now, now)
        self._tick(now)
        self._sheets.handle_timer(now=now)

    def next_timer(self) -> float | None:
        """When to call `handle_timer`, at the latest; a time that has passed means at once."""
        due = self._sheets.next_timer(now=self._now)
        if self._is_waiting:
            tick = self._flushed_at + TICK_S
            return tick if due is None else min(due, tick)
        return due

    @property
    def _is_waiting(self) -> bool:
        return self._sheets.is_waiting or self._outlook_flushed != self._outlook.version

    def _tick(self, now: float) -> None:
        if now < self._flushed_at + TICK_S or not self._is_waiting:
            return
        self._flushed_at = now
        self._sheets.flush()
        if self._outlook_flushed != self._outlook.version:
            self._outlook_flushed = self._outlook.version
            self._awake.update(self._peers)

    def _close(self, peer: int, code: str) -> None:
        self._counts[f"frame.{code}"] += 1
        # An acknowledgement that is lost comes again and again; who is slow takes none of it.
        last = None if code == "board.slow" else self.messages_to_send(peer)
        self._effects.append(Close(peer, code, last or b""))
        self.leave(peer)

    def _change_roster(self) -> None:
        self._roster.change({number: peer.visitor for number, peer in self._peers.items()})
        self._awake.update(self._peers)

    def _tell_all(self, code: str) -> None:
        for peer in self._peers.values():
            peer.tell(code)
