"""The table of questions prepared with decks. Other modules return plain values, never this object.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.deck_tables import Deck


class DeckQuestion(Model):
    """A question (JSON) that belongs to a slide, by its number in every version of the deck."""

    id = fields.BigIntField(primary_key=True)
    deck: fields.ForeignKeyRelation[Deck] = fields.ForeignKeyField(
        "classroom.Deck", related_name="questions", on_delete=fields.CASCADE, db_index=True
    )
    deck_id: str
    slide = fields.IntField()
    place = fields.CharField(max_length=8)
    question = fields.TextField()

    class Meta:
        table = "deck_questions"
        table_description = "questions prepared with decks"
