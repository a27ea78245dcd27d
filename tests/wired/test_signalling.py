"""Joining, talking, sharing and leaving over real sockets, with the media twin."""

from __future__ import annotations

from typing import Any

import pytest

from classroom.ids import ParticipantId
from tests.support.signalling import CAPABILITIES, RTP, Person, Place, Refusal, classroom


async def refused(asked: Any) -> str:
    """The code with which a request was refused."""
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def teacher_and_student(place: Place) -> tuple[Person, Person]:
    wu = await place.join("Wu", "host")
    li = await place.join("Li")
    await wu.hear_event("participant_joined")
    return wu, li


async def test_two_people_meet() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        assert wu.welcome["protocol"] == 2
        assert wu.welcome["rights"]["may_end"]
        assert wu.welcome["media"]["consumers"] == []
        microphone = await wu.produce("microphone")

        li = await place.join("Li")
        room = li.welcome["room"]
        assert [who["name"] for who in room["participants"]] == ["Wu", "Li"]
        assert room["participants"][0]["media"]["microphone"] == "live"
        (offer,) = li.welcome["media"]["consumers"]
        assert offer["producer_id"] == microphone
        assert offer["participant_id"] == wu.id

        joined = await wu.hear_event("participant_joined")
        assert joined["participant"]["name"] == "Li"
        camera = await li.produce("camera")
        (added,) = (await wu.hear("media.consumers_added"))["consumers"]
        assert (added["producer_id"], added["kind"]) == (camera, "video")


async def test_events_after_the_welcome_have_the_next_numbers() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        seq = wu.welcome["room"]["seq"]
        await place.join("Li")
        await place.join("Bo")
        await wu.ask("chat.post", text="hello", client_id="c1")
        await wu.hear_event("participant_joined", type="participant_joined")
        await wu.hear_event("chat_posted")
        synced = await wu.ask("room.sync")
        assert synced["seq"] == seq + 3
        assert [message["text"] for message in synced["chat"]] == ["hello"]


async def test_chat_reaches_everybody_and_is_posted_once() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        posted = await li.ask("chat.post", text=" hello ", client_id="c1")
        assert (posted["text"], posted["name"]) == ("hello", "Li")
        assert (await li.ask("chat.post", text="hello", client_id="c1")) == posted
        for person in (wu, li):
            assert (await person.hear_event("chat_posted"))["message"] == posted
        await li.ask("chat.post", text="again", client_id="c2")
        again = await wu.hear_event("chat_posted")
        assert again["message"]["text"] == "again", "the repeated one was not told"


async def test_mute_reaches_the_worker_and_the_others() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        producer = await li.produce("microphone", paused=True)
        assert place.media.producers[producer].paused  # type: ignore[index]
        await li.ask("media.resume_producer", producer_id=producer)
        await li.ask("media.pause_producer", producer_id=producer)
        states = [
            (await wu.hear_event("participant_changed"))["participant"]["media"]["microphone"]
            for _ in range(3)
        ]
        assert states == ["muted", "live", "muted"]
        assert place.media.producers[producer].paused  # type: ignore[index]


async def test_consumers_flow_only_when_asked() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        await li.produce("camera")
        (offer,) = (await wu.hear("media.consumers_added"))["consumers"]
        consumer = place.media.consumers[offer["consumer_id"]]
        assert consumer.paused
        ids = [offer["consumer_id"], "w9.gone"]
        await wu.ask("media.resume_consumers", consumer_ids=ids)
        assert not consumer.paused
        wishes = [
            {"consumer_id": name, "spatial": 1, "temporal": 2, "priority": 200} for name in ids
        ]
        await wu.ask("media.set_preferences", consumers=[{**wishes[0], "priority": 7}, *wishes])
        assert (consumer.layers, consumer.priority) == ((1, 2), 200)
        await wu.ask("media.pause_consumers", consumer_ids=ids)
        assert consumer.paused


async def test_a_share_is_staged_changed_and_closed() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        screen = await li.produce("screen", share_mode="motion")
        assert (await wu.hear_event("stage_changed"))["stage"] == {
            "screen_of": li.id,
            "board": False,
        }
        (offer,) = (await wu.hear("media.consumers_added"))["consumers"]
        await li.ask("media.set_share_mode", producer_id=screen, share_mode="text")
        own = await wu.produce("screen")
        assert (await li.hear_event("stage_changed"))["stage"] == {
            "screen_of": li.id,
            "board": False,
        }
        assert (await li.hear_event("stage_changed"))["stage"] == {
            "screen_of": wu.id,
            "board": False,
        }
        assert await refused(li.produce("screen")) == "producer.exists"
        await li.ask("media.close_producer", producer_id=screen)
        gone = await wu.hear("media.consumers_closed")
        assert gone["consumer_ids"] == [offer["consumer_id"]]
        with pytest.raises(Refusal) as taken:
            await li.produce("screen")
        assert (taken.value.code, taken.value.params) == ("stage.taken", {"name": "Wu"})
        assert list(place.media.producers) == [own], "what was refused is closed on the worker"


