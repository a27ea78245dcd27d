"""The tables of decks: what somebody sent, and what was made of it. Other modules return plain
values, never these objects.

A deck belongs to an owner; what conversion makes of a file belongs to a print, which decks of
several owners may share. A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class DeckFolder(Model):
    """A folder of an owner's library; `parent_id` is empty at the top."""

    id = fields.CharField(max_length=32, primary_key=True)
    owner = fields.CharField(max_length=64, db_index=True)
    parent_id = fields.CharField(max_length=32, db_default="")
    name = fields.CharField(max_length=60)

    class Meta:
        table = "deck_folders"
        table_description = "folders of libraries of decks"


class Deck(Model):
    """A deck of an owner: an account's id, or `room:` and the id of a room without an owner.

    `version_id` is the version in use.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    owner = fields.CharField(max_length=64, db_index=True)
    folder_id = fields.CharField(max_length=32, db_default="")
    name = fields.CharField(max_length=120)
    version_id = fields.CharField(max_length=32)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "decks"
        table_description = "decks of slides, films and activities"


class DeckPrint(Model):
    """What was made of the files with this checksum. `params`, `leaves` and `slides` are JSON:
    numbers of the fault's sentence, `[slide, step, height]` of each leaf, `[title, notes]` of each
    slide. `done` is how many leaves have their pictures; `bytes` is what was sent, or
    what it unpacks to when that is more."""

    id = fields.CharField(max_length=32, primary_key=True)
    checksum = fields.CharField(max_length=64)
    converter = fields.IntField()
    kind = fields.CharField(max_length=16)
    state = fields.CharField(max_length=16)
    fault = fields.CharField(max_length=24, db_default="")
    params = fields.TextField(db_default="{}")
    leaves = fields.TextField(db_default="[]")
    slides = fields.TextField(db_default="[]")
    done = fields.IntField(db_default=0)
    bytes = fields.BigIntField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "deck_prints"
        table_description = "what was made of the files of decks"
        unique_together = (("checksum", "converter"),)


class DeckVersion(Model):
    """A file that was sent for a deck, and by whom; several pictures count as one."""

    id = fields.CharField(max_length=32, primary_key=True)
    deck: fields.ForeignKeyRelation[Deck] = fields.ForeignKeyField(
        "classroom.Deck", related_name="versions", on_delete=fields.CASCADE, db_index=True
    )
    deck_id: str
    number = fields.IntField()
    printed: fields.ForeignKeyRelation[DeckPrint] = fields.ForeignKeyField(
        "classroom.DeckPrint",
        related_name="versions",
        on_delete=fields.RESTRICT,
        db_index=True,
    )
    printed_id: str
    name = fields.CharField(max_length=200)
    bytes = fields.BigIntField()
    by_name = fields.CharField(max_length=60)
    created_at = fields.DatetimeField()

    class Meta:
        table = "deck_versions"
        table_description = "files that were sent for decks"
        unique_together = (("deck", "number"),)


class DeckFile(Model):
    """A file of a print; its bytes lie under their checksum. `text` is that of a leaf's picture."""

    id = fields.BigIntField(primary_key=True)
    printed: fields.ForeignKeyRelation[DeckPrint] = fields.ForeignKeyField(
        "classroom.DeckPrint",
        related_name="files",
        on_delete=fields.CASCADE,
        db_index=True,
    )
    printed_id: str
    name = fields.CharField(max_length=200)
    kind = fields.CharField(max_length=100)
    checksum = fields.CharField(max_length=64, db_index=True)
    bytes = fields.BigIntField()
    text = fields.TextField(db_default="")

    class Meta:
        table = "deck_files"
        table_description = "files of prints, by checksum"
        unique_together = (("printed", "name"),)


class DeckRoom(Model):
    """A room in which a deck was sent, or put on the stage (`placed_at`)."""

    id = fields.BigIntField(primary_key=True)
    deck: fields.ForeignKeyRelation[Deck] = fields.ForeignKeyField(
        "classroom.Deck", related_name="rooms", on_delete=fields.CASCADE
    )
    deck_id: str
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="decks", on_delete=fields.CASCADE, db_index=True
    )
    room_id: str
    placed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "deck_rooms"
        table_description = "rooms in which decks were used"
        unique_together = (("deck", "room"),)


class DeckUpload(Model):
    """Files on their way to become a deck, or a version of one. `sources` is JSON, a list of
    `{name, bytes}`; `moved_at` is when the last piece came."""

    id = fields.CharField(max_length=32, primary_key=True)
    owner = fields.CharField(max_length=64, db_index=True)
    sender = fields.CharField(max_length=64)
    sender_name = fields.CharField(max_length=60)
    room_id = fields.CharField(max_length=32, db_default="")
    deck_id = fields.CharField(max_length=32, db_default="")
    folder_id = fields.CharField(max_length=32, db_default="")
    name = fields.CharField(max_length=120)
    sources = fields.TextField()
    bytes = fields.BigIntField()
    moved_at = fields.DatetimeField()

    class Meta:
        table = "deck_uploads"
        table_description = "files on their way to become decks"
