"""The table of calendars that hosts subscribed to. Other modules return plain values, never these
objects. A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.practice_tables import Host


class Feed(Model):
    """A calendar of a host somewhere else. `url` is a secret: only its host name is told.

    `spans` are its busy times, packed, as they were read last (`parsed_at`); they stay when it
    cannot be read any more. `failing_since` and `failure` say since when and why.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    host: fields.ForeignKeyRelation[Host] = fields.ForeignKeyField(
        "classroom.Host", related_name="feeds", on_delete=fields.CASCADE, db_index=True
    )
    host_id: str
    url = fields.CharField(max_length=500)
    name = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=8)
    spans = fields.BinaryField()
    etag = fields.CharField(max_length=200)
    bytes = fields.IntField()
    events = fields.IntField()
    problems = fields.TextField()
    failure = fields.CharField(max_length=120)
    failing_since = fields.DatetimeField(null=True)
    told_at = fields.DatetimeField(null=True)
    """When the host got a letter about it."""
    is_on = fields.BooleanField()
    next_at = fields.DatetimeField(db_index=True)
    """When it is read next."""
    tried_at = fields.DatetimeField(null=True)
    read_at = fields.DatetimeField(null=True)
    parsed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "feeds"
        table_description = "calendars of hosts somewhere else"
