"""API tokens: what one looks like, how it is shown, what it may do. A core.

A token is a secret that a program shows instead of a cookie (`Authorization: Bearer <token>`).
"""

from __future__ import annotations

import re
from typing import Literal, get_args

Scope = Literal["read", "write"]
"""`read` looks only; `write` changes things too."""
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX = "ct_"
"""Makes a token that lies somewhere recognisable as ours."""
SECRET_BYTES = 24

_BEARER = "bearer"
_TOKEN = re.compile(r"ct_[A-Za-z0-9_-]{32}")


def shown_bearer(header: str) -> str | None:
    """What an `Authorization` header shows by the scheme Bearer; None when it has another scheme.

    What cannot be a token of ours is "".
    """
    scheme, _, shown = header.partition(" ")
    if scheme.lower() != _BEARER:
        return None
    token = shown.strip()
    return token if _TOKEN.fullmatch(token) else ""


def may_use(scope: Scope, *, is_reading: bool) -> bool:
    """Whether a token of this scope may do what only reads, or what changes something."""
    return is_reading or scope == "write"
