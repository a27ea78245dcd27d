"""The tables, and nothing else. Other modules return plain values, never these objects.

A change here needs a migration (`python -m classroom.store.draft` writes one to be read over); a
test compares the two.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

CLASS = "class"
BOOKING = "booking"
"""The kind of an appointment's room: it is on no list of rooms, tells webhooks nothing, and lets in
only who is enrolled, and who teaches."""


class Account(Model):
    """A person known by e-mail and password. `email` is lower case."""

    id = fields.CharField(max_length=32, primary_key=True)
    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=60)
    password_hash = fields.CharField(max_length=255)
    is_admin = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    class Meta:
        table = "accounts"
        table_description = "people known by e-mail and password"


class Session(Model):
    """One signed-in browser. Only the hash of its cookie is kept."""

    id = fields.CharField(max_length=32, primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "classroom.Account", related_name="sessions", on_delete=fields.CASCADE, db_index=True
    )
    account_id: str
    token_hash = fields.CharField(max_length=64, unique=True)
    agent = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    class Meta:
        table = "sessions"
        table_description = "signed-in browsers"


class Room(Model):
    """A place with an address. The demo class has no owner."""

    id = fields.CharField(max_length=32, primary_key=True)
    code = fields.CharField(max_length=11, unique=True)
    title = fields.CharField(max_length=120)
    owner: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "classroom.Account",
        related_name="rooms",
        null=True,
        on_delete=fields.CASCADE,
        db_index=True,
    )
    owner_id: str | None
    capacity = fields.IntField(null=True)
    """How many may be in it besides staff; None for the server's own setting."""
    has_lobby = fields.BooleanField(db_default=False)
    """Whether whoever comes waits until they are let in."""
    lets_enrolled_in = fields.BooleanField(db_default=True)
    """Whether enrolled people come in past the lobby."""
    is_enrolled_only = fields.BooleanField(db_default=False)
    """Whether nobody comes in who is not enrolled, but for who teaches."""
    recording_policy = fields.CharField(max_length=16, db_default="ask")
    """"ask" each person, "required" to come in, or "never"."""
    recording_days = fields.IntField(db_default=180)
    """How long a recording is kept."""
    recording_remind = fields.IntField(db_default=7)
    """How many days before that its owner is told."""
    recording_members = fields.BooleanField(db_default=True)
    """Whether who took part and is known, by account or enrolment, may watch."""
    kind = fields.CharField(max_length=8, db_default="class")
    """"class", or "booking" for the room of an appointment, which is on no list of rooms."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "rooms"
        table_description = "places with an address"


class Fact(Model):
    """A thing that is true once for the whole installation (the first administrator is made)."""

    key = fields.CharField(max_length=64, primary_key=True)
    value = fields.CharField(max_length=255)

    class Meta:
        table = "facts"
        table_description = "what is true once for the installation"


class Board(Model):
    """The whiteboard of a room: the list of its pages (JSON). What lies on them is `BoardDoc`."""

    id = fields.CharField(max_length=64, primary_key=True)
    room: fields.OneToOneRelation[Room] = fields.OneToOneField(
        "classroom.Room", related_name="board", on_delete=fields.CASCADE
    )
    room_id: str
    pages = fields.TextField()
    placements = fields.TextField(db_default="[]")
    """The decks on the stage (JSON)."""
    page_id = fields.CharField(max_length=64)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "boards"
        table_description = "whiteboards, one for each room"


class BoardDoc(Model):
    """One epoch of one page, and its newest snapshot (zlib), which holds the log up to `upto`."""

    id = fields.BigIntField(primary_key=True)
    board: fields.ForeignKeyRelation[Board] = fields.ForeignKeyField(
        "classroom.Board", related_name="docs", on_delete=fields.CASCADE
    )
    board_id: str
    page_id = fields.CharField(max_length=64)
    epoch = fields.IntField()
    upto = fields.BigIntField()
    snapshot = fields.BinaryField(null=True)

    class Meta:
        table = "board_docs"
        table_description = "pages of whiteboards, one row for each epoch"
        unique_together = (("board", "page_id", "epoch"),)


class BoardUpdate(Model):
    """One update of a page, in the order in which the server took them. `at` is ms since 1970."""

    id = fields.BigIntField(primary_key=True)
    doc: fields.ForeignKeyRelation[BoardDoc] = fields.ForeignKeyField(
        "classroom.BoardDoc", related_name="updates", on_delete=fields.CASCADE
    )
    doc_id: int
    seq = fields.BigIntField()
    author = fields.CharField(max_length=64)
    client_id = fields.BigIntField()
    at = fields.BigIntField()
    data = fields.BinaryField()

    class Meta:
        table = "board_updates"
        table_description = "what was drawn, by whom"
        unique_together = (("doc", "seq"),)


class BoardClient(Model):
    """Whose a Yjs client id is on a page, over all its epochs."""

    id = fields.BigIntField(primary_key=True)
    board: fields.ForeignKeyRelation[Board] = fields.ForeignKeyField(
        "classroom.Board", related_name="clients", on_delete=fields.CASCADE
    )
    board_id: str
    page_id = fields.CharField(max_length=64)
    client_id = fields.BigIntField()
    author = fields.CharField(max_length=64)

    class Meta:
        table = "board_clients"
        table_description = "whose the client ids of a page are"
        unique_together = (("board", "page_id", "client_id"),)


class BoardAuthor(Model):
    """How an author is called on a board."""

    id = fields.BigIntField(primary_key=True)
    board: fields.ForeignKeyRelation[Board] = fields.ForeignKeyField(
        "classroom.Board", related_name="authors", on_delete=fields.CASCADE
    )
    board_id: str
    author = fields.CharField(max_length=64)
    name = fields.CharField(max_length=60)

    class Meta:
        table = "board_authors"
        table_description = "names of those who drew on a board"
        unique_together = (("board", "author"),)


class BoardAsset(Model):
    """A picture that may lie on a board; its bytes are a file of the room's folder."""

    id = fields.CharField(max_length=64, primary_key=True)
    board: fields.ForeignKeyRelation[Board] = fields.ForeignKeyField(
        "classroom.Board", related_name="assets", on_delete=fields.CASCADE, db_index=True
    )
    board_id: str
    kind = fields.CharField(max_length=32)
    width = fields.IntField()
    height = fields.IntField()
    bytes = fields.IntField()
    author = fields.CharField(max_length=64, db_default="")
    """Who sent it (`people.author`); "" for those from before this was kept."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "board_assets"
        table_description = "pictures of whiteboards"
