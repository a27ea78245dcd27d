"""When a line is divided anew, who counts as what, what probes are made of, and what is told."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from media.congestion.probing import Probe
from media.endpoint.demands import SOUND, demands_of
from media.endpoint.event import DownlinkChanged
from media.endpoint.line import Line
from media.endpoint.sharing import TOLD_EACH
from media.forward.demand import Rank
from media.source import Source
from media.wire import rtp
from media.wire.demux import PacketKind, classify
from media.wire.rtcp import ReceiverEstimatedBitrate, TransportFeedback
from tests.support.peers import SERVER, Browser, Room
from tests.support.receivers import UNMEASURED


def class_of(room: Room, cameras: int = 3) -> tuple[list[Browser], Browser]:
    """Some with camera and microphone, the first with a screen, and Bob who watches all."""
    people = [Browser(room, f"p{number}", 1 + number) for number in range(cameras)]
    bob = Browser(room, "bob", 90)
    room.run(0.5)
    for number, browser in enumerate(people):
        browser.speaks(f"mic{number}", level=90)
        browser.shares_camera(f"cam{number}")
    people[0].shares_camera("screen", source=Source.SCREEN)
    for number in range(cameras):
        bob.watches(f"mic{number}")
        bob.watches(f"cam{number}")
    bob.watches("screen")
    room.run(1.0)
    return people, bob


def line_of(room: Room, name: str = "bob-receive") -> Line:
    return room.exchange._directory.lines[name]


def ranks(room: Room) -> dict[str, Rank]:
    now = room.network.now
    sharing = room.exchange._traffic.downlinks.sharing
    line = line_of(room)
    found = demands_of(line, sharing._speaker(line.router), {}, now=now)
    return {
        each.key if each.key == SOUND else each.key.consumer.producer_id: each.rank  # type: ignore
        for each in found
    }


def test_everybody_counts_as_what_they_are() -> None:
    room = Room()
    people, _ = class_of(room)
    assert ranks(room) == {
        "screen": Rank.SCREEN,
        "cam0": Rank.OTHER,
        "cam1": Rank.OTHER,
        "cam2": Rank.OTHER,
        SOUND: Rank.AUDIO,
    }
    room.exchange.set_preferences("bob<cam2", 7, 7, 200, now=room.network.now)
    assert people[1].microphone is not None
    people[1].microphone.level = 20
    room.run(1.5)
    assert ranks(room)["cam1"] is Rank.SPEAKER
    assert ranks(room)["cam2"] is Rank.PINNED
    room.exchange.pause_consumer("bob<cam2", now=room.network.now)
    room.exchange.pause_producer("cam0", now=room.network.now)
    assert ranks(room).keys() == {"screen", "cam1", SOUND}


def test_a_line_with_nothing_but_sound_is_not_divided() -> None:
    room = Room()
    class_of(room)
    for producer in ("screen", "cam0", "cam1", "cam2"):
        room.exchange.pause_consumer(f"bob<{producer}", now=room.network.now)
    room.run(1.0)
    sharing = room.exchange._traffic.downlinks.sharing
    assert demands_of(line_of(room), None, {}, now=room.network.now) == []
    assert sharing.wanted_bps(line_of(room)) == (0, False)


def watch_divisions(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When Bob's line is divided, from now on."""
    times: list[float] = []
    sharing = room.exchange._traffic.downlinks.sharing
    original = sharing._divide

    def divide(line: Line, measured: Any, now: float) -> None:
        if line is line_of(room):
            times.append(now)
        original(line, measured, now)

    monkeypatch.setattr(sharing, "_divide", divide)
    return times


def test_a_line_with_room_to_spare_is_looked_at_seldom_and_at_once_when_something_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room()
    people, _ = class_of(room)
    room.run(6.0)
    times = watch_divisions(room, monkeypatch)
    room.run(3.0)
    assert len(times) <= 7
    for act in (
        lambda now: room.exchange.set_preferences("bob<cam1", 0, 0, 50, now=now),
        lambda now: room.exchange.pause_consumer("bob<cam1", now=now),
        lambda now: room.exchange.resume_consumer("bob<cam1", now=now),
        lambda now: room.exchange.close_consumer("bob<cam2", now=now),
        lambda now: line_of(room).downlink.limit(100_000, now=now),
    ):
        room.run(0.2)
        act(room.network.now)
        at = room.network.now
        room.run(0.11)
        assert times[-1] >= at
    assert people[1].microphone is not None
    people[1].microphone.level = 10
    before = len(times)
    room.run(1.0)
    assert len(times) > before


