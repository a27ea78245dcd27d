"""The table of decks that were put away. Other modules return plain values, never these objects.
A change here needs a migration, as in `tables`."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Room


class BoardPlacement(Model):
    """A deck that was taken off a room's stage, with its pages; their documents stay where they
    are. `deck` and `pages` are JSON."""

    id = fields.CharField(max_length=32, primary_key=True)
    room: fields.ForeignKeyRelation[Room] = fields.ForeignKeyField(
        "classroom.Room", related_name="placements", on_delete=fields.CASCADE
    )
    room_id: str
    deck_id = fields.CharField(max_length=32, db_index=True)
    deck = fields.TextField()
    pages = fields.TextField()
    left_at = fields.DatetimeField()

    class Meta:
        table = "board_placements"
        table_description = "decks that were put away, with the pages that keep what was drawn"
