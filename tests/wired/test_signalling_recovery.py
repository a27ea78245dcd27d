"""Lost sockets, second tabs, dead workers, and everything that happens at the same time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from classroom.live import asking, stage
from classroom.live.opening import LiveTerms
from tests.support.signalling import CAPABILITIES, Person, Refusal, classroom, until


async def refused(asked: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def lose(wu: Person, person: Person) -> None:
    """The person's socket goes; until the others were told."""
    await person.leave_line()
    changed = await wu.hear_event("participant_changed")
    while changed["participant"]["connection"] != "away":
        changed = await wu.hear_event("participant_changed")


# Second tabs


async def test_a_second_tab_is_told_and_may_take_over() -> None:
    async with classroom() as place:
        seat = place.seat("Wu", "host")
        first = await place.join("Wu", seat=seat, tab="a")
        assert await refused(place.connect(seat, tab="b")) == "seat.taken"
        second = await place.connect(seat, tab="b", takeover=True)
        await first.hear("seat.replaced")
        await asyncio.wait_for(first.closed.wait(), 20)
        welcome = await second.join()
        (who,) = welcome["room"]["participants"]
        assert who["connection"] == "here"
        assert len(place.media.transports) == 2, "the first tab's media is closed"


async def test_the_same_tab_comes_back_without_asking() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seat = place.seat("Li", participant_id="li")
        first = await place.join("Li", seat=seat)
        second = await place.join("Li", seat=seat)
        await first.hear("seat.replaced")
        await wu.hear_event("participant_joined")
        await second.ask("chat.post", text="here again", client_id="c")
        await wu.hear_event("chat_posted")
        assert not [e for n, e in wu.heard if n == "room.event"], "nobody went away"


async def test_racing_connections_of_one_seat_leave_one() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seat = place.seat("Li", participant_id="li")
        tabs = await asyncio.gather(*(place.connect(seat) for _ in range(4)))
        answers = await asyncio.gather(
            *(tab.ask_raw("room.join", {"rtp_capabilities": CAPABILITIES}) for tab in tabs),
            return_exceptions=True,
        )
        good = [a for a in answers if isinstance(a, dict) and a["ok"]]
        assert len(good) == 1
        assert len(place.media.of_endpoint("li")) == 2
        assert len((await wu.ask("room.sync"))["participants"]) == 2


async def test_joining_twice_on_one_socket_starts_the_media_anew() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        await li.produce("camera")
        old = li.welcome["media"]["send"]["transport_id"]
        welcome = await li.join()
        assert welcome["media"]["send"]["transport_id"] != old
        assert welcome["room"]["participants"][0]["media"]["camera"] == "off"
        assert old not in place.media.transports


# Lost sockets


async def test_a_lost_socket_keeps_the_seat_and_the_media() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.produce("microphone")
        seat = place.seat("Li", participant_id="li")
        li = await place.join("Li", seat=seat)
        camera = await li.produce("camera")
        epoch = li.welcome["media"]["epoch"]
        await lose(wu, li)
        await wu.produce("camera")
        await wu.ask("chat.post", text="where are you?", client_id="c")

        back = await place.connect(seat)
        welcome = await back.join(capabilities=None)
        assert welcome["media"] is None
        kept = welcome["kept_media"]
        assert kept["epoch"] == epoch
        assert kept["producers"] == {"camera": camera}
        assert [offer["source"] for offer in kept["consumers"]] == ["microphone", "camera"]
        assert welcome["room"]["chat"][0]["text"] == "where are you?"
        returned = (await wu.hear_event("participant_changed"))["participant"]
        while returned["id"] != "li":
            returned = (await wu.hear_event("participant_changed"))["participant"]
        assert (returned["connection"], returned["media"]["camera"]) == ("here", "live")
        await wu.produce("screen")
        assert len((await back.hear("media.consumers_added"))["consumers"]) == 1


