"""What leaves: with libsrtp as the judge, with the older cipher, as one burst for each receiver."""

from __future__ import annotations

import pytest
from pylibsrtp import Policy, Session

from media.ortc.capabilities import ROUTER_CAPABILITIES
from media.transport.keys import MasterKey, SrtpKeys, SrtpProfile
from media.transport.srtp import make_pair
from media.wire import rtp
from media.wire.demux import PacketKind, classify
from tests.support.peers import SERVER, Browser, Path, Room
from tests.support.playback import SoundPlayback
from tests.support.receivers import UNMEASURED

PROFILES = {
    SrtpProfile.AEAD_AES_128_GCM: Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    SrtpProfile.AEAD_AES_256_GCM: Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    SrtpProfile.AES128_CM_SHA1_80: Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
}


def rekey(room: Room, path: Path, profile: SrtpProfile) -> MasterKey:
    """Both ends of `path` go on with `profile`; gives the key the exchange seals with."""
    ours = MasterKey(bytes(range(profile.key_bytes)), bytes(range(50, 50 + profile.salt_bytes)))
    theirs = MasterKey(bytes(range(100, 100 + profile.key_bytes)), bytes(profile.salt_bytes))
    transport = room.exchange._directory.lines[path.transport_id].transport
    transport.opener, transport.sealer = make_pair(SrtpKeys(profile, ours, theirs))
    path.opener, path.sealer = make_pair(SrtpKeys(profile, theirs, ours))
    return ours


@pytest.mark.parametrize("profile", SrtpProfile)
def test_libsrtp_opens_everything_we_send(profile: SrtpProfile) -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    key = rekey(room, bob.receives, profile)
    session = Session(
        Policy(
            key=key.key + key.salt,
            ssrc_type=Policy.SSRC_ANY_INBOUND,
            srtp_profile=PROFILES[profile],
        )
    )
    alice.speaks("mic")
    alice.shares_camera("cam")
    bob.watches("mic")
    bob.watches("cam")
    opened: list[rtp.RtpHeader] = []

    def judge(datagram: bytes, now: float) -> bool:
        if classify(datagram) is PacketKind.RTP:
            opened.append(rtp.parse_header(session.unprotect(datagram)))
        elif classify(datagram) is PacketKind.RTCP:
            session.unprotect_rtcp(datagram)
        return room.network.chance.random() < 0.1

    room.network.link(SERVER, bob.addresses[1]).is_lost = judge
    room.run(6.0)
    assert len(opened) > 400
    assert {header.payload_type for header in opened} == {100, 101, 102}
    assert bob.pictures["cam"].repaired > 5
    assert len(bob.pictures["cam"].decoded) > 100


def test_a_tick_leaves_as_one_burst_for_each_receiver() -> None:
    room = Room(tick=0.02)
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.speaks("mic")
    encoder = alice.shares_camera("cam")[0]
    bob.watches("mic")
    bob.watches("cam")
    encoder.packets_per_frame, encoder.packet_bytes = 9, 1040
    room.run(5.0)
    room.wire.bursts.clear()
    room.run(3.0)
    datagrams = sum(count for count, _ in room.wire.bursts)
    # 30 pictures of 9 packets and 50 packets of sound, in 50 ticks a second at most.
    assert datagrams >= 3 * (30 * 9 + 50) * 0.95
    assert (
        len(room.wire.bursts) <= 3 * 50 * 1.1
    )  # a picture's end and its successor's beginning may part
    assert max(count for count, _ in room.wire.bursts) >= 9


def test_sizes_that_differ_a_little_are_made_equal() -> None:
    room = Room(tick=0.02)
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    encoder = alice.shares_camera("cam")[0]
    bob.watches("cam")
    encoder.packets_per_frame, encoder.packet_bytes, encoder.uneven = 9, 900, 4
    room.run(5.0)
    room.wire.bursts.clear()
    room.run(2.0)
    assert sum(count for count, _ in room.wire.bursts) / len(room.wire.bursts) > 5
    frames = [frame for _, frame, _ in bob.pictures["cam"].decoded[-50:]]
    assert frames == list(range(frames[0], frames[-1] + 1))


def test_many_speakers_share_bursts() -> None:
    room = Room(tick=0.02)
    browsers = [Browser(room, f"b{number}", 1 + number) for number in range(6)]
    room.run(0.5)
    for browser in browsers:
        browser.speaks(f"{browser.name}-mic")
    for browser in browsers:
        for other in browsers:
            if other is not browser:
                browser.watches(f"{other.name}-mic")
    room.run(1.0)
    room.wire.bursts.clear()
    room.run(2.0)
    assert sum(count for count, _ in room.wire.bursts) / len(room.wire.bursts) > 2
    for browser in browsers:
        for sounds in browser.sounds.values():
            assert sounds.numbers == list(range(sounds.numbers[0], sounds.numbers[-1] + 1))
            assert len(sounds.numbers) > 140


def test_orientation_and_level_are_passed_on_under_the_router_s_ids() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.speaks("mic", level=42)
    bob.watches("mic")
    seen: list[bytes] = []
    ordinary = bob.rtp

    def note(header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        seen.append(header.extension)
        ordinary(header, payload, now)

    bob.rtp = note
    room.run(1.0)
    assert len(seen) > 40
    # Audio level under 10 (1 byte), three bytes of padding, transport-wide number under 5.
    assert all(block[:6] == bytes((0xA0, 0x80 | 42, 0, 0, 0, 0x51)) for block in seen)
    numbers = [int.from_bytes(block[6:]) for block in seen]
    assert numbers == list(range(numbers[0], numbers[0] + len(seen)))


def test_a_receiver_without_transport_numbers_gets_the_time_of_sending() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.shares_camera("cam")
    bob.watches("cam", capabilities=UNMEASURED)
    seen: list[bytes] = []
    ordinary = bob.rtp

    def note(header: rtp.RtpHeader, payload: bytes, now: float) -> None:
        seen.append(header.extension)
        ordinary(header, payload, now)

    bob.rtp = note
    room.run(1.0)
    assert len(seen) > 25
    assert all(block[0] == 0x42 and len(block) == 4 for block in seen)
    assert room.exchange._directory.lines["bob-receive"].downlink.sends.next == 0


def test_two_consumers_of_one_track_on_one_line_get_their_own_packets() -> None:
    room = Room()
    alice, bob = Browser(room, "alice", 1), Browser(room, "bob", 2)
    room.run(0.5)
    alice.speaks("mic")
    for number in range(3):
        answer = room.exchange.consume(
            "bob-receive", f"again{number}", "mic", ROUTER_CAPABILITIES, now=room.network.now
        )
        ssrc = answer["rtpParameters"]["encodings"][0]["ssrc"]
        bob.sounds[f"again{number}"] = SoundPlayback(ssrc)
        room.exchange.resume_consumer(f"again{number}", now=room.network.now)
    room.run(1.0)
    frames = [sounds.frames for sounds in bob.sounds.values()]
    assert len(frames[0]) > 40
    assert frames[0] == frames[1] == frames[2]
