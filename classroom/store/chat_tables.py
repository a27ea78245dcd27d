"""The table of what was written in lessons. Other modules return plain values, never this object.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.lesson_tables import Lesson


class ChatMessage(Model):
    """One message of a lesson's chat. A deleted one keeps its row, without its text.

    `scope` says to whom it went; `readers` (JSON, participant ids) who may still read it when that
    cannot be told from the scope any more. `reactions` and
    `files` (their ids) are JSON.
    """

    id = fields.BigIntField(primary_key=True)
    lesson: fields.ForeignKeyRelation[Lesson] = fields.ForeignKeyField(
        "classroom.Lesson", related_name="messages", on_delete=fields.CASCADE
    )
    lesson_id: str
    message_id = fields.CharField(max_length=32)
    author = fields.CharField(max_length=64)
    client_id = fields.CharField(max_length=64, db_default="")
    name = fields.CharField(max_length=60)
    role = fields.CharField(max_length=16)
    scope = fields.CharField(max_length=80)
    readers = fields.TextField(db_default="[]")
    text = fields.TextField()
    reply_to = fields.CharField(max_length=32, db_default="")
    reactions = fields.TextField(db_default="[]")
    files = fields.TextField(db_default="[]")
    at = fields.DatetimeField()
    is_deleted = fields.BooleanField(db_default=False)

    class Meta:
        table = "chat_messages"
        table_description = "what was written in the chat of a lesson"
        unique_together = (("lesson", "message_id"),)
        indexes = (("lesson_id", "scope"),)
