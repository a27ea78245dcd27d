"""Paths made at the door: joining is then one request, and nobody gets more than they would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from classroom.ids import ParticipantId, RoomId
from classroom.live import ahead, signalling
from classroom.live.opening import LiveTerms
from tests.support.signalling import CAPABILITIES, RTP, Person, Place, Refusal, classroom, until

FINGERPRINTS: dict[str, Any] = {"role": "client", "fingerprints": []}


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with classroom() as made:
        yield made


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def prepare(person: Person) -> Any:
    return await person.ask("media.prepare", rtp_capabilities=CAPABILITIES)


def microphone(prepared: Any, **more: Any) -> dict[str, Any]:
    return {
        "transport_id": prepared["send"]["transport_id"],
        "source": "microphone",
        "kind": "audio",
        "rtp_parameters": RTP,
        **more,
    }


async def test_one_request_and_sound_flows_both_ways(place: Place) -> None:
    wu = await place.join("Wu", "host")
    voice, picture = await wu.produce("microphone"), await wu.produce("camera")
    li = await place.connect(place.seat("Li"))
    prepared = await prepare(li)
    for way in ("send", "receive"):
        transport_id = prepared[way]["transport_id"]
        await li.ask(
            "media.connect_transport", transport_id=transport_id, dtls_parameters=FINGERPRINTS
        )
        assert place.media.transports[transport_id].dtls_parameters == FINGERPRINTS
        await li.ask("media.restart_ice", transport_id=transport_id)
    asked_before = len(place.media.asked)
    welcome = await li.ask("room.join", produce=[microphone(prepared)])
    kept = welcome["kept_media"]
    (heard,) = (await li.hear("media.consumers_added"))["consumers"]
    assert heard in kept["consumers"]
    assert heard["producer_id"] == voice
    assert kept["epoch"] == prepared["epoch"]
    assert {offer["producer_id"] for offer in kept["consumers"]} == {voice, picture}
    assert "create_transport" not in place.media.asked[asked_before:]
    flowing = {c.producer_id for c in place.media.consumers.values() if not c.paused}
    assert flowing == {voice}  # pictures wait for their size, as ever
    own = kept["producers"]["microphone"]
    assert not place.media.producers[own].paused
    (added,) = (await wu.hear("media.consumers_added"))["consumers"]
    assert (added["producer_id"], added["participant_id"]) == (own, welcome["self_id"])
    me = next(p for p in welcome["room"]["participants"] if p["id"] == welcome["self_id"])
    assert me["media"]["microphone"] == "live"


async def test_where_most_is_lost_pictures_flow_small_without_being_asked_for(place: Place) -> None:
    wu = await place.join("Wu", "host")
    voice, camera = await wu.produce("microphone"), await wu.produce("camera")
    bo = await place.join("Bo")
    other, later = await bo.produce("camera"), await bo.produce("screen")
    li = await place.connect(place.seat("Li"))
    await prepare(li)
    welcome = await li.ask("room.join", pictures=2)
    told = (await li.hear("media.consumers_added"))["consumers"]
    assert [offer["producer_id"] for offer in told] == [voice, camera]
    mine = {
        offer["producer_id"]: place.media.consumers[offer["consumer_id"]]
        for offer in welcome["kept_media"]["consumers"]
    }
    assert [mine[one].paused for one in (voice, camera, other, later)] == [False, True, True, True]
    place.media.lose(welcome["self_id"], "calm", "heavy", None)
    await li.hear("media.remedy")
    assert mine[camera].paused, "nobody knows yet whether the browser listens"
    place.media.lose(welcome["self_id"], "severe", "heavy", None)
    await until(lambda: not mine[camera].paused and not mine[other].paused)
    assert mine[later].paused
    assert mine[camera].layers == (0, 2)


async def test_what_was_asked_for_meanwhile_stays_as_it_was_asked_for(place: Place) -> None:
    wu = await place.join("Wu", "host")
    await wu.produce("camera")
    li = await place.connect(place.seat("Li"))
    await prepare(li)
    welcome = await li.ask("room.join", pictures=2)
    (offer,) = welcome["kept_media"]["consumers"]
    one = offer["consumer_id"]
    wish = {"consumer_id": one, "spatial": 2, "temporal": 2, "priority": 90}
    await li.ask("media.set_preferences", consumers=[wish])
    await li.ask("media.resume_consumers", consumer_ids=[one])
    place.media.lose(welcome["self_id"], "severe", "calm", None)
    await li.hear("media.remedy")
    await li.ask("media.resume_consumers", consumer_ids=[])
    assert place.media.consumers[one].layers == (2, 2)


async def test_nobody_has_more_than_four_pictures_unasked(place: Place) -> None:
    li = await place.connect(place.seat("Li"))
    assert await refused(li.ask("room.join", pictures=5)) == "message.malformed"


async def test_a_muted_one_comes_in_muted(place: Place) -> None:
    await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    prepared = await prepare(li)
    welcome = await li.ask("room.join", produce=[microphone(prepared, paused=True)])
    own = welcome["kept_media"]["producers"]["microphone"]
    assert place.media.producers[own].paused


async def test_nobody_hears_of_who_prepares(place: Place) -> None:
    wu = await place.join("Wu", "host")
    await wu.produce("microphone")
    await wu.ask("room.sync")
    heard = list(wu.heard)
    li = await place.connect(place.seat("Li"))
    await prepare(li)
    assert place.media.consumers == {}
    assert li.heard == []
    snapshot = await wu.ask("room.sync")
    assert wu.heard == heard
    assert [p["name"] for p in snapshot["participants"]] == ["Wu"]
    assert await refused(li.ask("room.sync")) == "room.not_joined"
    assert await refused(li.ask("media.join", rtp_capabilities=CAPABILITIES)) == "room.not_joined"
    ahead_of_time = li.ask("media.produce", **microphone(await prepare(li)))
    assert await refused(ahead_of_time) == "room.not_joined"


async def test_preparing_opens_no_class(place: Place) -> None:
    li = await place.connect(place.seat("Li"))
    assert await refused(prepare(li)) == "room.not_joined"
    assert place.media.routers == set()
    await li.join()


async def test_whoever_would_wait_in_the_lobby_prepares_nothing(place: Place) -> None:
    wu = await place.join("Wu", "host")
    await wu.ask("lobby.set", on=True)
    before = set(place.media.transports)
    li = await place.connect(place.seat("Li"))
    assert await refused(prepare(li)) == "lobby.waiting"
    assert set(place.media.transports) == before
    assert await refused(li.join()) == "lobby.waiting"


async def test_whoever_is_refused_after_preparing_loses_it(place: Place) -> None:
    wu = await place.join("Wu", "host")
    before = set(place.media.transports)
    li = await place.connect(place.seat("Li"))
    prepared = await prepare(li)
    await wu.ask("lobby.set", on=True)
    join = li.ask("room.join", produce=[microphone(prepared)])
    assert await refused(join) == "lobby.waiting"
    await until(lambda: set(place.media.transports) == before)
    await wu.ask("lobby.admit", participant_id=None)
    await li.hear("lobby.admitted")
    welcome = await li.ask("room.join")
    assert (welcome["media"], welcome["kept_media"]) == (None, None)


async def test_a_full_room_prepares_nothing() -> None:
    async with classroom(LiveTerms(capacity=1)) as place:
        await place.join("Wu")
        assert await refused(place.connect(place.seat("Li"))) == "room.full"


async def test_another_persons_transports_stay_theirs(place: Place) -> None:
    await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    bo = await place.connect(place.seat("Bo"))
    prepared = await prepare(li)
    await prepare(bo)
    for way in ("send", "receive"):
        theirs = prepared[way]["transport_id"]
        connect = bo.ask(
            "media.connect_transport", transport_id=theirs, dtls_parameters=FINGERPRINTS
        )
        assert await refused(connect) == "transport.unknown"


async def test_preparing_twice_leaves_one(place: Place) -> None:
    await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    await prepare(li)
    second = await prepare(li)
    await until(lambda: len(place.media.transports) == 4)
    welcome = await li.ask("room.join", produce=[microphone(second)])
    assert "microphone" in welcome["kept_media"]["producers"]
    assert await refused(prepare(li)) == "transport.exists"


async def test_joining_the_usual_way_gives_up_what_was_prepared(place: Place) -> None:
    await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    prepared = await prepare(li)
    welcome = await li.join()
    await until(lambda: len(place.media.transports) == 4)
    assert welcome["media"]["send"]["transport_id"] != prepared["send"]["transport_id"]


async def test_it_waits_for_the_socket_to_come_back(place: Place) -> None:
    await place.join("Wu", "host")
    seat = place.seat("Li")
    li = await place.connect(seat)
    prepared = await prepare(li)
    await li.leave_line()
    again = await place.connect(seat)
    prepared_now = place.live._hub.rooms[RoomId("room-1")].stage.ahead
    assert prepared_now.sockets == [c.socket for c in place.live._hub.claims.values()][1:]
    welcome = await again.ask("room.join", produce=[microphone(prepared)])
    assert welcome["kept_media"]["epoch"] == prepared["epoch"]


@pytest.mark.parametrize("term", ["WAIT_S", "AWAY_S"])
async def test_it_ends_by_itself(place: Place, monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    await place.join("Wu", "host")
    monkeypatch.setattr(ahead, term, 0.01)
    li = await place.connect(place.seat("Li"))
    await prepare(li)
    if term == "AWAY_S":
        await li.leave_line()
    await until(lambda: len(place.media.transports) == 2)


async def test_who_prepared_is_not_swept_until_it_ended(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signalling, "JOIN_WITHIN_S", 0.05)
    await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    await prepare(li)
    bo = await place.connect(place.seat("Bo"))
    sockets = place.live._signalling
    assert len(sockets._idle(now=1e9)) == 0  # first seen idle
    assert len(sockets._idle(now=1e9 + 1)) == 1
    place.live._hub.rooms[RoomId("room-1")].stage.ahead.drop(ParticipantId("li-2"))
    sockets._idle(now=1e9 + 2)
    assert len(sockets._idle(now=1e9 + 3)) == 2
    await bo.join()


async def test_only_so_many_prepare(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    await place.join("Wu", "host")
    monkeypatch.setattr(ahead, "AHEAD_MAX", 1)
    await prepare(await place.connect(place.seat("Li")))
    bo = await place.connect(place.seat("Bo"))
    assert await refused(prepare(bo)) == "media.unavailable"
    await bo.join()


async def test_a_worker_that_dies_takes_it_along(place: Place) -> None:
    await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    prepared = await prepare(li)
    place.media.die()
    place.media.come_back()
    welcome = await li.ask("room.join", produce=[microphone(prepared)])
    assert welcome["kept_media"] is None
    await li.ask("media.join", rtp_capabilities=CAPABILITIES)


async def test_looking_at_the_door_is_no_second_tab(place: Place) -> None:
    await place.join("Wu", "host")
    seat = place.seat("Li")
    door = await place.connect(seat, tab="door")
    await prepare(door)
    inside = await place.connect(seat, tab="inside")
    await inside.join()
    await asyncio.wait_for(door.closed.wait(), 20)
    assert await refused(place.connect(seat, tab="third")) == "seat.taken"


async def test_what_may_not_be_sent_is_left_out(place: Place) -> None:
    wu = await place.join("Wu", "host")
    li = await place.connect(place.seat("Li"))
    prepared = await prepare(li)
    await wu.ask("floor.set_locks", microphones=True, chat=None, hands=None)
    welcome = await li.ask("room.join", produce=[microphone(prepared)])
    assert welcome["kept_media"]["producers"] == {}
    assert place.media.producers == {}


async def test_who_was_removed_prepares_nothing(place: Place) -> None:
    wu = await place.join("Wu", "host")
    seat = place.seat("Li")
    li = await place.connect(seat)
    welcome = await li.join()
    await wu.ask("room.remove", participant_id=welcome["self_id"])
    await asyncio.wait_for(li.closed.wait(), 20)
    assert await refused(place.connect(seat)) == "seat.removed"


async def test_all_at_once_prepare_no_more_than_there_is_room_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "AHEAD_MAX", 2)
    await place.join("Wu", "host")
    people = [await place.connect(place.seat(f"P{number}")) for number in range(5)]
    before = len(place.media.transports)
    answers = await asyncio.gather(*map(prepare, people), return_exceptions=True)
    assert sum(isinstance(answer, dict) for answer in answers) == 2
    await until(lambda: len(place.media.transports) == before + 4)
    first = next(
        one for one, answer in zip(people, answers, strict=True) if isinstance(answer, dict)
    )
    await prepare(first)  # in place of their own
    assert await refused(prepare(people[-1])) == "media.unavailable"


async def test_a_late_answer_does_not_take_what_a_newer_socket_prepared(place: Place) -> None:
    await place.join("Wu", "host")
    seat = place.seat("Li", participant_id="li")
    old = await place.connect(seat)
    place.media.hold.clear()
    asked = asyncio.ensure_future(prepare(old))
    await until(lambda: place.media.asked.count("create_transport") >= 4)
    new = await place.connect(seat)
    again = asyncio.ensure_future(prepare(new))
    await until(lambda: place.media.asked.count("create_transport") >= 6)
    place.media.hold.set()
    prepared = await again
    await asyncio.gather(asked, return_exceptions=True)
    welcome = await new.ask("room.join", rtp_capabilities=None)
    assert welcome["kept_media"]["epoch"] == prepared["epoch"]
    mine = set(place.media.of_endpoint("li"))
    assert mine == {prepared["send"]["transport_id"], prepared["receive"]["transport_id"]}
