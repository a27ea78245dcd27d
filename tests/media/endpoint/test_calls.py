"""Calls between a few browsers over links of virtual time."""

from __future__ import annotations

import pytest

from media.endpoint.event import ConsumerLayersChanged, SpeakersChanged, TransportStateChanged
from media.errors import Refused
from media.wire.rtcp import Bye
from tests.support.peers import SERVER, Browser, Room


def pair(room: Room, **link: float) -> tuple[Browser, Browser]:
    """Two browsers, connected both ways."""
    alice, bob = Browser(room, "alice", 1, **link), Browser(room, "bob", 2, **link)
    room.run(0.5 if not link.get("loss") else 4.0)
    assert alice.sends.connected_at is not None
    assert bob.receives.connected_at is not None
    return alice, bob


def frames_of(browser: Browser, producer: str) -> list[int]:
    return [frame for _, frame, _ in browser.pictures[producer].decoded]


@pytest.mark.parametrize("tick", [0, 0.01])
def test_sound_and_picture_reach_the_other(tick: float) -> None:
    room = Room(tick=tick)
    alice, bob = pair(room)
    alice.speaks("mic")
    alice.shares_camera("cam", names_ssrcs=True)
    bob.watches("mic")
    bob.watches("cam")
    room.run(5.0)
    sounds = bob.sounds["mic"]
    assert sounds.frames == list(range(sounds.frames[0], sounds.frames[-1] + 1))
    assert sounds.numbers == list(range(sounds.numbers[0], sounds.numbers[-1] + 1))
    assert len(sounds.frames) > 245
    frames = frames_of(bob, "cam")
    assert frames == list(range(frames[0], frames[-1] + 1))
    assert len(frames) > 145
    assert room.metrics()["dropped"] == {}
    states = [event.state for event in room.of_type(TransportStateChanged)]
    assert states.count("connected") == 4


def test_a_track_is_known_by_mid_and_rid_alone() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam", layers=3)
    bob.watches("cam")
    room.run(4.0)
    layers = [layer for layer, _, _ in bob.pictures["cam"].decoded]
    assert layers[-1] == 2
    assert bob.pictures["cam"].counts["torn"] == 0
    told = [event for event in room.of_type(ConsumerLayersChanged) if event.spatial is not None]
    assert (told[-1].spatial, told[-1].temporal) == (2, 2)


def test_layers_follow_what_is_wanted_without_a_broken_picture() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam", layers=3)
    consumer = bob.watches("cam")
    room.run(2.0)
    playback = bob.pictures["cam"]
    for spatial, temporal in ((0, 2), (2, 2), (1, 0), (1, 2), (2, 1), (0, 0), (2, 2)):
        room.exchange.set_preferences(consumer, spatial, temporal, 100, now=room.network.now)
        room.run(2.0)
        tail = playback.decoded[-5:]
        assert {layer for layer, _, _ in tail} == {spatial}
        assert max(level for _, _, level in playback.decoded[-8:]) == temporal
    # Not one number was skipped, so nothing was ever asked for again.
    assert bob.counts["nacks"] == 0
    assert bob.counts["plis"] == 0
    assert playback.counts["skipped"] == 0


def test_temporal_layers_alone_halve_the_rate_without_asking_for_key_frames() -> None:
    room = Room()
    alice, bob = pair(room)
    encoders = alice.shares_camera("cam")
    consumer = bob.watches("cam")
    room.run(2.0)
    keys = encoders[0].key_frames
    before = len(bob.pictures["cam"].decoded)
    room.exchange.set_preferences(consumer, 0, 1, 100, now=room.network.now)
    room.run(2.0)
    assert 28 <= len(bob.pictures["cam"].decoded) - before <= 34
    before = len(bob.pictures["cam"].decoded)
    room.exchange.set_preferences(consumer, 0, 0, 100, now=room.network.now)
    room.run(2.0)
    assert 13 <= len(bob.pictures["cam"].decoded) - before <= 18
    before = len(bob.pictures["cam"].decoded)
    room.exchange.set_preferences(consumer, 0, 2, 100, now=room.network.now)
    room.run(2.0)
    assert 55 <= len(bob.pictures["cam"].decoded) - before <= 61
    assert encoders[0].key_frames == keys
    assert bob.pictures["cam"].counts["skipped"] == 0


def test_a_layer_that_ends_gives_way_to_the_next_and_comes_back() -> None:
    room = Room()
    alice, bob = pair(room)
    encoders = alice.shares_camera("cam", layers=3)
    bob.watches("cam")
    room.run(3.0)
    assert bob.pictures["cam"].decoded[-1][0] == 2
    encoders[2].active = False
    room.run(4.0)
    assert bob.pictures["cam"].decoded[-1][0] == 1
    encoders[2].active = True
    room.run(2.0)
    assert bob.pictures["cam"].decoded[-1][0] == 2
    assert bob.counts["plis"] <= 6


