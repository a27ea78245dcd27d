"""Transports made before their people come in: who has some, and for how long.

Nothing is forwarded to or from them, and nobody is told of them. Whoever joins takes theirs; those
nobody takes are closed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from classroom.errors import Refused
from classroom.ids import ParticipantId
from classroom.live.asking import UNAVAILABLE
from classroom.live.ports import Json
from media.ids import EndpointId, TransportId

AHEAD_MAX = 100
"""Of one room: more than ever look at its door at once."""
WAIT_S = 600.0
"""Somebody who does not join within ten minutes goes the usual way."""
AWAY_S = 60.0
"""A socket that breaks on a bad network comes back within that."""


@dataclass(slots=True, eq=False)
class Prepared:
    """Somebody's transports, as the media side made them."""

    endpoint_id: EndpointId
    capabilities: Json
    send: Json
    receive: Json
    socket: str
    until: float
    """When it ends at the latest, on the loop's clock."""
    end: asyncio.TimerHandle | None = None

    def transport(self, transport_id: str) -> TransportId | None:
        """One of the two, or None."""
        mine = transport_id in (self.send["id"], self.receive["id"])
        return TransportId(transport_id) if mine else None


class Ahead:
    """Of one room's stage, which sets `close`: it is told of each that is given up."""

    def __init__(self) -> None:
        self.close: Callable[[EndpointId], None] = _nothing
        self._prepared: dict[ParticipantId, Prepared] = {}
        self._coming: Counter[ParticipantId] = Counter()

    @property
    def sockets(self) -> list[str]:
        """Of those who prepared and have not joined."""
        return [prepared.socket for prepared in self._prepared.values()]

    def has(self, owner: ParticipantId) -> bool:
        """Whether somebody prepared."""
        return owner in self._prepared

    @contextmanager
    def coming(self, owner: ParticipantId) -> Iterator[None]:
        """While theirs are made; Refused when too many others have some, or are about to."""
        if len((self._prepared.keys() | self._coming.keys()) - {owner}) >= AHEAD_MAX:
            raise Refused(UNAVAILABLE)
        self._coming[owner] += 1
        try:
            yield
        finally:
            self._coming[owner] -= 1
            if not self._coming[owner]:
                del self._coming[owner]

    def put(
        self,
        owner: ParticipantId,
        socket: str,
        endpoint_id: EndpointId,
        capabilities: Json,
        transports: tuple[Json, Json],
    ) -> None:
        """Keep them for a while, in place of what was there; the one to send comes first."""
        self.drop(owner)
        until = asyncio.get_running_loop().time() + WAIT_S
        prepared = Prepared(endpoint_id, capabilities, *transports, socket, until)
        self._prepared[owner] = prepared
        self._end_at(owner, prepared, until)

    def transport(self, owner: ParticipantId, transport_id: str) -> TransportId | None:
        """One of somebody's transports, or None."""
        prepared = self._prepared.get(owner)
        return None if prepared is None else prepared.transport(transport_id)

    def take(self, owner: ParticipantId) -> Prepared | None:
        """For joining: it is theirs now and is not closed by us any more."""
        prepared = self._prepared.pop(owner, None)
        if prepared is not None and prepared.end is not None:
            prepared.end.cancel()
        return prepared

    def resume(self, owner: ParticipantId, socket: str) -> None:
        """Another socket came for it; it lasts no longer for that."""
        prepared = self._prepared.get(owner)
        if prepared is not None:
            prepared.socket = socket
            self._end_at(owner, prepared, prepared.until)

    def fade(self, owner: ParticipantId, socket: str) -> None:
        """The socket is gone; another may come for it soon."""
        prepared = self._prepared.get(owner)
        if prepared is not None and prepared.socket == socket:
            soon = asyncio.get_running_loop().time() + AWAY_S
            self._end_at(owner, prepared, min(soon, prepared.until))

    def drop(self, owner: ParticipantId) -> None:
        """They do not come, or have something else now."""
        prepared = self.take(owner)
        if prepared is not None:
            self.close(prepared.endpoint_id)

    def clear(self) -> None:
        """The worker is gone with everything in it."""
        for owner in list(self._prepared):
            self.take(owner)

    def _end_at(self, owner: ParticipantId, prepared: Prepared, at: float) -> None:
        if prepared.end is not None:
            prepared.end.cancel()
        prepared.end = asyncio.get_running_loop().call_at(at, self._over, owner, prepared)

    def _over(self, owner: ParticipantId, prepared: Prepared) -> None:
        if self._prepared.get(owner) is prepared:
            self.drop(owner)


def _nothing(endpoint_id: EndpointId) -> None:
    """Nobody closes them yet."""
