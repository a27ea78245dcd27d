"""Webhooks that hear who a client is."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0022_feeds")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Webhook",
            name="with_people",
            field=fields.BooleanField(db_default=False),
        ),
    ]
