"""The tables of visits: who waits for a talk, is let in, and what was written meanwhile.

Other modules return plain values, never these objects. A change here needs a migration, as in
`tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Visit(Model):
    """A client in front of the door. `booking_id` is empty for who came without an appointment,
    until they are let in.

    `name`, `email`, `locale` and `zone` are what they said; `urgency` is empty, `said`
    or `marked`. `checked` is JSON: what the check found, as words. `answer` is what they were
    refused with. Times of the queue are whole seconds since 1970 (`_s`).
    """

    id = fields.CharField(max_length=32, primary_key=True)
    org_id = fields.CharField(max_length=32)
    host_id = fields.CharField(max_length=32, db_index=True)
    client_id = fields.CharField(max_length=32, db_default="", db_index=True)
    booking_id = fields.CharField(max_length=32, db_default="", db_index=True)
    appointment_id = fields.CharField(max_length=32, db_default="", db_index=True)
    enrolment_id = fields.CharField(max_length=32, db_default="", db_index=True)
    """As whom they come into the talk's room, once they were let in."""
    state = fields.CharField(max_length=12)
    name = fields.CharField(max_length=60)
    email = fields.CharField(max_length=254, db_default="")
    locale = fields.CharField(max_length=8)
    zone = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=300, db_default="")
    urgency = fields.CharField(max_length=8, db_default="")
    checked = fields.CharField(max_length=300, db_default="{}")
    answer = fields.CharField(max_length=500, db_default="")
    is_known = fields.BooleanField(db_default=True)
    """Whether a browser came that is known as the client's, and not by the link alone."""
    planned_s = fields.BigIntField(null=True)
    minutes = fields.IntField()
    came_s = fields.BigIntField()
    admitted_s = fields.BigIntField(null=True)
    inside_s = fields.BigIntField(null=True)
    over_s = fields.BigIntField(null=True)
    agreed = fields.TextField(db_default="[]")
    """JSON: the versions of forms they signed on the page that brought them here."""

    class Meta:
        table = "visits"
        table_description = "who waits for a talk"
        indexes = (("org_id", "state"),)


class VisitMessage(Model):
    """A line between a client who waits and the desk. `account_id` is empty for the client."""

    id = fields.BigIntField(primary_key=True)
    visit: fields.ForeignKeyRelation[Visit] = fields.ForeignKeyField(
        "classroom.Visit", related_name="messages", on_delete=fields.CASCADE, db_index=True
    )
    visit_id: str
    account_id = fields.CharField(max_length=32, db_default="")
    name = fields.CharField(max_length=60)
    text = fields.CharField(max_length=500)
    at = fields.DatetimeField()

    class Meta:
        table = "visit_messages"
        table_description = "what was written while somebody waited"
