"""What an account's name and e-mail address may be, in their one spelling."""

from __future__ import annotations

import re
import unicodedata

from classroom.errors import Refused

NAME_MAX = 60
"""The wire's limit for names (classroom/wire/messages.py says the same)."""
EMAIL_MAX = 254
"""RFC 5321 section 4.5.3.1.3: a path has 256 octets with its brackets."""
_EMAIL = re.compile(
    r"^[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]{2,}$"
)


def clean_name(text: str) -> str:
    """A name on one line, without invisible characters; Refused `name.empty`, `name.long`."""
    visible = "".join(
        " " if unicodedata.category(letter) in ("Zl", "Zp", "Cc") else letter
        for letter in unicodedata.normalize("NFC", text)
        if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )
    name = " ".join(visible.split())
    if not name:
        raise Refused("name.empty")
    if len(name) > NAME_MAX:
        raise Refused("name.long", {"max": NAME_MAX})
    return name


def clean_email(text: str) -> str:
    """The address in lower case; Refused `account.invalid_email`.

    Only its shape is looked at; whether letters arrive there nobody can know without sending one.
    """
    email = unicodedata.normalize("NFC", text).strip().lower()
    if len(email) > EMAIL_MAX or not _EMAIL.match(email):
        raise Refused("account.invalid_email")
    return email
