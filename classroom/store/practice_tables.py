"""The tables of organisations: their people, who takes appointments, and what can be booked.

Other modules return plain values, never these objects. A change here needs a migration, as in
`tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.tables import Account


class Organisation(Model):
    """A practice, a school or one tutor. `terms`, `words` and `settings` are JSON."""

    id = fields.CharField(max_length=32, primary_key=True)
    slug = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=120)
    vertical = fields.CharField(max_length=16)
    zone = fields.CharField(max_length=64)
    locale = fields.CharField(max_length=8)
    currency = fields.CharField(max_length=3)
    terms = fields.TextField(db_default="{}")
    words = fields.TextField(db_default="{}")
    settings = fields.TextField(db_default="{}")
    created_at = fields.DatetimeField()

    class Meta:
        table = "organisations"
        table_description = "who takes appointments together"


class Member(Model):
    """An account in an organisation. `role` is admin, reception or counsellor."""

    id = fields.CharField(max_length=32, primary_key=True)
    org: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "classroom.Organisation", related_name="members", on_delete=fields.CASCADE, db_index=True
    )
    org_id: str
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "classroom.Account", related_name="members", on_delete=fields.CASCADE, db_index=True
    )
    account_id: str
    role = fields.CharField(max_length=12)
    created_at = fields.DatetimeField()

    class Meta:
        table = "members"
        table_description = "accounts in organisations"
        unique_together = (("org", "account"),)


class Host(Model):
    """Somebody appointments are made with. `diary` is JSON: hours, exceptions, travel, bounds.

    `turn` grows with every change of their appointments: whoever changes one writes it first, and
    so does it alone. A host who was removed keeps the row, so that past appointments can be read.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    org: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "classroom.Organisation", related_name="hosts", on_delete=fields.CASCADE, db_index=True
    )
    org_id: str
    member: fields.ForeignKeyNullableRelation[Member] = fields.ForeignKeyField(
        "classroom.Member", related_name="hosts", null=True, on_delete=fields.SET_NULL
    )
    member_id: str | None
    slug = fields.CharField(max_length=40)
    name = fields.CharField(max_length=60)
    title = fields.CharField(max_length=120, db_default="")
    about = fields.TextField(db_default="")
    picture = fields.CharField(max_length=64, db_default="")
    zone = fields.CharField(max_length=64)
    diary = fields.TextField(db_default="{}")
    turn = fields.BigIntField(db_default=0)
    feed_number = fields.IntField(db_default=1)
    is_listed = fields.BooleanField(db_default=True)
    is_free = fields.BooleanField(db_default=False)
    free_since = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "hosts"
        table_description = "who appointments are made with"
        unique_together = (("org", "slug"),)


class Offer(Model):
    """What can be booked with a host. Prices in minor units; `hours` null: the host's own.

    `intake`, `cancel`, `hours` and `form_ids` are JSON.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    host: fields.ForeignKeyRelation[Host] = fields.ForeignKeyField(
        "classroom.Host", related_name="offers", on_delete=fields.CASCADE, db_index=True
    )
    host_id: str
    kind = fields.CharField(max_length=8)
    name = fields.CharField(max_length=120)
    about = fields.CharField(max_length=500, db_default="")
    minutes = fields.IntField()
    before_min = fields.IntField(db_default=0)
    after_min = fields.IntField(db_default=0)
    seats = fields.IntField(db_default=1)
    hours = fields.TextField(null=True)
    price = fields.BigIntField(db_default=0)
    currency = fields.CharField(max_length=3)
    pay = fields.CharField(max_length=8, db_default="free")
    intake = fields.TextField(db_default="[]")
    cancel = fields.TextField(null=True)
    form_ids = fields.TextField(db_default="[]")
    place = fields.CharField(max_length=8, db_default="room")
    position = fields.IntField(db_default=0)
    is_on = fields.BooleanField(db_default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "offers"
        table_description = "what can be booked"
