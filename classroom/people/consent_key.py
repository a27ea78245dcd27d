"""Signs the record of a recording: Ed25519 (RFC 8032), by a key of the installation's secret.

Who has the public key can tell that this server wrote a record, and that nothing of it was changed.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from classroom.people.secret import Secret

_LABEL = "consent"


def consent_public_key(secret: Secret) -> str:
    """32 bytes in hex."""
    return _private(secret).public_key().public_bytes_raw().hex()


def sign_consent(secret: Secret, said: bytes) -> str:
    """The signature of these bytes, 64 bytes in hex."""
    return _private(secret).sign(said).hex()


def is_signed(public_key: str, said: bytes, signature: str) -> bool:
    """Whether that key signed these bytes; never raises."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(secret: Secret) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret.key(_LABEL))
