"""Keys of one SRTP association: the profiles we agree to, master keys, session keys.

Derives session keys from master keys with the AES counter mode function; does not encrypt.
RFC 3711 section 4.3 (derivation), RFC 6188 (256-bit), RFC 7714 section 11 (96-bit salts).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class SrtpProfile(Enum):
    """DTLS-SRTP protection profiles, best first; the value is OpenSSL's name (RFC 7714 s. 14.2)."""

    AEAD_AES_128_GCM = "SRTP_AEAD_AES_128_GCM"
    AEAD_AES_256_GCM = "SRTP_AEAD_AES_256_GCM"
    AES128_CM_SHA1_80 = "SRTP_AES128_CM_SHA1_80"

    @property
    def key_bytes(self) -> int:
        """Length of the master key and of the session encryption keys."""
        return 32 if self is SrtpProfile.AEAD_AES_256_GCM else 16

    @property
    def salt_bytes(self) -> int:
        """Length of the master salt and of the session salts."""
        return 12 if self.is_aead else 14

    @property
    def is_aead(self) -> bool:
        """Whether one cipher both hides and authenticates (GCM)."""
        return self is not SrtpProfile.AES128_CM_SHA1_80

    @property
    def tag_bytes(self) -> int:
        """By how much a sealed RTP packet is longer than the clear one."""
        return 16 if self.is_aead else 10


@dataclass(frozen=True, slots=True)
class MasterKey:
    """Master key and salt of one direction. Never logged, so not shown."""

    key: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "MasterKey(...)"


@dataclass(frozen=True, slots=True)
class SrtpKeys:
    """What a DTLS handshake leaves: `local` seals what we send, `remote` opens what we receive."""

    profile: SrtpProfile
    local: MasterKey
    remote: MasterKey


@dataclass(frozen=True, slots=True, repr=False)
class SessionKeys:
    """Session keys of one direction for RTP or for RTCP. `salt` is an integer for XOR."""

    encryption: bytes
    authentication: bytes
    salt: int


_AUTHENTICATION_BYTES = 20  # HMAC-SHA1, RFC 3711 section 8.2
_RTP_LABELS = (0, 1, 2)
_RTCP_LABELS = (3, 4, 5)
"""Encryption, authentication, salt; RFC 3711 section 4.3.2."""


def split_key_material(profile: SrtpProfile, material: bytes, *, is_client: bool) -> SrtpKeys:
    """Keys from the exporter's bytes: client key, server key, client salt, server salt.

    RFC 5764 section 4.2. `material` is `key_material_bytes(profile)` long.
    """
    key, salt = profile.key_bytes, profile.salt_bytes
    keys = material[:key], material[key : 2 * key]
    salts = material[2 * key : 2 * key + salt], material[2 * key + salt :]
    client, server = (MasterKey(*pair) for pair in zip(keys, salts, strict=True))
    if is_client:
        return SrtpKeys(profile, local=client, remote=server)
    return SrtpKeys(profile, local=server, remote=client)


def key_material_bytes(profile: SrtpProfile) -> int:
    """How much the DTLS exporter must give for `profile`."""
    return 2 * (profile.key_bytes + profile.salt_bytes)


def rtp_session(profile: SrtpProfile, master: MasterKey) -> SessionKeys:
    """Session keys for RTP packets of one direction."""
    return _session(profile, master, _RTP_LABELS)


def rtcp_session(profile: SrtpProfile, master: MasterKey) -> SessionKeys:
    """Session keys for RTCP packets of one direction."""
    return _session(profile, master, _RTCP_LABELS)


def _session(profile: SrtpProfile, master: MasterKey, labels: tuple[int, int, int]) -> SessionKeys:
    encryption, authentication, salt = labels
    return SessionKeys(
        _derive(master, encryption, profile.key_bytes),
        _derive(master, authentication, _AUTHENTICATION_BYTES),
        int.from_bytes(_derive(master, salt, profile.salt_bytes)),
    )


def _derive(master: MasterKey, label: int, length: int) -> bytes:
    """RFC 3711 section 4.3.3 with a key derivation rate of zero."""
    salt = int.from_bytes(master.salt.ljust(14, b"\0"))
    counter = ((salt ^ label << 48) << 16).to_bytes(16)
    stream = Cipher(algorithms.AES(master.key), modes.CTR(counter)).encryptor()
    return stream.update(bytes(length))
