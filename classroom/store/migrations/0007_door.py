"""How many a room takes, and whether they wait at its door."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0006_quizzes")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Room",
            name="capacity",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Room",
            name="has_lobby",
            field=fields.BooleanField(db_default=False),
        ),
    ]
