"""The table of enrolled people. Other modules return plain values, never this object.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class Enrolment(Model):
    """Somebody who comes to a room's lessons regularly. `email` is lower case, or empty.

    `link_number` grows with each new link, and only the newest one opens the door. `account_id` is
    who was signed in with that address when the link was opened; empty before.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="enrolments", on_delete=fields.CASCADE, db_index=True
    )
    room_id: str
    name = fields.CharField(max_length=60)
    role = fields.CharField(max_length=16)
    email = fields.CharField(max_length=254)
    account_id = fields.CharField(max_length=32)
    link_number = fields.IntField()
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField(null=True)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "enrolments"
        table_description = "people who come to a room's lessons regularly"
