"""A class of which one has a thin link: what he gets, what others get, and how it comes back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from media.endpoint.event import DownlinkChanged
from media.source import Source
from tests.support.peers import SERVER, Browser, Room

THIN_BPS = 500_000


@dataclass
class Class:
    """A tutor with screen and voice, one more face, and three who watch it all."""

    room: Room
    viewers: dict[str, Browser]
    queued: list[tuple[float, float]] = field(default_factory=list)
    """(when, seconds) a datagram waited in the slow one's link."""

    @classmethod
    def begins(cls, *, thin_bps: float = 0.0) -> Class:
        """All of them connected, screen L1T3 of 1.7 Mbit/s, camera of two layers, sound."""
        room = Room()
        tutor, face = Browser(room, "tutor", 1), Browser(room, "face", 2)
        names = ("ann", "ben", "slow")
        viewers = {name: Browser(room, name, 10 + at) for at, name in enumerate(names)}
        for viewer in viewers.values():
            viewer.receives.is_copied = True  # sound is, while a queue overflows
        room.run(0.5)
        tutor.speaks("mic")
        screen = tutor.shares_camera("screen", source=Source.SCREEN)[0]
        screen.packets_per_frame, screen.packet_bytes = 6, 1130
        small, large = face.shares_camera("cam", layers=2)
        small.packet_bytes = 500
        large.packets_per_frame, large.packet_bytes = 2, 900
        made = cls(room, viewers)
        made.set_link(thin_bps)
        for viewer in viewers.values():
            for producer in ("mic", "screen", "cam"):
                viewer.watches(producer)
        return made

    def set_link(self, rate_bps: float) -> None:
        """What the slow one's link carries from now on; 0 for anything."""
        slow = self.viewers["slow"]
        down = self.room.network.link(SERVER, slow.addresses[1])
        down.rate_bps, down.queue = rate_bps, 0.5

        def note(_: bytes, now: float) -> bool:
            self.queued.append((now, max(down._free_at - now, 0.0)))
            return False

        down.is_lost = note

    def pictures(self, name: str, producer: str, since: float) -> list[int]:
        """Layers of the pictures decoded since then."""
        playback = self.viewers[name].pictures[producer]
        decoded = zip(playback.decoded, playback.decoded_at, strict=True)
        return [layer for (layer, _, _), at in decoded if at > since]


def told(made: Class) -> list[DownlinkChanged]:
    return [each for each in made.room.of_type(DownlinkChanged) if each.endpoint_id == "slow"]


def test_a_thin_link_carries_sound_whole_and_the_screen_sharp_with_fewer_frames() -> None:
    made = Class.begins(thin_bps=THIN_BPS)
    slow, room = made.viewers["slow"], made.room
    room.run(9.5)
    sound = slow.sounds["mic"]
    assert sound.numbers == list(range(sound.numbers[0], sound.numbers[-1] + 1))
    assert len(sound.numbers) > 9 * 50
    screen = made.pictures("slow", "screen", room.network.now - 4)
    assert 20 <= len(screen) <= 90  # of 120
    assert slow.pictures["screen"].counts["torn"] == 0
    assert set(made.pictures("slow", "cam", room.network.now - 4)) <= {0}
    waited = sorted(queued for at, queued in made.queued if at > room.network.now - 4)
    assert waited[int(0.95 * len(waited))] < 0.1
    assert told(made)[-1].reductions[0] == ("slow<screen", "frames")
    assert told(made)[-1].bitrate_bps < 700_000
    stats = {each["endpoint_id"]: each for each in room.exchange.router_stats("room")["endpoints"]}
    assert 300_000 < stats["slow"]["downlink_bps"] < 700_000
    assert ["slow<screen", "frames"] in stats["slow"]["reductions"]
    assert stats["ann"]["reductions"] == []
    made.set_link(5_000_000)
    opened = room.network.now
    room.run(9.0)
    assert told(made)[-1].reductions == ()
    assert len(made.pictures("slow", "screen", room.network.now - 2)) >= 58
    assert set(made.pictures("slow", "cam", room.network.now - 1)) == {1}
    back = next(event for event in told(made) if not event.reductions)
    assert back is told(made)[-1]
    assert room.network.now - opened < 10


def test_the_others_get_what_they_get_without_the_slow_one() -> None:
    seen = {}
    for thin_bps in (THIN_BPS, 0.0):
        made = Class.begins(thin_bps=thin_bps)
        made.room.run(6.0)
        now = made.room.network.now
        seen[thin_bps] = [
            (len(made.pictures(name, producer, now - 3)), made.viewers[name].counts["nacks"])
            for name in ("ann", "ben")
            for producer in ("screen", "cam")
        ]
    assert seen[THIN_BPS] == seen[0.0]
    assert all(count >= 88 for count, _ in seen[0.0])


@pytest.mark.parametrize("thin_bps", [400_000, 1_000_000])
def test_the_queue_stays_short_on_links_of_any_width(thin_bps: float) -> None:
    made = Class.begins(thin_bps=thin_bps)
    made.room.run(6.0)
    waited = sorted(queued for at, queued in made.queued if at > made.room.network.now - 3)
    assert waited[int(0.95 * len(waited))] < 0.1
    assert len(made.pictures("slow", "screen", made.room.network.now - 3)) >= 3
