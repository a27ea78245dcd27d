"""Pictures of a publisher whose line loses 70 %: asked for often, guessed at, and told gently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from media.endpoint import reports
from media.endpoint.uplink import CEILING_BPS
from media.repair.manner import Manner
from media.wire.demux import PacketKind, classify
from tests.support.lossy import FPS, WeakCall
from tests.support.peers import SERVER
from tests.support.receivers import UNMEASURED

SEVERE = Manner(wait_s=0.01, times=2, speculative=2, passes=0.3)
REPAIR_BPS = 1_000_000


def weak_call(seed: int = 1) -> WeakCall:
    """All that is done on severe lines."""
    call = WeakCall(seed, UNMEASURED)
    call.requests.manner(call.up, SEVERE)
    call.up.uplink.repair_bps = REPAIR_BPS
    reports.masks(call.up, True)
    call.requests.repeating.times(call.up, 3)
    return call


@pytest.mark.parametrize(
    ("up", "down", "burst"),
    [(0.7, 0.0, 0), (0.7, 0.7, 0), (0.7, 0.7, 5), (0.5, 0.5, 10), (0.3, 0.3, 10)],
)
def test_at_70_per_cent_the_picture_goes_on(up: float, down: float, burst: float) -> None:
    call = weak_call()
    call.spoil(call.alice.addresses[0], up, down, burst)
    call.room.run(1.0)
    assert call.shown(20.0) >= 14 / 15
    assert call.requests.counts["abandoned"] <= 2
    assert call.encoder.key_frames <= 3


def test_how_many_questions_are_answered_is_seen_and_not_supposed() -> None:
    """Who receives nothing tells nothing of its losses; three answers for each that comes were
    charged, and the picture stood still for want of room there was.
    """
    call = weak_call()
    call.requests.manner(call.up, replace(SEVERE, times=4, passes=1.0))
    call.up.uplink.repair_bps = 700_000
    call.spoil(call.alice.addresses[0], 0.7, 0.7)
    call.room.run(3.0)
    assert call.shown(15.0) >= 14 / 15
    assert 0.15 < call.up.uplink.answers < 0.45


def test_without_it_the_picture_stands_still() -> None:
    call = WeakCall(capabilities=UNMEASURED)
    call.spoil(call.alice.addresses[0], 0.7, 0.7)
    call.room.run(1.0)
    assert call.shown(10.0) < 0.3


def test_it_costs_no_more_than_the_line_was_given() -> None:
    call = weak_call()
    call.spoil(call.alice.addresses[0], 0.7, 0.7)
    there = (call.alice.addresses[0], SERVER)
    unbounded = call.sent_bps(*there, 10.0)
    assert unbounded < 900_000
    call.up.uplink.repair_bps = 0
    call.up.uplink.bounds(most_bps=200_000)
    call.room.run(2.0)
    # 145 kbit/s are the pictures themselves; repairs get as much as arrives, and 64 kbit/s.
    assert call.sent_bps(*there, 10.0) < 145_000 + 180_000


def test_what_nobody_watches_is_not_asked_for() -> None:
    call = weak_call()
    consumer = call.subscription.consumer.consumer_id
    call.room.exchange.pause_consumer(consumer, now=call.room.network.now)
    call.spoil(call.alice.addresses[0], 0.5, 0.0)
    call.room.run(0.1)
    before = call.encoder.resent
    call.room.run(3.0)
    assert call.encoder.resent == before


def test_the_way_to_the_smallest_size_is_asked_for_too() -> None:
    """Nobody watches it before its key frame came, and that comes in pieces."""
    call = weak_call()
    call.alice.mute("cam")
    call.alice.shares_camera("big", layers=2, fps=FPS, packet_bytes=500)
    consumer = call.bob.watches("big", resume=False)
    call.spoil(call.alice.addresses[0], 0.7, 0.7)
    call.room.run(1.0)
    assert not call.room.exchange._directory.publications["big"].producer.streams[0].watched
    call.room.exchange.resume_consumer(consumer, now=call.room.network.now)
    call.room.run(3.0)
    before = len(call.bob.pictures["big"].decoded)
    call.room.run(4.0)
    assert len(call.bob.pictures["big"].decoded) - before >= 4 * FPS * 14 / 15


def test_a_camera_that_stops_is_not_asked_for_long() -> None:
    call = weak_call()
    call.alice.mute("cam")
    call.room.run(2.0)
    before = call.alice.counts["GenericNack"]
    call.room.run(5.0)
    assert call.alice.counts["GenericNack"] == before


def test_calm_lines_are_asked_for_nothing() -> None:
    call = WeakCall(capabilities=UNMEASURED)
    call.room.run(5.0)
    assert call.alice.counts["GenericNack"] == 0


def test_the_publisher_hears_of_no_loss_while_it_is_masked() -> None:
    call = weak_call()
    call.spoil(call.alice.addresses[0], 0.7, 0.0)
    call.alice.reports.clear()
    call.room.run(5.0)
    assert {block.fraction_lost for block in call.alice.reports} == {0}
    assert {block.packets_lost for block in call.alice.reports} == {0}
    assert call.up.uplink.loss > 0.5
    reports.masks(call.up, False)
    call.alice.reports.clear()
    call.room.run(2.5)
    assert call.alice.reports[-1].fraction_lost > 100


def test_the_bitrate_told_keeps_to_its_bounds() -> None:
    call = weak_call()
    assert call.alice.bitrate_bps == CEILING_BPS
    call.up.uplink.bounds(most_bps=400_000)
    call.room.run(1.0)
    assert call.alice.bitrate_bps == 400_000
    call.up.uplink.bounds()
    call.room.run(2.0)
    assert call.alice.bitrate_bps == CEILING_BPS


def test_reports_leave_three_times_as_the_same_bytes() -> None:
    call = weak_call()
    seen: list[tuple[float, bytes]] = []

    def look(datagram: bytes, now: float) -> bool:
        if classify(datagram) is PacketKind.RTCP:
            seen.append((now, datagram))
        return False

    call.room.network.link(SERVER, call.alice.addresses[0]).is_lost = look
    call.room.run(3.0)
    datagrams = [datagram for _, datagram in seen]
    assert len(datagrams) >= 9
    assert {datagrams.count(each) for each in set(datagrams[:-3])} == {3}
    times = [at for at, datagram in seen if datagram == datagrams[0]]
    assert times[2] - times[0] == pytest.approx(0.04, abs=0.011)
    call.requests.repeating.times(call.up, 1)
    call.room.run(0.1)
    seen.clear()
    call.room.run(3.0)
    assert len(seen) == len({datagram for _, datagram in seen})


def test_its_camera_is_watched_in_the_smallest_size() -> None:
    call = WeakCall()
    call.alice.shares_camera("big", layers=2, fps=FPS)
    consumer = call.bob.watches("big")
    call.room.run(4.0)
    selector = call.room.exchange._directory.subscription(consumer).consumer.selector
    assert selector.spatial == 1
    call.requests.manner(call.up, Manner())
    call.room.run(2.5)
    assert selector.spatial == 1  # what loses a tenth may be large
    call.requests.manner(call.up, SEVERE)
    call.room.run(2.5)
    assert selector.spatial == 0
    call.requests.manner(call.up, None)
    call.room.run(6.0)
    assert selector.spatial == 1


def test_what_was_hidden_of_streams_that_are_gone_is_kept_nowhere() -> None:
    """A class of three hours: whoever moves to another SSRC each second leaves nothing behind."""
    call = weak_call()
    call.spoil(call.alice.addresses[0], 0.5, 0.0)
    for _ in range(5):
        call.encoder.ssrc += 10
        call.encoder.rtx_ssrc += 10
        call.room.run(2.0)
    mask = call.up.uplink.mask
    assert len(mask._told) <= 2
    assert len(mask._hidden) <= 2
