"""Letters on their way: taken by one sender at a time, begun, and what became of them.

A letter is begun in a commit of its own before its last byte is written, so that after any end of
the process it is known which letters may have been sent (`letters_begun`). Everything here may
raise StoreFailed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from tortoise.expressions import F, Q
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from classroom.booking.letter import SECRET
from classroom.booking.letter_kind import SHORT_LIVED, doubt
from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.booking_tables import Booking
from classroom.store.last_letter import forget_last
from classroom.store.letter_tables import Letter

State = Literal["waiting", "begun", "sent", "failed", "perhaps", "none", "dropped"]
"""`perhaps`: it was begun when the machine stopped, and nobody knows. `none`: there was no mail
server. `dropped`: it was no more true."""
LEASE = timedelta(minutes=10)
"""Longer than the slowest mail server may take; after it the sender is gone."""
KEPT_FOR = timedelta(days=730)
SWEPT = 500


@dataclass(frozen=True, slots=True)
class LetterDue:
    """A letter as its sender needs it; `attempts` are those before this one."""

    id: int
    org: str
    kind: str
    booking: str
    from_name: str
    to_name: str
    to_email: str
    reply_to: str
    subject: str
    text: str
    html: str
    calendar: str
    links: Mapping[str, str]
    message_id: str
    attempts: int
    created_at: datetime
    run_at: datetime
    until: datetime | None
    waits_since: datetime | None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one try; `again_at` when it is tried again (state `waiting`)."""

    id: int
    state: State
    failure: str = ""
    again_at: datetime | None = None


async def take_letters(holder: str, *, limit: int, at: datetime) -> list[LetterDue]:
    """Those that wait longest and whose time is not over, for this sender alone until it is done
    with them."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    timely = Q(until=None) | Q(until__gt=at)
    with failing():
        due = Letter.filter(free, timely, state="waiting", run_at__lte=at)
        found = await due.order_by("run_at", "id").limit(limit).values_list("id", flat=True)
        ids = [int(str(one)) for one in found]
        if not ids:
            return []
        async with in_background():
            await Letter.filter(free, id__in=ids, state="waiting").update(
                leased_until=at + LEASE, holder=holder
            )
        mine = Letter.filter(id__in=ids, state="waiting", holder=holder, leased_until=at + LEASE)
        return [_due(row) for row in await mine.order_by("run_at", "id")]


async def expire_letters(*, at: datetime) -> None:
    """Those whose time is over will not be sent; looks at all that wait."""
    with failing():
        over = Letter.filter(state="waiting", until__lte=at)
        if await over.exists():
            short = over.filter(kind__in=list(SHORT_LIVED))
            await short.update(state="dropped", failure="late", sent_at=at)
            await over.update(state="failed", failure="given_up", sent_at=at)
            await _with_secrets().exclude(state__in=["waiting", "begun"]).update(links="{}")
            await forget_last()


async def begin_letters(ids: Collection[int], holder: str, *, at: datetime) -> set[int]:
    """Note that their last byte is written now; those that are to be sent.

    What is no more true at this moment is dropped in the same transaction.
    """
    with failing():
        async with in_transaction():
            mine = Letter.filter(id__in=list(ids), state="waiting", holder=holder)
            await mine.update(state="begun", attempts=F("attempts") + 1)
            begun = Letter.filter(id__in=list(ids), state="begun", holder=holder)
            rows = await begun.values_list("id", "kind", "booking", "revision")
            doubts = await _doubts([_spoken(*row) for row in rows])
            for one, why in doubts.items():
                await _settle(Fate(one, "dropped", why), at)
            return {int(str(row[0])) for row in rows} - doubts.keys()


async def settle_letters(fates: Sequence[Fate], *, at: datetime) -> None:
    """What became of them, in one transaction."""
    if not fates:
        return
    sent = [fate.id for fate in fates if fate.state == "sent"]
    with failing():
        async with in_transaction():
            if sent:
                await Letter.filter(id__in=sent).update(
                    state="sent", failure="", leased_until=None, sent_at=at
                )
            for fate in fates:
                if fate.state != "sent":
                    await _settle(fate, at)
            done = [fate.id for fate in fates if fate.state != "waiting"]
            if done:
                await _with_secrets().filter(id__in=done).update(links="{}")
                await forget_last(done)


async def release_letters(reasons: Collection[str], *, at: datetime) -> None:
    """Those that wait for one of these reasons are tried now."""
    with failing():
        waiting = Letter.filter(state="waiting", failure__in=list(reasons), run_at__gt=at)
        await waiting.update(run_at=at)


async def letters_begun(house: str) -> list[tuple[int, str]]:
    """Those a sender of this house had begun when it ended, with who that was."""
    with failing():
        begun = Letter.filter(state="begun", holder__startswith=house)
        rows = await begun.values_list("id", "holder")
        return [(int(str(one)), str(holder)) for one, holder in rows]


async def free_letters(house: str) -> None:
    """Nobody of this house has those that wait: it was started anew."""
    with failing():
        mine = Letter.filter(state="waiting", holder__startswith=house)
        await mine.exclude(leased_until=None).update(leased_until=None)


async def doubt_letters(*, at: datetime) -> None:
    """Letters that others began, and whose sender is gone for long, were perhaps sent."""
    with failing():
        await Letter.filter(state="begun", leased_until__lte=at - LEASE).update(
            state="perhaps", failure="stopped", leased_until=None, sent_at=at
        )
        await forget_last()


async def mark_unsendable(*, at: datetime) -> None:
    """There is no mail server: what waits is kept in the log only."""
    with failing():
        waiting = Letter.filter(state="waiting", run_at__lte=at)
        if await waiting.exists():
            await waiting.update(state="none", failure="none", sent_at=at)
            await forget_last()


async def sweep_letters(*, at: datetime) -> None:
    """Forget what is older than the log keeps."""
    with failing():
        old = Letter.filter(created_at__lt=at - KEPT_FOR).exclude(state__in=["waiting", "begun"])
        ids = await old.order_by("id").limit(SWEPT).values_list("id", flat=True)
        if ids:
            async with in_background():
                await Letter.filter(id__in=list(ids)).delete()


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a letter speaks of."""

    id: int
    kind: str
    booking: str
    revision: int | None


