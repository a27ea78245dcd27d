"""Sessions in which somebody plays a recording: a random word for one person and one recording.

A core: the time is an argument. Whether the right on which it was opened still holds is asked by
the caller, each time it is used.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from classroom.people.secret import token_hash

TOKEN_BYTES = 32
LASTS_S = 12 * 3600.0
SESSIONS_MAX = 5_000
"""On the server; one more takes the place of the oldest."""
EACH_MAX = 20
"""Of one viewer of one recording; one more takes the place of their oldest."""
LINK_MAX = 1_000
"""By one link, likewise."""

By = Literal["owner", "host", "staff", "part", "share", "class"]
"""Why somebody may: they own it, came by the host link, assisted, took part, have a link, or are in
the class that is recorded."""


@dataclass(frozen=True, slots=True)
class Playing:
    """Who plays what. `viewer` is an account, an enrolment, a participant or a proof of a browser;
    `share` is a link's id, empty without one; `is_whole` is with what was cut out."""

    recording_id: str
    by: By
    viewer: str
    name: str
    share: str = ""
    may_download: bool = False
    is_whole: bool = False
    view_id: int = 0
    """The row that tells that they watched."""
    enrolment: str = ""
    """As whom they may, when they may because they are enrolled."""

    @property
    def may_edit(self) -> bool:
        """Whether the recording is theirs."""
        return self.by in ("owner", "host")


class PlaySessions:
    """Those that are open. Invariant: never more than so many, and none after its time."""

    def __init__(self, sessions_max: int = SESSIONS_MAX) -> None:
        self._max = sessions_max
        self._open: OrderedDict[str, tuple[float, Playing]] = OrderedDict()

    def open(self, playing: Playing, *, now: float) -> str:
        """The word that opens it from now on."""
        self._make_room(playing)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._open[token_hash(token)] = (now + LASTS_S, playing)
        while len(self._open) > self._max:
            self._open.popitem(last=False)
        return token

    def find(self, token: str, *, now: float) -> Playing | None:
        """Who plays with this word; None for one that is none, or none any more."""
        key = token_hash(token)
        until, playing = self._open.get(key, (0.0, None))
        if playing is not None and now >= until:
            del self._open[key]
            return None
        return playing

    def end_all(self, recording_id: str) -> None:
        """Nobody plays this recording any more."""
        gone = [
            key for key, (_, playing) in self._open.items() if playing.recording_id == recording_id
        ]
        for key in gone:
            del self._open[key]

    def _make_room(self, new: Playing) -> None:
        """So that nobody throws out others' by opening many."""
        own = [key for key, (_, one) in self._open.items() if _whose(one) == _whose(new)]
        linked = [
            key for key, (_, one) in self._open.items() if new.share and one.share == new.share
        ]
        for key in {*own[: -EACH_MAX + 1 or None], *linked[: -LINK_MAX + 1 or None]}:
            del self._open[key]

    def __len__(self) -> int:
        return len(self._open)


def _whose(playing: Playing) -> tuple[str, str]:
    return playing.recording_id, playing.viewer
