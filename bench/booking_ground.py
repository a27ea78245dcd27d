"""What bookings are measured on: hosts that are open day and night, and who takes bookings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from classroom.appointing import Ground, make_appointments
from classroom.booking.diary import Bounds, Diary, Hours, write_diary
from classroom.ids import new_id
from classroom.people.secret import Secret
from classroom.settings import Settings
from classroom.store.bookings import Bookings
from classroom.store.hook_tables import Webhook
from classroom.store.practice_tables import Member
from tests.support.rows import (
    BERLIN,
    new_account,
    new_host,
    new_member,
    new_offer,
    new_organisation,
)

HOSTS = 20
AT = datetime(2027, 3, 22, 8, tzinfo=UTC)


def new_bookings(folder: Path, *, whole: bool) -> Bookings:
    """Bare, or with everything that follows a booking."""
    if not whole:
        return Bookings(())
    settings = Settings(data_dir=folder)
    ground = Ground(settings, Secret(b"b" * 32), "http://localhost", lambda _: None)
    return make_appointments(ground).bookings


async def seed(slug: str) -> list[tuple[str, str]]:
    """Hosts with an account and an offer each, open day and night; one webhook hears of all.

    What is offered costs money before the appointment, so there is an invoice and a letter of it.
    """
    org = new_organisation(AT, slug=slug, vertical="general")
    await org.save()
    hours = tuple(Hours(day, 0, 1440) for day in range(7))
    hours_text = json.dumps(write_diary(Diary(BERLIN, hours, bounds=Bounds(notice_min=60))))
    made = []
    for number in range(HOSTS):
        member = await _member(org.id, f"{slug}{number}", "counsellor")
        own = {"member_id": member.id, "slug": f"h{number}", "diary": hours_text}
        host = new_host(org.id, AT, **own)
        await host.save()
        offer = new_offer(host.id, AT, price=4500, pay="before")
        await offer.save()
        made.append((host.id, offer.id))
    await _hook(await _member(org.id, slug, "admin"))
    return made


async def _member(org_id: str, name: str, role: str) -> Member:
    account = new_account(AT, email=f"{name}@example.org")
    await account.save()
    member = new_member(org_id, account.id, AT, role=role)
    await member.save()
    return member


async def _hook(admin: Member) -> None:
    await Webhook.create(
        id=new_id(),
        account_id=admin.account_id,
        room_id="",
        url="https://hears.example.org",
        secret="",
        kinds=json.dumps(["booking.made", "booking.moved"]),
        is_on=True,
        created_at=AT,
    )
