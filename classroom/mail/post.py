"""Sends letters some at a time: offered together, noted as begun in one go, then finished together.

What a kill leaves is told apart by the marks: begun and marked is sent, begun and unmarked is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence

from classroom.mail.line import Line, NoServer, Outcome, Patience, open_line
from classroom.mail.marks import Marks
from classroom.mail.message import Outgoing
from classroom.mail.server import MailServerAt

LINES = 8
"""Connections at once, and letters in a batch."""

Begin = Callable[[Collection[int]], Awaitable[Collection[int]]]
"""Notes that these letters are being sent; those that are to be sent still."""


class Sender:
    """Keeps its connections from batch to batch until `rest` or `close`."""

    def __init__(
        self,
        server: MailServerAt,
        marks: Marks,
        *,
        lines: int = LINES,
        patience: Patience | None = None,
    ) -> None:
        self._server = server
        self._marks = marks
        self._most = lines
        self._patience = patience or Patience()
        self._idle: list[Line] = []

    async def send(self, letters: Sequence[Outgoing], begin: Begin) -> list[Outcome]:
        """What became of each that was offered; those `begin` left out are not in it.

        NoServer when the first connection cannot be made; nothing was begun then.
        """
        outcomes: list[Outcome] = []
        waiting = list(letters)
        while waiting:
            try:
                lines = await self._open(min(len(waiting), self._most))
            except NoServer as gone:
                if not outcomes:
                    raise
                return outcomes + [Outcome(one.id, "later", gone.why) for one in waiting]
            batch, waiting = waiting[: len(lines)], waiting[len(lines) :]
            outcomes += await self._batch(list(zip(lines, batch, strict=True)), begin)
        return outcomes

    async def rest(self) -> None:
        """Take leave of the server until there is something again."""
        lines, self._idle = self._idle, []
        await asyncio.gather(*(line.quit() for line in lines))

    def close(self) -> None:
        """Hang up at once."""
        for line in self._idle:
            line.close()
        self._idle = []

    async def _batch(self, pairs: Sequence[tuple[Line, Outgoing]], begin: Begin) -> list[Outcome]:
        try:
            outcomes = await self._through(pairs, begin)
        except BaseException:  # what was offered must not be taken
            for line, _ in pairs:
                line.close()
            raise
        self._idle += [line for line, _ in pairs if line.is_open]
        return outcomes

    async def _through(self, pairs: Sequence[tuple[Line, Outgoing]], begin: Begin) -> list[Outcome]:
        refused = await asyncio.gather(*(line.offer(letter) for line, letter in pairs))
        offered = [pair for pair, no in zip(pairs, refused, strict=True) if no is None]
        begun = await begin([letter.id for _, letter in offered]) if offered else ()
        for line, letter in offered:
            if letter.id not in begun:
                line.close()  # the only way not to send what was offered
        going = [pair for pair in offered if pair[1].id in begun]
        ended = await asyncio.gather(*(line.finish(one, self._marks) for line, one in going))
        return [one for one in refused if one is not None] + list(ended)

    async def _open(self, wanted: int) -> list[Line]:
        """So many lines, or fewer where the server wants no more at once; NoServer for none."""
        lines, self._idle = self._ready(wanted), []
        making = [
            asyncio.ensure_future(open_line(self._server, self._patience))
            for _ in range(wanted - len(lines))
        ]
        try:
            made = await asyncio.gather(*making, return_exceptions=True)
        except BaseException:
            for line in await asyncio.gather(*making, return_exceptions=True):
                if isinstance(line, Line):
                    line.close()
            for line in lines:
                line.close()
            raise
        lines += [line for line in made if isinstance(line, Line)]
        if lines:
            return lines
        for failure in made:
            if isinstance(failure, BaseException):
                raise failure
        raise NoServer("server")

    def _ready(self, wanted: int) -> list[Line]:
        """Of the idle ones those that are still open; the others are let go."""
        is_open = [line for line in self._idle if line.is_open]
        for line in is_open[wanted:]:
            line.close()
        return is_open[:wanted]
