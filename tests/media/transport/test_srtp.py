"""Our SRTP against libsrtp as the oracle, in both directions, and what must not be opened."""

from __future__ import annotations

import random
import struct

import pylibsrtp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.transport.keys import MasterKey, SrtpKeys, SrtpProfile
from media.transport.srtp import MAX_STREAMS, REPLAY_WINDOW, SrtpOpener, SrtpSealer, make_pair

SSRC = 0xDEADBEEF
HEADER_BYTES = 12

ORACLE_PROFILES = {
    SrtpProfile.AEAD_AES_128_GCM: pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
    SrtpProfile.AEAD_AES_256_GCM: pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    SrtpProfile.AES128_CM_SHA1_80: pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_80,
}


@pytest.fixture(params=list(SrtpProfile), ids=lambda profile: profile.name)
def profile(request: pytest.FixtureRequest) -> SrtpProfile:
    value = request.param
    assert isinstance(value, SrtpProfile)
    return value


def master_of(profile: SrtpProfile, seed: int = 1) -> MasterKey:
    source = random.Random(seed)
    return MasterKey(source.randbytes(profile.key_bytes), source.randbytes(profile.salt_bytes))


def pair_of(profile: SrtpProfile) -> tuple[SrtpSealer, SrtpOpener]:
    master = master_of(profile)
    return SrtpSealer(profile, master), SrtpOpener(profile, master)


def oracle_of(profile: SrtpProfile, direction: int) -> pylibsrtp.Session:
    master = master_of(profile)
    policy = pylibsrtp.Policy(
        key=master.key + master.salt,
        ssrc_type=direction,
        srtp_profile=ORACLE_PROFILES[profile],
    )
    policy.window_size = REPLAY_WINDOW
    return pylibsrtp.Session(policy)


def header_of(index: int, ssrc: int = SSRC) -> bytes:
    return struct.pack("!BBHII", 0x80, 96, index & 0xFFFF, index & 0xFFFFFFFF, ssrc)


