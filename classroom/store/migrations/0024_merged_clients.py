"""Clients who were found to be others."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0023_hook_people")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MergedClient",
            fields=[
                (
                    "client_id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("into_id", fields.CharField(db_index=True, max_length=32)),
                ("link_number", fields.IntField()),
                ("into_number", fields.IntField()),
                ("by", fields.CharField(max_length=32)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "merged_clients",
                "app": "classroom",
                "table_description": "clients who were found to be others",
                "pk_attr": "client_id",
            },
            bases=["Model"],
        ),
    ]
