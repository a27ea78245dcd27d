"""Decks, what was made of their files, and the folders they lie in."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0012_lesson_pieces")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Deck",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("owner", fields.CharField(db_index=True, max_length=64)),
                ("folder_id", fields.CharField(db_default="", max_length=32)),
                ("name", fields.CharField(max_length=120)),
                ("version_id", fields.CharField(max_length=32)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "decks",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "decks of slides, films and activities",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeckFolder",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("owner", fields.CharField(db_index=True, max_length=64)),
                ("parent_id", fields.CharField(db_default="", max_length=32)),
                ("name", fields.CharField(max_length=60)),
            ],
            options={
                "table": "deck_folders",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "folders of libraries of decks",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeckPrint",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("checksum", fields.CharField(max_length=64)),
                ("converter", fields.IntField()),
                ("kind", fields.CharField(max_length=16)),
                ("state", fields.CharField(max_length=16)),
                ("fault", fields.CharField(db_default="", max_length=24)),
                ("params", fields.TextField(db_default="{}", unique=False)),
                ("leaves", fields.TextField(db_default="[]", unique=False)),
                ("slides", fields.TextField(db_default="[]", unique=False)),
                ("done", fields.IntField(db_default=0)),
                ("bytes", fields.BigIntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deck_prints",
                "app": "classroom",
                "unique_together": (("checksum", "converter"),),
                "pk_attr": "id",
                "table_description": "what was made of the files of decks",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeckFile",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "printed",
                    fields.ForeignKeyField(
                        "classroom.DeckPrint",
                        source_field="printed_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="files",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=200)),
                ("kind", fields.CharField(max_length=100)),
                ("checksum", fields.CharField(db_index=True, max_length=64)),
                ("bytes", fields.BigIntField()),
                ("text", fields.TextField(db_default="", unique=False)),
            ],
            options={
                "table": "deck_files",
                "app": "classroom",
                "unique_together": (("printed", "name"),),
                "pk_attr": "id",
                "table_description": "files of prints, by checksum",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeckRoom",
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
                        db_constraint=True,
                        to_field="id",
                        related_name="rooms",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "room",
                    fields.ForeignKeyField(
                        "classroom.Room",
                        source_field="room_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="decks",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("placed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deck_rooms",
                "app": "classroom",
                "unique_together": (("deck", "room"),),
                "pk_attr": "id",
                "table_description": "rooms in which decks were used",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeckUpload",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("owner", fields.CharField(db_index=True, max_length=64)),
                ("sender", fields.CharField(max_length=64)),
                ("sender_name", fields.CharField(max_length=60)),
                ("room_id", fields.CharField(db_default="", max_length=32)),
                ("deck_id", fields.CharField(db_default="", max_length=32)),
                ("folder_id", fields.CharField(db_default="", max_length=32)),
                ("name", fields.CharField(max_length=120)),
                ("sources", fields.TextField(unique=False)),
                ("bytes", fields.BigIntField()),
                ("moved_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deck_uploads",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "files on their way to become decks",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeckVersion",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "deck",
                    fields.ForeignKeyField(
                        "classroom.Deck",
                        source_field="deck_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                (
                    "printed",
                    fields.ForeignKeyField(
                        "classroom.DeckPrint",
                        source_field="printed_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=200)),
                ("bytes", fields.BigIntField()),
                ("by_name", fields.CharField(max_length=60)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deck_versions",
                "app": "classroom",
                "unique_together": (("deck", "number"),),
                "pk_attr": "id",
                "table_description": "files that were sent for decks",
            },
            bases=["Model"],
        ),
    ]
