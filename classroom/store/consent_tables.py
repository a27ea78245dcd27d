"""The tables of consent to be recorded. Other modules return plain values, never these objects.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.enrolment_tables import Enrolment


class ConsentLine(Model):
    """One deed of a recording's record, in order: asked, answered, began, watched, erased, and so
    on. It outlives the recording. `hash` covers the line and `before`, the hash of the line before,
    so no line can be changed or taken out unseen. `body` is JSON."""

    id = fields.BigIntField(primary_key=True)
    recording_id = fields.CharField(max_length=32)
    number = fields.IntField()
    at = fields.DatetimeField()
    pid = fields.CharField(max_length=64)
    name = fields.CharField(max_length=60)
    deed = fields.CharField(max_length=24)
    body = fields.TextField()
    before = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = "consent_lines"
        table_description = "who was asked to be recorded, and what became of it"
        unique_together = (("recording_id", "number"),)


class EnrolmentConsent(Model):
    """An enrolled person's yes, for every recording of their room; `text` is the version they read,
    and another one is asked for anew. `kinds` is JSON."""

    id = fields.BigIntField(primary_key=True)
    enrolment: fields.OneToOneRelation[Enrolment] = fields.OneToOneField(
        "classroom.Enrolment", related_name="consent", on_delete=fields.CASCADE
    )
    enrolment_id: str
    text = fields.CharField(max_length=40)
    kinds = fields.CharField(max_length=60)
    at = fields.DatetimeField()

    class Meta:
        table = "enrolment_consents"
        table_description = "what enrolled people agreed to for recordings of their room"
