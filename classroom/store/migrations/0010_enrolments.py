"""People who come to a room's lessons regularly, and how they come in."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0009_tokens")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "room",
                    fields.ForeignKeyField(
                        "classroom.Room",
                        source_field="room_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="enrolments",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("role", fields.CharField(max_length=16)),
                ("email", fields.CharField(max_length=254)),
                ("account_id", fields.CharField(max_length=32)),
                ("link_number", fields.IntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "enrolments",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "people who come to a room's lessons regularly",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Room",
            name="lets_enrolled_in",
            field=fields.BooleanField(db_default=True),
        ),
        ops.AddField(
            model_name="Room",
            name="is_enrolled_only",
            field=fields.BooleanField(db_default=False),
        ),
    ]
