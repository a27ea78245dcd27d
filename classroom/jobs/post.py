"""Sends the letters that wait, and says of each what became of it.

A mail server that is away is asked again soon and often, for all letters together; one that wants a
single letter later gets it after a minute, then five, fifteen, sixty. Nothing of a letter, and no
address, is ever logged.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from classroom.booking.invitation import with_links
from classroom.booking.letter import LINK, SECRET, fill
from classroom.booking.letter_kind import SHORT_LIVED
from classroom.clock import monotonic, utc_now
from classroom.mail.line import NoServer, Outcome
from classroom.mail.marks import Marks, open_marks
from classroom.mail.message import BadAddress, Outgoing, Written, write_message
from classroom.mail.post import LINES, Sender
from classroom.mail.server import MailServerAt
from classroom.store.letter_sending import (
    Fate,
    LetterDue,
    begin_letters,
    doubt_letters,
    expire_letters,
    free_letters,
    letters_begun,
    mark_unsendable,
    release_letters,
    settle_letters,
    sweep_letters,
    take_letters,
)
from whiteboard.store import StoreFailed

LOOK_EVERY_S = 2.0
TAKEN = 64
"""Letters taken at a time; they go out in batches."""
REST_AFTER_S = 10.0
"""Connections are kept so long without a letter."""
TRIED_FOR = timedelta(hours=24)
AGAIN = ((1, 1), (6, 5), (21, 15))
"""Minutes since the first try, and after how many it is tried again; then hourly."""
SERVER_AGAIN = timedelta(seconds=20)
SERVER_AGAIN_LATER = timedelta(minutes=5)
AWAY = frozenset({"server", "tls", "login", "cut"})
"""Why nothing can be sent; over, as soon as one letter is taken."""
SWEEP_EVERY = timedelta(hours=1)
EXPIRE_EVERY = timedelta(seconds=10)
"""While there is something to send: it looks at all letters that wait."""
MINUTE_S = 60.0

log = structlog.get_logger("classroom.post")


@dataclass(frozen=True, slots=True)
class Office:
    """`server` None: there is none, and letters stay in the log. `address_of` makes an address of
    what a letter's link is; `on_failed` is told of letters that nobody will get."""

    server: MailServerAt | None
    sender: str
    marks_file: Path
    address_of: Callable[[str], str]
    on_failed: Callable[[str, int], None] = lambda _org, _letter: None
    per_minute: int = 0


