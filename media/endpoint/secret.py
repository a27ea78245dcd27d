"""Unguessable text and numbers from whatever source of randomness the shell has."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

Secrets = Callable[[int], str]
"""Unguessable text made of so many random bytes."""

_FIRST_NUMBERS = 1 << 14  # so the roll-over count starts at 0 (RFC 3711 section 3.3.1)


def number(secrets: Secrets) -> int:
    """32 bits."""
    return int.from_bytes(blake2b(secrets(8).encode(), digest_size=4).digest(), "big")


def first_number(secrets: Secrets) -> int:
    """A sequence number to begin with, far enough from the first wrap (RFC 3550 section 5.1)."""
    return number(secrets) % _FIRST_NUMBERS
