"""The tables of invoices and what was paid, of packages, and of how an organisation is paid.

They name bookings, clients and hosts by id alone: an invoice outlives whom it was written for.
Amounts are minor units. Other modules return plain values, never these objects. A change here needs
a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class InvoiceYear(Model):
    """The last number an organisation gave to an invoice in a year."""

    id = fields.BigIntField(primary_key=True)
    org_id = fields.CharField(max_length=32)
    year = fields.IntField()
    count = fields.IntField(db_default=0)

    class Meta:
        table = "invoice_years"
        table_description = "the last numbers of invoices"
        unique_together = (("org_id", "year"),)


class Invoice(Model):
    """What is to be paid for a booking or a package. `lines` is JSON.

    What is printed (names, sender, tax) is kept as it was when it was made. `received` and
    `returned` are the sums of its payments; `returned` counts what is on its way back too.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    org_id = fields.CharField(max_length=32)
    number = fields.CharField(max_length=16)
    kind = fields.CharField(max_length=8)
    booking_id = fields.CharField(max_length=32, db_default="", db_index=True)
    client_id = fields.CharField(max_length=32, db_default="", db_index=True)
    host_id = fields.CharField(max_length=32, db_default="")
    offer_id = fields.CharField(max_length=32, db_default="")
    state = fields.CharField(max_length=16)
    amount = fields.BigIntField()
    received = fields.BigIntField(db_default=0)
    returned = fields.BigIntField(db_default=0)
    currency = fields.CharField(max_length=3)
    tax_percent = fields.IntField(db_default=0)
    tax_note = fields.CharField(max_length=200, db_default="")
    client_name = fields.CharField(max_length=120)
    sender = fields.TextField()
    lines = fields.TextField()
    due_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    paid_at = fields.DatetimeField(null=True)

    class Meta:
        table = "invoices"
        table_description = "what is to be paid"
        unique_together = (("org_id", "number"),)
        indexes = (("org_id", "created_at"),)


class Payment(Model):
    """Money that came for an invoice or goes back. `kind` is paid, refund, spare or spare_back: a
    spare one came twice for the same and goes back whole.

    `state` is done; asked or failed of what goes back; undone of what was written down by mistake.
    """

    id = fields.BigIntField(primary_key=True)
    org_id = fields.CharField(max_length=32)
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "classroom.Invoice", related_name="payments", on_delete=fields.CASCADE, db_index=True
    )
    invoice_id: str
    kind = fields.CharField(max_length=12)
    state = fields.CharField(max_length=8)
    amount = fields.BigIntField()
    gateway = fields.CharField(max_length=12)
    reference = fields.CharField(max_length=120)
    """The company's name of it, or one of ours; of a refund the key it is asked for with."""
    of = fields.BigIntField(null=True)
    """The payment this gives back."""
    by = fields.CharField(max_length=64)
    note = fields.CharField(max_length=200, db_default="")
    at = fields.DatetimeField()
    """When it came, or was really given back; of what is asked, when it was asked."""

    class Meta:
        table = "payments"
        table_description = "money that came and went back"
        unique_together = (("gateway", "reference"),)
        indexes = (("org_id", "at"),)


class Checkout(Model):
    """A page of a payment company that somebody was sent to; it ends by itself."""

    reference = fields.CharField(max_length=120, primary_key=True)
    org_id = fields.CharField(max_length=32)
    invoice: fields.ForeignKeyRelation[Invoice] = fields.ForeignKeyField(
        "classroom.Invoice", related_name="checkouts", on_delete=fields.CASCADE, db_index=True
    )
    invoice_id: str
    number = fields.IntField()
    url = fields.TextField()
    amount = fields.BigIntField()
    state = fields.CharField(max_length=8)
    until = fields.DatetimeField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "checkouts"
        table_description = "pages of payment companies"


class GatewayEvent(Model):
    """A message of a payment company that was taken: the same one again changes nothing."""

    id = fields.BigIntField(primary_key=True)
    org_id = fields.CharField(max_length=32)
    event = fields.CharField(max_length=120)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "gateway_events"
        table_description = "messages of payment companies that were taken"
        unique_together = (("org_id", "event"),)


class PayWays(Model):
    """How an organisation is paid. The keys of its payment company are sealed."""

    org_id = fields.CharField(max_length=32, primary_key=True)
    gateway = fields.CharField(max_length=12, db_default="offline")
    key_sealed = fields.TextField(db_default="")
    key_end = fields.CharField(max_length=8, db_default="")
    signing_sealed = fields.TextField(db_default="")
    is_test = fields.BooleanField(db_default=False)
    checked_at = fields.DatetimeField(null=True)
    tax_percent = fields.IntField(db_default=0)
    tax_note = fields.CharField(max_length=200, db_default="")
    how = fields.CharField(max_length=500, db_default="")
    """How to pay by hand, told to clients: an account number, "in cash on the day"."""
    reception_refunds = fields.BooleanField(db_default=False)

    class Meta:
        table = "pay_ways"
        table_description = "how organisations are paid"


class PayKeys(Model):
    """Keys of a payment company that an organisation had before, sealed, until what was begun with
    them is over."""

    id = fields.BigIntField(primary_key=True)
    org_id = fields.CharField(max_length=32, db_index=True)
    gateway = fields.CharField(max_length=12)
    key_sealed = fields.TextField()
    signing_sealed = fields.TextField()
    until = fields.DatetimeField(db_index=True)

    class Meta:
        table = "pay_keys"
        table_description = "keys of payment companies that were put aside"


class Package(Model):
    """Appointments sold together. `offer_ids` is JSON; none named is all offers."""

    id = fields.CharField(max_length=32, primary_key=True)
    org_id = fields.CharField(max_length=32, db_index=True)
    name = fields.CharField(max_length=120)
    offer_ids = fields.TextField(db_default="[]")
    credits = fields.IntField()
    price = fields.BigIntField()
    currency = fields.CharField(max_length=3)
    days = fields.IntField()
    is_on = fields.BooleanField(db_default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "packages"
        table_description = "appointments sold together"


class Credit(Model):
    """A package somebody has. `client_id` is "" until somebody uses the code for the first time.

    `code_hash` is all we keep of the code.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    org_id = fields.CharField(max_length=32, db_index=True)
    client_id = fields.CharField(max_length=32, db_default="", db_index=True)
    package_id = fields.CharField(max_length=32)
    name = fields.CharField(max_length=120)
    offer_ids = fields.TextField(db_default="[]")
    code_hash = fields.CharField(max_length=64, null=True, unique=True)
    total = fields.IntField()
    used = fields.IntField(db_default=0)
    until = fields.DatetimeField()
    invoice_id = fields.CharField(max_length=32, db_default="", db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "credits"
        table_description = "packages that were sold"


class CreditUse(Model):
    """A booking that a package paid."""

    booking_id = fields.CharField(max_length=32, primary_key=True)
    credit: fields.ForeignKeyRelation[Credit] = fields.ForeignKeyField(
        "classroom.Credit", related_name="uses", on_delete=fields.CASCADE, db_index=True
    )
    credit_id: str
    at = fields.DatetimeField()
    back_at = fields.DatetimeField(null=True)

    class Meta:
        table = "credit_uses"
        table_description = "bookings that packages paid"
