"""The first tables: accounts, sessions, rooms, facts."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("email", fields.CharField(unique=True, max_length=254)),
                ("name", fields.CharField(max_length=60)),
                ("password_hash", fields.CharField(max_length=255)),
                ("is_admin", fields.BooleanField(default=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "accounts",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "people known by e-mail and password",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Fact",
            fields=[
                (
                    "key",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("value", fields.CharField(max_length=255)),
            ],
            options={
                "table": "facts",
                "app": "classroom",
                "pk_attr": "key",
                "table_description": "what is true once for the installation",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("code", fields.CharField(unique=True, max_length=11)),
                ("title", fields.CharField(max_length=120)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "classroom.Account",
                        source_field="owner_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="rooms",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "rooms",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "places with an address",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "classroom.Account",
                        source_field="account_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("agent", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sessions",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "signed-in browsers",
            },
            bases=["Model"],
        ),
    ]
