"""What a publisher is told to send, over links of a known rate, by one that obeys."""

from __future__ import annotations

from itertools import pairwise

import pytest

from media.endpoint.quota import BOUNDS
from media.endpoint.uplink import CEILING_BPS, SCOLDED_S
from media.source import Source
from media.wire.rtcp import ReceiverEstimatedBitrate, RtcpPacket
from tests.support.network import Link
from tests.support.obedient import Obedient
from tests.support.peers import SERVER, Browser, Path, Room

CAMERA, SCREEN = 2_150_000, 2_500_000


class Told(Browser):
    """Keeps every REMB with its time."""

    def __init__(self, room: Room, **link: float) -> None:
        self.told: list[tuple[float, ReceiverEstimatedBitrate]] = []
        super().__init__(room, "alice", 1, **link)

    def rtcp(self, path: Path, packet: RtcpPacket, now: float) -> None:
        if isinstance(packet, ReceiverEstimatedBitrate):
            self.told.append((now, packet))
        super().rtcp(path, packet, now)


def publisher(*, remedies: bool = True, **link: float) -> tuple[Room, Told, Obedient, Link]:
    """One browser whose way to the server is of that shape from when it publishes."""
    room = Room(remedies=remedies)
    alice = Told(room)
    room.run(0.5)
    up = room.network.link(alice.addresses[0], SERVER)
    for name, value in link.items():
        setattr(up, name, value)
    return room, alice, Obedient(alice), up


def waits(room: Room, up: Link, seconds: float) -> list[float]:
    """How long packets wait at the link, each 10 ms, in ascending order."""
    seen = []
    for _ in range(round(seconds / 0.01)):
        room.run(0.01)
        seen.append(max(up._free_at - room.network.now, 0.0))
    return sorted(seen)


def rate(room: Room, up: Link, seconds: float) -> float:
    before = up.counts["bytes"]
    room.run(seconds)
    return (up.counts["bytes"] - before) * 8 / seconds


def test_on_a_clean_network_camera_and_screen_are_full_at_once() -> None:
    room, alice, sender, up = publisher()
    camera = sender.shows("cam", CAMERA)
    room.run(4.0)
    screen = sender.shows("screen", SCREEN, Source.SCREEN)
    assert rate(room, up, 4.0) > 0.95 * (CAMERA + SCREEN)
    assert camera.full_at is not None
    assert camera.full_at - camera.since < 0.3
    assert screen.full_at is not None
    assert screen.full_at - screen.since < 0.1
    assert {remb.bitrate_bps for _, remb in alice.told} == {CEILING_BPS}
    assert up.counts["lost"] == 0


def test_it_names_all_pictures_and_says_so_soon_and_again() -> None:
    room, alice, sender, _ = publisher()
    began = room.network.now
    encoder = sender.shows("cam", CAMERA).encoder
    room.run(3.0)
    assert alice.told[0][0] - began < 0.25
    assert {remb.ssrcs for _, remb in alice.told} == {(encoder.ssrc,)}
    other = sender.shows("screen", SCREEN, Source.SCREEN).encoder
    alice.told.clear()
    room.run(1.0)
    assert alice.told[0][1].ssrcs == (encoder.ssrc, other.ssrc)
    alice.told.clear()
    room.run(10.0)
    assert 9 <= len(alice.told) <= 11  # nothing new to tell


@pytest.mark.parametrize("bps", [300e3, 1e6, 3e6])
def test_on_a_narrow_uplink_it_converges_without_storms(bps: float) -> None:
    room, _, sender, up = publisher(rate_bps=bps)
    sender.shows("cam", CAMERA)
    sender.shows("screen", SCREEN, Source.SCREEN)
    room.run(3.0)
    overflow, asked = up.counts["overflow"], room.metrics()["nacks_sent"]
    assert overflow < 3 * bps / 8000  # three seconds of the line at most, and only at first
    seen = waits(room, up, 12.0)
    assert up.counts["overflow"] - overflow <= 2
    assert room.metrics()["nacks_sent"] - asked < 20
    assert seen[int(len(seen) * 0.95)] < 0.1
    assert rate(room, up, 10.0) > 0.7 * bps


