"""Lessons: when they were, what happened in them line by line, who spoke when."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0003_asset_author")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Lesson",
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
                        related_name="lessons",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("title", fields.CharField(max_length=120)),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("saved_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("state", fields.TextField(unique=False)),
            ],
            options={
                "table": "lessons",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "classes that were held, and the state of those that go on",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LessonLine",
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
                        related_name="lines",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("line", fields.IntField()),
                ("clock_ms", fields.BigIntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("kind", fields.CharField(max_length=40)),
                ("is_private", fields.BooleanField()),
                ("body", fields.TextField(unique=False)),
            ],
            options={
                "table": "lesson_lines",
                "app": "classroom",
                "unique_together": (("lesson", "line"),),
                "pk_attr": "id",
                "table_description": "what happened in a lesson, in order",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LessonSpan",
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
                        related_name="spans",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("participant_id", fields.CharField(max_length=64)),
                ("kind", fields.CharField(max_length=16)),
                ("from_ms", fields.BigIntField()),
                ("to_ms", fields.BigIntField()),
            ],
            options={
                "table": "lesson_spans",
                "app": "classroom",
                "unique_together": (("lesson", "participant_id", "kind", "from_ms"),),
                "pk_attr": "id",
                "table_description": "when people spoke in a lesson, and who had a bad network",
            },
            bases=["Model"],
        ),
    ]
