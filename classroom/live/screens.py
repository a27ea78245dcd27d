"""In which codecs screens are sent in one live room: those that everybody in it can show. A core.

The list is told whenever it changes. Who shares in a codec that is no longer on it sends the
screen anew in one that is; one that comes back to it is for the next share only, as nobody's
picture has to change for it. Choosing from the list is the client's: it knows what it encodes well.
"""

from __future__ import annotations

from classroom.live.books import Books
from classroom.live.ports import Json, Tell
from classroom.wire.messages import ScreenCodecs
from media.ortc.screen import SCREEN_CODECS, shown_screens


class Screens:
    """Invariant: `codecs` is what everybody in the books shows, as of the last review."""

    def __init__(self, books: Books, tell: Tell) -> None:
        self._books = books
        self._tell = tell
        self.codecs = list(SCREEN_CODECS)
        """Mime types, best first; the last is always VP8."""

    @staticmethod
    def shown_by(capabilities: Json) -> tuple[str, ...]:
        """Those that a client with these receiving capabilities can show."""
        return shown_screens(capabilities)

    def review(self) -> None:
        """Somebody came or went: tell all who know a list when theirs is no longer right."""
        endpoints = self._books.endpoints.values()
        codecs = [
            codec
            for codec in SCREEN_CODECS
            if all(codec in endpoint.shows for endpoint in endpoints)
        ]
        if codecs == self.codecs:
            return
        self.codecs = codecs
        for endpoint in endpoints:
            if endpoint.is_told:
                self._tell(endpoint.owner, ScreenCodecs(codecs))
