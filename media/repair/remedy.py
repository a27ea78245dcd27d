"""Remedy: everything that is done about loss on one browser's connection, as values.

"Down" is from the server to the browser, "up" from the browser to the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from media.wire.advice import Advice, pack_advice


class Level(IntEnum):
    """How much a direction loses: none to speak of, about a tenth, a third, half, or more."""

    CALM = 0
    LIGHT = 1
    WEAK = 2
    HEAVY = 3
    SEVERE = 4

    @property
    def told(self) -> str:
        """The word for people and logs: "calm", "light", "weak", "heavy", "severe"."""
        return self.name.lower()

    @property
    def loss(self) -> float:
        """The share that is lost at it, as far as one figure says so."""
        return (0.0, 0.1, 0.3, 0.5, 0.7)[self]

    @property
    def advised(self) -> int:
        """As a word of advice has it: 0 to 3."""
        return self - 1 if self > Level.LIGHT else int(self)


ALWAYS_DEPTH = 1
"""Frames that go with each packet of sound to everybody, whatever the network: the first moments
of a line that turns bad are half as bad for it."""


@dataclass(frozen=True, slots=True)
class Buffers:
    """How long a listener should wait for what comes late, in milliseconds; 0 is as it likes.
    `alone` is for when only this direction of this line is bad, `with_another` for when the
    other end of the way is as bad.
    """

    alone: int = 0
    with_another: int = 0


@dataclass(frozen=True, slots=True)
class Down:
    """What is done about what the browser does not get.

    `depth` frames of sound go with each packet once more; with `echo` each packet leaves again
    170 ms later. Each packet of a picture leaves `copies` times more, `copy_spacing_s` apart. With
    `is_small` cameras come in their smallest size only. `repeats` is how often RTCP leaves, `opus`
    the size of sound (as of `Up`) that everybody it hears should send at most.
    """

    level: Level = Level.CALM
    depth: int = ALWAYS_DEPTH
    echo: bool = False
    sound: Buffers = Buffers()
    picture: Buffers = Buffers()
    copies: int = 0
    copy_spacing_s: float = 0.015
    is_small: bool = False
    repeats: int = 1
    opus: int = 0


@dataclass(frozen=True, slots=True)
class Up:
    """What is done about what we do not get.

    The browser puts `depth` frames into each packet of sound once more, and takes `opus` (0 as
    always, 1 24 kbit/s, 2 16 kbit/s, 3 12 kbit/s) for one. Missing packets of pictures are asked
    for each `nack_wait_s`, in `nack_times` NACKs; with `is_speculative` those that would have come
    by now, too. With `is_masked` its reports tell of no loss, or it would give up pictures.
    """

    level: Level = Level.CALM
    depth: int = 0
    opus: int = 0
    sound: Buffers = Buffers()
    picture: Buffers = Buffers()
    is_camera_small: bool = False
    is_camera_off: bool = False
    nack_wait_s: float = 0.02
    nack_times: int = 1
    is_speculative: bool = False
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Remedy:
    """Both directions of one browser. Nothing is done about a line that loses nothing, but for one
    frame of sound that always goes twice."""

    down: Down = Down()
    up: Up = Up()

    @property
    def is_calm(self) -> bool:
        """Whether there is nothing to say to the browser."""
        return self == CALM

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of what is done, for logs, metrics and people."""
        down, up = self.down, self.up
        done = {
            "sound_down": down.depth > ALWAYS_DEPTH,
            "sound_copy": down.echo,
            "picture_copies": down.copies > 0,
            "picture_lowest": down.is_small,
            "sound_up": up.depth > 0,
            "picture_asked": up.nack_times > 1,
            "opus_lower": up.opus > 0,
            "camera_small": up.is_camera_small,
            "camera_off": up.is_camera_off,
            "buffer": bool(down.sound.alone or up.sound.alone),
        }
        return tuple(name for name, is_done in done.items() if is_done)

    def word(self, sender: Up) -> int | None:
        """What packets of sound that `sender` sent say to this browser; None for nothing."""
        if self == CALM and not sender.sound.alone:
            return None
        down, up = self.down, self.up
        return pack_advice(
            Advice(
                depth=up.depth,
                sound_buffer_ms=self.sound_buffer_ms(sender),
                picture_buffer_ms=together(down.level, down.picture, sender.level, sender.picture),
                down=down.level.advised,
                up=up.level.advised,
                opus=up.opus,
                is_camera_small=up.is_camera_small,
                is_camera_off=up.is_camera_off,
            )
        )

    def sound_buffer_ms(self, sender: Up) -> int:
        """How long this browser should wait for sound that `sender` sent; 0 is as it likes."""
        return together(self.down.level, self.down.sound, sender.level, sender.sound)


def together(down: Level, here: Buffers, up: Level, there: Buffers) -> int:
    """How long a listener with `here` should wait for a sender with `there`, in milliseconds: as
    the worse of both lines alone needs, or as both together where each adds to it.
    """
    shared = here if down <= up else there
    return max(here.alone, there.alone, shared.with_another)


CALM = Remedy()