def test_bye_ends_a_layer_at_once() -> None:
    room = Room()
    alice, bob = pair(room)
    encoders = alice.shares_camera("cam", layers=2)
    bob.watches("cam")
    room.run(3.0)
    encoders[1].active = False
    room.run(0.02)  # its last picture
    alice.sends.send_rtcp(Bye((encoders[1].ssrc,)))
    room.run(0.4)
    assert bob.pictures["cam"].decoded[-1][0] == 0
    encoders[1].active = True
    room.run(2.0)
    assert bob.pictures["cam"].decoded[-1][0] == 1


def test_a_late_joiner_gets_a_picture_at_once() -> None:
    room = Room()
    alice, bob = pair(room)
    encoders = alice.shares_camera("cam")
    bob.watches("cam")
    room.run(5.0)
    carol = Browser(room, "carol", 3)
    room.run(0.5)
    asked = room.network.now
    carol.watches("cam")
    room.run(1.0)
    # PLI up, key frame up and down: three ways of 20 ms, a frame's wait and two ticks.
    assert carol.pictures["cam"].decoded_at[0] - asked < 0.16
    keys = encoders[0].key_frames
    dave = Browser(room, "dave", 4)
    room.run(0.2)
    asked = room.network.now
    dave.watches("cam")
    room.run(1.0)
    assert dave.pictures["cam"].decoded_at[0] - asked < 0.16
    assert encoders[0].key_frames <= keys + 1
    for browser in (bob, carol, dave):
        frames = frames_of(browser, "cam")
        assert frames == list(range(frames[0], frames[-1] + 1))


def test_thirty_who_join_together_cost_one_key_frame() -> None:
    room = Room()
    alice, _ = pair(room)
    encoders = alice.shares_camera("cam")
    browsers = [Browser(room, f"crowd{number}", 10 + number) for number in range(30)]
    room.run(3.0)
    keys = encoders[0].key_frames
    for browser in browsers:
        browser.watches("cam")
    room.run(1.5)
    assert all(len(browser.pictures["cam"].decoded) > 35 for browser in browsers)
    assert encoders[0].key_frames - keys <= 2


def test_a_paused_producer_forwards_nothing_at_once_and_resumes_with_a_key_frame() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.speaks("mic")
    alice.shares_camera("cam")
    bob.watches("mic")
    bob.watches("cam")
    room.run(2.0)
    for producer in ("mic", "cam"):
        room.exchange.pause_producer(producer, now=room.network.now)
    room.run(0.05)  # what is on its way
    before = bob.counts["packets"]
    room.run(2.0)
    assert bob.counts["packets"] == before
    keys = bob.pictures["cam"].key_frames
    for producer in ("mic", "cam"):
        room.exchange.resume_producer(producer, now=room.network.now)
    room.run(1.0)
    assert bob.pictures["cam"].key_frames == keys + 1
    assert bob.counts["nacks"] == 0
    numbers = bob.sounds["mic"].numbers
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert room.metrics()["dropped"].keys() == {"producer.paused"}


def test_a_paused_consumer_gets_nothing_while_others_do() -> None:
    room = Room()
    alice, bob = pair(room)
    carol = Browser(room, "carol", 3)
    room.run(0.5)
    alice.shares_camera("cam")
    consumer = bob.watches("cam")
    carol.watches("cam")
    room.run(1.0)
    room.exchange.pause_consumer(consumer, now=room.network.now)
    room.run(0.1)
    before, others = bob.counts["packets"], carol.counts["packets"]
    room.run(1.0)
    assert bob.counts["packets"] == before
    assert carol.counts["packets"] > others + 25
    room.exchange.resume_consumer(consumer, now=room.network.now)
    room.run(1.0)
    assert len(bob.pictures["cam"].decoded) > 50
    assert bob.counts["nacks"] == carol.counts["nacks"] == 0
    frames = frames_of(carol, "cam")
    assert frames == list(range(frames[0], frames[-1] + 1))


def test_closing_a_producer_closes_its_consumers() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam")
    consumer = bob.watches("cam")
    room.run(1.0)
    room.exchange.close_producer("cam", now=room.network.now)
    room.run(0.1)
    before = bob.counts["packets"]
    room.run(1.0)
    assert bob.counts["packets"] == before
    assert room.metrics()["producers"] == room.metrics()["consumers"] == 0
    assert room.metrics()["dropped"]["rtp.unknown_ssrc"] > 20
    with pytest.raises(Refused, match=r"consumer\.unknown"):
        room.exchange.close_consumer(consumer, now=room.network.now)


