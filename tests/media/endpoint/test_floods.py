"""A flood from one browser, of whatever kind, harms only that browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from media.endpoint.admission import CHECKS_PER_SECOND, RTCP_BYTES_PER_SECOND, RTP_PER_SECOND
from media.endpoint.feedback import PLEA_S, PLEAS_S
from media.endpoint.strangers import CHECKS_PER_SECOND as STRANGERS_CHECKS
from media.wire.rtcp import PictureLossIndication
from tests.support.flood import FLOODS, Hostile
from tests.support.peers import Browser, Path, Room

PER_SECOND = 20_000
SECONDS = 0.1
STEP = 0.002
DROPS = {
    "sound": {"rtp.rate", "producer.rate"},
    "large sound": {"rtp.rate", "producer.rate"},
    "new SSRCs": {"rtp.rate", "ssrc.rate", "rtp.unknown_ssrc"},
    "unknown tracks": {"rtp.rate", "rtp.unknown_ssrc"},
    "probes": {"rtp.rate", "rtx.probe"},
    "repairs": {"rtp.rate", "producer.rate"},
    "NACK": {"rtcp.rate", "nack.limit"},
    "PLI": {"rtcp.rate"},
    "FIR": {"rtcp.rate"},
    "transport feedback": {"rtcp.rate"},
    "REMB": {"rtcp.rate"},
    "reports": {"rtcp.rate"},
    "BYE": {"rtcp.rate", "bye.limit"},
    "small RTCP": {"rtcp.rate", "rtcp.unknown_ssrc"},
    "RTP garbage": {"rtp.rate", "srtp.auth"},
    "RTCP garbage": {"rtcp.rate", "srtcp.clear"},
    "DTLS garbage": {"dtls.rate"},
    "DTLS data": {"dtls.rate"},
    "alerts": {"dtls.rate"},
    "checks": {"stun.rate"},
    "false checks": {"stun.rate", "stun.integrity"},
    "nothing known": {"transport.kind"},
}
"""What must be counted, by flood: each of them a hundred times at least."""
SENDS = {"sound", "large sound", "new SSRCs", "unknown tracks", "probes", "repairs", "BYE"}
"""Floods on the path that publishes; the others come on the one that receives."""


class Scene:
    """Alice publishes, Carol watches her; Bob, who is in the same room, is hostile."""

    def __init__(self) -> None:
        self.room = Room()
        self.alice, self.bob, self.carol = (
            Browser(self.room, name, number)
            for number, name in enumerate(("alice", "bob", "carol"))
        )
        self.room.run(0.5)
        self.alice.speaks("mic")
        self.alice.shares_camera("cam")
        self.bob.speaks("bob-mic")
        self.bob.shares_camera("bob-cam", names_ssrcs=True)
        for browser in (self.bob, self.carol):
            browser.watches("mic")
            browser.watches("cam")
        self.room.run(2.0)
        self.bob.mute("bob-mic")
        self.bob.mute("bob-cam")
        assert self.bob.microphone is not None
        self.indexes = Counter({self.bob.microphone.ssrc: self.bob.microphone.sequence})

    def hostile(self, path: Path) -> Hostile:
        """Bob's keys on one of his paths, and what goes on it."""
        bob, ice = self.bob, path.remote["iceParameters"]
        assert path.sealer is not None
        assert bob.microphone is not None
        encoder = bob.encoders["bob-cam"][0]
        return Hostile(
            path.sealer,
            ice["usernameFragment"],
            ice["password"],
            sound=bob.microphone.ssrc,
            picture=encoder.ssrc,
            repair=encoder.rtx_ssrc,
            watched=(bob.pictures["cam"].ssrc, bob.sounds["mic"].ssrc),
            indexes=self.indexes,
        )

    def floods(self, path: Path, make: Callable[[Hostile], bytes], seconds: float) -> None:
        """Bob sends `PER_SECOND` of them a second."""
        hostile, network = self.hostile(path), self.room.network
        for _ in range(int(seconds / STEP)):
            for _ in range(int(PER_SECOND * STEP)):
                self.room.receive(make(hostile), path.address, ("", 0), network.now)
            self.room.run(STEP)

    def drops_of(self, browser: Browser) -> Counter[str]:
        lines = self.room.exchange._directory.lines
        paths = (browser.sends, browser.receives)
        return sum(
            (
                lines[path.transport_id].drops + lines[path.transport_id].transport.drops
                for path in paths
            ),
            Counter(),
        )


