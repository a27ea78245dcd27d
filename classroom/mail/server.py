"""Where the mail server is, read from one address: `smtp+starttls://user:password@host:587`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

Tls = Literal["none", "starttls", "whole"]
_SCHEMES: dict[str, tuple[Tls, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("whole", 465),
}


@dataclass(frozen=True, slots=True)
class MailServerAt:
    """With `starttls` and `whole` nothing is said to a server that offers no TLS."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_url(url: str) -> MailServerAt:
    """The server; ValueError with a sentence when the address is none."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("must look like smtp+starttls://user:password@mail.example.org:587")
    tls, port = _SCHEMES[parts.scheme]
    return MailServerAt(
        parts.hostname,
        parts.port or port,
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
