"""The tables of what an organisation knows of its clients: notes, who they were handed to, what
they asked for, who they were found to be, and who opened what. And of invitations to the team.

Other modules return plain values, never these objects. A change here needs a migration, as in
`tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.booking_tables import Client
from classroom.store.practice_tables import Organisation


class AuditLine(Model):
    """Somebody of the team opened something. `name` is theirs; of clients there is only the id."""

    id = fields.BigIntField(primary_key=True)
    org_id = fields.CharField(max_length=32)
    account_id = fields.CharField(max_length=32)
    name = fields.CharField(max_length=60)
    what = fields.CharField(max_length=32)
    of = fields.CharField(max_length=64)
    client_id = fields.CharField(max_length=32, db_default="", db_index=True)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "audit_lines"
        table_description = "who of an organisation opened what"
        indexes = (("org_id", "id"),)


class MemberInvite(Model):
    """An invitation to the team, good once until it ends."""

    id = fields.CharField(max_length=32, primary_key=True)
    org: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "classroom.Organisation", related_name="invites", on_delete=fields.CASCADE, db_index=True
    )
    org_id: str
    role = fields.CharField(max_length=12)
    name = fields.CharField(max_length=60)
    created_at = fields.DatetimeField()
    until = fields.DatetimeField()

    class Meta:
        table = "member_invites"
        table_description = "invitations to teams"


class ClientHost(Model):
    """A client who was handed to a host: theirs from then on, as by a booking."""

    id = fields.BigIntField(primary_key=True)
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField(
        "classroom.Client", related_name="handed", on_delete=fields.CASCADE, db_index=True
    )
    client_id: str
    host_id = fields.CharField(max_length=32, db_index=True)
    by = fields.CharField(max_length=32)
    at = fields.DatetimeField()

    class Meta:
        table = "client_hosts"
        table_description = "clients who were handed on"
        unique_together = (("client_id", "host_id"),)


class BookingPerson(Model):
    """A further expert of a talk: a member, or an outsider by an enrolment of the room."""

    id = fields.BigIntField(primary_key=True)
    booking_id = fields.CharField(max_length=32, db_index=True)
    member_id = fields.CharField(max_length=32, db_default="")
    enrolment_id = fields.CharField(max_length=32, db_default="")
    added_by = fields.CharField(max_length=32)
    at = fields.DatetimeField()

    class Meta:
        table = "booking_people"
        table_description = "further experts of talks"


class Note(Model):
    """A private note about a client; `number` grows with each change that is kept."""

    id = fields.CharField(max_length=32, primary_key=True)
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField(
        "classroom.Client", related_name="notes", on_delete=fields.CASCADE, db_index=True
    )
    client_id: str
    org_id = fields.CharField(max_length=32)
    booking_id = fields.CharField(max_length=32, db_default="")
    account_id = fields.CharField(max_length=32, db_index=True)
    name = fields.CharField(max_length=60)
    body = fields.TextField()
    number = fields.IntField()
    at = fields.DatetimeField()
    changed_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "notes"
        table_description = "private notes about clients"


class NoteVersion(Model):
    """What a note said before."""

    id = fields.BigIntField(primary_key=True)
    note: fields.ForeignKeyRelation[Note] = fields.ForeignKeyField(
        "classroom.Note", related_name="versions", on_delete=fields.CASCADE, db_index=True
    )
    note_id: str
    number = fields.IntField()
    body = fields.TextField()
    at = fields.DatetimeField()

    class Meta:
        table = "note_versions"
        table_description = "what notes said before"
        unique_together = (("note_id", "number"),)


class ClientTask(Model):
    """What is to be done for a client: an export that is made, or an erasing that goes on.

    `kind` is export or erase, `state` asked (by the client), waiting, done or failed; `step` is how
    far an erasing has come.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    org_id = fields.CharField(max_length=32, db_index=True)
    client_id = fields.CharField(max_length=32, db_index=True)
    kind = fields.CharField(max_length=8)
    state = fields.CharField(max_length=8)
    step = fields.CharField(max_length=16, db_default="")
    by = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    until = fields.DatetimeField(null=True)

    class Meta:
        table = "client_tasks"
        table_description = "exports and erasings of clients"


class MergedClient(Model):
    """A client who was found to be another: what was theirs is that one's.

    `client_id` is the one who is gone, `link_number` that of their links by then (0: none is good
    any more), `into_number` the other's: new links of the other end the old ones too.
    """

    client_id = fields.CharField(max_length=32, primary_key=True)
    into_id = fields.CharField(max_length=32, db_index=True)
    link_number = fields.IntField()
    into_number = fields.IntField()
    by = fields.CharField(max_length=32)
    at = fields.DatetimeField()

    class Meta:
        table = "merged_clients"
        table_description = "clients who were found to be others"
