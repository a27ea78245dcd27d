"""The table of letters, which are the outbox and its log in one. Other modules return plain values,
never these objects.

A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Letter(Model):
    """One letter to one person: kept as it was or will be sent, and what became of it.

    The addresses of private links are not in it: `text`, `html` and `calendar` have `{{link:name}}`
    where they belong, and `links` (JSON) says which link a name is.
    """

    id = fields.BigIntField(primary_key=True)
    org = fields.CharField(max_length=32, db_index=True)
    booking = fields.CharField(max_length=32, db_index=True)
    """"" when it is about none."""
    revision = fields.IntField(null=True)
    """Of the booking it speaks of; None when it stays true whatever becomes of the booking."""
    client = fields.CharField(max_length=32, db_index=True)
    host = fields.CharField(max_length=32)
    kind = fields.CharField(max_length=24)
    once = fields.CharField(max_length=120, unique=True)
    """What it is the only letter of; a second with the same is not posted."""
    second_of = fields.BigIntField(null=True)
    """The letter it is sent again of, by somebody's wish."""
    from_name = fields.CharField(max_length=120)
    to_name = fields.CharField(max_length=120)
    to_email = fields.CharField(max_length=254)
    reply_to = fields.CharField(max_length=254)
    locale = fields.CharField(max_length=8)
    subject = fields.CharField(max_length=200)
    text = fields.TextField()
    html = fields.TextField()
    calendar = fields.TextField()
    """iCalendar, "" for none."""
    links = fields.TextField()
    message_id = fields.CharField(max_length=120)
    """Before the @ of its Message-ID, the same at every try."""
    state = fields.CharField(max_length=8)
    attempts = fields.IntField()
    run_at = fields.DatetimeField()
    """Not tried before."""
    until = fields.DatetimeField(null=True)
    """Not tried after; None: until it is given up."""
    leased_until = fields.DatetimeField(null=True)
    holder = fields.CharField(max_length=64)
    """Who was sending it when it was begun: which start of which machine, with which marks."""
    failure = fields.CharField(max_length=200)
    waits_since = fields.DatetimeField(null=True)
    """When the mail server first did not take it."""
    sent_at = fields.DatetimeField(null=True)
    """When it was sent, or given up, or dropped."""
    created_at = fields.DatetimeField()

    class Meta:
        table = "letters"
        table_description = "letters to be sent and sent"
        indexes = (("state", "run_at"),)


class LetterWords(Model):
    """How an organisation writes one kind of letter in one language, instead of our own words."""

    id = fields.BigIntField(primary_key=True)
    org = fields.CharField(max_length=32)
    kind = fields.CharField(max_length=24)
    locale = fields.CharField(max_length=8)
    subject = fields.CharField(max_length=200)
    text = fields.TextField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "letter_words"
        table_description = "letters as organisations write them"
        unique_together = (("org", "kind", "locale"),)


class ReminderRules(Model):
    """When people are reminded (JSON); `offer` "" is all of the organisation that have none."""

    id = fields.BigIntField(primary_key=True)
    org = fields.CharField(max_length=32)
    offer = fields.CharField(max_length=32)
    rules = fields.TextField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "reminder_rules"
        table_description = "when people are reminded"
        unique_together = (("org", "offer"),)
