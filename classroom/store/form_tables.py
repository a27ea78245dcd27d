"""The tables of texts that are signed before a talk, their versions, and the chain of signatures.

Other modules return plain values, never these objects. A change here needs a migration, as in
`tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.practice_tables import Organisation


class ConsentForm(Model):
    """A text of an organisation; what it says are its versions."""

    id = fields.CharField(max_length=32, primary_key=True)
    org: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "classroom.Organisation", related_name="forms", on_delete=fields.CASCADE, db_index=True
    )
    org_id: str
    is_on = fields.BooleanField(db_default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "consent_forms"
        table_description = "texts that are signed before a talk"


class FormVersion(Model):
    """What a text says from some day on. It never changes; `texts` is JSON, `sha` its print."""

    id = fields.CharField(max_length=32, primary_key=True)
    form: fields.ForeignKeyRelation[ConsentForm] = fields.ForeignKeyField(
        "classroom.ConsentForm", related_name="versions", on_delete=fields.CASCADE, db_index=True
    )
    form_id: str
    number = fields.IntField()
    texts = fields.TextField()
    sha = fields.CharField(max_length=64)
    by = fields.CharField(max_length=32)
    at = fields.DatetimeField()

    class Meta:
        table = "form_versions"
        table_description = "what texts that are signed say"
        unique_together = (("form_id", "number"),)


class Signature(Model):
    """One link of an organisation's chain. `name` and `nonce` go when the person is erased."""

    id = fields.BigIntField(primary_key=True)
    org_id = fields.CharField(max_length=32)
    number = fields.IntField()
    client_id = fields.CharField(max_length=32, db_index=True)
    booking_id = fields.CharField(max_length=32)
    version_id = fields.CharField(max_length=32)
    sha = fields.CharField(max_length=64)
    name = fields.CharField(max_length=60)
    nonce = fields.CharField(max_length=32)
    name_print = fields.CharField(max_length=64)
    is_withdrawal = fields.BooleanField()
    at = fields.CharField(max_length=24)
    before = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "signatures"
        table_description = "what clients signed, each with the hash of the one before"
        unique_together = (("org_id", "number"),)
