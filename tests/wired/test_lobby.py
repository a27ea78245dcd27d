"""The door of a class over real sockets: waiting, being let in or not, removed, given a role."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.live import signalling
from tests.support.signalling import Person, Place, Refusal, classroom, until


async def refused(asked: Any) -> str:
    """The code with which a request was refused."""
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def waits(place: Place, name: str, **seat: Any) -> Person:
    """Somebody who stands in front of the door."""
    person = await place.connect(place.seat(name, **seat))
    assert await refused(person.join()) == "lobby.waiting"
    return person


async def test_somebody_waits_is_let_in_and_joins() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        bo = await place.join("Bo")
        assert wu.welcome["room"]["lobby"] == {"waiting": []}
        assert bo.welcome["room"]["lobby"] is None
        await wu.ask("lobby.set", on=True)
        assert (await bo.hear_event("door_changed"))["door"] == {"lobby": True, "locked": False}
        li = await waits(place, "Li")
        (waiting,) = (await wu.hear_event("lobby_changed"))["lobby"]["waiting"]
        assert waiting["name"] == "Li"
        assert await refused(li.ask("room.sync")) == "room.not_joined"
        await wu.ask("lobby.admit", participant_id=waiting["participant_id"])
        await li.hear("lobby.admitted")
        await li.join()
        assert li.welcome["room"]["door"]["lobby"]
        assert await refused(bo.ask("lobby.admit", participant_id=None)) == "right.missing"
        assert not [one for one in bo.heard if "lobby_changed" in str(one)], "for staff alone"


async def test_who_waits_is_not_swept_and_waits_no_more_when_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signalling, "JOIN_WITHIN_S", 0.05)
    monkeypatch.setattr(signalling, "SWEEP_EVERY_S", 0.02)
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.ask("lobby.set", on=True)
        li = await waits(place, "Li")
        stranger = await place.connect(place.seat("An"))
        await stranger.closed.wait()
        assert not li.closed.is_set()
        await wu.hear_event("lobby_changed")
        await li.leave_line()
        assert (await wu.hear_event("lobby_changed"))["lobby"] == {"waiting": []}


async def test_who_is_turned_away_cannot_ask_at_once() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.ask("lobby.set", on=True)
        li = await waits(place, "Li")
        (waiting,) = (await wu.hear_event("lobby_changed"))["lobby"]["waiting"]
        await wu.ask("lobby.turn_away", participant_id=waiting["participant_id"])
        await li.hear("lobby.turned_away")
        assert await refused(li.join()) == "lobby.refused"


async def test_one_browser_may_wait_five_times() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.ask("lobby.set", on=True)
        for n in range(5):
            await waits(place, f"Li {n}", browser="b1")
        sixth = await place.connect(place.seat("Li", browser="b1"))
        assert await refused(sixth.join()) == "lobby.crowded"
        await waits(place, "Bo", browser="b2")


async def test_who_waits_hears_of_the_end_of_the_class() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.ask("lobby.set", on=True)
        li = await waits(place, "Li", issued_ago_s=60)
        await wu.ask("room.end")
        await li.hear("lobby.admitted")
        assert await refused(li.join()) == "room.ended"


async def test_who_was_removed_is_cut_off_and_stays_out_with_another_seat() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li", seat=place.seat("Li", browser="b1"))
        await li.produce("microphone")
        await wu.ask("room.remove", participant_id=li.id)
        await li.hear("seat.removed")
        assert (await wu.hear_event("participant_left"))["reason"] == "removed"
        await li.closed.wait()
        again = place.connect(place.seat("Li", participant_id=li.id))
        assert await refused(again) == "seat.removed"
        other = place.connect(place.seat("Lily", browser="b1"))
        assert await refused(other) == "seat.removed"
        await place.join("Bo", seat=place.seat("Bo", browser="b2"))
        assert li.id not in place.live._hub.rooms["room-1"].stage.books.endpoints  # type: ignore[index]


async def test_a_locked_class_takes_nobody_new() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.ask("room.lock", on=True)
        newcomer = await place.connect(place.seat("Li"))
        assert await refused(newcomer.join()) == "room.locked"


async def test_a_role_given_inside_brings_its_rights_and_its_asides() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seat = place.seat("Li", participant_id="li")
        li = await place.join("Li", seat=seat)
        await wu.ask("room.set_role", participant_id="li", role="assistant")
        assert (await li.hear("room.rights"))["rights"]["may_order"]
        assert (await li.ask("room.sync"))["lobby"] == {"waiting": []}
        await li.ask("lobby.set", on=True)
        await waits(place, "Bo")
        await li.hear_event("lobby_changed")
        await li.leave_line()
        back = await place.join("Li", seat=seat)
        assert back.welcome["rights"]["may_order"], "the seat's token still says student"
        assert await refused(back.ask("room.set_role", participant_id="li", role="student")) == (
            "right.missing"
        )


async def test_who_becomes_an_observer_is_forwarded_no_more() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        producer = await li.produce("microphone")
        await wu.hear("media.consumers_added")
        await wu.ask("room.set_role", participant_id=li.id, role="observer")
        assert (await li.hear_event("silenced"))["why"] == "role"
        assert not (await li.hear("room.rights"))["rights"]["may_speak"]
        await wu.hear("media.consumers_closed")
        assert await refused(li.ask("media.resume_producer", producer_id=producer)) in (
            "producer.unknown",
            "right.missing",
        )
        assert await refused(li.produce("camera")) == "right.missing"


async def test_an_assistant_keeps_the_class_when_the_host_s_connection_is_lost() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        an = await place.join("An", "assistant")
        li = await place.join("Li")
        await wu.leave_line()
        await an.hear_event("participant_changed")
        await an.ask("lobby.set", on=True)
        await an.ask("room.lock", on=True)
        await an.ask("room.remove", participant_id=li.id)
        await li.closed.wait()
        live = place.live._hub.rooms["room-1"]  # type: ignore[index]
        await until(lambda: li.id not in live.room.participants)
        assert not live.is_over
