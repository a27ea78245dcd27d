"""Webhooks of the person who is signed in: made, tried, switched, removed; what became of messages.

The secret is told once, when a webhook is made.
"""

from __future__ import annotations

import secrets
from typing import Any

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.hooks import address, signing
from classroom.hooks.news import KINDS
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.visitor import this_visitor
from classroom.ids import AccountId, RoomId, may_be_id, new_id
from classroom.store import webhooks as store
from classroom.store.jobs import JobRow, add_jobs, jobs_of
from classroom.store.rooms import room_by_id

SECRET_BYTES = 32
DELIVERIES = 20
"""The newest ones, told."""


class NewHook(Body):
    """`kinds` empty: all of them. `room_id` empty: all rooms."""

    url: str = Field(max_length=address.URL_MAX)
    kinds: list[str] = Field(default_factory=list, max_length=len(KINDS))
    room_id: str = Field(default="", max_length=64)


class HookSwitch(Body):
    """On or off."""

    is_on: bool


def webhook_routes(doors: Doors) -> Blueprint:
    """`/api/webhooks` and what is below it."""
    routes = Blueprint("webhooks", __name__)

    @routes.get("/api/webhooks")
    async def listing() -> Response:
        account_id = await _account(doors)
        return jsonify([_hook_json(hook) for hook in await store.hooks_of(account_id)])

    @routes.post("/api/webhooks")
    async def create() -> Response:
        account_id = await _account(doors)
        body = await read_body(NewHook)
        address.read_url(body.url)
        if not set(body.kinds) <= set(KINDS):
            raise Refused("body.malformed", {"field": "kinds"})
        await _must_own(body.room_id, account_id)
        secret = signing.secret_of(secrets.token_bytes(SECRET_BYTES))
        hook = await store.create_hook(
            account_id,
            url=body.url,
            room_id=body.room_id,
            kinds=body.kinds or KINDS,
            secret=secret,
            at=utc_now(),
        )
        response = jsonify({**_hook_json(hook), "secret": secret})
        response.status_code = 201
        return response

    @routes.patch("/api/webhooks/<webhook_id>")
    async def switch(webhook_id: str) -> Response:
        hook = await _own(doors, webhook_id)
        body = await read_body(HookSwitch)
        await store.switch_hook(hook.id, on=body.is_on)
        return jsonify(_hook_json(await _own(doors, webhook_id)))

    @routes.delete("/api/webhooks/<webhook_id>")
    async def remove(webhook_id: str) -> Response:
        await store.delete_hook((await _own(doors, webhook_id)).id)
        return Response(b"", status=204)

    _add_messages(doors, routes)
    return routes


def _add_messages(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/webhooks/<webhook_id>/test")
    async def test(webhook_id: str) -> Response:
        hook = await _own(doors, webhook_id)
        spend(doors.limits.hook_test, hook.account_id)
        at = utc_now()
        news = store.News(f"test.{new_id()}", "webhook.test", {}, at)
        await add_jobs([store.send_job(hook.id, news, {})], at=at)
        return Response(b"", status=202)

    @routes.get("/api/webhooks/<webhook_id>/deliveries")
    async def deliveries(webhook_id: str) -> Response:
        hook = await _own(doors, webhook_id)
        jobs = await jobs_of(store.KIND, hook.id, limit=DELIVERIES)
        return jsonify([_delivery_json(job) for job in jobs])


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


def _hook_json(hook: store.HookRow) -> dict[str, Any]:
    failing = hook.failing_since
    return {
        "id": hook.id,
        "url": hook.url,
        "room_id": hook.room_id,
        "kinds": list(hook.kinds),
        "is_on": hook.is_on,
        "created_at": iso(hook.created_at),
        "failing_since": None if failing is None else iso(failing),
    }


def _delivery_json(job: JobRow) -> dict[str, Any]:
    is_done = job.done_at is not None
    return {
        "id": f"msg_{job.name}",
        "type": job.body["type"],
        "created_at": iso(job.created_at),
        "attempts": job.attempts,
        "state": "waiting" if not is_done else "failed" if job.failure else "taken",
        "failure": job.failure,
        "next_at": None if is_done else iso(job.run_at),
    }
