"""The sockets in front of a class: told when somebody was let in, or turned away."""

from __future__ import annotations

from classroom.live.room import LiveRoom
from classroom.wire.lobby import LobbyAdmitted, LobbyTurnedAway


class Waiting:
    """Of one room. Invariant: `live.waiting` has the socket of each who waits and is connected."""

    def __init__(self, live: LiveRoom) -> None:
        self._live = live

    def settle(self) -> None:
        """To be called whenever somebody may have been let in or turned away."""
        live = self._live
        lobby = live.room.parts.lobby
        for who, socket in list(live.waiting.items()):
            if lobby.is_waiting(who) and not live.is_over:
                continue
            del live.waiting[who]
            # After the end of the class they ask once more, and hear that it is over.
            asks_again = live.is_over or lobby.is_admitted(who)
            live.tell_socket(socket, LobbyAdmitted() if asks_again else LobbyTurnedAway())