async def test_coming_back_with_capabilities_closes_the_old_media() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seat = place.seat("Li", participant_id="li")
        li = await place.join("Li", seat=seat)
        await li.produce("camera")
        (offer,) = (await wu.hear("media.consumers_added"))["consumers"]
        await lose(wu, li)
        back = await place.join("Li", seat=seat)
        assert (await wu.hear("media.consumers_closed"))["consumer_ids"] == [offer["consumer_id"]]
        assert back.welcome["room"]["participants"][1]["media"]["camera"] == "off"
        assert place.media.producers == {}


async def test_a_seat_nobody_comes_back_to_is_given_up() -> None:
    async with classroom(LiveTerms(seat_grace_s=0.2)) as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        await li.produce("camera")
        await lose(wu, li)
        left = await wu.hear_event("participant_left")
        assert left == {"participant_id": li.id, "reason": "lost", "type": "participant_left"}
        await wu.hear("media.consumers_closed")
        await wu.ask("room.sync")
        assert place.media.of_endpoint(li.id) == []


async def test_an_empty_room_is_forgotten_with_its_router() -> None:
    async with classroom(LiveTerms(seat_grace_s=0.1)) as place:
        li = await place.join("Li")
        await li.ask("room.leave")
        await until(lambda: not place.media.routers)
        assert place.live.look(place.room().id) is None


async def test_a_socket_that_goes_between_produce_and_its_answer() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seat = place.seat("Li", participant_id="li")
        li = await place.join("Li", seat=seat)
        place.media.hold.clear()
        transport = li.welcome["media"]["send"]["transport_id"]
        await li.send(
            "media.produce",
            {
                "transport_id": transport,
                "source": "camera",
                "kind": "video",
                "rtp_parameters": {"encodings": []},
            },
        )
        await until(lambda: "produce" in place.media.asked)
        await li.leave_line()
        place.media.hold.set()
        await wu.hear("media.consumers_added")
        back = await place.connect(seat)
        welcome = await back.join(capabilities=None)
        assert set(welcome["kept_media"]["producers"]) == {"camera"}
        states = {who["id"]: who["media"]["camera"] for who in welcome["room"]["participants"]}
        assert states["li"] == "live"


# Workers


async def test_a_dead_worker_resets_everybodys_media() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        await li.produce("screen")
        await wu.hear_event("stage_changed", stage={"screen_of": li.id, "board": False})
        place.media.die()
        place.media.come_back()
        epochs = {(await person.hear("media.reset"))["epoch"] for person in (wu, li)}
        assert len(epochs) == 1
        assert epochs != {li.welcome["media"]["epoch"]}
        await wu.hear_event("stage_changed", stage={"screen_of": None, "board": False})
        assert await refused(li.produce("camera")) == "transport.unknown"
        for person in (wu, li):
            media = await person.ask("media.join", rtp_capabilities=CAPABILITIES)
            assert media["epoch"] in epochs
            person.welcome["media"] = media
        await li.produce("camera")
        await wu.hear("media.consumers_added")


async def test_a_worker_that_dies_during_a_join() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.connect(place.seat("Li"))
        place.media.hold.clear()
        joining = asyncio.create_task(li.join())
        await wu.hear_event("participant_joined")
        place.media.die()
        place.media.hold.set()
        welcome = await joining
        assert welcome["media"] is None
        assert welcome["media_error"] == {"code": "media.unavailable", "params": {}}
        asked = li.ask("media.join", rtp_capabilities=CAPABILITIES)
        assert await refused(asked) == "media.unavailable"
        place.media.come_back()
        await li.hear("media.reset")
        assert (await li.ask("media.join", rtp_capabilities=CAPABILITIES))["send"]


