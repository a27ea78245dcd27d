"""Invoices, what was paid and given back, packages, and how organisations are paid."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("classroom", "0020_visits")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("org_id", fields.CharField(db_index=True, max_length=32)),
                ("client_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("package_id", fields.CharField(max_length=32)),
                ("name", fields.CharField(max_length=120)),
                ("offer_ids", fields.TextField(db_default="[]", unique=False)),
                ("code_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("total", fields.IntField()),
                ("used", fields.IntField(db_default=0)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("invoice_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "credits",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "packages that were sold",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CreditUse",
            fields=[
                (
                    "booking_id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                (
                    "credit",
                    fields.ForeignKeyField(
                        "classroom.Credit",
                        source_field="credit_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="uses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("back_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "credit_uses",
                "app": "classroom",
                "pk_attr": "booking_id",
                "table_description": "bookings that packages paid",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GatewayEvent",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("event", fields.CharField(max_length=120)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "gateway_events",
                "app": "classroom",
                "unique_together": (("org_id", "event"),),
                "pk_attr": "id",
                "table_description": "messages of payment companies that were taken",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("number", fields.CharField(max_length=16)),
                ("kind", fields.CharField(max_length=8)),
                ("booking_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("client_id", fields.CharField(db_index=True, db_default="", max_length=32)),
                ("host_id", fields.CharField(db_default="", max_length=32)),
                ("offer_id", fields.CharField(db_default="", max_length=32)),
                ("state", fields.CharField(max_length=16)),
                ("amount", fields.BigIntField()),
                ("received", fields.BigIntField(db_default=0)),
                ("returned", fields.BigIntField(db_default=0)),
                ("currency", fields.CharField(max_length=3)),
                ("tax_percent", fields.IntField(db_default=0)),
                ("tax_note", fields.CharField(db_default="", max_length=200)),
                ("client_name", fields.CharField(max_length=120)),
                ("sender", fields.TextField(unique=False)),
                ("lines", fields.TextField(unique=False)),
                ("due_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invoices",
                "app": "classroom",
                "unique_together": (("org_id", "number"),),
                "indexes": [Index(fields=["org_id", "created_at"])],
                "pk_attr": "id",
                "table_description": "what is to be paid",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Checkout",
            fields=[
                (
                    "reference",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120),
                ),
                ("org_id", fields.CharField(max_length=32)),
                (
                    "invoice",
                    fields.ForeignKeyField(
                        "classroom.Invoice",
                        source_field="invoice_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="checkouts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("number", fields.IntField()),
                ("url", fields.TextField(unique=False)),
                ("amount", fields.BigIntField()),
                ("state", fields.CharField(max_length=8)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "checkouts",
                "app": "classroom",
                "pk_attr": "reference",
                "table_description": "pages of payment companies",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InvoiceYear",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org_id", fields.CharField(max_length=32)),
                ("year", fields.IntField()),
                ("count", fields.IntField(db_default=0)),
            ],
            options={
                "table": "invoice_years",
                "app": "classroom",
                "unique_together": (("org_id", "year"),),
                "pk_attr": "id",
                "table_description": "the last numbers of invoices",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Package",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("org_id", fields.CharField(db_index=True, max_length=32)),
                ("name", fields.CharField(max_length=120)),
                ("offer_ids", fields.TextField(db_default="[]", unique=False)),
                ("credits", fields.IntField()),
                ("price", fields.BigIntField()),
                ("currency", fields.CharField(max_length=3)),
                ("days", fields.IntField()),
                ("is_on", fields.BooleanField(db_default=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "packages",
                "app": "classroom",
                "pk_attr": "id",
                "table_description": "appointments sold together",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PayWays",
            fields=[
                (
                    "org_id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("gateway", fields.CharField(db_default="offline", max_length=12)),
                ("key_sealed", fields.TextField(db_default="", unique=False)),
                ("key_end", fields.CharField(db_default="", max_length=8)),
                ("signing_sealed", fields.TextField(db_default="", unique=False)),
                ("is_test", fields.BooleanField(db_default=False)),
                ("checked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("tax_percent", fields.IntField(db_default=0)),
                ("tax_note", fields.CharField(db_default="", max_length=200)),
                ("how", fields.CharField(db_default="", max_length=500)),
                ("reception_refunds", fields.BooleanField(db_default=False)),
            ],
            options={
                "table": "pay_ways",
                "app": "classroom",
                "pk_attr": "org_id",
                "table_description": "how organisations are paid",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("org_id", fields.CharField(max_length=32)),
                (
                    "invoice",
                    fields.ForeignKeyField(
                        "classroom.Invoice",
                        source_field="invoice_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="payments",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=12)),
                ("state", fields.CharField(max_length=8)),
                ("amount", fields.BigIntField()),
                ("gateway", fields.CharField(max_length=12)),
                ("reference", fields.CharField(max_length=120)),
                ("of", fields.BigIntField(null=True)),
                ("by", fields.CharField(max_length=64)),
                ("note", fields.CharField(db_default="", max_length=200)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payments",
                "app": "classroom",
                "unique_together": (("gateway", "reference"),),
                "indexes": [Index(fields=["org_id", "at"])],
                "pk_attr": "id",
                "table_description": "money that came and went back",
            },
            bases=["Model"],
        ),
    ]
