"""Sound that leaves once more, the same bytes: when, what it may take, and what it brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from bench.loss_model import loss_model
from media.endpoint.echoes import Echoes
from media.endpoint.line import Line
from media.forward.consumer import Consumer
from media.transport.keys import SrtpProfile
from media.wire import rtp
from media.wire.demux import PacketKind, classify
from tests.media.endpoint.test_egress import rekey
from tests.media.endpoint.test_redundant_sound import consumer_of
from tests.support.nonces import watch
from tests.support.peers import SERVER, Browser, Room
from tests.support.receivers import REDUNDANT, UNMEASURED_REDUNDANT


class Scene:
    """Alice speaks and is seen, Bob's sound is echoed; `came` lists what is sent to Bob."""

    def __init__(self, capabilities: Any = REDUNDANT, profile: SrtpProfile | None = None) -> None:
        self.room = Room(remedies=False)
        self.alice, self.bob = Browser(self.room, "alice", 1), Browser(self.room, "bob", 2)
        self.room.run(0.5)
        self.came: defaultdict[bytes, list[float]] = defaultdict(list)
        self.is_lost: Callable[[], bool] = lambda: False
        self.bob.receives.is_copied = True
        if profile is not None:
            rekey(self.room, self.bob.receives, profile)
        self.alice.speaks("mic", frame_bytes=40)
        self.alice.shares_camera("cam")
        self.consumer: Consumer = consumer_of(
            self.room, self.bob.watches("mic", capabilities=capabilities)
        )
        self.bob.watches("cam", capabilities=capabilities)
        self.room.run(1.0)
        link = self.room.network.link(SERVER, self.bob.addresses[1])
        link.is_lost = self._look

    def _look(self, datagram: bytes, now: float) -> bool:
        if classify(datagram) is not PacketKind.RTP:
            return False
        self.came[datagram].append(now)
        return self.is_lost()

    @property
    def line(self) -> Line:
        line: Line = self.room.exchange._directory.lines[self.bob.receives.transport_id]
        return line

    @property
    def echoes(self) -> Echoes:
        echoes: Echoes = self.room.exchange._traffic.egress.echoes
        return echoes

    def follow(self, *, on: bool = True) -> None:
        self.echoes.follow(self.line, on, now=self.room.network.now)
        self.room.follow()

    def sounds(self) -> list[list[float]]:
        """When each datagram of sound was sent."""
        ssrc = self.consumer.ssrc
        return [at for data, at in self.came.items() if rtp.parse_header(data).ssrc == ssrc]

    def pictures(self) -> list[list[float]]:
        ssrc = self.consumer.ssrc
        return [at for data, at in self.came.items() if rtp.parse_header(data).ssrc != ssrc]


@pytest.mark.parametrize("profile", [None, SrtpProfile.AES128_CM_SHA1_80])
def test_each_packet_of_sound_leaves_twice_and_no_picture(profile: SrtpProfile | None) -> None:
    scene = Scene(profile=profile)
    scene.follow()
    scene.room.run(2.0)
    sounds = scene.sounds()
    old = [at for at in sounds if at[0] < scene.room.network.now - 0.2]
    assert len(old) > 80
    assert {len(at) for at in old} == {2}
    assert all(later - first == pytest.approx(0.17, abs=0.01) for first, later in old)
    assert {len(at) for at in scene.pictures()} == {1}
    assert scene.room.metrics()["echoes"] >= len(old)


def test_a_copy_seals_nothing_again() -> None:
    scene = Scene()
    sealer = scene.line.transport.sealer
    assert sealer is not None
    noted = watch(sealer)
    scene.follow()
    scene.room.run(1.0)
    assert len(noted.used) == len(scene.came)


def test_it_ends_at_once_and_begins_again() -> None:
    scene = Scene()
    scene.follow()
    scene.follow()
    scene.room.run(0.5)
    scene.follow(on=False)
    scene.came.clear()
    scene.room.run(0.5)
    assert {len(at) for at in scene.came.values()} == {1}
    scene.follow()
    scene.room.run(0.5)
    assert 2 in {len(at) for at in scene.sounds()}


def test_a_line_that_goes_takes_its_copies_with_it() -> None:
    scene = Scene()
    scene.follow()
    line = scene.line
    scene.room.exchange.close_endpoint("bob", now=scene.room.network.now)
    assert not scene.echoes.follows(line)
    assert scene.echoes.next_at() is None
    scene.bob.leaves()
    scene.room.run(1.0)


def test_copies_take_no_more_than_their_share_of_a_thin_line() -> None:
    scene = Scene()
    scene.consumer.protect(17, None)
    scene.line.downlink.limit(120_000, now=scene.room.network.now)
    scene.follow()
    scene.room.run(1.0)
    scene.line.downlink.limit(120_000, now=scene.room.network.now)
    scene.came.clear()
    before = scene.room.metrics()["echoes"]
    scene.room.run(3.0)
    copies = scene.room.metrics()["echoes"] - before
    octets = max(len(data) for data in scene.came) + 28
    assert copies * octets * 8 / 3 <= scene.line.downlink.estimator.target_bps * 0.5 * 1.2
    assert scene.line.drops["echo.limit"] > 20


def test_feedback_of_a_copy_is_no_delay_and_no_packet_that_came() -> None:
    scene = Scene()
    chance = scene.room.network.chance
    scene.is_lost = lambda: chance.random() < 0.5
    scene.follow()
    room, downlink = scene.room, scene.line.downlink
    delays: list[float] = []
    lost = came = 0
    report = downlink.estimator.report

    def noted(results: list, *, now: float) -> None:
        nonlocal lost, came
        for each in results:
            lost += each.received_at is None
            came += each.received_at is not None
            if each.received_at is not None:
                delays.append(each.received_at - each.sent_at)
        report(results, now=now)

    downlink.estimator.report = noted  # type: ignore[method-assign]
    room.run(10.0)
    assert max(delays) - min(delays) < 0.12
    assert 0.4 < lost / (lost + came) < 0.6


def test_bursts_that_outlast_redundancy_are_mended() -> None:
    def share_that_came(*, is_echoed: bool) -> float:
        scene = Scene(UNMEASURED_REDUNDANT)
        model = loss_model(0.3, 10, scene.room.network.chance)
        scene.is_lost = model.loses
        scene.consumer.protect(17, None)
        if is_echoed:
            scene.follow()
        first = max(scene.bob.sounds["mic"].heard_at)
        scene.room.run(60.0)
        heard = sorted(frame for frame in scene.bob.sounds["mic"].heard_at if frame > first)
        return len(heard) / (heard[-1] - first)

    plain, echoed = share_that_came(is_echoed=False), share_that_came(is_echoed=True)
    assert echoed >= plain
    assert echoed > 0.999
