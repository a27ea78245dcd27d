"""The tables of webhooks and jobs. Other modules return plain values, never these objects.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Account


class Webhook(Model):
    """Where somebody wants messages sent. `kinds` is JSON; `room_id` "" is all rooms of theirs."""

    id = fields.CharField(max_length=32, primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "classroom.Account", related_name="webhooks", on_delete=fields.CASCADE, db_index=True
    )
    account_id: str
    room_id = fields.CharField(max_length=32)
    url = fields.CharField(max_length=500)
    secret = fields.CharField(max_length=120)
    kinds = fields.TextField()
    is_on = fields.BooleanField()
    created_at = fields.DatetimeField()
    failing_since = fields.DatetimeField(null=True)
    with_people = fields.BooleanField(db_default=False)
    """Whether it hears who a client is: name, address, phone."""

    class Meta:
        table = "webhooks"
        table_description = "where messages are sent"


class Job(Model):
    """Work to be done once, after `run_at`; `key` says for what, `name` is its own there.

    Whoever does it has it until `leased_until`; `failure` is why the last try did not succeed.
    """

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=32)
    key = fields.CharField(max_length=64)
    name = fields.CharField(max_length=80)
    body = fields.TextField()
    run_at = fields.DatetimeField(db_index=True)
    attempts = fields.IntField()
    leased_until = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    failure = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()

    class Meta:
        table = "jobs"
        table_description = "work that outlives a restart"
        unique_together = (("kind", "key", "name"),)
