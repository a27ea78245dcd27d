"""Webhooks of the person who is signed in: made, tried, switched, removed; what became of messages.

The secret is told once, when a webhook is made.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict, dataclass
from typing import Literal

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.hooks import address, news, signing
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.ids import AccountId, RoomId, may_be_id, new_id
from classroom.store import webhooks as store
from classroom.store.jobs import JobRow, add_jobs, jobs_of
from classroom.store.rooms import room_by_id

SECRET_BYTES = 32
DELIVERIES = 20
"""The newest ones, told."""

_NEW = ("webhook.address", "webhook.limit", "room.unknown")
_ANSWERED = re.compile(r"answered (\d{3})")


class NewHook(Body):
    """`kinds` empty: all of them. `room_id` empty: all rooms, and bookings. `with_people`: messages
    about bookings name the client."""

    url: str = Field(max_length=address.URL_MAX)
    kinds: list[str] = Field(default_factory=list, max_length=len(news.KINDS))
    room_id: str = Field(default="", max_length=64)
    with_people: bool = False


class HookSwitch(Body):
    """On or off."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class HookTold:
    """A webhook as it is listed."""

    id: str
    url: str
    room_id: str
    """Of which room it hears; empty: of all own ones."""
    kinds: tuple[str, ...]
    """What it hears of."""
    is_on: bool
    created_at: str
    failing_since: str | None
    """Since when nothing was taken; null while it works."""
    with_people: bool
    """Whether it hears who the client of a booking is."""


@dataclass(frozen=True, slots=True)
class NewHookTold(HookTold):
    """A webhook that was made now."""

    secret: str
    """What messages are signed with. It is told only now: nobody can read it again."""


@dataclass(frozen=True, slots=True)
class DeliveryTold:
    """A message to a webhook, and what became of it."""

    id: str
    """The message's `webhook-id`."""
    type: str
    created_at: str
    attempts: int
    state: Literal["waiting", "taken", "failed"]
    status: int | None
    """What was answered the last time, when that was not a yes."""
    failure: str
    """Why it was not taken the last time, in a word; empty when it was, or was not sent yet."""
    next_at: str | None
    """When it is tried next; null when it is done."""
    done_at: str | None
    """When it was taken or given up."""


def webhook_routes(doors: Doors) -> Blueprint:
    """`/api/webhooks` and what is below it."""
    routes = Blueprint("webhooks", __name__)

    @routes.get("/api/webhooks")
    @tells(list[HookTold], by="account")
    async def listing() -> Response:
        """List own webhooks."""
        account_id = await _account(doors)
        return jsonify([_told(hook) for hook in await store.hooks_of(account_id)])

    @routes.post("/api/webhooks")
    @tells(NewHookTold, by="account", status=201, body=NewHook, refuses=_NEW)
    async def create() -> Response:
        """Make a webhook: messages are sent to its address when something happens."""
        account_id = await _account(doors)
        body = await read_body(NewHook)
        address.read_url(body.url)
        if not set(body.kinds) <= set(news.KINDS):
            raise Refused("body.malformed", {"field": "kinds"})
        await _must_own(body.room_id, account_id)
        secret = signing.secret_of(secrets.token_bytes(SECRET_BYTES))
        hook = await store.create_hook(
            account_id,
            url=body.url,
            room_id=body.room_id,
            with_people=body.with_people,
            kinds=body.kinds or news.KINDS,
            secret=secret,
            at=utc_now(),
        )
        response = jsonify(NewHookTold(**asdict(_told(hook)), secret=secret))
        response.status_code = 201
        return response

    _add_changes(doors, routes)
    _add_messages(doors, routes)
    return routes


def _add_changes(doors: Doors, routes: Blueprint) -> None:
    @routes.patch("/api/webhooks/<webhook_id>")
    @tells(HookTold, by="account", body=HookSwitch, refuses=("webhook.unknown",))
    async def switch(webhook_id: str) -> Response:
        """Switch a webhook on or off; what waits for one that is off is not sent."""
        hook = await _own(doors, webhook_id)
        body = await read_body(HookSwitch)
        await store.switch_hook(hook.id, on=body.is_on)
        return jsonify(_told(await _own(doors, webhook_id)))

    @routes.delete("/api/webhooks/<webhook_id>")
    @tells(None, by="account", status=204, refuses=("webhook.unknown",))
    async def remove(webhook_id: str) -> Response:
        """Delete a webhook, with the messages that wait for it."""
        await store.delete_hook((await _own(doors, webhook_id)).id)
        return Response(b"", status=204)


def _add_messages(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/webhooks/<webhook_id>/test")
    @tells(None, by="account", status=202, refuses=("webhook.unknown", "rate.limited"))
    async def test(webhook_id: str) -> Response:
        """Send a message of the type `webhook.test`, to see whether it arrives."""
        hook = await _own(doors, webhook_id)
        spend(doors.limits.hook_test, hook.account_id)
        at = utc_now()
        told = store.News(f"test.{new_id()}", "webhook.test", {}, at)
        await add_jobs([store.send_job(hook.id, told, {})], at=at)
        doors.wake_jobs()
        return Response(b"", status=202)

    @routes.get("/api/webhooks/<webhook_id>/deliveries")
    @tells(list[DeliveryTold], by="account", refuses=("webhook.unknown",))
    async def deliveries(webhook_id: str) -> Response:
        """List the newest 20 messages to a webhook, and what became of each."""
        hook = await _own(doors, webhook_id)
        jobs = await jobs_of(store.KIND, hook.id, limit=DELIVERIES)
        return jsonify([_delivery(job) for job in jobs])


async def _account(doors: Doors) -> AccountId:
    return (await this_visitor(doors)).must_be_signed_in().id


async def _own(doors: Doors, webhook_id: str) -> store.HookRow:
    account_id = await _account(doors)
    found = await store.find_hook(webhook_id) if may_be_id(webhook_id) else None
    if found is None or found[0].account_id != account_id:
        raise Refused("webhook.unknown")
    return found[0]


async def _must_own(room_id: str, account_id: AccountId) -> None:
    if room_id == "":
        return
    room = await room_by_id(RoomId(room_id)) if may_be_id(room_id) else None
    if room is None or room.owner_id != account_id:
        raise Refused("room.unknown")


def _told(hook: store.HookRow) -> HookTold:
    failing = hook.failing_since
    return HookTold(
        id=hook.id,
        url=hook.url,
        room_id=hook.room_id,
        kinds=hook.kinds,
        is_on=hook.is_on,
        created_at=iso(hook.created_at),
        failing_since=None if failing is None else iso(failing),
        with_people=hook.with_people,
    )


def _delivery(job: JobRow) -> DeliveryTold:
    answered = _ANSWERED.fullmatch(job.failure)
    done_at = job.done_at
    return DeliveryTold(
        id=f"msg_{job.name}",
        type=job.body["type"],
        created_at=iso(job.created_at),
        attempts=job.attempts,
        state="waiting" if done_at is None else "failed" if job.failure else "taken",
        status=None if answered is None else int(answered[1]),
        failure=job.failure,
        next_at=iso(job.run_at) if done_at is None else None,
        done_at=None if done_at is None else iso(done_at),
    )
