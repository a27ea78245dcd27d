"""Who said nothing for so long that they may be gone. A core: it is told what was heard.

Whoever loses most packets may say nothing on the signalling for 20 s while their sound arrives; so
nobody is taken for gone of whom any media arrives. Who is heard nowhere is away after 20 s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from classroom.ids import ParticipantId
from classroom.live.books import Books
from classroom.live.ports import Json

LOOK_EVERY_S = 1.0
LOOKS = 18
"""Without a word. A calm client says something every 5 s."""


class Silence:
    """It counts looks and not seconds: a server that stood still heard nobody meanwhile."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, int]] = {}
        """When each socket was heard last, and at how many looks it was the same since."""

    def look(self, heard: Mapping[str, float]) -> list[str]:
        """Those of whom nothing came for LOOKS looks. `heard` has the time of each one's last word,
        on any clock; who is not in it is forgotten."""
        before, self._known = self._known, {}
        for socket, at in heard.items():
            last, looks = before.get(socket, (at, -1))
            self._known[socket] = (at, looks + 1 if at == last else 0)
        return [socket for socket, (_, looks) in self._known.items() if looks >= LOOKS]


def unheard(
    figures: Iterable[Json], books: Books, owners: Collection[ParticipantId]
) -> set[ParticipantId]:
    """Those of whom no media arrives, not even a check of the path; who has none is among them.
    `figures` are the worker's; of whom it tells nothing nobody knows."""
    silent = {row["endpoint_id"] for row in figures if not row["is_heard"]}
    mine = {owner: books.endpoints.get(owner) for owner in owners}
    return {owner for owner, one in mine.items() if one is None or one.id in silent}
