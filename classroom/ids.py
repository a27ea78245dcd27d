"""Identifiers of the product: opaque, unguessable, safe in URLs, files and messages.

Room codes are the exception: people read them aloud, so they have letters nobody confuses.
"""

from __future__ import annotations

import re
import secrets
from typing import NewType

AccountId = NewType("AccountId", str)
SessionId = NewType("SessionId", str)
RoomId = NewType("RoomId", str)
ParticipantId = NewType("ParticipantId", str)

_ID = re.compile(r"[A-Za-z0-9_\-]{1,64}")

CODE_ALPHABET = "bcdfghjkmnpqrstvwxyz"
"""20 consonants: no vowels, so no words by accident, and no `l`, which looks like `1`."""
CODE_GROUP = 3
CODE_GROUPS = 3
CODE_PATTERN = re.compile(
    rf"^[{CODE_ALPHABET}]{{3}}-[{CODE_ALPHABET}]{{3}}-[{CODE_ALPHABET}]{{3}}$"
)


def new_id() -> str:
    """16 characters of the URL-safe alphabet: 96 random bits."""
    return secrets.token_urlsafe(12)


def may_be_id(text: str) -> bool:
    """Whether an id of ours can look so; what cannot is not even looked up."""
    return _ID.fullmatch(text) is not None


def new_room_code() -> str:
    """Nine letters as `kfm-qtw-xyz`: 20 ** 9, about 39 bits; guessing is rate limited."""
    return "-".join(
        "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_GROUP))
        for _ in range(CODE_GROUPS)
    )


def read_room_code(text: str) -> str | None:
    """The code a person typed, in its one spelling, or None. Case, spaces and dashes are free."""
    letters = re.sub(r"[\s\-]", "", text.lower())
    groups = (letters[i : i + CODE_GROUP] for i in range(0, len(letters), CODE_GROUP))
    code = "-".join(groups)
    return code if CODE_PATTERN.match(code) else None
