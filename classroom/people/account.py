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
_BREAKS = ("Zl", "Zp", "Cc")
_INVISIBLE = ("Cf", "Cs", "Co", "Cn")
"""Unicode categories: direction overrides, halves of characters, private and unassigned ones."""
_JOINERS = "\u200c\u200d"
"""Needed inside Persian and Indic names and in emoji."""


def clean_line(text: str, *, field: str, longest: int) -> str:
    """One line without invisible characters; Refused `FIELD.empty`, `FIELD.long`."""
    visible = "".join(
        " " if unicodedata.category(letter) in _BREAKS else letter
        for letter in unicodedata.normalize("NFC", text)
        if unicodedata.category(letter) not in _INVISIBLE or letter in _JOINERS
    )
    line = " ".join(visible.split())
    if not line.strip(_JOINERS):
        raise Refused(f"{field}.empty")
    if len(line) > longest:
        raise Refused(f"{field}.long", {"max": longest})
    return line


def clean_name(text: str) -> str:
    """A person's name; Refused `name.empty`, `name.long`."""
    return clean_line(text, field="name", longest=NAME_MAX)


def clean_email(text: str) -> str:
    """The address in lower case; Refused `account.invalid_email`.

    Only its shape is looked at; whether letters arrive there nobody can know without sending one.
    """
    email = unicodedata.normalize("NFC", text).strip().lower()
    is_visible = all(unicodedata.category(sign) not in _BREAKS + _INVISIBLE for sign in email)
    if len(email) > EMAIL_MAX or not is_visible or not _EMAIL.match(email):
        raise Refused("account.invalid_email")
    return email
