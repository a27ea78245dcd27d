"""The tables of appointments, of who comes to them, and of who waits for one.

Times of appointments are whole seconds since 1970 (`_s`) and multiples of 300. Other modules return
plain values, never these objects. A change here needs a migration, as in `tables`.
"""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

from classroom.store.practice_tables import Host, Offer, Organisation
from classroom.store.tables import Room


class Appointment(Model):
    """One time of a host: a talk, a group, a class or a block.

    `busy_from_s` to `busy_to_s` is with the pauses. `zone` and `wall` say by which clock it was
    meant when it was made. `taken` counts the bookings that hold a seat. `sequence` grows with each
    move, as calendars want it.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    host: fields.ForeignKeyRelation[Host] = fields.ForeignKeyField(
        "classroom.Host", related_name="appointments", on_delete=fields.CASCADE
    )
    host_id: str
    kind = fields.CharField(max_length=8)
    offer: fields.ForeignKeyNullableRelation[Offer] = fields.ForeignKeyField(
        "classroom.Offer",
        related_name="appointments",
        null=True,
        on_delete=fields.SET_NULL,
        db_index=True,
    )
    offer_id: str | None
    room: fields.ForeignKeyNullableRelation[Room] = fields.ForeignKeyField(
        "classroom.Room",
        related_name="appointments",
        null=True,
        on_delete=fields.SET_NULL,
        db_index=True,
    )
    room_id: str | None
    series = fields.CharField(max_length=32, db_default="", db_index=True)
    title = fields.CharField(max_length=120)
    from_s = fields.BigIntField()
    to_s = fields.BigIntField()
    busy_from_s = fields.BigIntField()
    busy_to_s = fields.BigIntField()
    zone = fields.CharField(max_length=64)
    wall = fields.CharField(max_length=16)
    seats = fields.IntField()
    taken = fields.IntField()
    state = fields.CharField(max_length=12)
    sequence = fields.IntField(db_default=0)

    class Meta:
        table = "appointments"
        table_description = "times of hosts"
        indexes = (("host_id", "busy_from_s"),)


class BookedCell(Model):
    """Five minutes of a host that an open appointment takes. Nobody has the same ones twice."""

    id = fields.BigIntField(primary_key=True)
    host_id = fields.CharField(max_length=32)
    cell = fields.IntField()
    appointment: fields.ForeignKeyRelation[Appointment] = fields.ForeignKeyField(
        "classroom.Appointment", related_name="cells", on_delete=fields.CASCADE, db_index=True
    )
    appointment_id: str

    class Meta:
        table = "booked_cells"
        table_description = "five minutes of hosts that are taken"
        unique_together = (("host_id", "cell"),)


class Client(Model):
    """Somebody who books. `email` is lower case, or empty; `enrolments` is JSON.

    `link_number` grows when their links and browsers are to be forgotten. `code_*` is about the
    digits that were mailed last: their number, until when they are good, and how often wrong ones
    were typed. Erased: the row stays without the person.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    org: fields.ForeignKeyRelation[Organisation] = fields.ForeignKeyField(
        "classroom.Organisation", related_name="clients", on_delete=fields.CASCADE, db_index=True
    )
    org_id: str
    name = fields.CharField(max_length=60)
    email = fields.CharField(max_length=254, db_index=True)
    phone = fields.CharField(max_length=40, db_default="")
    locale = fields.CharField(max_length=8)
    zone = fields.CharField(max_length=64)
    account_id = fields.CharField(max_length=32, db_default="", db_index=True)
    link_number = fields.IntField(db_default=1)
    wants_reminders = fields.BooleanField(db_default=True)
    is_proved = fields.BooleanField(db_default=False)
    """Whether somebody showed that letters to this address reach them."""
    enrolments = fields.TextField(db_default="[]")
    code_number = fields.IntField(db_default=0)
    code_until = fields.DatetimeField(null=True)
    code_tries = fields.IntField(db_default=0)
    erased_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "clients"
        table_description = "who books"


