"""Files that were sent in the classes of a room, and the messages they came with."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0010_enrolments")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RoomFile",
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
                        related_name="files",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("lesson_id", fields.CharField(db_default="", db_index=True, max_length=32)),
                ("owner", fields.CharField(max_length=64)),
                ("owner_name", fields.CharField(max_length=60)),
                ("author", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=200)),
                ("kind", fields.CharField(db_default="", max_length=100)),
                ("bytes", fields.BigIntField()),
                ("state", fields.CharField(max_length=16)),
                ("refusal", fields.CharField(db_default="", max_length=40)),
                ("scope", fields.CharField(db_default="", max_length=80)),
                ("readers", fields.TextField(db_default="[]", unique=False)),
                ("message_id", fields.CharField(db_default="", max_length=32)),
                ("width", fields.IntField(null=True)),
                ("height", fields.IntField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "room_files",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "files that were sent in the classes of a room",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="ChatMessage",
            name="files",
            field=fields.TextField(db_default="[]", unique=False),
        ),
    ]
