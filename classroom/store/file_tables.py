"""The table of files that were sent in classes. Other modules return plain values, never this.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class RoomFile(Model):
    """A file of a room; what it holds lies in its folder under the same id.

    `state` is "coming", "ready" or "refused"; of a refused one nothing is kept but why (`refusal`).
    `scope` and `readers` (JSON, participant ids) say to whom it was sent, in the lesson of
    `lesson_id`; an empty scope is a file that was not sent. `author` is whose it is also when they
    come back with another seat, `owner` the participant they were.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="files", on_delete=fields.CASCADE, db_index=True
    )
    room_id: str
    lesson_id = fields.CharField(max_length=32, db_default="", db_index=True)
    owner = fields.CharField(max_length=64)
    owner_name = fields.CharField(max_length=60)
    author = fields.CharField(max_length=64)
    name = fields.CharField(max_length=200)
    kind = fields.CharField(max_length=100, db_default="")
    bytes = fields.BigIntField()
    state = fields.CharField(max_length=16)
    refusal = fields.CharField(max_length=40, db_default="")
    scope = fields.CharField(max_length=80, db_default="")
    readers = fields.TextField(db_default="[]")
    message_id = fields.CharField(max_length=32, db_default="")
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta:
        table = "room_files"
        table_description = "files that were sent in the classes of a room"
