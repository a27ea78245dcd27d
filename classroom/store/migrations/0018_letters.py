"""Letters, how organisations write them, and when people are reminded."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0017_appointments")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org", fields.CharField(db_index=True, max_length=32)),
                ("booking", fields.CharField(db_index=True, max_length=32)),
                ("revision", fields.IntField(null=True)),
                ("client", fields.CharField(db_index=True, max_length=32)),
                ("host", fields.CharField(max_length=32)),
                ("kind", fields.CharField(max_length=24)),
                ("once", fields.CharField(unique=True, max_length=120)),
                ("second_of", fields.BigIntField(null=True)),
                ("from_name", fields.CharField(max_length=120)),
                ("to_name", fields.CharField(max_length=120)),
                ("to_email", fields.CharField(max_length=254)),
                ("reply_to", fields.CharField(max_length=254)),
                ("locale", fields.CharField(max_length=8)),
                ("subject", fields.CharField(max_length=200)),
                ("text", fields.TextField(unique=False)),
                ("html", fields.TextField(unique=False)),
                ("calendar", fields.TextField(unique=False)),
                ("links", fields.TextField(unique=False)),
                ("message_id", fields.CharField(max_length=120)),
                ("state", fields.CharField(max_length=8)),
                ("attempts", fields.IntField()),
                ("run_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "leased_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("holder", fields.CharField(max_length=64)),
                ("failure", fields.CharField(max_length=200)),
                (
                    "waits_since",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "letters",
                "app": "classroom",
                "indexes": [Index(fields=["state", "run_at"])],
                "pk_attr": "id",
                "table_description": "letters to be sent and sent",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LetterWords",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org", fields.CharField(max_length=32)),
                ("kind", fields.CharField(max_length=24)),
                ("locale", fields.CharField(max_length=8)),
                ("subject", fields.CharField(max_length=200)),
                ("text", fields.TextField(unique=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "letter_words",
                "app": "classroom",
                "unique_together": (("org", "kind", "locale"),),
                "pk_attr": "id",
                "table_description": "letters as organisations write them",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReminderRules",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org", fields.CharField(max_length=32)),
                ("offer", fields.CharField(max_length=32)),
                ("rules", fields.TextField(unique=False)),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "reminder_rules",
                "app": "classroom",
                "unique_together": (("org", "offer"),),
                "pk_attr": "id",
                "table_description": "when people are reminded",
            },
            bases=["Model"],
        ),
    ]
