"""Closes the connections of those who are silently gone; who they are is decided in `silence`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from classroom.ids import ParticipantId
from classroom.live.hub import Hub
from classroom.live.room import LiveRoom
from classroom.live.silence import LOOK_EVERY_S, Silence, unheard

log = structlog.get_logger("classroom.live")


class Departures:
    """Of one server's sockets that are in a room."""

    def __init__(
        self, hub: Hub, heard_at: Callable[[str], float | None], drop: Callable[[str], None]
    ) -> None:
        """`heard_at` tells when anything came from a socket last; `drop` closes one soon."""
        self._hub = hub
        self._heard_at = heard_at
        self._drop = drop
        self._silence = Silence()

    async def watch(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self._look()
            except Exception:
                log.exception("departures.failed")

    async def _look(self) -> None:
        silent = self._silence.look(self._heard())
        claims = [claim for name in silent if (claim := self._hub.claims.get(name))]
        rooms = {claim.live for claim in claims if claim.live is not None}
        await asyncio.gather(
            *(
                self._ask(live, {claim.who: claim.socket for claim in claims if claim.live is live})
                for live in rooms
            )
        )

    async def _ask(self, live: LiveRoom, silent: dict[ParticipantId, str]) -> None:
        before = self._heard()
        figures = await live.stage.figures()
        now = self._heard()
        for who in unheard(figures, live.stage.books, silent):
            socket = silent[who]
            if socket in now and now[socket] == before.get(socket):
                self._drop(socket)

    def _heard(self) -> dict[str, float]:
        """When each who is in a room was heard last."""
        inside = [socket for socket, claim in self._hub.claims.items() if claim.live is not None]
        heard = {socket: self._heard_at(socket) for socket in inside}
        return {socket: at for socket, at in heard.items() if at is not None}
