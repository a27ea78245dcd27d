"""Teams and their invitations, notes, what clients sign, and who opened what."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0018_letters")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AuditLine",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("account_id", fields.CharField(max_length=32)),
                ("name", fields.CharField(max_length=60)),
                ("what", fields.CharField(max_length=32)),
                ("of", fields.CharField(max_length=64)),
                ("client_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "audit_lines",
                "app": "classroom",
                "indexes": [Index(fields=["org_id", "id"])],
                "pk_attr": "id",
                "table_description": "who of an organisation opened what",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BookingPerson",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("booking_id", fields.CharField(db_index=True, max_length=32)),
                ("member_id", fields.CharField(db_default="", max_length=32)),
                ("enrolment_id", fields.CharField(db_default="", max_length=32)),
                ("added_by", fields.CharField(max_length=32)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "booking_people",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "further experts of talks",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ClientHost",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "client",
                    fields.ForeignKeyField(
                        "classroom.Client",
                        source_field="client_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="handed",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("host_id", fields.CharField(db_index=True, max_length=32)),
                ("by", fields.CharField(max_length=32)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "client_hosts",
                "app": "classroom",
                "unique_together": (("client_id", "host_id"),),
                "pk_attr": "id",
                "table_description": "clients who were handed on",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ClientTask",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("org_id", fields.CharField(db_index=True, max_length=32)),
                ("client_id", fields.CharField(db_index=True, max_length=32)),
                ("kind", fields.CharField(max_length=8)),
                ("state", fields.CharField(max_length=8)),
                ("step", fields.CharField(db_default="", max_length=16)),
                ("by", fields.CharField(max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "client_tasks",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "exports and erasings of clients",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ConsentForm",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "org",
                    fields.ForeignKeyField(
                        "classroom.Organisation",
                        source_field="org_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="forms",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("is_on", fields.BooleanField(db_default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "consent_forms",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "texts that are signed before a talk",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormVersion",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "form",
                    fields.ForeignKeyField(
                        "classroom.ConsentForm",
                        source_field="form_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                ("texts", fields.TextField(unique=False)),
                ("sha", fields.CharField(max_length=64)),
                ("by", fields.CharField(max_length=32)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "form_versions",
                "app": "classroom",
                "unique_together": (("form_id", "number"),),
                "pk_attr": "id",
                "table_description": "what texts that are signed say",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MemberInvite",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "org",
                    fields.ForeignKeyField(
                        "classroom.Organisation",
                        source_field="org_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invites",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("role", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=60)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "member_invites",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "invitations to teams",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "client",
                    fields.ForeignKeyField(
                        "classroom.Client",
                        source_field="client_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="notes",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("booking_id", fields.CharField(db_default="", max_length=32)),
                ("account_id", fields.CharField(db_index=True, max_length=32)),
                ("name", fields.CharField(max_length=60)),
                ("body", fields.TextField(unique=False)),
                ("number", fields.IntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "changed_at",
                    fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "notes",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "private notes about clients",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="NoteVersion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "note",
                    fields.ForeignKeyField(
                        "classroom.Note",
                        source_field="note_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                ("body", fields.TextField(unique=False)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "note_versions",
                "app": "classroom",
                "unique_together": (("note_id", "number"),),
                "pk_attr": "id",
                "table_description": "what notes said before",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("number", fields.IntField()),
                ("client_id", fields.CharField(db_index=True, max_length=32)),
                ("booking_id", fields.CharField(max_length=32)),
                ("version_id", fields.CharField(max_length=32)),
                ("sha", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=60)),
                ("nonce", fields.CharField(max_length=32)),
                ("name_print", fields.CharField(max_length=64)),
                ("is_withdrawal", fields.BooleanField()),
                ("at", fields.CharField(max_length=24)),
                ("before", fields.CharField(max_length=64)),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "signatures",
                "app": "classroom",
                "unique_together": (("org_id", "number"),),
                "pk_attr": "id",
                "table_description": "what clients signed, each with the hash of the one before",
            },
            bases=["Model"],
        ),
    ]
