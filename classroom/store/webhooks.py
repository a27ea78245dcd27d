"""Webhooks: made, listed, switched, removed; and the messages that go to them, as jobs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from classroom.clock import iso
from classroom.errors import Refused
from classroom.ids import AccountId, RoomId, new_id
from classroom.store.accounts import hold_account
from classroom.store.hook_tables import Job, Webhook
from classroom.store.jobs import NewJob, add_jobs
from classroom.store.tables import CLASS, Room

KIND = "webhook"
"""Of the jobs."""
COUNT_MAX = 20
"""Of one account."""
WAITING_MAX = 1000
"""Messages for one webhook that were not taken yet; what comes then is not sent."""


@dataclass(frozen=True, slots=True)
class HookRow:
    """A webhook; its secret is read apart (`hook_target`)."""

    id: str
    account_id: AccountId
    room_id: str
    url: str
    kinds: tuple[str, ...]
    is_on: bool
    created_at: datetime
    failing_since: datetime | None
    with_people: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """A message before anybody is named who gets it. `name` is the same for the same news."""

    name: str
    kind: str
    data: dict[str, Any]
    at: datetime


async def create_hook(
    account_id: AccountId,
    *,
    url: str,
    room_id: str,
    kinds: Iterable[str],
    secret: str,
    at: datetime,
    with_people: bool = False,
) -> HookRow:
    """A new one, switched on; Refused `webhook.limit`."""
    async with in_transaction():
        await hold_account(account_id)
        if await Webhook.filter(account_id=account_id).count() >= COUNT_MAX:
            raise Refused("webhook.limit", {"max": COUNT_MAX})
        row = await Webhook.create(
            id=new_id(),
            account_id=account_id,
            room_id=room_id,
            url=url,
            secret=secret,
            kinds=json.dumps(sorted(kinds)),
            is_on=True,
            with_people=with_people,
            created_at=at,
        )
    return _row(row)


async def hooks_of(account_id: AccountId) -> list[HookRow]:
    """Own ones, oldest first."""
    rows = await Webhook.filter(account_id=account_id).order_by("created_at", "id")
    return [_row(row) for row in rows]


async def find_hook(hook_id: str) -> tuple[HookRow, str] | None:
    """A webhook and its secret, or None."""
    row = await Webhook.get_or_none(id=hook_id)
    return None if row is None else (_row(row), row.secret)


async def switch_hook(hook_id: str, *, on: bool) -> None:
    """On or off; what waits for one that is off is not sent."""
    await Webhook.filter(id=hook_id).update(is_on=on, failing_since=None)


async def mark_hook(hook_id: str, *, failing_since: datetime | None) -> None:
    """That it fails, from the first time on; or that it works."""
    known = Webhook.filter(id=hook_id)
    if failing_since is not None:
        known = known.filter(failing_since=None)
    await known.update(failing_since=failing_since)


async def delete_hook(hook_id: str) -> None:
    """It goes, with what was to be sent."""
    async with in_transaction():
        await Job.filter(kind=KIND, key=hook_id).delete()
        await Webhook.filter(id=hook_id).delete()


async def tell_hooks(room_id: RoomId, news: Iterable[News]) -> None:
    """Give each news to the webhooks that want it. Part of the transaction it is called in.

    What happens in the room of an appointment is nobody's but those who are in it.
    """
    wanted = list(news)
    room = await Room.get_or_none(id=room_id) if wanted else None
    if room is None or room.owner_id is None or room.kind != CLASS:
        return
    hooks = await Webhook.filter(account_id=room.owner_id, is_on=True, room_id__in=["", room_id])
    waiting = {
        hook.id: await Job.filter(kind=KIND, key=hook.id, done_at=None).count() for hook in hooks
    }
    jobs = [
        send_job(hook.id, one, {"room_id": room_id, **one.data})
        for hook in hooks
        for one in wanted
        if one.kind in json.loads(hook.kinds) and waiting[hook.id] < WAITING_MAX
    ]
    if jobs:
        await add_jobs(jobs, at=wanted[-1].at)


def send_job(hook_id: str, news: News, data: dict[str, Any]) -> NewJob:
    """The job of sending one message to one webhook."""
    body = {"type": news.kind, "timestamp": iso(news.at), "data": data}
    return NewJob(KIND, hook_id, news.name, body)


def _row(row: Webhook) -> HookRow:
    return HookRow(
        id=row.id,
        account_id=AccountId(row.account_id),
        room_id=row.room_id,
        url=row.url,
        kinds=tuple(json.loads(row.kinds)),
        is_on=row.is_on,
        created_at=row.created_at,
        failing_since=row.failing_since,
        with_people=row.with_people,
    )
