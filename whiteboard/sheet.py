"""Sheet: one page of a live board, with those who have it open.

Decides what an OPEN and an UPDATE lead to: who hears of it, what goes to the disk, when it is
acknowledged, and when the page may be let go. The page itself decides what may get in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum

from whiteboard.channel import Channel, ChannelState
from whiteboard.company import Company
from whiteboard.content import Content
from whiteboard.effects import Commit, Deflate, Effect, LoadPage, SaveSnapshot, UnloadPage
from whiteboard.errors import LocalError, Refused
from whiteboard.frame import Ack, Apply, Authors, ChannelRefused, Deny, Gone, PenChanged, Update
from whiteboard.frame_writing import encode
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.journal import Journal
from whiteboard.page import Page
from whiteboard.pen import PEN_BYTE, Pen
from whiteboard.writers import Claims, Writers

IDLE_S = 30.0
"""From the last channel's closing to the page's unloading."""


class Outcome(Enum):
    """What became of an update."""

    APPLIED = "applied"
    REPEATED = "repeated"  # all of it was known before
    DENIED = "denied"


class Sheet:
    """One page document, loaded or being loaded. `effects` and `counts` are the board's."""

    def __init__(
        self,
        doc_id: PageDocId,
        claims: Claims,
        effects: list[Effect],
        counts: Counter[str],
        company: Company,
    ) -> None:
        self.doc_id = doc_id
        self.page: Page | None = None
        self.journal = Journal(doc_id, committed=0, upto=0)
        self.company = company
        self.is_locked = False
        self._claims = claims
        self._effects = effects
        self._counts = counts
        self._waiting: dict[Channel, bytes] = {}
        self._content: Content | None = None
        self._veiled: Content | None = None
        self._writers: Writers | None = None
        self._names: dict[str, str] = {}
        self._idle_since: float | None = None
        self._is_broken = False

    # ---- the page comes, and may break ----

    @property
    def is_loading(self) -> bool:
        """Whether a LoadPage has not been answered."""
        return self.page is None and not self._is_broken

    def loaded(self, page: Page, names: Mapping[AuthorId, str], *, upto: int) -> None:
        """The page is there, its stored snapshot reaching to `upto`; whoever waits gets it."""
        self.page = page
        self.journal = Journal(self.doc_id, committed=page.seq, upto=upto)
        self._content = Content(page)
        self._veiled = Content(page, self.company.veil) if self.has_veil else None
        self._writers = Writers(page, self._claims)
        self._names = {author: names[author] for author in page.writers if author in names}
        self._admit_waiting()

    def failed(self, code: str) -> None:
        """The page cannot be had."""
        for channel in list(self._waiting):
            self._refuse(channel, code)

    def deflated(self, seq: int, update: bytes, *, is_veiled: bool = False) -> None:
        """The page as of `seq` is compressed."""
        content = self._veiled if is_veiled else self._content
        if content:
            content.set_imprint(seq, update)
            self._admit_waiting()  # one that came too late is asked for again

    def not_deflated(self, seq: int, code: str, *, is_veiled: bool = False) -> None:
        """The page as of `seq` could not be compressed: whoever waits for it is refused."""
        content = self._veiled if is_veiled else self._content
        if content and content.give_up_imprint(seq):
            self.failed(code)

    def _break(self) -> None:
        # Everybody opens anew, and gets what is on disk once all that was taken is there.
        self._counts["broken"] += 1
        for channel in list(self.company):
            self.gone(channel)
        self.page = self._content = self._veiled = None
        self._is_broken = True

    # ---- who is not to know who drew here ----

    @property
    def has_veil(self) -> bool:
        """Whether some see the page without its authors."""
        return self.company.has_veil

    @has_veil.setter
    def has_veil(self, on: bool) -> None:
        if on == self.has_veil:
            return
        self.company.flush()  # what was said before has no veiled form
        self.company.has_veil = on
        self._veiled = Content(self.page, self.company.veil) if on and self.page else None

    def reopen(self, channel: Channel) -> None:
        """It sees the page with its authors, or without, from now on: its person takes all of it
        anew, and nothing of what they had."""
        self.shut(channel)
        self._counts["denied.page.authors"] += 1
        channel.postbox.put(encode(Deny(channel.number, 0, "page.authors")))

    # ---- channels ----

    def open(self, channel: Channel, state_vector: bytes) -> None:
        """Takes the channel in, now or as soon as there is something to give it."""
        self._idle_since = None
        self._waiting[channel] = state_vector
        if self.page:
            self._admit(channel, state_vector)

    def shut(self, channel: Channel) -> None:
        """The channel is no more; what it showed to the others goes."""
        channel.state = ChannelState.SHUT
        self._waiting.pop(channel, None)
        if channel in self.company:
            self.company.leave(channel)
        self._release(channel)

    def _release(self, channel: Channel) -> None:
        """What it was going to write with is free again, if it never wrote."""
        others = (*self.company, *self._waiting)
        is_used = any(other.client_id == channel.client_id for other in others if other.is_writer)
        if self.page and self._writers and channel.is_writer and not is_used:
            self._writers.release(channel.client_id)

    def gone(self, channel: Channel) -> None:
        """The page is not one of the board's any more."""
        self.shut(channel)
        channel.postbox.put(encode(Gone(channel.number)))

    def set_pen(self, channel: Channel, pen: Pen) -> None:
        """Its person has `pen` on the board, or the lock has changed."""
        before, now = channel.pen, channel.pen_under(pen, is_locked=self.is_locked)
        if now == before:
            return
        channel.pen = now
        if channel.state is ChannelState.OPEN:
            if PEN_BYTE[now] < PEN_BYTE[before]:
                self.company.quieten(channel)
            channel.postbox.put(encode(PenChanged(channel.number, PEN_BYTE[now])))

    def _admit_waiting(self) -> None:
        for channel, state_vector in list(self._waiting.items()):
            self._admit(channel, state_vector)

    def _admit(self, channel: Channel, state_vector: bytes) -> None:
        writers, visitor = self._writers, channel.visitor
        content = self._veiled if channel.is_veiled else self._content
        if writers is None or content is None:
            return
        try:
            if channel.is_writer:
                writers.bind(channel.client_id, visitor.author)
            frames, cost = content.frames(channel.number, state_vector, channel.pen)
        except Refused as refusal:
            self._refuse(channel, refusal.code)
            return
        channel.budget.spend(cost)
        if frames is None:
            wanted = content.want_imprint()
            if wanted:
                self._effects.append(Deflate(self.doc_id, *wanted, channel.is_veiled))
            return
        others = {} if channel.is_veiled else self._names
        names: dict[str, object] = {**others, visitor.author: visitor.name}
        channel.postbox.put(encode(Authors(channel.number, names)))
        channel.postbox.put_state(frames)
        channel.state = ChannelState.OPEN
        del self._waiting[channel]
        self.company.join(channel)

    def _refuse(self, channel: Channel, code: str) -> None:
        self._counts[f"refused.{code}"] += 1
        self.shut(channel)
        channel.postbox.put(encode(ChannelRefused(channel.number, code)))

    # ---- work ----

    def update(self, channel: Channel, frame: Update) -> Outcome:
        """Into the page, to the others, and on its way to the disk; or DENY."""
        page, content, visitor = self.page, self._content, channel.visitor
        if page is None or content is None:
            return Outcome.DENIED
        if not channel.is_writer:  # its client id is nobody's
            return self._deny(channel, frame, "pen.missing")
        try:
            applied = page.receive(
                frame.update, author=visitor.author, client_id=channel.client_id, pen=channel.pen
            )
        except Refused as refusal:
            return self._deny(channel, frame, refusal.code)
        except LocalError:  # the document itself failed, and cannot be trusted any more
            denied = self._deny(channel, frame, "update.malformed")
            self._break()
            return denied
        self._counts["updates" if applied else "repeated"] += 1
        if applied:
            if self._names.get(visitor.author) != visitor.name:
                self._names[visitor.author] = visitor.name
                self.company.name(channel)
            told = Apply(0, applied.seq, channel.peer, frame.update)
            segment, veiled = self.company.applied(channel, told)
            content.applied(segment)
            if self._veiled and veiled:
                self._veiled.applied(veiled)
            self.journal.add(applied.seq, visitor.author, channel.client_id, frame.update)
        channel.owe(frame.no, seq=page.seq)
        self._acknowledge(channel)
        return Outcome.APPLIED if applied else Outcome.REPEATED

    def commit(self) -> None:
        """Sends what waits for the disk on its way, if nothing is under way."""
        batch = self.journal.next_batch(self._writers.unsaved if self._writers else tuple)
        if batch:
            self._effects.append(Commit(batch))
        elif self._is_broken and self.journal.is_clean:
            self._is_broken = False
            self._effects.append(LoadPage(self.doc_id))

    def committed(self, seq: int) -> None:
        """The batch under way is on disk."""
        batch = self.journal.succeeded(seq=seq)
        if self._writers:
            self._writers.saved(batch.bindings)
        for channel in self.company:
            self._acknowledge(channel)
        if self.page and self.journal.begin_snapshot(seq=self.page.seq):
            self._effects.append(SaveSnapshot(self.doc_id, seq, self.page.snapshot()))

    def _acknowledge(self, channel: Channel) -> None:
        no = channel.settle(committed=self.journal.committed)
        if no is not None:
            channel.postbox.put(encode(Ack(channel.number, no, self.journal.committed)))

    def _deny(self, channel: Channel, frame: Update, code: str) -> Outcome:
        if code == "pen.missing" and self.is_locked and channel.is_writer:
            code = "page.locked"
        self._counts[f"denied.{code}"] += 1
        channel.charge_denied(len(frame.update))
        self.shut(channel)
        channel.postbox.put(encode(Deny(channel.number, frame.no, code)))
        return Outcome.DENIED

    # ---- time ----

    @property
    def _is_idle(self) -> bool:
        nobody = not self.company and not self._waiting
        return nobody and self.page is not None and self.journal.is_clean

    def handle_timer(self, *, now: float) -> bool:
        """Lets a due retry go. True when the page was let go: it was idle for long enough."""
        self.journal.handle_timer(now=now)
        if self.page is None or not self._is_idle:
            return False
        if self._idle_since is None:
            self._idle_since = now
        if now < self._idle_since + IDLE_S:
            return False
        self._effects.append(UnloadPage(self.doc_id, self.page, self.journal.is_dirty))
        return True

    def next_timer(self, *, now: float) -> float | None:
        """When `handle_timer` has something to do; `now` when it has to look at the clock."""
        if self.journal.retry_at is not None:
            return self.journal.retry_at
        if self._is_idle:
            return now if self._idle_since is None else self._idle_since + IDLE_S
        return None