def test_a_consumer_resumed_before_its_transport_is_secured_begins_with_a_key_frame() -> None:
    room = Room()
    alice, _ = pair(room)
    alice.shares_camera("cam")
    room.run(1.0)
    carol = Browser(room, "carol", 3)
    carol.watches("cam")
    room.run(1.0)
    playback = carol.pictures["cam"]
    assert playback.key_frames >= 1
    assert carol.receives.connected_at is not None
    assert playback.decoded_at[0] - carol.receives.connected_at < 0.16


def test_fir_is_as_good_as_pli_and_both_are_joined() -> None:
    room = Room()
    alice, bob = pair(room)
    encoders = alice.shares_camera("cam")
    bob.watches("cam")
    room.run(3.0)
    keys = encoders[0].key_frames
    for _ in range(10):
        bob.asks_by_fir("cam")
        room.run(0.02)
    room.run(0.2)
    assert encoders[0].key_frames == keys + 1
    room.run(1.0)
    assert encoders[0].key_frames <= keys + 2


def test_the_loudest_voice_has_the_floor() -> None:
    room = Room()
    alice, bob = pair(room)
    quiet = alice.speaks("alice-mic", level=90)
    loud = bob.speaks("bob-mic", level=20)
    room.run(2.0)
    assert room.of_type(SpeakersChanged)[-1].dominant == "bob-mic"
    assert room.of_type(SpeakersChanged)[-1].producer_ids == ("bob-mic",)
    quiet.level, loud.level = 20, 100
    room.run(3.0)
    assert room.of_type(SpeakersChanged)[-1].dominant == "alice-mic"
    assert room.of_type(SpeakersChanged)[-1].producer_ids == ("alice-mic",)


def test_reports_go_both_ways_and_keep_sound_and_picture_in_step() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.speaks("mic")
    encoders = alice.shares_camera("cam", layers=2)
    bob.watches("mic")
    bob.watches("cam")
    room.run(5.0)
    assert {block.ssrc for block in alice.reports} == {77, *(each.ssrc for each in encoders)}
    assert all(block.packets_lost == 0 for block in alice.reports)
    assert alice.bitrate_bps == 8_000_000
    picture = bob.sender_reports[bob.pictures["cam"].ssrc]
    # At the report's time, by Alice's clock, the picture's timestamp would be this: what Bob
    # saw last, moved on by the time since it was taken.
    taken = bob.pictures["cam"].decoded[-1][1] / 30
    del taken
    ahead = (picture.rtp_timestamp - bob.pictures["cam"].timestamps[-1] + 2**31) % 2**32 - 2**31
    assert abs(ahead) < 90_000 * 1.2
    sound = bob.sender_reports[bob.sounds["mic"].ssrc]
    assert abs(picture.ntp - sound.ntp) < 1 << 32


def test_ice_restart_and_a_new_address_keep_the_picture() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam")
    bob.watches("cam")
    room.run(2.0)
    bob.receives.restart(("203.0.113.5", 4000))
    room.run(2.0)
    frames = frames_of(bob, "cam")
    assert frames[-1] >= 110
    assert room.network.link(SERVER, ("203.0.113.5", 4000)).counts["sent"] > 50


def test_everything_of_a_browser_that_left_is_gone() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam")
    bob.watches("cam")
    room.run(1.0)
    room.exchange.close_endpoint("alice", now=room.network.now)
    alice.leaves()
    room.run(1.0)
    metrics = room.metrics()
    assert (metrics["endpoints"], metrics["producers"], metrics["consumers"]) == (1, 0, 0)
    room.exchange.close_router("room", now=room.network.now)
    assert room.metrics()["endpoints"] == 0
    assert room.exchange.next_timer() is None or room.network.run(1.0) is None


def test_a_browser_that_falls_silent_is_shown_as_disconnected_and_comes_back() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam")
    bob.watches("cam")
    room.run(2.0)
    bob.links(loss=1.0)
    room.run(12.0)
    assert [e.state for e in room.of_type(TransportStateChanged) if e.endpoint_id == "bob"][
        -1
    ] == "disconnected"
    bob.links(loss=0.0)
    room.run(4.0)
    assert [e.state for e in room.of_type(TransportStateChanged) if e.endpoint_id == "bob"][
        -1
    ] == "connected"
    assert bob.pictures["cam"].decoded_at[-1] > room.network.now - 0.2


def test_a_restarted_worker_serves_whoever_joins_again() -> None:
    room = Room()
    alice, bob = pair(room)
    alice.shares_camera("cam")
    bob.watches("cam")
    room.run(1.0)
    room.open()
    alice.leaves()
    bob.leaves()
    alice, bob = Browser(room, "alice", 5), Browser(room, "bob", 6)
    room.run(0.5)
    alice.shares_camera("cam")
    bob.watches("cam")
    room.run(1.0)
    assert len(bob.pictures["cam"].decoded) > 20
