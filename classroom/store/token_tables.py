"""The table of API tokens. Other modules return plain values, never these objects.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Account


class ApiToken(Model):
    """A program that may act for an account. Only the hash of what it shows is kept."""

    id = fields.CharField(max_length=32, primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "classroom.Account", related_name="tokens", on_delete=fields.CASCADE, db_index=True
    )
    account_id: str
    name = fields.CharField(max_length=60)
    token_hash = fields.CharField(max_length=64, unique=True)
    scope = fields.CharField(max_length=8)
    """`read` or `write`."""
    created_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_tokens"
        table_description = "programs that act for an account"