async def test_transports() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        media = li.welcome["media"]
        send, receive = (media[way]["transport_id"] for way in ("send", "receive"))
        assert send != receive
        await li.ask(
            "media.connect_transport", transport_id=send, dtls_parameters={"role": "client"}
        )
        assert place.media.transports[send].dtls_parameters == {"role": "client"}
        restarted = await li.ask("media.restart_ice", transport_id=receive)
        assert restarted["ice_parameters"]["usernameFragment"] == f"{receive}-1"


async def test_nobody_touches_what_is_not_theirs() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        microphone = await wu.produce("microphone")
        offer = (await li.hear("media.consumers_added"))["consumers"][0]
        send = wu.welcome["media"]["send"]["transport_id"]
        receive = li.welcome["media"]["receive"]["transport_id"]
        produce = {"source": "camera", "kind": "video", "rtp_parameters": RTP}

        assert await refused(li.ask("media.pause_producer", producer_id=microphone)) == (
            "producer.unknown"
        )
        assert await refused(li.ask("media.close_producer", producer_id=microphone)) == (
            "producer.unknown"
        )
        assert await refused(li.ask("media.restart_ice", transport_id=send)) == "transport.unknown"
        for transport in (send, receive):
            asked = li.ask("media.produce", transport_id=transport, **produce)
            assert await refused(asked) == "transport.unknown"
        await wu.ask("media.resume_consumers", consumer_ids=[offer["consumer_id"]])
        wish = {"consumer_id": offer["consumer_id"], "spatial": 0, "temporal": 0, "priority": 0}
        await wu.ask("media.set_preferences", consumers=[wish])
        assert place.media.consumers[offer["consumer_id"]].paused
        assert place.media.consumers[offer["consumer_id"]].priority is None
        assert await refused(li.ask("room.end")) == "right.missing"


async def test_a_track_must_be_of_its_kind() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        asked = li.ask(
            "media.produce",
            transport_id=li.welcome["media"]["send"]["transport_id"],
            source="camera",
            kind="audio",
            rtp_parameters=RTP,
        )
        assert await refused(asked) == "producer.kind_mismatch"
        assert place.media.producers == {}


async def test_what_the_media_core_refuses_reaches_the_client() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        place.media.refuse["produce"] = "rtp.unsupported_codec"
        assert await refused(li.produce("camera")) == "rtp.unsupported_codec"
        assert (await li.ask("room.sync"))["participants"][0]["media"]["camera"] == "off"


async def test_an_observer_hears_and_does_not_speak() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.produce("microphone")
        ob = await place.join("Ob", "observer")
        assert len(ob.welcome["media"]["consumers"]) == 1
        assert [right for right, has in ob.welcome["rights"].items() if has] == ["may_react"]
        assert await refused(ob.produce("microphone")) == "right.missing"
        assert await refused(ob.ask("chat.post", text="x", client_id="c")) == "right.missing"


async def test_joining_without_media_and_adding_it_later() -> None:
    async with classroom() as place:
        wu = await place.join("Wu", "host")
        await wu.produce("microphone")
        li = await place.connect(place.seat("Li"))
        welcome = await li.join(capabilities=None)
        assert (welcome["media"], welcome["kept_media"]) == (None, None)
        media = await li.ask("media.join", rtp_capabilities={"codecs": []})
        assert len(media["consumers"]) == 1


async def test_speakers_are_named_by_participant_and_not_too_often() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        router = next(iter(place.media.routers))
        mine, theirs = await wu.produce("microphone"), await li.produce("microphone")
        place.media.speak(router, mine)
        for _ in range(20):
            place.media.speak(router, mine, theirs)
        place.media.speak(router, theirs, mine)
        first, last = await li.hear("media.speakers"), await li.hear("media.speakers")
        assert first == {"participant_ids": [wu.id], "dominant": wu.id}
        assert last == {"participant_ids": [li.id, wu.id], "dominant": li.id}
        assert not [name for name, _ in li.heard if name == "media.speakers"]


async def test_leaving_frees_the_seat_and_the_media() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        await li.produce("camera")
        (offer,) = (await wu.hear("media.consumers_added"))["consumers"]
        await li.ask("room.leave")
        assert (await wu.hear_event("participant_left"))["reason"] == "left"
        assert (await wu.hear("media.consumers_closed"))["consumer_ids"] == [offer["consumer_id"]]
        assert await refused(li.ask("room.sync")) == "room.not_joined"
        assert place.media.of_endpoint(li.id) == []
        look = place.live.look(place.room().id)
        assert look is not None
        assert look.participant_ids == {wu.id}


