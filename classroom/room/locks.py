"""What is taken from all students at once, and what one of them is given back on stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locks:
    """What students may not do; True is locked. Staff is never locked out."""

    microphones: bool = False
    cameras: bool = False
    shares: bool = False
    chat: bool = False
    """Writing to the class and to a group; the teachers can always be written to."""
    whispers: bool = True
    """Writing to one other student: off until a teacher allows it."""
    files: bool = False
    hands: bool = False
    reactions: bool = False
    """Over faces, and to messages; of observers, too."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody on stage may do although it is locked for the others."""

    microphone: bool = True
    camera: bool = True
    share: bool = False
    pen: bool = False
