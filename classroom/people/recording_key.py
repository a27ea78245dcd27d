"""Keys of recordings as they are kept: wrapped by a key of the installation's secret.

AES-256-GCM (NIST SP 800-38D): 12 random bytes, then the ciphertext with its tag. Each is bound to
its recording, its person and its kind, so none opens in another's place. When the wrapped form is
gone, nothing that was sealed by the key can be read again.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from classroom.errors import LocalError
from classroom.people.secret import Secret

KEY_BYTES = 32
NONCE_BYTES = 12
_LABEL = "recordings"


def new_key() -> bytes:
    """A key for one kind of one person in one recording."""
    return os.urandom(KEY_BYTES)


def wrap_key(secret: Secret, recording_id: str, pid: str, kind: str, key: bytes) -> bytes:
    """What may be stored of it."""
    nonce = os.urandom(NONCE_BYTES)
    place = _place(recording_id, pid, kind)
    return nonce + AESGCM(secret.key(_LABEL)).encrypt(nonce, key, place)


def unwrap_key(secret: Secret, recording_id: str, pid: str, kind: str, wrapped: bytes) -> bytes:
    """The key. LocalError for one of another installation or of another place."""
    try:
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        place = _place(recording_id, pid, kind)
        return AESGCM(secret.key(_LABEL)).decrypt(nonce, sealed, place)
    except (InvalidTag, ValueError) as error:
        raise LocalError("a key of a recording does not open with this secret") from error


def _place(recording_id: str, pid: str, kind: str) -> bytes:
    return "|".join((recording_id, pid, kind)).encode()