def _spoken(*row: object) -> _Spoken:
    number, kind, booking, revision = row
    known = None if revision is None else int(str(revision))
    return _Spoken(int(str(number)), str(kind), str(booking), known)


async def _doubts(letters: Sequence[_Spoken]) -> dict[int, str]:
    """Of those that are no more true, why."""
    bound = {one.booking for one in letters if one.revision is not None}
    if not bound:
        return {}
    rows = await Booking.filter(id__in=list(bound)).values_list("id", "revision", "state")
    now = {str(name): (int(str(revision)), str(state)) for name, revision, state in rows}
    found = {}
    for one in letters:
        if one.revision is None:
            continue
        revision, state = now.get(one.booking, (-1, "cancelled"))
        why = doubt(one.kind, revision=one.revision, now_revision=revision, state=state)
        if why:
            found[one.id] = why
    return found


def _with_secrets() -> QuerySet[Letter]:
    """Digits and the like are not kept longer than they are needed."""
    return Letter.filter(links__contains=f'"{SECRET}')


async def _settle(fate: Fate, at: datetime) -> None:
    row = Letter.filter(id=fate.id)
    if fate.state == "waiting":
        await row.filter(waits_since=None).update(waits_since=at)
        await row.update(
            state="waiting", failure=fate.failure, leased_until=None, run_at=fate.again_at or at
        )
    else:
        await row.update(state=fate.state, failure=fate.failure, leased_until=None, sent_at=at)


def _due(row: Letter) -> LetterDue:
    return LetterDue(
        id=row.id,
        org=row.org,
        kind=row.kind,
        booking=row.booking,
        from_name=row.from_name,
        to_name=row.to_name,
        to_email=row.to_email,
        reply_to=row.reply_to,
        subject=row.subject,
        text=row.text,
        html=row.html,
        calendar=row.calendar,
        links=json.loads(row.links),
        message_id=row.message_id,
        attempts=row.attempts,
        created_at=row.created_at,
        run_at=row.run_at,
        until=row.until,
        waits_since=row.waits_since,
    )