async def test_a_worker_that_hangs_does_not_stop_the_class(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.join("Li")
        monkeypatch.setattr(asking, "MEDIA_WAIT_S", 1.0)
        place.media.hold.clear()
        producing = asyncio.create_task(li.produce("camera"))
        await wu.ask("chat.post", text="still here", client_id="c")
        assert not producing.done()
        assert await refused(producing) == "media.unavailable"
        await li.hear_event("chat_posted")


async def test_behind_a_hung_worker_a_pulse_is_felt_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Requests are done in order: only the first of them waits for the worker."""
    async with classroom() as place:
        li = await place.join("Li")
        monkeypatch.setattr(asking, "MEDIA_WAIT_S", 1.0)
        place.media.hold.clear()
        transport = li.welcome["media"]["send"]["transport_id"]
        numbers = [await li.send("media.restart_ice", {"transport_id": transport}) for _ in "12345"]
        async with asyncio.timeout(5 * 1.0):  # as all of them together would wait
            await li.ask("media.resume_consumers", consumer_ids=[])
        assert all(li._acks[number].result()["error"]["code"] for number in numbers)


async def test_somebody_comes_in_although_the_worker_hangs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stage, "JOIN_WAIT_S", 0.2)
    async with classroom() as place:
        place.media.hold.clear()
        li = await place.join("Li")
        assert li.welcome["media_error"]["code"] == "media.unavailable"
        await li.ask("chat.post", text="no sound yet", client_id="c")
        place.media.hold.set()
        assert (await li.ask("media.join", rtp_capabilities=CAPABILITIES))["send"]


async def test_no_notice_comes_before_the_welcome() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.connect(place.seat("Li"))
        place.media.hold.clear()
        joining = asyncio.create_task(li.join())
        await wu.hear_event("participant_joined")
        await wu.ask("chat.post", text="while you come in", client_id="c")
        await wu.hear_event("chat_posted")
        assert li.heard == []
        place.media.hold.set()
        welcome = await joining
        assert [message["text"] for message in welcome["room"]["chat"]] == ["while you come in"]
        await wu.ask("chat.post", text="welcome", client_id="d")
        seqs = [(await li.hear("room.event"))["seq"]]
        assert seqs == [welcome["room"]["seq"] + 1]


async def test_the_class_ends_while_somebody_joins() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        li = await place.connect(place.seat("Li"))
        place.media.hold.clear()
        joining = asyncio.create_task(li.join())
        await wu.hear_event("participant_joined")
        await wu.ask("room.end")
        place.media.hold.set()
        assert await refused(joining) == "room.ended"
        await until(lambda: not place.media.transports and not place.media.routers)


async def test_many_come_at_once_and_everybody_hears_everybody() -> None:
    async with classroom(LiveTerms(capacity=20)) as place:
        people = await asyncio.gather(*(place.join(f"P{n}") for n in range(12)))
        await asyncio.gather(*(person.produce("microphone") for person in people))
        for person in people:
            heard = set()
            while len(heard) < 11:
                for offer in (await person.hear("media.consumers_added"))["consumers"]:
                    heard.add(offer["participant_id"])
            assert person.id not in heard
        assert len(place.media.consumers) == 12 * 11


# The end


async def test_the_server_says_that_it_stops() -> None:
    async with classroom() as place:
        people: list[Person] = [await place.join("Wu", "host"), await place.join("Li")]
        waiting = await place.connect(place.seat("Bo"))
        await place.live.close()
        for person in (*people, waiting):
            assert (await person.hear("server.closing"))["retry_ms"] > 0
            await asyncio.wait_for(person.closed.wait(), 20)
        with pytest.raises(ConnectionError):
            await place.connect(place.seat("Cy"))


# Asked again


async def test_a_request_that_is_asked_again_on_a_new_socket_is_done_once() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seat = place.seat("Li", participant_id="li")
        li = await place.join("Li", seat=seat)
        message = {"text": "once", "client_id": "c"}
        first = await li.ask_raw("chat.post", message, "r-1")
        assert first["ok"]
        li = await place.join("Li", seat=seat)
        assert await li.ask_raw("chat.post", message, "r-1") == first
        assert (await li.ask_raw("chat.post", {"text": "end", "client_id": "d"}, "r-2"))["ok"]
        heard = [(await wu.hear_event("chat_posted"))["message"]["text"] for _ in range(2)]
        assert heard == ["once", "end"]


async def test_what_was_refused_is_asked_anew() -> None:
    async with classroom() as place:
        wu = await place.connect(place.seat("Wu", "host"))
        message = {"text": "early", "client_id": "c"}
        refusal = await wu.ask_raw("chat.post", message, "r-1")
        assert refusal["error"]["code"] == "room.not_joined"
        await wu.join()
        assert (await wu.ask_raw("chat.post", message, "r-1"))["ok"]
