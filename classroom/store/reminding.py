"""Reminders: planned with each booking and each move, judged and written when they are due.

Nothing is taken back: a reminder whose booking was moved or cancelled is dropped at its moment, and
says so in the log.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from tortoise.transactions import in_transaction

from classroom.booking.reminder import (
    DEFAULT,
    Channel,
    Rule,
    Standing,
    lateness_s,
    plan,
    read_rules,
    verdict,
    write_rules,
)
from classroom.store.boards import failing
from classroom.store.booking_asked import WHOLE, Scene, as_scene
from classroom.store.booking_rows import Change
from classroom.store.booking_tables import Booking
from classroom.store.jobs import JobRow, NewJob, add_jobs, drop_jobs
from classroom.store.letter_matter import Asked, Lookups
from classroom.store.letter_posting import Letters
from classroom.store.letter_tables import ReminderRules
from classroom.store.letters import NewLetter, post_all
from classroom.store.seen import RULES

KIND = "reminder"
_PLANS = frozenset({"make", "confirm", "pay", "move"})

TellDue = Callable[[Scene, int, datetime], Awaitable[None]]
"""Tells other systems that a reminder is due, so many minutes before; inside the transaction."""


async def follow_reminders(change: Change) -> None:
    """Plan what is ahead of a booking; a follower of bookings."""
    if change.deed not in _PLANS or change.after.state != "booked":
        return
    offer_id = change.appointment.offer_id or ""
    rules = _read(await change.seen.read(RULES, lambda: _text_of(change.org.id, offer_id)))
    planned = plan(
        rules,
        revision=change.after.revision,
        from_s=change.appointment.from_s,
        now_s=int(change.at.timestamp()),
    )
    jobs = [
        NewJob(
            KIND,
            change.after.id,
            one.name,
            {
                "minutes": one.rule.minutes,
                "channel": one.rule.channel,
                "revision": change.after.revision,
            },
            run_at=datetime.fromtimestamp(one.due_s, UTC),
        )
        for one in planned
    ]
    await add_jobs(jobs, at=change.at)


async def remind(
    jobs: Sequence[JobRow], letters: Letters, tell: TellDue | None, *, at: datetime
) -> None:
    """Do what is to be done with reminders that are due: all of it, or nothing. Or StoreFailed."""
    with failing():
        async with in_transaction():
            await drop_jobs([job.id for job in jobs])  # a write comes first
            rows = await Booking.filter(id__in=list({job.key for job in jobs})).select_related(
                *WHOLE
            )
            scenes = {row.id: as_scene(row) for row in rows}
            known = Lookups()
            drafts: list[NewLetter] = []
            for job in jobs:
                scene = scenes.get(job.key)
                if scene is not None:
                    drafts += await _done(job, scene, letters, tell, known, at)
            await post_all(drafts, at=at)


async def rules_of(org_id: str, offer_id: str) -> tuple[Rule, ...]:
    """Those of the offer, else those of the organisation, else ours."""
    return _read(await _text_of(org_id, offer_id))


async def _text_of(org_id: str, offer_id: str) -> str | None:
    rules = ReminderRules.filter(org=org_id, offer__in=["", offer_id])
    found = dict(await rules.values_list("offer", "rules"))
    return found.get(offer_id) or found.get("")


def _read(text: str | None) -> tuple[Rule, ...]:
    return DEFAULT if text is None else read_rules(json.loads(text))


async def own_rules(org_id: str) -> dict[str, tuple[Rule, ...]]:
    """What an organisation decided, by offer; "" is for all others."""
    rows = await ReminderRules.filter(org=org_id)
    return {row.offer: read_rules(json.loads(row.rules)) for row in rows}


async def change_rules(
    org_id: str, offer_id: str, rules: Sequence[Rule] | None, *, at: datetime
) -> None:
    """From the next booking on; None goes back to what holds without."""
    async with in_transaction():
        await ReminderRules.filter(org=org_id, offer=offer_id).delete()
        if rules is not None:
            await ReminderRules.create(
                org=org_id, offer=offer_id, rules=json.dumps(write_rules(rules)), changed_at=at
            )


async def _done(
    job: JobRow,
    scene: Scene,
    letters: Letters,
    tell: TellDue | None,
    known: Lookups,
    at: datetime,
) -> list[NewLetter]:
    minutes, revision = int(job.body["minutes"]), int(job.body["revision"])
    channel: Channel = "webhook" if job.body["channel"] == "webhook" else "mail"
    standing = Standing(
        scene.booking.state,
        scene.booking.revision,
        scene.appointment.from_s,
        scene.client.wants_reminders,
    )
    said = verdict(
        standing,
        revision=revision,
        minutes=minutes,
        channel=channel,
        now_s=int(at.timestamp()),
    )
    due = datetime.fromtimestamp(scene.appointment.from_s, UTC) - timedelta(minutes=minutes)
    if said == "early":  # the clock of the machine went back
        again = NewJob(KIND, job.key, job.name, job.body, run_at=due)
        await add_jobs([again], at=at)
        return []
    if channel == "webhook":
        if said == "send" and tell is not None:
            await tell(scene, minutes, at)
        return []
    asked = Asked(
        once=f"reminder.{job.key}.{job.name}",
        until=due + timedelta(seconds=lateness_s(minutes)),
        dropped="" if said == "send" else said,
    )
    draft = await letters.draft("reminder", scene, asked, known, at=at)
    return [] if draft is None else [draft]
