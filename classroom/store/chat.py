"""What was written in lessons: kept as it is now, so that a deleted text is nowhere any more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import structlog
from tortoise.expressions import Q

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.chat import TAIL_MAX, ChatMessage
from classroom.room.chat_scope import GROUP, PERSON, may_read
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from classroom.store import chat_tables as tables
from classroom.store.background import in_background
from classroom.store.boards import failing
from classroom.store.lesson_tables import Lesson
from classroom.store.patience import WRITE_WITHIN_S, Patience

LOADED_MAX = 2 * TAIL_MAX
"""Messages a lesson goes on with after a restart; the others are in the history."""
ROUNDS_MAX = 5
"""Looks into the table for one page of history."""

log = structlog.get_logger("classroom.store")


@dataclass(frozen=True, slots=True)
class ChatPage:
    """A piece of the history, oldest first, and whether something readable may be before it."""

    messages: tuple[ChatMessage, ...]
    has_more: bool


class DatabaseChat:
    """Keeps chats in the open database. Everything may raise StoreFailed.

    Invariant: of one lesson there is one write at a time; the same message may come again, and the
    later form wins.
    """

    def __init__(self, *, write_within_s: float = WRITE_WITHIN_S) -> None:
        self._patience = Patience(write_within_s)

    async def write(self, lesson_id: str, messages: Sequence[ChatMessage]) -> None:
        """Keep the present form of messages, each named once, in the order of their numbers."""
        with failing():
            await self._patience.write(lesson_id, _write(lesson_id, messages))


async def load_tail(lesson_id: str) -> tuple[ChatMessage, ...]:
    """The newest messages of a lesson, oldest first, without a gap. Raises StoreFailed."""
    with failing():
        newest = tables.ChatMessage.filter(lesson_id=lesson_id).order_by("-id").limit(LOADED_MAX)
        return tuple(sorted(map(_message, await newest), key=lambda one: one.number))


async def find_message(lesson_id: str, message_id: str) -> ChatMessage | None:
    """A message as it is now, or None. Raises StoreFailed."""
    with failing():
        row = await tables.ChatMessage.get_or_none(lesson_id=lesson_id, message_id=message_id)
        return None if row is None else _message(row)


async def chat_before(lesson_id: str, viewer: Participant, before: str, limit: int) -> ChatPage:
    """Up to `limit` messages this viewer may read, before the message `before`.

    Raises StoreFailed.
    """
    found: list[ChatMessage] = []
    with failing():
        place = await _place(lesson_id, before)
        for _ in range(ROUNDS_MAX):
            query = tables.ChatMessage.filter(_readable(viewer), lesson_id=lesson_id)
            if place is not None:
                query = query.filter(id__lt=place)
            rows = await query.order_by("-id").limit(limit + 1)
            readable = [one for one in map(_message, rows[:limit]) if may_read(one, viewer)]
            found += readable
            has_more = len(rows) > limit or len(found) > limit
            if len(found) >= limit or not has_more:
                break
            place = rows[limit - 1].id
    return ChatPage(tuple(reversed(found[:limit])), has_more)


async def _place(lesson_id: str, before: str) -> int | None:
    """The row of a message; None, for the end, while it is not written yet."""
    row = await tables.ChatMessage.get_or_none(lesson_id=lesson_id, message_id=before)
    return None if row is None else row.id


def _readable(viewer: Participant) -> Q:
    """At least what `may_read` allows; it is asked of each row again."""
    own: ParticipantId = viewer.id
    mine = Q(author=own) | Q(scope=PERSON + own) | Q(readers__contains=json.dumps(own))
    if is_staff(viewer.role):
        return mine | ~Q(scope__startswith=PERSON)
    return mine | Q(scope__in=["room", "groups", GROUP + viewer.place])


async def _write(lesson_id: str, messages: Sequence[ChatMessage]) -> None:
    async with in_background():
        if not await Lesson.exists(id=lesson_id):
            log.warning("lesson.gone", lesson=lesson_id, messages=len(messages))
            return
        ids = [message.id for message in messages]
        known = tables.ChatMessage.filter(lesson_id=lesson_id, message_id__in=ids)
        written = {row.message_id for row in await known.only("id", "message_id")}
        new = [_row(lesson_id, message) for message in messages if message.id not in written]
        await tables.ChatMessage.bulk_create(new)
        for message in messages:
            if message.id in written:
                await tables.ChatMessage.filter(lesson_id=lesson_id, message_id=message.id).update(
                    text=message.text,
                    reactions=json.dumps(message.reactions),
                    files=json.dumps(message.files),
                    is_deleted=message.is_deleted,
                )


def _row(lesson_id: str, message: ChatMessage) -> tables.ChatMessage:
    return tables.ChatMessage(
        lesson_id=lesson_id,
        message_id=message.id,
        author=message.participant_id,
        client_id=message.client_id,
        name=message.name,
        role=message.role,
        scope=message.to,
        readers=json.dumps(message.readers),
        text=message.text,
        reply_to=message.reply_to,
        reactions=json.dumps(message.reactions),
        files=json.dumps(message.files),
        at=message.at,
        is_deleted=message.is_deleted,
    )


def _message(row: tables.ChatMessage) -> ChatMessage:
    return ChatMessage(
        id=row.message_id,
        participant_id=ParticipantId(row.author),
        name=row.name,
        role=cast(Role, row.role),
        text=row.text,
        at=row.at,
        client_id=row.client_id,
        to=row.scope,
        reply_to=row.reply_to,
        reactions=tuple((kind, tuple(ids)) for kind, ids in json.loads(row.reactions)),
        is_deleted=row.is_deleted,
        readers=tuple(json.loads(row.readers)),
        files=tuple(json.loads(row.files)),
    )