def report_of(ssrc: int = SSRC, size: int = 20) -> bytes:
    return struct.pack("!BBHI", 0x81, 201, (4 + size) // 4, ssrc) + bytes(range(size))


def test_libsrtp_opens_what_we_seal_across_the_rollover(profile: SrtpProfile) -> None:
    sealer, _ = pair_of(profile)
    oracle = oracle_of(profile, pylibsrtp.Policy.SSRC_ANY_INBOUND)
    source = random.Random(2)
    for index in range(65_400, 65_700):
        header, payload = header_of(index), source.randbytes(source.randrange(1, 1300))
        sealed = sealer.seal_rtp(header, payload, SSRC, index)
        assert len(sealed) == len(header) + len(payload) + sealer.tag_bytes
        assert oracle.unprotect(sealed) == header + payload


def test_we_open_what_libsrtp_seals_across_two_rollovers(profile: SrtpProfile) -> None:
    _, opener = pair_of(profile)
    oracle = oracle_of(profile, pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    for index in range(60_000, 3 * 65_536, 500):
        packet = oracle.protect(header_of(index) + b"payload %d" % index)
        opened = opener.open_rtp(packet, HEADER_BYTES, SSRC, index & 0xFFFF)
        assert opened == (index, b"payload %d" % index)
    assert not opener.drops


def test_an_extension_header_is_authentic_and_clear(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)
    header = b"\x90" + header_of(7)[1:] + b"\xbe\xde\x00\x01\x10\x41\x00\x00"
    sealed = sealer.seal_rtp(memoryview(header), memoryview(b"sound"), SSRC, 7)
    assert sealed.startswith(header)
    assert oracle_of(profile, pylibsrtp.Policy.SSRC_ANY_INBOUND).unprotect(sealed) == (
        header + b"sound"
    )
    forged = sealed.replace(b"\x10\x41", b"\x10\x42")
    assert opener.open_rtp(forged, len(header), SSRC, 7) is None
    assert opener.open_rtp(memoryview(sealed), len(header), SSRC, 7) == (7, b"sound")
    assert opener.drops == {"srtp.auth": 1}


def test_rtcp_goes_both_ways_with_libsrtp(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)
    sending = oracle_of(profile, pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    receiving = oracle_of(profile, pylibsrtp.Policy.SSRC_ANY_INBOUND)
    for size in (0, 4, 20, 200):
        assert receiving.unprotect_rtcp(sealer.seal_rtcp(report_of(size=size))) == report_of(
            size=size
        )
        assert opener.open_rtcp(sending.protect_rtcp(report_of(size=size))) == report_of(size=size)
    assert opener.opened == 4


def test_a_packet_larger_than_libsrtp_takes_is_no_matter(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)
    payload = bytes(8000)
    sealed = sealer.seal_rtp(header_of(1), payload, SSRC, 1)
    assert opener.open_rtp(sealed, HEADER_BYTES, SSRC, 1) == (1, payload)


def test_the_batch_path_can_make_the_same_packet(profile: SrtpProfile) -> None:
    sealer, _ = pair_of(profile)
    if sealer.aead is None:
        assert profile is SrtpProfile.AES128_CM_SHA1_80
        return
    index, header = 0x1_FFFE, header_of(0x1_FFFE)
    nonce = ((SSRC << 48 | index) ^ sealer.salt).to_bytes(12)
    by_hand = header + sealer.aead.encrypt(nonce, b"picture", header)
    assert by_hand == sealer.seal_rtp(header, b"picture", SSRC, index)


def test_a_replay_is_refused_and_named(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)
    sealed = [sealer.seal_rtp(header_of(n), b"x", SSRC, n) for n in range(3)]
    for n in (2, 0, 1):
        assert opener.open_rtp(sealed[n], HEADER_BYTES, SSRC, n) == (n, b"x")
    for n in range(3):
        assert opener.open_rtp(sealed[n], HEADER_BYTES, SSRC, n) is None
    assert opener.drops == {"srtp.replay": 3}
    report = sealer.seal_rtcp(report_of())
    assert opener.open_rtcp(report) is not None
    assert opener.open_rtcp(report) is None
    assert opener.drops["srtcp.replay"] == 1


def test_the_window_ends_where_it_says(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)

    def arrives(index: int) -> bool:
        packet = sealer.seal_rtp(header_of(index), b"x", SSRC, index)
        return opener.open_rtp(packet, HEADER_BYTES, SSRC, index & 0xFFFF) is not None

    assert arrives(100)
    assert arrives(100 + REPLAY_WINDOW)
    assert not arrives(100 + 0)  # just outside
    assert arrives(100 + 1)  # the last one inside
    assert opener.drops == {"srtp.too_old": 1}
    assert arrives(100 + 10 * REPLAY_WINDOW)  # a jump empties the window
    assert arrives(100 + 10 * REPLAY_WINDOW - 1)


def test_before_the_first_rollover_a_large_number_is_a_later_one(profile: SrtpProfile) -> None:
    """There is nothing before rollover counter 0; so the number is a jump ahead, if authentic."""
    sealer, opener = pair_of(profile)
    assert opener.open_rtp(sealer.seal_rtp(header_of(3), b"x", SSRC, 3), HEADER_BYTES, SSRC, 3)
    forged = header_of(65_535) + bytes(30)
    assert opener.open_rtp(forged, HEADER_BYTES, SSRC, 65_535) is None
    later = sealer.seal_rtp(header_of(65_535), b"x", SSRC, 65_535)
    assert opener.open_rtp(later, HEADER_BYTES, SSRC, 65_535) == (65_535, b"x")
    assert opener.drops == {"srtp.auth": 1}


def test_a_late_packet_from_before_the_rollover_is_opened(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)
    for index in (65_530, 65_537, 65_535, 65_536):
        packet = sealer.seal_rtp(header_of(index), b"x", SSRC, index)
        assert opener.open_rtp(packet, HEADER_BYTES, SSRC, index & 0xFFFF) == (index, b"x")


def test_a_forgery_leaves_no_trace(profile: SrtpProfile) -> None:
    """Neither a new stream nor a moved window: else forgeries could shut out the real packets."""
    sealer, opener = pair_of(profile)
    assert opener.open_rtp(sealer.seal_rtp(header_of(5), b"x", SSRC, 5), HEADER_BYTES, SSRC, 5)
    forged = header_of(30_000) + bytes(40)
    assert opener.open_rtp(forged, HEADER_BYTES, SSRC, 30_000) is None
    for stranger in range(2 * MAX_STREAMS):
        assert opener.open_rtp(forged, HEADER_BYTES, stranger, 30_000) is None
    assert opener.open_rtp(sealer.seal_rtp(header_of(6), b"x", SSRC, 6), HEADER_BYTES, SSRC, 6)
    assert opener.drops == {"srtp.auth": 2 * MAX_STREAMS + 1}
    assert opener.opened == 2


def test_streams_are_bounded_and_the_silent_one_goes_first(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)

    def arrives(ssrc: int, index: int) -> bool:
        packet = sealer.seal_rtp(header_of(index, ssrc), b"x", ssrc, index)
        return opener.open_rtp(packet, HEADER_BYTES, ssrc, index) is not None

    for ssrc in range(MAX_STREAMS):
        assert arrives(ssrc, 1)
    assert arrives(0, 2)  # the oldest stream lives, so number 1 is silent for longest
    assert arrives(MAX_STREAMS, 1)
    assert not arrives(0, 2)
    assert arrives(1, 1)  # forgotten, so new


def test_reports_of_several_senders_have_windows_of_their_own(profile: SrtpProfile) -> None:
    """A browser reports from each of its SSRCs, each with its own index."""
    _, opener = pair_of(profile)
    oracle = oracle_of(profile, pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    for ssrc in (1, 2, 3):
        for _ in range(3):
            assert opener.open_rtcp(oracle.protect_rtcp(report_of(ssrc))) == report_of(ssrc)
    assert not opener.drops


def test_a_clear_report_is_refused(profile: SrtpProfile) -> None:
    sealer, opener = pair_of(profile)
    report = bytearray(sealer.seal_rtcp(report_of()))
    tag = 0 if profile.is_aead else 10
    report[len(report) - tag - 4] &= 0x7F
    assert opener.open_rtcp(report) is None
    assert opener.open_rtcp(bytes(10)) is None
    report = bytearray(sealer.seal_rtcp(report_of()))
    report[1] ^= 1
    assert opener.open_rtcp(report) is None
    assert opener.drops == {"srtcp.clear": 1, "srtcp.truncated": 1, "srtcp.auth": 1}


def test_each_direction_has_its_own_keys(profile: SrtpProfile) -> None:
    one, two = master_of(profile, 1), master_of(profile, 2)
    opener, sealer = make_pair(SrtpKeys(profile, local=one, remote=two))
    _, there = make_pair(SrtpKeys(profile, local=two, remote=one))
    sealed = there.seal_rtp(header_of(1), b"x", SSRC, 1)
    assert opener.open_rtp(sealed, HEADER_BYTES, SSRC, 1) == (1, b"x")
    own = sealer.seal_rtp(header_of(2), b"x", SSRC, 2)
    assert opener.open_rtp(own, HEADER_BYTES, SSRC, 2) is None


OPENERS = {profile: SrtpOpener(profile, master_of(profile)) for profile in SrtpProfile}


@given(
    st.sampled_from(SrtpProfile),
    st.binary(max_size=120),
    st.integers(0, 130),
    st.integers(0, 2**32 - 1),
    st.integers(0, 65_535),
)
def test_any_bytes_are_refused_without_error(
    profile: SrtpProfile, packet: bytes, header_length: int, ssrc: int, sequence: int
) -> None:
    opener = OPENERS[profile]
    assert opener.open_rtp(packet, header_length, ssrc, sequence) is None
    assert opener.open_rtcp(packet) is None


@given(st.lists(st.integers(0, 3000), max_size=60), st.integers(0, 65_535))
def test_every_packet_is_opened_at_most_once_in_any_order(steps: list[int], first: int) -> None:
    """Against a plain model: a set of what came and the highest of it."""
    sealer, opener = pair_of(SrtpProfile.AEAD_AES_128_GCM)
    seen: set[int] = set()
    for index in (first, *(first + step for step in steps)):
        expected = not seen or (index not in seen and index > max(seen) - REPLAY_WINDOW)
        packet = sealer.seal_rtp(header_of(index), b"x", SSRC, index)
        opened = opener.open_rtp(packet, HEADER_BYTES, SSRC, index & 0xFFFF)
        assert (opened == (index, b"x")) is expected
        if expected:
            seen.add(index)