def missing(numbers: list[int]) -> int:
    return sum(after - before - 1 for before, after in pairwise(sorted(set(numbers))))


@cache
def scene_of_floods() -> Scene:
    """One for all of them: what one leaves behind is part of the next."""
    return Scene()


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_harms_only_who_sends_it(name: str) -> None:
    scene = scene_of_floods()
    room, alice, bob, carol = scene.room, scene.alice, scene.bob, scene.carol
    (encoder,) = alice.encoders["cam"]
    key_frames, before = encoder.key_frames, scene.drops_of(bob)
    scene.floods(bob.sends if name in SENDS else bob.receives, FLOODS[name], SECONDS)
    room.run(1.0)
    heard, seen = carol.sounds["mic"].frames[-60:], carol.pictures["cam"].decoded_at[-40:]
    assert missing(heard) == 0
    assert heard[-1] >= alice.microphone.frames - 5
    assert missing([frame for _, frame, _ in carol.pictures["cam"].decoded[-40:]]) == 0
    assert max(after - before for before, after in pairwise(seen)) < 0.1
    assert encoder.key_frames <= key_frames + 2
    dropped = scene.drops_of(bob) - before
    assert {drop for drop in DROPS[name] if dropped[drop] < 100} == set()
    assert not scene.drops_of(carol)
    assert not scene.drops_of(alice)
    # Nor does it end Bob: he still hears.
    heard = len(bob.sounds["mic"].frames)
    room.run(0.5)
    assert len(bob.sounds["mic"].frames) > heard + 15


@pytest.mark.parametrize(
    ("name", "a_second"),
    [
        ("RTP garbage", RTP_PER_SECOND),
        ("RTCP garbage", RTCP_BYTES_PER_SECOND // 160),
        ("transport feedback", 100),
        ("checks", CHECKS_PER_SECOND),
    ],
)
def test_what_is_looked_at_of_a_flood_is_bounded(name: str, a_second: int) -> None:
    scene = Scene()
    scene.floods(scene.bob.receives, FLOODS[name], SECONDS)
    dropped = scene.drops_of(scene.bob)
    refused = sum(count for drop, count in dropped.items() if drop.endswith(".rate"))
    looked_at = PER_SECOND * SECONDS - refused
    assert a_second * SECONDS < looked_at <= a_second * (SECONDS + 1)


def test_one_who_never_has_enough_key_frames_gets_few() -> None:
    scene = Scene()
    room, alice, bob, carol = scene.room, scene.alice, scene.bob, scene.carol
    (encoder,) = alice.encoders["cam"]
    before, seconds = encoder.key_frames, 30.0
    for _ in range(int(seconds / 0.05)):
        bob.receives.send_rtcp(PictureLossIndication(1, bob.pictures["cam"].ssrc))
        room.run(0.05)
    made = encoder.key_frames - before
    assert made <= (seconds + PLEAS_S) / PLEA_S + 1
    assert scene.drops_of(bob)["pli.limit"] > 300
    # Carol, who lost something, is not made to wait for his sins.
    before = encoder.key_frames
    carol.receives.send_rtcp(PictureLossIndication(1, carol.pictures["cam"].ssrc))
    room.run(0.6)
    assert encoder.key_frames == before + 1


def test_somebody_joins_while_a_stranger_floods_checks() -> None:
    scene = Scene()
    room, network = scene.room, scene.room.network
    hostile = scene.hostile(scene.bob.receives)
    hostile.fragment = "nobody"
    dora = Browser(room, "dora", 9)
    for _ in range(50):
        for port in range(int(PER_SECOND * 0.01)):
            room.receive(hostile.check(), ("203.0.113.66", 1 + port), ("", 0), network.now)
        room.run(0.01)
    assert dora.receives.connected_at is not None
    dropped = room.metrics()["dropped"]
    assert dropped["stun.rate"] > PER_SECOND * 0.5 - 2 * STRANGERS_CHECKS
    assert dropped["stun.unknown_address"] > 1000
