"""The tables, and nothing else. Other modules return plain values, never these objects.

A change here needs a migration (`python -m classroom.store.draft` writes one to be read over); a
test compares the two.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Account(Model):
    """A person known by e-mail and password. `email` is lower case."""

    id = fields.CharField(max_length=32, primary_key=True)
    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=60)
    password_hash = fields.CharField(max_length=255)
    is_admin = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "accounts"
        table_description = "people known by e-mail and password"


class Session(Model):
    """One signed-in browser. Only the hash of its cookie is kept."""

    id = fields.CharField(max_length=32, primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "classroom.Account", related_name="sessions", on_delete=fields.CASCADE, db_index=True
    )
    account_id: str
    token_hash = fields.CharField(max_length=64, unique=True)
    agent = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "sessions"
        table_description = "signed-in browsers"


class Room(Model):
    """A place with an address. The demo class has no owner."""

    id = fields.CharField(max_length=32, primary_key=True)
    code = fields.CharField(max_length=11, unique=True)
    title = fields.CharField(max_length=120)
    owner: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "classroom.Account",
        related_name="rooms",
        null=True,
        on_delete=fields.CASCADE,
        db_index=True,
    )
    owner_id: str | None
    created_at = fields.DatetimeField()

    class Meta:
        table = "rooms"
        table_description = "places with an address"


class Fact(Model):
    """A thing that is true once for the whole installation (the first administrator is made)."""

    key = fields.CharField(max_length=64, primary_key=True)
    value = fields.CharField(max_length=255)

    class Meta:
        table = "facts"
        table_description = "what is true once for the installation"
