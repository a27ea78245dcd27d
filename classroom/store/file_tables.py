"""The table of files sent in rooms. Other modules return plain values, never this object.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class RoomFile(Model):
    """A file of a room, whole or on its way: `received` of `bytes` are there.

    Its bytes are a file in the room's folder. `owner` is who sent it (`people.author`), `audience`
    who may have it.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="files", on_delete=fields.CASCADE, db_index=True
    )
    room_id: str
    lesson_id = fields.CharField(max_length=32)
    owner = fields.CharField(max_length=64)
    owner_name = fields.CharField(max_length=60)
    name = fields.CharField(max_length=180)
    kind = fields.CharField(max_length=100)
    bytes = fields.BigIntField()
    received = fields.BigIntField()
    state = fields.CharField(max_length=16)
    audience = fields.CharField(max_length=80)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    created_at = fields.DatetimeField()
    ready_at = fields.DatetimeField(null=True)

    class Meta:
        table = "room_files"
        table_description = "files sent in rooms"
