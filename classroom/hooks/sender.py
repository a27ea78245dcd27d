"""Does the jobs of sending: one message to one webhook, and when to try again."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from prometheus_client import Counter

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.hooks.address import read_url
from classroom.hooks.beside import beside
from classroom.hooks.delivery import Outcome, deliver
from classroom.hooks.signing import sign
from classroom.store.jobs import JobRow, finish_job, put_off_job
from classroom.store.webhooks import find_hook, mark_hook, switch_hook

AGAIN_AFTER_S = (5, 300, 1800, 7200, 18_000, 36_000, 50_400)
"""Eight tries over some 32 hours, as Standard Webhooks advises."""
GONE = 410
DEAD_AFTER = timedelta(days=3)
"""In which nothing was taken: it is switched off."""

DELIVERIES = Counter("classroom_webhook_deliveries", "Messages sent, by outcome", ("outcome",))


def sender(*, may_be_private: bool) -> Callable[[JobRow], Awaitable[None]]:
    """What does the job; `may_be_private` lets messages stay inside the house."""
    return partial(_send, may_be_private=may_be_private)


async def _send(job: JobRow, *, may_be_private: bool) -> None:
    found = await find_hook(job.key)
    if found is None or not found[0].is_on:
        await finish_job(job.id, at=utc_now(), failure="the webhook is off")
        return
    hook, secret = found
    outcome = await _deliver(job, hook.url, secret, may_be_private=may_be_private)
    at = utc_now()
    if outcome.is_taken:
        DELIVERIES.labels("taken").inc()
        await mark_hook(hook.id, failing_since=None)
        await finish_job(job.id, at=at)
        return
    failure = outcome.failure or f"answered {outcome.status}"
    await mark_hook(hook.id, failing_since=at)
    is_dead = hook.failing_since is not None and at - hook.failing_since > DEAD_AFTER
    if outcome.status == GONE or is_dead:
        DELIVERIES.labels("gone").inc()
        await switch_hook(hook.id, on=False)
        await finish_job(job.id, at=at, failure=failure)
    elif job.attempts > len(AGAIN_AFTER_S):
        DELIVERIES.labels("given_up").inc()
        await finish_job(job.id, at=at, failure=failure)
    else:
        DELIVERIES.labels("again").inc()
        after = timedelta(seconds=AGAIN_AFTER_S[job.attempts - 1])
        await put_off_job(job.id, until=at + after, failure=failure)


async def _deliver(job: JobRow, url: str, secret: str, *, may_be_private: bool) -> Outcome:
    body = json.dumps(job.body, ensure_ascii=False, separators=(",", ":")).encode()
    message_id, second = f"msg_{job.name}", int(time.time())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(second),
        "webhook-signature": sign(secret, message_id, second, body),
    }
    try:
        target = read_url(url)
    except Refused:
        return Outcome(None, "the address cannot be used")
    return await beside(lambda: deliver(target, headers, body, may_be_private=may_be_private))
