"""Sheets: the pages of one live board that somebody has open, or had a moment ago.

Decides which documents may be opened, loads them when the first asks, and lets them go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from whiteboard.channel import Channel, ChannelState
from whiteboard.company import Company
from whiteboard.effects import Effect, LoadPage
from whiteboard.errors import LocalError, Refused
from whiteboard.frame import WRITE, Open
from whiteboard.ids import PageDocId, PageId
from whiteboard.limits import CHANNELS_MAX, WRITERS_MAX
from whiteboard.peer import Peer
from whiteboard.pen import Pen
from whiteboard.sheet import Sheet
from whiteboard.veil import Veil
from whiteboard.writers import Claims


class Sheets:
    """By document. `effects` and `counts` are the board's."""

    def __init__(self, effects: list[Effect], counts: Counter[str], secret: bytes) -> None:
        self._secret = secret
        self._effects = effects
        self._counts = counts
        self._sheets: dict[PageDocId, Sheet] = {}
        self._claims: dict[PageId, Claims] = {}
        self._open_docs: frozenset[PageDocId] = frozenset()
        self._locked: frozenset[PageId] = frozenset()
        self._reserved: Mapping[PageId, Mapping[str, Pen]] = {}
        self._unnamed: Mapping[PageId, Collection[str]] = {}

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self._sheets.values())

    def of(self, channel: Channel) -> Sheet:
        """The sheet of a channel that is not shut."""
        return self._sheets[channel.doc_id]

    def get(self, doc_id: PageDocId) -> Sheet | None:
        """The sheet, if anybody has it open."""
        return self._sheets.get(doc_id)

    def loading(self, doc_id: PageDocId) -> Sheet:
        """The sheet a LoadPage was about. LocalError when it was not asked for."""
        sheet = self._sheets.get(doc_id)
        if sheet is None or not sheet.is_loading:
            raise LocalError(f"{doc_id}: nobody waits for it")
        return sheet

    def known(self, doc_id: PageDocId) -> Sheet:
        """The sheet a Commit was about: it stays until all of it is on disk."""
        sheet = self._sheets.get(doc_id)
        if sheet is None:
            raise LocalError(f"{doc_id}: nothing of it is under way")
        return sheet

    def remove(self, doc_id: PageDocId) -> None:
        """The sheet could not be loaded, or was let go."""
        del self._sheets[doc_id]
        if all(other.page != doc_id.page for other in self._sheets):
            self._claims.pop(doc_id.page, None)

    def open(self, peer: Peer, frame: Open, *, now: float) -> bool:
        """Opens a channel of `peer`; False when it brings too many new client ids to the page.
        Refused: channel.taken, channel.limit, page.unknown (also of a page that is reserved for
        others: who may not open it is not told that it is there)."""
        _check_channel(peer, frame)
        doc_id = PageDocId.parse(frame.page_doc_id)
        pen = self._pen_on(doc_id, peer)
        if pen is None:
            raise Refused("page.unknown")
        if frame.mode == WRITE and not peer.may_write_with(frame.client_id, doc_id, now=now):
            return False
        sheet = self._sheets.get(doc_id)
        if sheet is None:
            claims = self._claims.setdefault(doc_id.page, {})
            company = Company(self._counts, Veil(doc_id, self._secret))
            sheet = Sheet(doc_id, claims, self._effects, self._counts, company)
            self._sheets[doc_id] = sheet
            sheet.is_locked = doc_id.page in self._locked
            sheet.has_veil = doc_id.page in self._unnamed
            self._effects.append(LoadPage(doc_id))
        channel = Channel(
            frame.channel,
            doc_id,
            client_id=frame.client_id,
            is_writer=frame.mode == WRITE,
            visitor=peer.visitor,
            postbox=peer.postbox,
            budget=peer.budget,
        )
        channel.is_veiled = self._is_veiled(doc_id, peer)
        channel.pen = channel.pen_under(pen, is_locked=sheet.is_locked)
        peer.channels[frame.channel] = channel
        sheet.open(channel, frame.state_vector)
        return True

    def shut(self, channel: Channel) -> None:
        """The channel is no more; one that was shut before is left alone."""
        if channel.state is not ChannelState.SHUT:
            self.of(channel).shut(channel)

    def set_pages(
        self,
        open_docs: Mapping[PageId, PageDocId],
        locked: frozenset[PageId],
        reserved: Mapping[PageId, Mapping[str, Pen]],
        unnamed: Mapping[PageId, Collection[str]],
    ) -> None:
        """These may be opened from now on; staff alone writes on the locked ones. A reserved page
        is there for staff and for the participants it names, who have the pen named there. On the
        unnamed ones only staff and the participants given are told who drew."""
        self._open_docs = frozenset(open_docs.values())
        self._locked = locked
        self._reserved = reserved
        self._unnamed = unnamed
        for sheet in self:
            sheet.is_locked = sheet.doc_id.page in locked
            sheet.has_veil = sheet.doc_id.page in unnamed

    def refresh(self, peer: Peer) -> None:
        """Brings the peer's channels in line with the pages and the peer's pen."""
        for channel in peer.channels.values():
            if channel.state is ChannelState.SHUT:
                continue
            pen = self._pen_on(channel.doc_id, peer)
            if pen is None:
                self.of(channel).gone(channel)
            elif channel.is_veiled != self._is_veiled(channel.doc_id, peer):
                self.of(channel).reopen(channel)
            else:
                self.of(channel).set_pen(channel, pen)

    def _pen_on(self, doc_id: PageDocId, peer: Peer) -> Pen | None:
        """The pen of the peer's person on a document; None when it is not there for them."""
        if doc_id not in self._open_docs:
            return None
        named = self._reserved.get(doc_id.page)
        if named is None or peer.visitor.is_staff:
            return peer.pen
        return named.get(peer.visitor.participant_id)

    def _is_veiled(self, doc_id: PageDocId, peer: Peer) -> bool:
        """Whether the peer's person is not to know who drew on a document."""
        told = self._unnamed.get(doc_id.page)
        is_told = told is None or peer.visitor.participant_id in told
        return not is_told and not peer.visitor.is_staff

    def cursor_frames(self, peer: Peer) -> list[bytes]:
        """What moved on the peer's pages since the last time it was asked for."""
        frames: list[bytes] = []
        for channel in peer.channels.values():
            if not channel.is_writer or channel.state is not ChannelState.OPEN:
                continue
            cursors = self.of(channel).company.cursors
            if channel.cursors_seen != cursors.version:
                moved = cursors.since(
                    channel.cursors_seen, but=peer.number, is_veiled=channel.is_veiled
                )
                frames += [segment.under(channel.number) for segment in moved]
                channel.cursors_seen = cursors.version
        return frames

    def handle_timer(self, *, now: float) -> None:
        """Retries of commits; pages nobody looks at go."""
        for sheet in list(self):
            if sheet.handle_timer(now=now):
                self.remove(sheet.doc_id)

    def next_timer(self, *, now: float) -> float | None:
        """When `handle_timer` has something to do."""
        due = [sheet.next_timer(now=now) for sheet in self]
        return min((at for at in due if at is not None), default=None)

    @property
    def is_waiting(self) -> bool:
        """Whether a flush has something to give out."""
        return any(sheet.company.is_waiting for sheet in self)

    def flush(self) -> None:
        """Gives out what was said on all pages."""
        for sheet in self:
            sheet.company.flush()


def _check_channel(peer: Peer, frame: Open) -> None:
    """Refused: channel.taken, channel.limit."""
    taken = [one for one in peer.channels.values() if one.state is not ChannelState.SHUT]
    if any(one.number == frame.channel for one in taken):
        raise Refused("channel.taken")
    is_full = len(taken) >= CHANNELS_MAX
    if is_full or (frame.mode == WRITE and sum(one.is_writer for one in taken) >= WRITERS_MAX):
        raise Refused("channel.limit")
