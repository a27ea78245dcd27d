"""Decks on the stage of a board, and those that were put away."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0013_decks")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Board",
            name="placements",
            field=fields.TextField(db_default="[]", unique=False),
        ),
        ops.CreateModel(
            name="BoardPlacement",
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
                        db_constraint=True,
                        to_field="id",
                        related_name="placements",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("deck_id", fields.CharField(db_index=True, max_length=32)),
                ("deck", fields.TextField(unique=False)),
                ("pages", fields.TextField(unique=False)),
                ("left_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "board_placements",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": (
                    "decks that were put away, with the pages that keep what was drawn"
                ),
            },
            bases=["Model"],
        ),
    ]
