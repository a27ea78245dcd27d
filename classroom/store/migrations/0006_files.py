"""Files sent in rooms."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0005_chat")]

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
                ("lesson_id", fields.CharField(max_length=32)),
                ("owner", fields.CharField(max_length=64)),
                ("owner_name", fields.CharField(max_length=60)),
                ("name", fields.CharField(max_length=180)),
                ("kind", fields.CharField(max_length=100)),
                ("bytes", fields.BigIntField()),
                ("received", fields.BigIntField()),
                ("state", fields.CharField(max_length=16)),
                ("audience", fields.CharField(max_length=80)),
                ("width", fields.IntField(null=True)),
                ("height", fields.IntField(null=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ready_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "room_files",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "files sent in rooms",
            },
            bases=["Model"],
        ),
    ]
