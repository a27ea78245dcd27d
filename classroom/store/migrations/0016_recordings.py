"""Recordings, their keys, shares and record, and what rooms decide about them."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0015_deck_questions")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ConsentLine",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("recording_id", fields.CharField(max_length=32)),
                ("number", fields.IntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("pid", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=60)),
                ("deed", fields.CharField(max_length=24)),
                ("body", fields.TextField(unique=False)),
                ("before", fields.CharField(max_length=64)),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "consent_lines",
                "app": "classroom",
                "unique_together": (("recording_id", "number"),),
                "pk_attr": "id",
                "table_description": "who was asked to be recorded, and what became of it",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EnrolmentConsent",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "enrolment",
                    fields.OneToOneField(
                        "classroom.Enrolment",
                        source_field="enrolment_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="consent",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("text", fields.CharField(max_length=40)),
                ("kinds", fields.CharField(max_length=60)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "enrolment_consents",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "what enrolled people agreed to for recordings of their room",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Recording",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "room",
                    fields.ForeignKeyField(
                        "classroom.Room",
                        source_field="room_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="recordings",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("room_title", fields.CharField(max_length=120)),
                ("lesson_id", fields.CharField(db_index=True, max_length=32)),
                ("title", fields.CharField(max_length=120)),
                ("owner", fields.CharField(db_index=True, max_length=32)),
                ("state", fields.CharField(db_index=True, max_length=16)),
                ("fault", fields.CharField(db_default="", max_length=24)),
                ("progress", fields.IntField(db_default=0)),
                ("began_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("duration_ms", fields.BigIntField(db_default=0)),
                ("bytes", fields.BigIntField(db_default=0)),
                ("people", fields.IntField(db_default=0)),
                ("agreed", fields.IntField(db_default=0)),
                ("policy", fields.CharField(max_length=16)),
                (
                    "delete_after",
                    fields.DatetimeField(
                        null=True, db_index=True, auto_now=False, auto_now_add=False
                    ),
                ),
                (
                    "reminded_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("hold", fields.BooleanField(db_default=False)),
                ("hold_why", fields.CharField(db_default="", max_length=200)),
                ("cuts", fields.TextField(db_default="[]", unique=False)),
                ("store", fields.CharField(db_default="folder", max_length=8)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recordings",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "recordings of lessons",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordingCaption",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "recording",
                    fields.ForeignKeyField(
                        "classroom.Recording",
                        source_field="recording_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="captions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("locale", fields.CharField(max_length=16)),
                ("label", fields.CharField(max_length=40)),
                ("body", fields.TextField(unique=False)),
            ],
            options={
                "table": "recording_captions",
                "app": "classroom",
                "unique_together": (("recording", "locale"),),
                "pk_attr": "id",
                "table_description": "captions of recordings",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordingExport",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "recording",
                    fields.ForeignKeyField(
                        "classroom.Recording",
                        source_field="recording_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="exports",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("form", fields.CharField(max_length=8)),
                ("order", fields.TextField(unique=False)),
                ("state", fields.CharField(max_length=16)),
                ("progress", fields.IntField(db_default=0)),
                ("bytes", fields.BigIntField(db_default=0)),
                ("fault", fields.CharField(db_default="", max_length=24)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recording_exports",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "files made of recordings",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordingKey",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "recording",
                    fields.ForeignKeyField(
                        "classroom.Recording",
                        source_field="recording_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="keys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("pid", fields.CharField(max_length=64)),
                ("kind", fields.CharField(max_length=8)),
                ("wrapped", fields.BinaryField()),
            ],
            options={
                "table": "recording_keys",
                "app": "classroom",
                "unique_together": (("recording", "pid", "kind"),),
                "pk_attr": "id",
                "table_description": "wrapped keys of recordings",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordingPerson",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "recording",
                    fields.ForeignKeyField(
                        "classroom.Recording",
                        source_field="recording_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="persons",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("pid", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=60)),
                ("kinds", fields.CharField(max_length=60)),
                ("enrolment", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("account", fields.CharField(db_index=True, db_default="", max_length=32)),
            ],
            options={
                "table": "recording_people",
                "app": "classroom",
                "unique_together": (("recording", "pid"),),
                "pk_attr": "id",
                "table_description": "who agreed to be in recordings",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordingShare",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "recording",
                    fields.ForeignKeyField(
                        "classroom.Recording",
                        source_field="recording_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="shares",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=8)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("password_hash", fields.CharField(db_default="", max_length=255)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("may_download", fields.BooleanField(db_default=False)),
                ("created_by", fields.CharField(max_length=32)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recording_shares",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "links with which recordings are watched",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecordingView",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("recording_id", fields.CharField(db_index=True, max_length=32)),
                ("share", fields.CharField(db_default="", max_length=32)),
                ("viewer", fields.CharField(max_length=64)),
                ("name", fields.CharField(max_length=60)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("seconds", fields.IntField(db_default=0)),
                ("kind", fields.CharField(max_length=12)),
            ],
            options={
                "table": "recording_views",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "who watched recordings or took them away",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Room",
            name="recording_days",
            field=fields.IntField(db_default=180),
        ),
        ops.AddField(
            model_name="Room",
            name="recording_members",
            field=fields.BooleanField(db_default=True),
        ),
        ops.AddField(
            model_name="Room",
            name="recording_policy",
            field=fields.CharField(db_default="ask", max_length=16),
        ),
        ops.AddField(
            model_name="Room",
            name="recording_remind",
            field=fields.IntField(db_default=7),
        ),
    ]
