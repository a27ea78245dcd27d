"""What a producer shows, in order of importance: sound first, then the screen, then faces."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    AUDIO = "audio"
    VIDEO = "video"


class Source(StrEnum):
    MICROPHONE = "microphone"
    SCREEN_AUDIO = "screen_audio"
    SCREEN = "screen"
    CAMERA = "camera"

    @property
    def kind(self) -> Kind:
        """The kind of track this source must be."""
        audio = self in (Source.MICROPHONE, Source.SCREEN_AUDIO)
        return Kind.AUDIO if audio else Kind.VIDEO
