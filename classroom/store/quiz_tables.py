"""The table of prepared quizzes. Other modules return plain values, never this object.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class Quiz(Model):
    """Questions prepared for a room (JSON), to be asked one by one."""

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="quizzes", on_delete=fields.CASCADE, db_index=True
    )
    room_id: str
    title = fields.CharField(max_length=120)
    questions = fields.TextField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "quizzes"
        table_description = "questions prepared for rooms"