class Post:
    """Invariant: of each letter the last byte is written at most once, unless the machine itself
    ended in between; then nobody sends it again by themselves."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsettled: list[Fate] = []
        """What became of letters, as long as the database does not take it."""
        self._sent_at: deque[float] = deque()
        self._sweep_at = utc_now()
        self._expire_at = utc_now()
        self._was_away = False

    async def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._work(), name="post")

    def wake(self) -> None:
        """There is a new letter."""
        self._woken.set()

    async def close(self) -> None:
        """Stop; what was begun is told apart after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        if self._office.server is None:
            while True:
                with contextlib.suppress(StoreFailed):
                    await mark_unsendable(at=utc_now())
                    await self._sweep()
                await self._pause(LOOK_EVERY_S)
        marks = await self._opened()
        sender = Sender(self._office.server, marks)
        try:
            await self._recovered(marks)
            await self._send(sender, marks)
        finally:
            sender.close()
            marks.close()

    async def _opened(self) -> Marks:
        """The marks; while another process has them it sends, and we wait."""
        while True:
            try:
                marks = await asyncio.to_thread(open_marks, self._office.marks_file)
                if marks is not None:
                    return marks
                log.warning("post.taken")
            except OSError as error:
                log.warning("post.no_marks", reason=error.strerror)
            await self._pause(LOOK_EVERY_S * 5)

    async def _recovered(self, marks: Marks) -> None:
        """Tell apart what the last end of ours left begun."""
        while True:
            try:
                taken = marks.taken()
                fates = []
                for letter_id, holder in await letters_begun(marks.house):
                    if holder != marks.holder:
                        fates.append(Fate(letter_id, "perhaps", "stopped"))
                    elif letter_id in taken:
                        fates.append(Fate(letter_id, "sent"))
                    else:
                        fates.append(Fate(letter_id, "waiting", "stopped"))
                await settle_letters(fates, at=utc_now())
                await free_letters(marks.house)
                marks.clear()
                if fates:
                    log.info("post.recovered", letters=len(fates))
                return
            except StoreFailed as failure:
                log.warning("post.not_read", reason=str(failure))
                await self._pause(LOOK_EVERY_S)

    async def _send(self, sender: Sender, marks: Marks) -> None:
        idle_since = monotonic()
        while True:
            self._woken.clear()  # before looking: who is woken while they look looks again
            sent = 0
            try:
                sent = await self._round(sender, marks)
            except StoreFailed as failure:
                log.warning("post.not_read", reason=str(failure))
            except Exception as error:  # whatever it is: letters go on
                log.error("post.fault", reason=type(error).__name__)
                with contextlib.suppress(StoreFailed):
                    await free_letters(marks.house)
            if sent:
                idle_since = monotonic()
                continue
            if monotonic() - idle_since > REST_AFTER_S:
                await sender.rest()
            await self._pause(LOOK_EVERY_S)

    async def _round(self, sender: Sender, marks: Marks) -> int:
        """Send what is due; how many were tried."""
        await self._settled(marks)
        await self._sweep()
        room = min(TAKEN, self._room())
        due = await take_letters(marks.holder, limit=room, at=utc_now()) if room else []
        if not due or utc_now() >= self._expire_at:
            self._expire_at = utc_now() + EXPIRE_EVERY
            await expire_letters(at=utc_now())
        letters = {letter.id: letter for letter in due}
        going = [made for letter in due if (made := self._written(letter)) is not None]
        while going:
            batch, going = going[:LINES], going[LINES:]
            try:
                outcomes = await sender.send(batch, partial(_begin, marks))
            except NoServer as gone:
                outcomes = [Outcome(one.id, "later", gone.why) for one in (*batch, *going)]
                going = []
                self._note_away(gone.why)
            self._judge(letters, outcomes)
            await self._settled(marks)
        await self._settled(marks)
        return len(due)

    def _note_away(self, why: str) -> None:
        if not self._was_away:
            log.warning("post.away", reason=why)
        self._was_away = True

    def _judge(self, letters: Mapping[int, LetterDue], outcomes: Sequence[Outcome]) -> None:
        at = utc_now()
        for outcome in outcomes:
            letter = letters[outcome.id]
            fate = _fate(letter, outcome, at)
            self._unsettled.append(fate)
            if fate.state == "sent":
                self._sent_at.append(monotonic())
            elif fate.state in ("failed", "perhaps"):
                log.warning("post.failed", letter=letter.id, kind=letter.kind, reason=fate.failure)
                self._office.on_failed(letter.org, letter.id)

    async def _settled(self, marks: Marks) -> None:
        """Store what became of letters; nothing else is sent before that is done."""
        if not self._unsettled:
            return
        at = utc_now()
        await settle_letters(self._unsettled, at=at)
        if any(fate.state == "sent" for fate in self._unsettled):
            if self._was_away:
                log.info("post.back")
                await release_letters(AWAY, at=at)
            self._was_away = False
        self._unsettled.clear()
        marks.clear()

    def _written(self, letter: LetterDue) -> Outgoing | None:
        links = {name: self._address(what) for name, what in letter.links.items()}
        words = Written(
            message_id=letter.message_id,
            from_name=letter.from_name,
            from_email=self._office.sender,
            to_name=letter.to_name,
            to_email=letter.to_email,
            subject=fill(letter.subject, links),
            text=fill(letter.text, links),
            html=fill(letter.html, links, is_html=True),
            reply_to=letter.reply_to,
            calendar=with_links(letter.calendar, links) if letter.calendar else "",
            unsubscribe=links.get(LINK, "") if letter.kind == "reminder" else "",
        )
        try:
            return write_message(letter.id, words, at=utc_now())
        except BadAddress:
            self._give_up(letter, "address")
        except Exception as error:  # one letter that cannot be written keeps no other waiting
            why = type(error).__name__  # its words may be the letter's
            log.error("post.not_written", letter=letter.id, kind=letter.kind, reason=why)
            self._give_up(letter, "ours")
        return None

    def _give_up(self, letter: LetterDue, why: str) -> None:
        self._unsettled.append(Fate(letter.id, "failed", why))
        self._office.on_failed(letter.org, letter.id)

    def _address(self, what: str) -> str:
        if what.startswith(SECRET):
            return what.removeprefix(SECRET)
        return self._office.address_of(what)

    def _room(self) -> int:
        """How many letters may go in this minute."""
        if not self._office.per_minute:
            return TAKEN
        while self._sent_at and self._sent_at[0] < monotonic() - MINUTE_S:
            self._sent_at.popleft()
        return max(0, self._office.per_minute - len(self._sent_at))

    async def _sweep(self) -> None:
        at = utc_now()
        if at >= self._sweep_at:
            self._sweep_at = at + SWEEP_EVERY
            await sweep_letters(at=at)
            await doubt_letters(at=at)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()


async def _begin(marks: Marks, ids: Collection[int]) -> Collection[int]:
    return await begin_letters(ids, marks.holder, at=utc_now())


def _fate(letter: LetterDue, outcome: Outcome, at: datetime) -> Fate:
    if outcome.ending == "sent":
        return Fate(letter.id, "sent")
    if outcome.ending == "never":
        return Fate(letter.id, "failed", outcome.why)
    if outcome.ending == "perhaps":
        return Fate(letter.id, "perhaps", outcome.why)
    again_at = at + again_after(at - (letter.waits_since or at), outcome.why)
    ends_at = letter.until or max(letter.created_at, letter.run_at) + TRIED_FOR
    if again_at < ends_at:
        return Fate(letter.id, "waiting", outcome.why, again_at)
    if at < ends_at and letter.kind in SHORT_LIVED:
        return Fate(letter.id, "waiting", outcome.why, at + SERVER_AGAIN)
    return Fate(letter.id, "failed", outcome.why)


def again_after(waits: timedelta, why: str) -> timedelta:
    """How long until the next try of a letter that has waited so long since its first one."""
    if why in AWAY:
        return SERVER_AGAIN if waits < timedelta(minutes=1) else SERVER_AGAIN_LATER
    for until, minutes in AGAIN:
        if waits < timedelta(minutes=until):
            return timedelta(minutes=minutes)
    return timedelta(hours=1)
