"""How a message is signed (Standard Webhooks 1.0.0, symmetric signatures). A core."""

from __future__ import annotations

import base64
import binascii
import hmac

PREFIX = "whsec_"


def secret_of(key: bytes) -> str:
    """A key as it is shown and kept; 24 to 64 bytes."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def sign(secret: str, message_id: str, second: int, body: bytes) -> str:
    """The signature of a body sent in this second since 1970; ValueError for no secret of ours."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not a secret of a webhook") from error
    signed = hmac.digest(key, f"{message_id}.{second}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(signed).decode("ascii")
