"""Addresses of leaves: each is signed for one leaf and needs nothing else to be looked at."""

from __future__ import annotations

import hmac
import re

from classroom.errors import Refused
from classroom.people.secret import Secret
from classroom.store.deck_prints import leaf_name

LABEL = "slide"
LENGTH = 32
"""Hex digits of the signature: 128 bits."""
_LEAF = re.compile(r"([1-9]\d{0,3})-(0|[1-9]\d{0,3})\.([0-9a-f]{32})")


def slide_address(secret: Secret, print_id: str, slide: int, step: int) -> str:
    """Where the pictures and the text of a leaf are."""
    leaf = leaf_name(slide, step)
    return f"/slides/{print_id}/{leaf}.{_signature(secret, print_id, slide, step)}"


def read_leaf(secret: Secret, print_id: str, shown: str) -> tuple[int, int]:
    """Slide and step of the last part of such an address; Refused `slide.unknown` for one we did
    not make."""
    match = _LEAF.fullmatch(shown)
    if match is None:
        raise Refused("slide.unknown")
    slide, step = int(match[1]), int(match[2])
    if not hmac.compare_digest(_signature(secret, print_id, slide, step), match[3]):
        raise Refused("slide.unknown")
    return slide, step


def _signature(secret: Secret, print_id: str, slide: int, step: int) -> str:
    return secret.proof(LABEL, f"{print_id} {leaf_name(slide, step)}")[:LENGTH]
