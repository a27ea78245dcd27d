"""Who sent a picture, so that nobody fills a board alone."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0002_board")]

    initial = False

    operations = [
        ops.AddField(
            model_name="BoardAsset",
            name="author",
            field=fields.CharField(db_default="", max_length=64),
        ),
    ]
