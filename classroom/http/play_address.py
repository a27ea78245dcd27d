"""Addresses of films, sounds and activities: each is signed for one print and opens by itself."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Final

from classroom.errors import Refused
from classroom.ids import may_be_id
from classroom.people.secret import Secret

LENGTH = 32
"""Hex digits of the signature: 128 bits."""
FILM = "film"
ACTIVITY = "activity"
PACKAGE = "zip"
MEDIA: Final[Mapping[str, str]] = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
}
"""What a film or a sound is told to be, by the ending under which it was sent; its first bytes
agree with that, or it was refused."""
_SIGNED = re.compile(r"([^.]+)\.([0-9a-f]{32})")


def play_address(secret: Secret, print_id: str, ending: str) -> str:
    """Where the file of a film or a sound is, or the first page of an activity."""
    if ending == PACKAGE:
        return f"/activities/{signed_print(secret, ACTIVITY, print_id)}/index.html"
    return f"/films/{signed_print(secret, FILM, print_id)}/{FILM}.{ending}"


def signed_print(secret: Secret, label: str, print_id: str) -> str:
    """A print as it stands in an address, so that nobody else can make it."""
    return f"{print_id}.{secret.proof(label, print_id)[:LENGTH]}"


def read_print(secret: Secret, label: str, shown: str) -> str:
    """The print of such a part of an address; Refused `<label>.unknown` for one we did not make."""
    match = _SIGNED.fullmatch(shown)
    if match is None or not may_be_id(match[1]):
        raise Refused(f"{label}.unknown")
    if not hmac.compare_digest(signed_print(secret, label, match[1]), shown):
        raise Refused(f"{label}.unknown")
    return match[1]
