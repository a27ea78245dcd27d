from __future__ import annotations

import pytest

from media.transport.keys import (
    MasterKey,
    SrtpProfile,
    key_material_bytes,
    rtcp_session,
    rtp_session,
    split_key_material,
)

MASTER = MasterKey(
    bytes.fromhex("E1F97A0D3E018BE0D64FA32C06DE4139"),
    bytes.fromhex("0EC675AD498AFEEBB6960B3AABE6"),
)


def test_session_keys_are_those_of_the_standard() -> None:
    """RFC 3711 appendix B.3."""
    session = rtp_session(SrtpProfile.AES128_CM_SHA1_80, MASTER)
    assert session.encryption.hex() == "c61e7a93744f39ee10734afe3ff7a087"
    assert session.salt.to_bytes(14).hex() == "30cbbc08863d8c85d49db34a9ae1"
    assert session.authentication.hex() == "cebe321f6ff7716b6fd4ab49af256a156d38baa4"


def test_rtp_and_rtcp_have_keys_of_their_own() -> None:
    rtp = rtp_session(SrtpProfile.AES128_CM_SHA1_80, MASTER)
    rtcp = rtcp_session(SrtpProfile.AES128_CM_SHA1_80, MASTER)
    assert rtp.encryption != rtcp.encryption
    assert rtp.authentication != rtcp.authentication
    assert rtp.salt != rtcp.salt


@pytest.mark.parametrize(
    ("profile", "key", "salt", "tag"),
    [
        (SrtpProfile.AEAD_AES_128_GCM, 16, 12, 16),
        (SrtpProfile.AEAD_AES_256_GCM, 32, 12, 16),
        (SrtpProfile.AES128_CM_SHA1_80, 16, 14, 10),
    ],
)
def test_exported_material_is_split_in_the_order_of_the_standard(
    profile: SrtpProfile, key: int, salt: int, tag: int
) -> None:
    """RFC 5764 section 4.2: client key, server key, client salt, server salt."""
    parts = (b"a" * key, b"b" * key, b"c" * salt, b"d" * salt)
    material = b"".join(parts)
    assert key_material_bytes(profile) == len(material)
    assert profile.tag_bytes == tag
    client = split_key_material(profile, material, is_client=True)
    server = split_key_material(profile, material, is_client=False)
    assert client.local == server.remote == MasterKey(parts[0], parts[2])
    assert client.remote == server.local == MasterKey(parts[1], parts[3])


def test_keys_are_not_shown() -> None:
    keys = split_key_material(SrtpProfile.AEAD_AES_128_GCM, b"secret--" * 7, is_client=True)
    assert "secret" not in repr(keys)
    assert MASTER.key.hex() not in repr(rtp_session(SrtpProfile.AES128_CM_SHA1_80, MASTER))
