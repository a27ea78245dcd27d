"""The log of letters, and how organisations write theirs. Everything here may raise StoreFailed.

Whoever may see what is decided by the caller.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from tortoise.expressions import F
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from classroom.booking.letter import SECRET, places
from classroom.booking.letter_kind import SHORT_LIVED, LetterKind
from classroom.booking.templates import Template
from classroom.errors import Refused
from classroom.ids import new_id
from classroom.store.boards import failing
from classroom.store.letter_sending import State
from classroom.store.letter_tables import Letter, LetterWords

PAGE = 100
STATES: tuple[State, ...] = get_args(State)
AGAIN_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as it stands in the log. Links and digits are not in its texts."""

    id: int
    org: str
    booking: str
    client: str
    host: str
    kind: str
    second_of: int | None
    to_name: str
    to_email: str
    locale: str
    subject: str
    text: str
    html: str
    has_calendar: bool
    state: State
    attempts: int
    failure: str
    run_at: datetime
    waits_since: datetime | None
    sent_at: datetime | None
    created_at: datetime
    has_secret: bool

    def may_go_again(self, at: datetime) -> bool:
        """Whether somebody may have it sent a second time."""
        is_done = self.state not in ("waiting", "begun")
        is_whole = not self.has_secret and self.kind not in SHORT_LIVED
        return is_done and is_whole and bool(self.text) and at - self.created_at < AGAIN_WITHIN


@dataclass(frozen=True, slots=True)
class LetterQuery:
    """`hosts` None: of all. `before` is the id of the last that was told, 0 for the newest."""

    org: str
    hosts: Collection[str] | None
    booking: str = ""
    client: str = ""
    state: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """`late_s` is how long the one that should be sent now has been waiting for it."""

    states: Mapping[str, int]
    late_s: float


async def letters_like(query: LetterQuery, *, limit: int = PAGE) -> list[LetterRow]:
    """The newest first."""
    found: QuerySet[Letter] = Letter.filter(org=query.org)
    if query.hosts is not None:
        found = found.filter(host__in=list(query.hosts))
    for column in ("booking", "client", "state"):
        wanted = getattr(query, column)
        if wanted:
            found = found.filter(**{column: wanted})
    if query.before:
        found = found.filter(id__lt=query.before)
    with failing():
        return [_row(row) for row in await found.order_by("-id").limit(limit)]


async def find_letter(letter_id: int) -> LetterRow | None:
    """By its number; None when there is none."""
    with failing():
        row = await Letter.get_or_none(id=letter_id)
    return None if row is None else _row(row)


async def send_again(letter_id: int, *, at: datetime) -> LetterRow:
    """The same once more, as a letter of its own; Refused `letter.unknown`, `letter.once`."""
    with failing():
        async with in_transaction():
            letter = Letter.filter(id=letter_id)
            await letter.update(kind=F("kind"))  # first what writes: SQLite cannot after a read
            row = await letter.first()
            if row is None:
                raise Refused("letter.unknown")
            if not _row(row).may_go_again(at):
                raise Refused("letter.once")
            made = await _copy(row, at)
    return _row(made)


async def count_letters(*, at: datetime) -> LetterCounts:
    """How many there are of each state."""
    with failing():
        counted: dict[str, int] = {}
        for state in STATES:
            counted[state] = await Letter.filter(state=state).count()
        oldest = await Letter.filter(state="waiting").order_by("run_at").first()
    since = None if oldest is None else (oldest.waits_since or oldest.run_at)
    late = 0.0 if since is None else max(0.0, (at - since).total_seconds())
    return LetterCounts(counted, late)


async def own_templates(org_id: str) -> dict[tuple[str, str], Template]:
    """What an organisation writes itself, by kind and language."""
    with failing():
        rows = await LetterWords.filter(org=org_id)
    return {(row.kind, row.locale): Template(row.subject, row.text) for row in rows}


async def write_template(
    org_id: str, kind: LetterKind, locale: str, words: Template | None, *, at: datetime
) -> None:
    """From the next letter on; None goes back to ours."""
    with failing():
        async with in_transaction():
            await LetterWords.filter(org=org_id, kind=kind, locale=locale).delete()
            if words is not None:
                await LetterWords.create(
                    org=org_id,
                    kind=kind,
                    locale=locale,
                    subject=words.subject,
                    text=words.text,
                    changed_at=at,
                )


async def _copy(row: Letter, at: datetime) -> Letter:
    made = Letter(once=f"again.{new_id()}", second_of=row.id, message_id=new_id() + new_id())
    kept = ("org", "booking", "revision", "client", "host", "kind", "from_name", "to_name")
    more = ("to_email", "reply_to", "locale", "subject", "text", "html", "calendar", "links")
    for name in (*kept, *more):
        setattr(made, name, getattr(row, name))
    made.state, made.failure, made.holder = "waiting", "", ""
    made.attempts, made.run_at, made.created_at = 0, at, at
    await made.save()
    return made


def _row(row: Letter) -> LetterRow:
    return LetterRow(
        id=row.id,
        org=row.org,
        booking=row.booking,
        client=row.client,
        host=row.host,
        kind=row.kind,
        second_of=row.second_of,
        to_name=row.to_name,
        to_email=row.to_email,
        locale=row.locale,
        subject=row.subject,
        text=row.text,
        html=row.html,
        has_calendar=bool(row.calendar),
        state=_state(row.state),
        attempts=row.attempts,
        failure=row.failure,
        run_at=row.run_at,
        waits_since=row.waits_since,
        sent_at=row.sent_at,
        created_at=row.created_at,
        has_secret=_has_secret(row),
    )


def _state(text: str) -> State:
    return next(state for state in STATES if state == text)


def _has_secret(row: Letter) -> bool:
    """Whether something stands in it that is not kept, or will not be."""
    links = json.loads(row.links)
    named = places(row.subject + row.text)
    return any(str(links.get(name, SECRET)).startswith(SECRET) for name in named)