def test_the_receiver_is_told_when_something_changes_but_not_all_the_time() -> None:
    room = Room()
    class_of(room)
    room.run(3.0)
    room.events.clear()
    told_at: list[float] = []
    for step in range(60):
        if step % 10 == 0:
            limit = 150_000 if step % 20 else 5_000_000
            line_of(room).downlink.limit(limit, now=room.network.now)
        before = len(room.of_type(DownlinkChanged))
        room.run(0.1)
        told_at += [room.network.now] * (len(room.of_type(DownlinkChanged)) - before)
    events = [each for each in room.of_type(DownlinkChanged) if each.endpoint_id == "bob"]
    assert 4 <= len(events) <= 60 * 0.1 / TOLD_EACH
    assert min(b - a for a, b in pairwise(told_at)) > TOLD_EACH - 0.15
    assert any(("bob<cam0", "off") in each.reductions for each in events)
    room.exchange.close_consumer("bob<cam0", now=room.network.now)
    room.exchange.close_consumer("bob<cam1", now=room.network.now)
    room.exchange.close_consumer("bob<cam2", now=room.network.now)
    room.exchange.close_consumer("bob<screen", now=room.network.now)
    room.run(1.0)
    assert room.of_type(DownlinkChanged)[-1].reductions == ()


def test_probes_are_packets_just_sent_once_more_at_the_rate_and_in_their_cluster() -> None:
    room = Room()
    room_link = room.network.link(SERVER, ("198.51.100.90", 2000))
    sizes: list[tuple[float, int, int]] = []

    def note(datagram: bytes, now: float) -> bool:
        if classify(datagram) is PacketKind.RTP:
            header = rtp.parse_header(datagram)
            sizes.append((now, header.payload_type, len(datagram)))
        return False

    room_link.is_lost = note
    line: list[Line] = []
    clusters: list[tuple[int | None, int]] = []
    people, bob = class_of(room)
    line.append(line_of(room))
    downlink = line[0].downlink
    original = downlink.sends.sent

    class Log:
        """Stands where the send log stood."""

        def __getattr__(self, name: str) -> Any:
            return getattr(downlink_sends, name)

        def sent(self, sent: Any, *, now: float, cluster: int | None = None) -> None:
            clusters.append((cluster, sum(sent)))
            original(sent, now=now, cluster=cluster)

    downlink_sends = downlink.sends
    downlink.sends = Log()  # type: ignore[assignment]
    for encoders in people[0].encoders.values():
        encoders[0].packet_bytes, encoders[0].packets_per_frame = 1100, 8
    room.run(3.0)
    probed = {cluster for cluster, _ in clusters} - {None}
    assert probed
    assert room.metrics()["probes"] >= len(probed)
    rtx = [size for _, payload_type, size in sizes if payload_type == 102]
    assert len(rtx) >= room.metrics()["probe_packets"] > 5
    assert bob.pictures["screen"].counts["torn"] == 0


def test_a_line_whose_pictures_are_all_off_still_probes_by_padding() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 90)
    room.run(0.5)
    alice.speaks("mic")
    encoder = alice.shares_camera("cam")[0]
    encoder.packet_bytes, encoder.packets_per_frame = 1100, 12
    line_of(room).downlink.limit(60_000, now=room.network.now)
    bob.watches("mic")
    bob.watches("cam")
    room.run(2.0)
    assert not bob.pictures["cam"].decoded
    line_of(room).downlink.limit(20_000_000, now=room.network.now)
    room.run(8.0)
    assert room.metrics()["probe_packets"] > 0
    assert len(bob.pictures["cam"].decoded) > 30


