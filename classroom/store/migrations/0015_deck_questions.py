"""Questions prepared with decks."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0014_placements")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DeckQuestion",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "deck",
                    fields.ForeignKeyField(
                        "classroom.Deck",
                        source_field="deck_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="questions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("slide", fields.IntField()),
                ("place", fields.CharField(max_length=8)),
                ("question", fields.TextField(unique=False)),
            ],
            options={
                "table": "deck_questions",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "questions prepared with decks",
            },
            bases=["Model"],
        ),
    ]
