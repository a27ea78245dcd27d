"""The whiteboard: boards, pages by epoch, updates, client ids, authors, pictures."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Board",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                (
                    "room",
                    fields.OneToOneField(
                        "classroom.Room",
                        source_field="room_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="board",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("pages", fields.TextField(unique=False)),
                ("page_id", fields.CharField(max_length=64)),
                ("updated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "boards",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "whiteboards, one for each room",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardAsset",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                (
                    "board",
                    fields.ForeignKeyField(
                        "classroom.Board",
                        source_field="board_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="assets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=32)),
                ("width", fields.IntField()),
                ("height", fields.IntField()),
                ("bytes", fields.IntField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "board_assets",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "pictures of whiteboards",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardAuthor",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "board",
                    fields.ForeignKeyField(
                        "classroom.Board",
                        source_field="board_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="authors",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("author", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=60)),
            ],
            options={
                "table": "board_authors",
                "app": "classroom",
                "unique_together": (("board", "author"),),
                "pk_attr": "id",
                "table_description": "names of those who drew on a board",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardClient",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "board",
                    fields.ForeignKeyField(
                        "classroom.Board",
                        source_field="board_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="clients",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("page_id", fields.CharField(max_length=64)),
                ("client_id", fields.BigIntField()),
                ("author", fields.CharField(max_length=64)),
            ],
            options={
                "table": "board_clients",
                "app": "classroom",
                "unique_together": (("board", "page_id", "client_id"),),
                "pk_attr": "id",
                "table_description": "whose the client ids of a page are",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardDoc",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "board",
                    fields.ForeignKeyField(
                        "classroom.Board",
                        source_field="board_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="docs",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("page_id", fields.CharField(max_length=64)),
                ("epoch", fields.IntField()),
                ("upto", fields.BigIntField()),
                ("snapshot", fields.BinaryField(null=True)),
            ],
            options={
                "table": "board_docs",
                "app": "classroom",
                "unique_together": (("board", "page_id", "epoch"),),
                "pk_attr": "id",
                "table_description": "pages of whiteboards, one row for each epoch",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardUpdate",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "doc",
                    fields.ForeignKeyField(
                        "classroom.BoardDoc",
                        source_field="doc_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="updates",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("seq", fields.BigIntField()),
                ("author", fields.CharField(max_length=64)),
                ("client_id", fields.BigIntField()),
                ("at", fields.BigIntField()),
                ("data", fields.BinaryField()),
            ],
            options={
                "table": "board_updates",
                "app": "classroom",
                "unique_together": (("doc", "seq"),),
                "pk_attr": "id",
                "table_description": "what was drawn, by whom",
            },
            bases=["Model"],
        ),
    ]
