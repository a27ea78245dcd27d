"""Private notes: saved while typing, in versions, searched, forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from classroom.errors import Refused
from classroom.store import notes
from tests.support.practice import Practiced, a_practice

AT = datetime(2027, 3, 29, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def practice(store: str) -> Practiced:
    return await a_practice()


def new(practice: Practiced, body: str, account: str = "mei") -> notes.NewNote:
    return notes.NewNote(
        practice.org_id, practice.client_id, practice.booking_id, account, account, body
    )


async def test_saving_while_typing_keeps_a_version_now_and_then(practice: Practiced) -> None:
    note = await notes.add_note(new(practice, "0"), at=AT)
    for minute in range(1, 21):
        note = await notes.save_note(note.id, str(minute), note.number, at=AT + minute * MINUTE)
    assert (note.body, note.number) == ("20", 21)
    kept = await notes.versions_of(note.id)
    assert [one.body for one in kept] == ["15", "10", "5", "0"]
    same = await notes.save_note(note.id, "20", 1, at=AT)
    assert same == note


async def test_twenty_versions_are_kept(practice: Practiced) -> None:
    note = await notes.add_note(new(practice, "0"), at=AT)
    for hour in range(1, 31):
        note = await notes.save_note(note.id, str(hour), note.number, at=AT + hour * 60 * MINUTE)
    kept = await notes.versions_of(note.id)
    assert [one.body for one in kept] == [str(n) for n in range(29, 9, -1)]


async def test_what_was_written_elsewhere_is_not_lost(practice: Practiced) -> None:
    note = await notes.add_note(new(practice, "a"), at=AT)
    await notes.save_note(note.id, "there", note.number, at=AT)
    with pytest.raises(Refused, match=r"note\.changed"):
        await notes.save_note(note.id, "here", note.number, at=AT)
    found = await notes.find_note(note.id)
    assert found is not None
    assert found.body == "there"
    with pytest.raises(Refused, match=r"note\.unknown"):
        await notes.save_note("gone", "x", 1, at=AT)


async def test_notes_are_found_by_what_they_say_and_who_wrote_them(practice: Practiced) -> None:
    first = await notes.add_note(new(practice, "Slept badly"), at=AT)
    other = await notes.add_note(new(practice, "sleeps well", "lan"), at=AT + MINUTE)
    org, client = practice.org_id, practice.client_id
    assert [one.id for one in await notes.search_notes(org, "SLE")] == [other.id, first.id]
    assert [one.id for one in await notes.search_notes(org, "sle", account_id="mei")] == [first.id]
    assert await notes.search_notes("another", "sle") == []
    assert [one.id for one in await notes.notes_of(client, account_id="lan")] == [other.id]
    await notes.remove_note(first.id)
    assert [one.id for one in await notes.notes_of(client)] == [other.id]


async def test_old_notes_are_forgotten_when_it_was_said_so(practice: Practiced) -> None:
    note = await notes.add_note(new(practice, "old"), at=AT)
    year = timedelta(days=366)
    assert await notes.forget_notes(practice.org_id, 0, at=AT + 9 * year) == 0
    assert await notes.forget_notes(practice.org_id, 12, at=AT + timedelta(days=300)) == 0
    assert await notes.forget_notes("another", 12, at=AT + year) == 0
    assert await notes.forget_notes(practice.org_id, 12, at=AT + year) == 1
    assert await notes.find_note(note.id) is None
