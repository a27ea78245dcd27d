"""The tables of lessons. Other modules return plain values, never these objects.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class Lesson(Model):
    """One class in a room, from the first who came to its end.

    `state` is the room as it was saved last (JSON), empty before the first time and after the end.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="lessons", on_delete=fields.CASCADE, db_index=True
    )
    room_id: str
    title = fields.CharField(max_length=120)
    started_at = fields.DatetimeField()
    saved_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    state = fields.TextField()

    class Meta:
        table = "lessons"
        table_description = "classes that were held, and the state of those that go on"


class LessonLine(Model):
    """One entry of a lesson's log, in its order. `clock_ms` counts from the lesson's beginning."""

    id = fields.BigIntField(primary_key=True)
    lesson: fields.ForeignKeyRelation[Lesson] = fields.ForeignKeyField(
        "classroom.Lesson", related_name="lines", on_delete=fields.CASCADE
    )
    lesson_id: str
    line = fields.IntField()
    clock_ms = fields.BigIntField()
    at = fields.DatetimeField()
    kind = fields.CharField(max_length=40)
    is_private = fields.BooleanField()
    body = fields.TextField()

    class Meta:
        table = "lesson_lines"
        table_description = "what happened in a lesson, in order"
        unique_together = (("lesson", "line"),)


class LessonSpan(Model):
    """A time in which somebody spoke, or had a weak or poor connection."""

    id = fields.BigIntField(primary_key=True)
    lesson: fields.ForeignKeyRelation[Lesson] = fields.ForeignKeyField(
        "classroom.Lesson", related_name="spans", on_delete=fields.CASCADE
    )
    lesson_id: str
    participant_id = fields.CharField(max_length=64)
    kind = fields.CharField(max_length=16)
    from_ms = fields.BigIntField()
    to_ms = fields.BigIntField()

    class Meta:
        table = "lesson_spans"
        table_description = "when people spoke in a lesson, and who had a bad network"
        unique_together = (("lesson", "participant_id", "kind", "from_ms"),)


class LessonPiece(Model):
    """A part of a lesson's `state` that does not change any more (JSON); gone after the end."""

    id = fields.BigIntField(primary_key=True)
    lesson: fields.ForeignKeyRelation[Lesson] = fields.ForeignKeyField(
        "classroom.Lesson", related_name="pieces", on_delete=fields.CASCADE
    )
    lesson_id: str
    name = fields.CharField(max_length=64)
    body = fields.TextField()

    class Meta:
        table = "lesson_pieces"
        table_description = "parts of the state of lessons that do not change any more"
        unique_together = (("lesson", "name"),)