async def test_ending_the_class_ends_it_for_everybody() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        seat = place.seat("Li", participant_id=li.id)
        await wu.ask("room.end")
        for person in (wu, li):
            assert (await person.hear_event("room_ended"))["by"] == wu.id
        assert place.live.look(place.room().id) is None
        assert await refused(li.ask("chat.post", text="x", client_id="c")) == "room.not_joined"
        assert await refused(li.ask("room.join")) == "room.ended"
        assert await refused(place.connect(seat)) == "room.ended"
        assert await refused(place.connect(place.seat("Bo", issued_ago_s=60))) == "room.ended"

        later = await place.join("Cy")
        assert len(later.welcome["room"]["participants"]) == 1, "the next class is a new one"


async def test_the_owner_ends_it_from_outside() -> None:
    async with classroom() as place:
        li = await place.join("Li")
        assert place.live.is_inside(place.room().id, ParticipantId(li.id))
        await place.live.end(place.room().id)
        assert place.room().id not in place.live._hub.rooms, "all of it is stored"
        assert not place.live.is_inside(place.room().id, ParticipantId(li.id))
        assert (await li.hear_event("room_ended"))["by"] == ""
        await place.live.end(place.room("room-2").id)


async def test_a_stranger_sees_who_teaches_and_how_many_are_there() -> None:
    async with classroom() as place:
        assert place.live.look(place.room().id) is None
        wu, li = await teacher_and_student(place)
        look = place.live.look(place.room().id)
        assert look is not None
        assert look.hosts == ("Wu",)
        assert look.participant_ids == {wu.id, li.id}
        assert look.started_at.endswith("Z")


async def test_staff_watches_the_network_and_nobody_else() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        await wu.produce("screen")
        (offer,) = (await li.hear("media.consumers_added"))["consumers"]
        place.media.stats[li.id] = {
            "round_trip_ms": 80.0,
            "loss_down": 0.03,
            "loss_up": 0.0,
            "downlink_bps": 480_000,
            "uplink_bps": 900_000,
            "protocol": "tcp",
            "reductions": [[offer["consumer_id"], "frames"]],
        }
        with pytest.raises(Refusal) as refusal:
            await li.ask("network.watch", on=True)
        assert (refusal.value.code, refusal.value.params) == (
            "right.missing",
            {"right": "may_watch_network"},
        )
        assert "router_stats" not in place.media.asked
        await wu.ask("network.watch", on=True)
        report = await wu.hear("network.report")
        told = {one["participant_id"]: one for one in report["people"]}
        assert told[wu.id]["quality"] == "unknown"
        assert told[li.id] == {
            **place.media.stats[li.id],
            "participant_id": li.id,
            "quality": "weak",
            "reductions": [{"participant_id": wu.id, "source": "screen", "reduction": "frames"}],
            "down": "calm",
            "up": "calm",
            "measures": [],
        }
        await wu.ask("network.watch", on=False)
        assert wu.welcome["rights"]["may_watch_network"]
        assert not li.welcome["rights"]["may_watch_network"]
        assert [name for name, _ in li.heard if name == "network.report"] == []


async def test_what_is_done_about_losses_is_told_to_whose_they_are_and_to_who_teaches() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        await wu.ask("network.watch", on=True)
        place.media.lose(li.id, "heavy", "severe", 2772718912, "sound_down", "camera_small")
        told = {"down": "heavy", "up": "severe", "measures": ["sound_down", "camera_small"]}
        assert await li.hear("media.remedy") == {**told, "word": 2772718912}
        seat = place.seat("Li", participant_id=li.id)
        await li.leave_line()
        back = await place.connect(seat)
        await back.join(None)
        assert (await back.hear("media.remedy"))["word"] == 2772718912

        def known(report: dict[str, Any]) -> bool:
            (found,) = [one for one in report["people"] if one["participant_id"] == li.id]
            return {name: found[name] for name in told} == told

        while not known(await wu.hear("network.report")):
            pass
        assert [name for name, _ in wu.heard if name == "media.remedy"] == []


async def test_what_a_connection_carries_is_told_to_its_owner_also_after_an_absence() -> None:
    async with classroom() as place:
        wu, li = await teacher_and_student(place)
        await wu.produce("screen")
        (offer,) = (await li.hear("media.consumers_added"))["consumers"]
        place.media.squeeze(li.id, 480_000, **{offer["consumer_id"]: "frames", "gone": "off"})
        told = {
            "bitrate_bps": 480_000,
            "reductions": [{"consumer_id": offer["consumer_id"], "reduction": "frames"}],
        }
        assert await li.hear("media.downlink") == told
        seat = place.seat("Li", participant_id=li.id)
        await li.leave_line()
        back = await place.connect(seat)
        await back.join(None)
        assert await back.hear("media.downlink") == told
        anew = await back.ask("media.join", rtp_capabilities=CAPABILITIES)
        assert anew["consumers"]
        assert [name for name, _ in (*back.heard, *wu.heard) if name == "media.downlink"] == []
