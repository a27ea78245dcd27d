"""Visits: who waits for a talk, and what is written meanwhile."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0019_clients")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("host_id", fields.CharField(db_index=True, max_length=32)),
                ("client_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("booking_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("appointment_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("enrolment_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("state", fields.CharField(max_length=12)),
                ("name", fields.CharField(max_length=60)),
                ("email", fields.CharField(db_default="", max_length=254)),
                ("locale", fields.CharField(max_length=8)),
                ("zone", fields.CharField(max_length=64)),
                ("reason", fields.CharField(db_default="", max_length=300)),
                ("urgency", fields.CharField(db_default="", max_length=8)),
                ("checked", fields.CharField(db_default="{}", max_length=300)),
                ("answer", fields.CharField(db_default="", max_length=500)),
                ("is_known", fields.BooleanField(db_default=True)),
                ("planned_s", fields.BigIntField(null=True)),
                ("minutes", fields.IntField()),
                ("came_s", fields.BigIntField()),
                ("admitted_s", fields.BigIntField(null=True)),
                ("inside_s", fields.BigIntField(null=True)),
                ("over_s", fields.BigIntField(null=True)),
                ("agreed", fields.TextField(db_default="[]", unique=False)),
            ],
            options={
                "table": "visits",
                "app": "classroom",
                "indexes": [Index(fields=["org_id", "state"])],
                "pk_attr": "id",
                "table_description": "who waits for a talk",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="VisitMessage",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "visit",
                    fields.ForeignKeyField(
                        "classroom.Visit",
                        source_field="visit_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("account_id", fields.CharField(db_default="", max_length=32)),
                ("name", fields.CharField(max_length=60)),
                ("text", fields.CharField(max_length=500)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "visit_messages",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "what was written while somebody waited",
            },
            bases=["Model"],
        ),
    ]
