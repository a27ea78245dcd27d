from __future__ import annotations

import pytest

from media.transport.keys import MasterKey, SrtpProfile
from media.transport.srtp import SrtpSealer
from tests.support.nonces import watch

HEADER = bytes.fromhex("80600001000000010000000a")


@pytest.fixture
def sealer() -> SrtpSealer:
    return SrtpSealer(SrtpProfile.AEAD_AES_128_GCM, MasterKey(bytes(16), bytes(12)))


def test_the_same_packet_twice_and_other_indexes_are_fine(sealer: SrtpSealer) -> None:
    noted = watch(sealer)
    for ssrc, index in ((1, 1), (1, 1), (1, 65_537), (2, 1), (1, 1 << 47)):
        payload = b"%d %d" % (ssrc, index)
        sealer.seal_rtp(HEADER, payload, ssrc, index)
    assert len(noted.used) == 4


def test_two_packets_with_one_index_are_found(sealer: SrtpSealer) -> None:
    watch(sealer)
    sealer.seal_rtp(HEADER, b"one", 1, 1)
    with pytest.raises(AssertionError, match="two different packets"):
        sealer.seal_rtp(HEADER, b"two", 1, 1)


def test_the_batch_path_is_watched_too(sealer: SrtpSealer) -> None:
    watch(sealer)
    sealer.seal_rtp(HEADER, b"one", 1, 1)
    assert sealer.aead is not None
    nonce = ((1 << 48 | 1) ^ sealer.salt).to_bytes(12)
    sealer.aead.encrypt_into(nonce, b"one", HEADER, bytearray(3 + 16))
    with pytest.raises(AssertionError, match="two different packets"):
        sealer.aead.encrypt_into(nonce, b"two", HEADER, bytearray(3 + 16))
