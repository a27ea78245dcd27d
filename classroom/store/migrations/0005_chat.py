"""What was written in the chat of lessons."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0004_lessons")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ChatMessage",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "lesson",
                    fields.ForeignKeyField(
                        "classroom.Lesson",
                        source_field="lesson_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("message_id", fields.CharField(max_length=32)),
                ("author", fields.CharField(max_length=64)),
                ("client_id", fields.CharField(db_default="", max_length=64)),
                ("name", fields.CharField(max_length=60)),
                ("role", fields.CharField(max_length=16)),
                ("scope", fields.CharField(max_length=80)),
                ("readers", fields.TextField(db_default="[]", unique=False)),
                ("text", fields.TextField(unique=False)),
                ("reply_to", fields.CharField(db_default="", max_length=32)),
                ("reactions", fields.TextField(db_default="[]", unique=False)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("is_deleted", fields.BooleanField(db_default=False)),
            ],
            options={
                "table": "chat_messages",
                "app": "classroom",
                "unique_together": (("lesson", "message_id"),),
                "indexes": [Index(fields=["lesson_id", "scope"])],
                "pk_attr": "id",
                "table_description": "what was written in the chat of a lesson",
            },
            bases=["Model"],
        ),
    ]
