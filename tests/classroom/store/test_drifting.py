"""A government changes its clocks: hosts are told once, moments stay."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from classroom.booking import zone
from classroom.booking.drift import Drift, Meant, drifted, wall_text
from classroom.store.booking_tables import Appointment
from classroom.store.drifting import tell_drifted
from classroom.store.letter_tables import Letter
from classroom.store.practice_tables import Host, Member, Organisation
from classroom.store.tables import Account

AT = datetime(2027, 6, 1, tzinfo=UTC)
SEVEN = 1_814_079_600 + 3600 * 24 * 2
"""A moment of that June, seven in the morning in UTC."""


def zone_from_file(name: str, key: str) -> ZoneInfo:
    """The rules of one zone under the name of another: as a new version brings them."""
    file = files("tzdata.zoneinfo").joinpath(*name.split("/"))
    with file.open("rb") as opened:
        return ZoneInfo.from_file(opened, key=key)


@pytest.fixture
def cairo_without_summer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Egypt gives up summer time again: its wall shows what Tripoli's does."""
    changed = zone_from_file("Africa/Tripoli", "Africa/Cairo")
    real = zone.zone_of
    monkeypatch.setattr(
        zone, "zone_of", lambda name: changed if name == "Africa/Cairo" else real(name)
    )


def meant(id_: str, name: str, from_s: int = SEVEN) -> Meant:
    return Meant(id_, from_s, from_s + 3600, name, wall_text(name, from_s))


def test_nothing_drifts_while_nothing_changes() -> None:
    every = [meant(f"{n}", "Africa/Cairo", SEVEN + n * 86_400) for n in range(300)]
    assert drifted(every) == []


def test_those_of_the_changed_zone_drift(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [meant("b", "Africa/Cairo"), meant("a", "Europe/Berlin")]
    winter = meant("c", "Africa/Cairo", SEVEN + 200 * 86_400)
    changed = zone_from_file("Africa/Tripoli", "Africa/Cairo")
    real = zone.zone_of
    monkeypatch.setattr(
        zone, "zone_of", lambda name: changed if name == "Africa/Cairo" else real(name)
    )
    (found,) = drifted([*before, winter])
    assert found == Drift(before[0], before[0].wall.replace("T10", "T09"))


async def a_host() -> str:
    account = await Account.create(
        id="ada", email="ada@example.org", name="Ada", password_hash="-", created_at=AT
    )
    org = await Organisation.create(
        id="org",
        slug="org",
        name="Practice",
        vertical="education",
        zone="Africa/Cairo",
        locale="en",
        currency="EUR",
        created_at=AT,
    )
    member = await Member.create(id="m", org=org, account=account, role="admin", created_at=AT)
    host = await Host.create(
        id="host",
        org=org,
        member=member,
        slug="ada",
        name="Ada",
        zone="Africa/Cairo",
        created_at=AT,
    )
    return str(host.id)


async def an_appointment(host_id: str, id_: str, from_s: int, state: str = "open") -> None:
    await Appointment.create(
        id=id_,
        host_id=host_id,
        kind="talk",
        title="Lesson",
        from_s=from_s,
        to_s=from_s + 3600,
        busy_from_s=from_s,
        busy_to_s=from_s + 3600,
        zone="Africa/Cairo",
        wall=datetime.fromtimestamp(from_s + 3 * 3600, UTC).strftime("%Y-%m-%dT%H:%M"),
        seats=1,
        taken=1,
        state=state,
    )


async def test_nobody_is_told_while_nothing_changes(store: str) -> None:
    host_id = await a_host()
    await an_appointment(host_id, "a", SEVEN)
    assert await tell_drifted(at=AT) == 0
    assert await Letter.all().count() == 0


async def test_a_host_is_told_once_and_moments_stay(store: str, cairo_without_summer: None) -> None:
    host_id = await a_host()
    await an_appointment(host_id, "a", SEVEN)
    await an_appointment(host_id, "b", SEVEN + 86_400)
    await an_appointment(host_id, "gone", SEVEN + 2 * 86_400, "cancelled")
    await an_appointment(host_id, "past", int(AT.timestamp()) - 86_400)
    assert await tell_drifted(at=AT) == 1
    assert await tell_drifted(at=AT) == 0
    (letter,) = await Letter.all()
    assert (letter.to_email, letter.kind) == ("ada@example.org", "zone_drifted")
    assert "2 appointments" in letter.subject
    assert "10:00 → " in letter.text
    assert "09:00–10:00 (Cairo, UTC+2)" in letter.text
    rows = await Appointment.filter(state="open").order_by("id").values_list("from_s", "wall")
    assert [(from_s, str(wall)[11:]) for from_s, wall in rows[:2]] == [
        (SEVEN, "09:00"),
        (SEVEN + 86_400, "09:00"),
    ]
