"""Pieces of a lesson's state that do not change any more."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0011_files")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LessonPiece",
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
                        related_name="pieces",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=64)),
                ("body", fields.TextField(unique=False)),
            ],
            options={
                "table": "lesson_pieces",
                "app": "classroom",
                "unique_together": (("lesson", "name"),),
                "pk_attr": "id",
                "table_description": "parts of the state of lessons that do not change any more",
            },
            bases=["Model"],
        ),
    ]
