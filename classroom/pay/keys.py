"""Keys of payment companies as they are kept: sealed by a key of the installation's secret.

AES-256-GCM (NIST SP 800-38D): 12 random bytes, then the ciphertext with its tag, as text. Each is
bound to its organisation and its use, so none opens in another's place.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from classroom.errors import LocalError
from classroom.people.secret import Secret

NONCE_BYTES = 12
SHOWN = 4
_LABEL = "gateway"


def seal(secret: Secret, org_id: str, use: str, text: str) -> str:
    """What may be stored of it."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(secret.key(_LABEL)).encrypt(nonce, text.encode(), _place(org_id, use))
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(secret: Secret, org_id: str, use: str, sealed: str) -> str:
    """The key. LocalError for one of another installation, organisation or use."""
    try:
        whole = base64.b64decode(sealed, validate=True)
        nonce, rest = whole[:NONCE_BYTES], whole[NONCE_BYTES:]
        return AESGCM(secret.key(_LABEL)).decrypt(nonce, rest, _place(org_id, use)).decode()
    except (InvalidTag, ValueError) as error:
        raise LocalError("a key of a payment company does not open with this secret") from error


def end_of(key: str) -> str:
    """What people see of it."""
    return key[-SHOWN:]


def _place(org_id: str, use: str) -> bytes:
    return f"{org_id}|{use}".encode()
