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
from tests.support.rows import a_host_of_a_team, new_appointment

AT = datetime(2027, 6, 1, tzinfo=UTC)
CAIRO = "Africa/Cairo"
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
    changed = zone_from_file("Africa/Tripoli", CAIRO)
    real = zone.zone_of
    monkeypatch.setattr(zone, "zone_of", lambda name: changed if name == CAIRO else real(name))


def meant(id_: str, name: str, from_s: int = SEVEN) -> Meant:
    return Meant(id_, from_s, from_s + 3600, name, wall_text(name, from_s))


def test_nothing_drifts_while_nothing_changes() -> None:
    every = [meant(f"{n}", CAIRO, SEVEN + n * 86_400) for n in range(300)]
    assert drifted(every) == []


def test_those_of_the_changed_zone_drift(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [meant("b", CAIRO), meant("a", "Europe/Berlin")]
    winter = meant("c", CAIRO, SEVEN + 200 * 86_400)
    changed = zone_from_file("Africa/Tripoli", CAIRO)
    real = zone.zone_of
    monkeypatch.setattr(zone, "zone_of", lambda name: changed if name == CAIRO else real(name))
    (found,) = drifted([*before, winter])
    assert found == Drift(before[0], before[0].wall.replace("T10", "T09"))


async def a_host() -> str:
    return (await a_host_of_a_team(AT, zone=CAIRO)).id


async def an_appointment(host_id: str, id_: str, from_s: int, state: str = "open") -> None:
    wall = datetime.fromtimestamp(from_s + 3 * 3600, UTC).strftime("%Y-%m-%dT%H:%M")
    own = {"id": id_, "title": "Lesson", "zone": CAIRO, "wall": wall, "state": state}
    await new_appointment(host_id, from_s, from_s + 3600, **own).save()


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
