"""A watch over the nonces of a sealer: sealing two different packets with one is a test failure.

Two GCM messages under one nonce give away the authentication key (RFC 7714 section 11).
"""

from __future__ import annotations

from typing import cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from media.transport.cipher import GcmCipher, Octets
from media.transport.srtp import SrtpSealer


class NonceWatch:
    """Stands where the sealer's AESGCM stood and remembers what each nonce was used for."""

    def __init__(self, aead: AESGCM) -> None:
        self.used: dict[bytes, tuple[bytes, bytes | None]] = {}
        self._aead = aead

    def encrypt(self, nonce: Octets, data: Octets, associated: Octets | None) -> bytes:
        self._note(nonce, data, associated)
        return self._aead.encrypt(nonce, data, associated)

    def encrypt_into(
        self, nonce: Octets, data: Octets, associated: Octets | None, out: Octets
    ) -> int:
        self._note(nonce, data, associated)
        return self._aead.encrypt_into(nonce, data, associated, out)

    def _note(self, nonce: Octets, data: Octets, associated: Octets | None) -> None:
        message = bytes(data), None if associated is None else bytes(associated)
        earlier = self.used.setdefault(bytes(nonce), message)
        assert earlier == message, f"nonce {bytes(nonce).hex()} seals two different packets"


def watch(sealer: SrtpSealer) -> NonceWatch:
    """Puts a watch on the RTP side of `sealer`, for `seal_rtp` and for the batch path."""
    cipher = sealer._cipher
    assert isinstance(cipher, GcmCipher)
    noted = NonceWatch(cipher.aead)
    cipher.aead = sealer.aead = cast(AESGCM, noted)
    return noted
