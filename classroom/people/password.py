"""Passwords: what is acceptable, and their argon2id hashes (RFC 9106).

A hash costs about a quarter of a second of processor time and 64 MiB, so it is made in a thread,
a few at a time; the rest wait in line.
"""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from classroom.errors import Refused

PASSWORD_MIN = 10
PASSWORD_MAX = 256
"""Characters; a longer one only serves to keep the processor busy."""
AT_ONCE = 2
"""Hashes in work at the same time: 128 MiB, and one core stays free on a small machine."""


def check_password(password: str) -> None:
    """Refused `account.weak_password` unless it is long enough and not one repeated character."""
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX or len(set(password)) < 2:
        raise Refused("account.weak_password", {"min": PASSWORD_MIN})


class Passwords:
    """Makes and verifies hashes off the event loop, `at_once` at a time."""

    def __init__(self, hasher: PasswordHasher | None = None, *, at_once: int = AT_ONCE) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = asyncio.Semaphore(at_once)
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        """The hash to store, with its parameters and salt inside."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether it is the password; for an unknown account (None) as slow as for a known one."""
        async with self._turn:
            return await asyncio.to_thread(self._verify, password[:PASSWORD_MAX], stored)

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, password: str, stored: str | None) -> bool:
        if stored is None:
            if self._nobody is None:
                self._nobody = self._hasher.hash("nobody has this password")
            self._matches(password, self._nobody)
            return False
        return self._matches(password, stored)

    def _matches(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