def test_who_tells_nothing_gets_everything_at_once() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 90)
    room.run(0.5)
    encoder = alice.shares_camera("cam")[0]
    encoder.packet_bytes, encoder.packets_per_frame = 1100, 10
    bob.watches("cam", capabilities=UNMEASURED)
    room.run(2.0)
    assert len(bob.pictures["cam"].decoded) > 50
    assert room.metrics()["paced"] == 0
    assert line_of(room).downlink.estimate_bps is None
    # One REMB, and the line is measured.
    bob.receives.send_rtcp(ReceiverEstimatedBitrate(1, 300_000, (1,)))
    room.run(1.5)
    assert line_of(room).downlink.estimate_bps == 300_000
    assert room.of_type(DownlinkChanged)[-1].reductions == (("bob<cam", "off"),)


def test_feedback_about_nothing_and_too_much_of_it_is_dropped_by_name() -> None:
    room = Room()
    _, bob = class_of(room)
    never_sent = TransportFeedback(1, 0, 40_000, 5, 0, (4, 4, None))
    bob.receives.send_rtcp(never_sent)
    room.run(0.1)
    assert line_of(room).drops["transport_cc.stale"] == 1
    for _ in range(200):
        bob.receives.send_rtcp(never_sent)
    room.run(0.1)
    assert line_of(room).drops["transport_cc.rate"] > 100
    assert line_of(room, "p0-receive").drops == {}


def test_what_is_known_of_each_network_is_shown() -> None:
    room = Room()
    class_of(room)
    room.run(3.0)
    stats = {each["endpoint_id"]: each for each in room.exchange.router_stats("room")["endpoints"]}
    assert stats.keys() == {"p0", "p1", "p2", "bob"}
    bob, speaker = stats["bob"], stats["p0"]
    assert bob["protocol"] == speaker["protocol"] == "udp"
    assert 30 <= bob["round_trip_ms"] <= 120
    assert (bob["loss_down"], bob["loss_up"], bob["uplink_bps"]) == (0.0, None, None)
    assert bob["downlink_bps"] > 500_000
    assert speaker["downlink_bps"] is None
    assert speaker["uplink_bps"] > 500_000
    assert speaker["loss_up"] == 0.0
    assert bob["is_heard"]
    room.exchange.create_transport("room", "new", "new-1", now=3.0)
    last = room.exchange.router_stats("room")["endpoints"][-1]
    assert (last["endpoint_id"], last["is_heard"]) == ("new", False)


def test_another_way_to_the_receiver_is_learned_anew() -> None:
    room = Room()
    _, bob = class_of(room)
    room.run(4.0)
    downlink = line_of(room).downlink
    assert downlink.estimator.target_bps > 1_000_000
    number = downlink.sends.next
    bob.receives.restart(("203.0.113.5", 4000))
    room.run(0.2)
    assert downlink.sends.next >= number
    assert downlink.estimate_bps is None or downlink.estimator.target_bps <= 1_100_000
    room.run(4.0)
    assert downlink.estimator.target_bps > 1_000_000
    assert bob.pictures["screen"].decoded_at[-1] > room.network.now - 0.1


def test_another_port_of_the_same_host_is_the_same_line() -> None:
    """At 70 % loss Chromium gives sockets up and opens others: what was learned stays true."""
    room = Room()
    _, bob = class_of(room)
    room.run(4.0)
    downlink = line_of(room).downlink
    before = downlink.estimator.target_bps
    assert before > 1_000_000
    host, port = bob.addresses[1]
    bob.receives.restart((host, port + 1))
    for _ in range(20):
        room.run(0.1)
        assert downlink.estimate_bps is not None
        assert downlink.estimator.target_bps > 0.9 * before
    assert downlink.losses.sensed(room.network.now).loss < 0.1
    assert bob.pictures["screen"].decoded_at[-1] > room.network.now - 0.1


def test_a_cluster_that_cannot_be_sent_ends() -> None:
    room = Room()
    class_of(room)
    line = line_of(room)
    probes = room.exchange._traffic.downlinks.probes
    line.downlink.estimator.probe = (  # type: ignore[method-assign]
        lambda *, wanted_bps, now: Probe(99, 3_000_000, 15_000, 5)
    )
    room.exchange._traffic.downlinks.sharing.wanted_bps = (  # type: ignore[method-assign]
        lambda line: (30_000_000, True)
    )
    now = room.network.now
    probes.consider(line, now=now)
    assert line.downlink.cluster == 99
    line.transport.close()
    for step in range(30):
        probes.flush(now=now + step * 0.01)
    assert line.downlink.cluster is None
    assert probes.next_at() is None
