"""Reminders of lessons in a room's timetable, for everybody enrolled there who has an address.

Nothing is planned: each look finds the lessons whose moment has come and is not long past, and a
letter's `once` keeps it one letter, over restarts too.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tortoise.transactions import in_transaction

from classroom.booking.letter import LINK, Matter, compose
from classroom.booking.reminder import MINUTES_MAX, Rule, lateness_s
from classroom.booking.when import say_when
from classroom.store.boards import failing
from classroom.store.booking_tables import Appointment
from classroom.store.enrolment_tables import Enrolment
from classroom.store.letter_matter import LABELS, Lookups, language_of
from classroom.store.letter_tables import Letter
from classroom.store.letters import NewLetter, post_all
from classroom.store.reminding import rules_of


async def remind_of_lessons(*, at: datetime) -> int:
    """Write what is due; how many letters. Or StoreFailed."""
    now_s = int(at.timestamp())
    with failing():
        coming = Appointment.filter(
            kind="class", state="open", from_s__gt=now_s, from_s__lte=now_s + MINUTES_MAX * 60
        )
        lessons = await coming.select_related("host__org").order_by("from_s")
        rules: dict[str, tuple[Rule, ...]] = {}
        written = 0
        for lesson in lessons:
            org_id = lesson.host.org_id
            if org_id not in rules:
                rules[org_id] = await rules_of(org_id, "")
            for rule in rules[org_id]:
                if rule.channel == "mail" and _is_due(lesson.from_s, rule.minutes, now_s):
                    written += await _write(lesson, rule, at)
    return written


async def drop_lesson_letters(appointment_id: str, *, at: datetime) -> None:
    """The lesson is not held: nobody is reminded of it any more. Part of the transaction it is
    called in."""
    waiting = Letter.filter(once__startswith=f"lesson.{appointment_id}.", state="waiting")
    await waiting.update(state="dropped", failure="cancelled", sent_at=at)


def _is_due(from_s: int, minutes: int, now_s: int) -> bool:
    due_s = from_s - minutes * 60
    return due_s <= now_s <= due_s + lateness_s(minutes)


async def _write(lesson: Appointment, rule: Rule, at: datetime) -> int:
    begun = f"lesson.{lesson.id}.{rule.id}."
    people = Enrolment.filter(room_id=lesson.room_id, removed_at=None, role="student")
    rows = [row for row in await people.exclude(email="") if row.email]
    known = Letter.filter(once__startswith=begun)
    there = {str(one) for one in await known.values_list("once", flat=True)}
    missing = [row for row in rows if begun + row.id not in there]
    if not missing:
        return 0
    lookups = Lookups()
    drafts = [await _draft(lesson, rule, row, lookups, begun + row.id) for row in missing]
    async with in_transaction():
        await post_all(drafts, at=at)
    return len(drafts)


async def _draft(
    lesson: Appointment, rule: Rule, who: Enrolment, known: Lookups, once: str
) -> NewLetter:
    org, host = lesson.host.org, lesson.host
    when = say_when(lesson.from_s, lesson.to_s, lesson.zone or host.zone, org.locale)
    labels = LABELS[language_of(org.locale)]
    facts = (
        (labels["what"], lesson.title),
        (labels["with"], host.name),
        (labels["when"], when),
    )
    words = {
        "client": who.name,
        "host": host.name,
        "offer": lesson.title,
        "org": org.name,
        "when": when,
    }
    template = await known.template(org.id, "lesson", org.locale)
    made = compose(template, Matter(words, facts), org.locale)
    due = datetime.fromtimestamp(lesson.from_s, UTC) - timedelta(minutes=rule.minutes)
    return NewLetter(
        org=org.id,
        kind="lesson",
        once=once,
        to_name=who.name,
        to_email=who.email,
        locale=language_of(org.locale),
        subject=made.subject,
        text=made.text,
        html=made.html,
        from_name=org.name,
        reply_to=await known.host_email(host.id),
        host=host.id,
        links={LINK: f"enrolled:{who.id}:{who.link_number}"},
        until=due + timedelta(seconds=lateness_s(rule.minutes)),
    )
