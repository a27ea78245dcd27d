"""Calendars that hosts subscribed to, and their busy times."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0021_payments")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "host",
                    fields.ForeignKeyField(
                        "classroom.Host",
                        source_field="host_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="feeds",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("url", fields.CharField(max_length=500)),
                ("name", fields.CharField(max_length=120)),
                ("kind", fields.CharField(max_length=8)),
                ("spans", fields.BinaryField()),
                ("etag", fields.CharField(max_length=200)),
                ("bytes", fields.IntField()),
                ("events", fields.IntField()),
                ("problems", fields.TextField(unique=False)),
                ("failure", fields.CharField(max_length=120)),
                (
                    "failing_since",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("told_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("is_on", fields.BooleanField()),
                (
                    "next_at",
                    fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False),
                ),
                ("tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("parsed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "feeds",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "calendars of hosts somewhere else",
            },
            bases=["Model"],
        ),
    ]