def test_a_line_that_gets_narrow_is_told_at_once() -> None:
    room, alice, sender, up = publisher(rate_bps=5e6)
    sender.shows("cam", CAMERA)
    room.run(5.0)
    up.rate_bps, since = 600e3, room.network.now
    room.run(3.0)
    falls = [(at, remb.bitrate_bps) for at, remb in alice.told if remb.bitrate_bps < CEILING_BPS]
    assert falls[0][0] - since < 0.5
    assert min(at for at, bps in falls if bps < 600e3) - since < 1.0
    assert waits(room, up, 3.0)[150] < 0.1


def test_it_comes_back_when_the_line_does() -> None:
    room, _, sender, up = publisher(rate_bps=600e3)
    sender.shows("cam", CAMERA)
    room.run(6.0)
    up.rate_bps = 5e6
    room.run(20.0)  # 8 % a second is the sender's own pace
    assert rate(room, up, 1.0) > 1.7e6


def test_random_loss_is_not_taken_for_a_narrow_line() -> None:
    room, alice, sender, _ = publisher(loss=0.3)
    sender.shows("cam", CAMERA)
    room.run(8.0)
    line = room.exchange._directory.lines["alice-send"]
    assert {remb.bitrate_bps for _, remb in alice.told} == {CEILING_BPS}
    assert 0.25 < line.uplink.loss < 0.35
    assert line.uplink.estimate_bps == CEILING_BPS


def test_repairs_that_do_not_fit_are_not_asked_for() -> None:
    """A line full of media loses one in five: asking for all of it would double the queue."""
    room, alice, sender, up = publisher(rate_bps=1e6, remedies=False)
    sender.shows("cam", CAMERA)
    room.run(8.0)
    line = room.exchange._directory.lines["alice-send"]
    before = sum(encoder.resent for encoder in alice.encoders["cam"])
    up.loss = 0.2
    room.run(5.0)
    resent = sum(encoder.resent for encoder in alice.encoders["cam"]) - before
    assert resent * 1100 * 8 / 5 < 0.35 * line.uplink.target_bps
    assert resent > 30
    assert waits(room, up, 3.0)[285] < 0.25


def test_hopeless_repairs_end_with_a_key_frame() -> None:
    room, alice, sender, _ = publisher(rate_bps=300e3)
    bob = Browser(room, "bob", 2)
    room.run(0.5)
    sender.shows("cam", CAMERA)
    bob.watches("cam")
    room.run(12.0)
    decoded = bob.pictures["cam"].decoded_at
    assert decoded[-1] > room.network.now - 0.3
    assert max(after - before for before, after in pairwise(decoded) if before > 4.0) < 1.0
    assert alice.counts["PictureLossIndication"] < 15


def test_who_exceeds_a_bound_is_dropped_by_name_and_told() -> None:
    room, alice, sender, _ = publisher()
    bound = BOUNDS[Source.CAMERA]
    sender.shows("cam", 1.5 * bound.bitrate_bps)
    room.run(3.0)
    line = room.exchange._directory.lines["alice-send"]
    assert line.drops["producer.rate"] > 0
    assert alice.told[-1][1].bitrate_bps <= bound.bitrate_bps
    dropped = line.drops["producer.rate"]
    room.run(2.0)
    assert line.drops["producer.rate"] - dropped < 0.1 * dropped
    sender.tracks[0].max_bps = 0.5 * bound.bitrate_bps
    room.run(SCOLDED_S + 3.0)
    assert alice.told[-1][1].bitrate_bps > bound.bitrate_bps


def test_a_line_that_only_receives_has_no_estimate() -> None:
    room, _, _, _ = publisher()
    room.run(1.0)
    line = room.exchange._directory.lines["alice-receive"]
    assert line.uplink.estimate_bps is None
    assert line.uplink.loss == 0.0
