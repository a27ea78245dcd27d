"""Keys of payment companies that were put aside."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0024_merged_clients")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PayKeys",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org_id", fields.CharField(db_index=True, max_length=32)),
                ("gateway", fields.CharField(max_length=12)),
                ("key_sealed", fields.TextField(unique=False)),
                ("signing_sealed", fields.TextField(unique=False)),
                (
                    "until",
                    fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "pay_keys",
                "app": "classroom",
                "table_description": "keys of payment companies that were put aside",
                "pk_attr": "id",
            },
            bases=["Model"],
        ),
    ]
