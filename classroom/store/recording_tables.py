"""The tables of recordings. Other modules return plain values, never these objects.

What was recorded lies in files; here stand whose it is, the wrapped keys of those files, who
agreed, who may watch and who did. A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class Recording(Model):
    """A recording of a lesson. `owner` is an account's id, empty in a room without an owner.

    `state` is "recording", "interrupted", "processing", "ready", "erasing", "broken" or "deleting";
    of one that is broken or that could not be made `fault` says why. `cuts` is JSON, sorted
    `[from, to]` in ms of recording time. `store` is where its files lie: "folder" or "s3".
    """

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyNullableRelation[Room] = fields.ForeignKeyField(
        "classroom.Room",
        related_name="recordings",
        null=True,
        on_delete=fields.SET_NULL,
        db_index=True,
    )
    room_id: str | None
    room_title = fields.CharField(max_length=120)
    lesson_id = fields.CharField(max_length=32, db_index=True)
    title = fields.CharField(max_length=120)
    owner = fields.CharField(max_length=32, db_index=True)
    state = fields.CharField(max_length=16, db_index=True)
    fault = fields.CharField(max_length=24, db_default="")
    progress = fields.IntField(db_default=0)
    began_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    duration_ms = fields.BigIntField(db_default=0)
    bytes = fields.BigIntField(db_default=0)
    people = fields.IntField(db_default=0)
    """How many were in class while it ran."""
    agreed = fields.IntField(db_default=0)
    """How many of them agreed to anything."""
    policy = fields.CharField(max_length=16)
    delete_after = fields.DatetimeField(null=True, db_index=True)
    reminded_at = fields.DatetimeField(null=True)
    hold = fields.BooleanField(db_default=False)
    hold_why = fields.CharField(max_length=200, db_default="")
    cuts = fields.TextField(db_default="[]")
    store = fields.CharField(max_length=8, db_default="folder")
    created_at = fields.DatetimeField()

    class Meta:
        table = "recordings"
        table_description = "recordings of lessons"


class RecordingKey(Model):
    """The key of one kind of one person, wrapped by the installation's own. `pid` is empty for
    what belongs to nobody ("room") and for what was made of all of it ("derived")."""

    id = fields.BigIntField(primary_key=True)
    recording: fields.ForeignKeyRelation[Recording] = fields.ForeignKeyField(
        "classroom.Recording", related_name="keys", on_delete=fields.CASCADE
    )
    recording_id: str
    pid = fields.CharField(max_length=64)
    kind = fields.CharField(max_length=8)
    wrapped = fields.BinaryField()

    class Meta:
        table = "recording_keys"
        table_description = "wrapped keys of recordings"
        unique_together = (("recording", "pid", "kind"),)


class RecordingPerson(Model):
    """Somebody who agreed to be in a recording; `kinds` is JSON, those they ever agreed to and did
    not have removed. `account` and `enrolment` are empty for a guest."""

    id = fields.BigIntField(primary_key=True)
    recording: fields.ForeignKeyRelation[Recording] = fields.ForeignKeyField(
        "classroom.Recording", related_name="persons", on_delete=fields.CASCADE
    )
    recording_id: str
    pid = fields.CharField(max_length=64)
    name = fields.CharField(max_length=60)
    kinds = fields.CharField(max_length=60)
    enrolment = fields.CharField(max_length=32, db_default="", db_index=True)
    account = fields.CharField(max_length=32, db_default="", db_index=True)

    class Meta:
        table = "recording_people"
        table_description = "who agreed to be in recordings"
        unique_together = (("recording", "pid"),)


class RecordingShare(Model):
    """A link with which others watch: whoever has it ("link"), who is enrolled in the room
    ("enrolled"), or everybody, without a password ("public"). Of its token the hash is kept."""

    id = fields.CharField(max_length=32, primary_key=True)
    recording: fields.ForeignKeyRelation[Recording] = fields.ForeignKeyField(
        "classroom.Recording", related_name="shares", on_delete=fields.CASCADE, db_index=True
    )
    recording_id: str
    kind = fields.CharField(max_length=8)
    token_hash = fields.CharField(max_length=64, unique=True)
    password_hash = fields.CharField(max_length=255, db_default="")
    until = fields.DatetimeField(null=True)
    may_download = fields.BooleanField(db_default=False)
    created_by = fields.CharField(max_length=32)
    created_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recording_shares"
        table_description = "links with which recordings are watched"


class RecordingView(Model):
    """Somebody watched or took away a recording; it stays when the recording is gone. `viewer` is
    an account, an enrolment or a proof of a browser, never an address."""

    id = fields.BigIntField(primary_key=True)
    recording_id = fields.CharField(max_length=32, db_index=True)
    share = fields.CharField(max_length=32, db_default="")
    viewer = fields.CharField(max_length=64)
    name = fields.CharField(max_length=60)
    at = fields.DatetimeField(db_index=True)
    seconds = fields.IntField(db_default=0)
    kind = fields.CharField(max_length=12)

    class Meta:
        table = "recording_views"
        table_description = "who watched recordings or took them away"


class RecordingExport(Model):
    """A file made of a recording to be taken away, or on its way; `order` is JSON."""

    id = fields.CharField(max_length=32, primary_key=True)
    recording: fields.ForeignKeyRelation[Recording] = fields.ForeignKeyField(
        "classroom.Recording", related_name="exports", on_delete=fields.CASCADE, db_index=True
    )
    recording_id: str
    form = fields.CharField(max_length=8)
    order = fields.TextField()
    state = fields.CharField(max_length=16)
    progress = fields.IntField(db_default=0)
    bytes = fields.BigIntField(db_default=0)
    fault = fields.CharField(max_length=24, db_default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "recording_exports"
        table_description = "files made of recordings"


class RecordingCaption(Model):
    """Captions in one language: WebVTT as it was written out anew."""

    id = fields.BigIntField(primary_key=True)
    recording: fields.ForeignKeyRelation[Recording] = fields.ForeignKeyField(
        "classroom.Recording", related_name="captions", on_delete=fields.CASCADE
    )
    recording_id: str
    locale = fields.CharField(max_length=16)
    label = fields.CharField(max_length=40)
    body = fields.TextField()

    class Meta:
        table = "recording_captions"
        table_description = "captions of recordings"
        unique_together = (("recording", "locale"),)