class Booking(Model):
    """A client's part in an appointment. `intake` and `files` are JSON.

    `revision` grows with every move, and `once` is the page's own mark: the same press twice is one
    booking. Price in minor units, as it was when it was booked.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    appointment: fields.ForeignKeyRelation[Appointment] = fields.ForeignKeyField(
        "classroom.Appointment", related_name="bookings", on_delete=fields.CASCADE, db_index=True
    )
    appointment_id: str
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField(
        "classroom.Client", related_name="bookings", on_delete=fields.CASCADE, db_index=True
    )
    client_id: str
    org_id = fields.CharField(max_length=32, db_index=True)
    state = fields.CharField(max_length=12)
    revision = fields.IntField(db_default=0)
    moves = fields.IntField(db_default=0)
    intake = fields.TextField(db_default="{}")
    price = fields.BigIntField(db_default=0)
    currency = fields.CharField(max_length=3)
    pay = fields.CharField(max_length=8)
    link_number = fields.IntField(db_default=1)
    hold_until = fields.DatetimeField(null=True, db_index=True)
    made_by = fields.CharField(max_length=12)
    once = fields.CharField(max_length=64, null=True)
    held_ms = fields.BigIntField(null=True)
    stars = fields.IntField(null=True)
    comment = fields.CharField(max_length=1000, db_default="")
    may_show = fields.BooleanField(db_default=False)
    """The client allows the rating to be shown."""
    is_shown = fields.BooleanField(db_default=False)
    """The organisation shows it."""
    rated_at = fields.DatetimeField(null=True)
    summary = fields.TextField(db_default="")
    files = fields.TextField(db_default="[]")
    created_at = fields.DatetimeField()

    class Meta:
        table = "bookings"
        table_description = "who comes to appointments"
        unique_together = (("org_id", "once"),)


class BookingLine(Model):
    """A line of a booking's log: who did what when. `by` is `kind:id`, `body` is JSON."""

    id = fields.BigIntField(primary_key=True)
    booking_id = fields.CharField(max_length=32)
    number = fields.IntField()
    at = fields.DatetimeField()
    by = fields.CharField(max_length=64)
    deed = fields.CharField(max_length=24)
    body = fields.TextField(db_default="{}")

    class Meta:
        table = "booking_lines"
        table_description = "what was done with bookings"
        unique_together = (("booking_id", "number"),)


class WaitEntry(Model):
    """Somebody who wants a time that is not free yet: days, and minutes of the host's day."""

    id = fields.CharField(max_length=32, primary_key=True)
    offer: fields.ForeignKeyRelation[Offer] = fields.ForeignKeyField(
        "classroom.Offer", related_name="waiting", on_delete=fields.CASCADE, db_index=True
    )
    offer_id: str
    client: fields.ForeignKeyRelation[Client] = fields.ForeignKeyField(
        "classroom.Client", related_name="waiting", on_delete=fields.CASCADE, db_index=True
    )
    client_id: str
    from_day = fields.DateField()
    to_day = fields.DateField()
    from_min = fields.IntField()
    to_min = fields.IntField()
    state = fields.CharField(max_length=8)
    offered = fields.CharField(max_length=32, db_default="")
    """The booking that is held for them."""
    at = fields.DatetimeField()

    class Meta:
        table = "waitlist"
        table_description = "who waits for a free time"


class Series(Model):
    """Appointments that were made together: every Monday, eight lessons. `rule` is JSON."""

    id = fields.CharField(max_length=32, primary_key=True)
    host_id = fields.CharField(max_length=32, db_index=True)
    offer_id = fields.CharField(max_length=32, db_default="")
    client_id = fields.CharField(max_length=32, db_default="", db_index=True)
    room_id = fields.CharField(max_length=32, db_default="", db_index=True)
    rule = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "series"
        table_description = "appointments that were made together"
