"""Saves a board's list of pages, one save after the other; only the latest list matters.

What was drawn may be stored only on a page that is: whoever stores something of a page waits
with `kept` first. A save that fails is repeated until it works.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from classroom.live.metrics import BOARD_PAGE_LISTS
from whiteboard.store import StoreFailed

RETRY_S = 2.0

log = structlog.get_logger("classroom.live.board")

State = TypeVar("State")


class PageKeeper(Generic[State]):
    """The latest state on its way to the store, and whoever waits for it."""

    def __init__(
        self, save: Callable[[State], Awaitable[None]], stored: State | None, *, board: str
    ) -> None:
        """`stored` is what the store has already; None when it has nothing."""
        self._save = save
        self._board = board
        self._latest = stored
        self._stored = stored
        self._waiting: list[asyncio.Future[None]] = []
        self._task: asyncio.Task[None] | None = None
        self._is_failing = False
        self._is_closed = False

    @property
    def is_behind(self) -> bool:
        """Whether something is not saved yet."""
        return self._latest != self._stored

    def keep(self, state: State) -> None:
        """Save it, in a moment; never waits. The same as is stored costs nothing."""
        self._latest = state
        self._begin()

    async def kept(self) -> None:
        """Return when everything kept so far is stored; StoreFailed when the next try fails."""
        if not self.is_behind:
            return
        self._begin()
        if self._task is None:
            raise StoreFailed("the board is closed")
        waits: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waits)
        await waits

    async def close(self, *, within_s: float) -> None:
        """Let what is under way end for so long; what is not saved then is told in the log."""
        self._is_closed = True
        task = self._task
        if task is not None:
            await asyncio.wait({task}, timeout=within_s)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._release(StoreFailed("the board is closed"))
        if self.is_behind:
            log.error("board.pages_lost", board=self._board)

    def _begin(self) -> None:
        if self.is_behind and self._task is None and not self._is_closed:
            self._task = asyncio.create_task(self._run(), name=f"page list {self._board}")

    async def _run(self) -> None:
        try:
            while self.is_behind:
                await self._try()
        finally:
            self._task = None
            self._release(StoreFailed("the page list was not saved"))  # nobody waits any more, else

    async def _try(self) -> None:
        state, waiting = self._latest, self._waiting
        if state is None:
            return
        self._waiting = []
        try:
            await self._save(state)
        except StoreFailed as failure:
            self._answer(waiting, failure)
            self._say_failing(failure)
            await asyncio.sleep(RETRY_S)
            return
        except Exception as error:  # a bug of ours; what is drawn waits for this list all the same
            log.exception("board.pages_save_broken", board=self._board)
            self._answer(waiting, StoreFailed(f"a bug: {type(error).__name__}"))
            self._say_failing(error)
            await asyncio.sleep(RETRY_S)
            return
        except BaseException:
            self._answer(waiting, StoreFailed("the page list was not saved"))
            raise
        self._stored = state
        self._is_failing = False
        BOARD_PAGE_LISTS.labels("saved").inc()
        if not self.is_behind:  # then whoever came meanwhile waits for nothing more
            waiting, self._waiting = waiting + self._waiting, []
        self._answer(waiting, None)

    def _say_failing(self, failure: Exception) -> None:
        BOARD_PAGE_LISTS.labels("failed").inc()
        if not self._is_failing:
            log.error("board.pages_not_saved", board=self._board, reason=str(failure))
        self._is_failing = True

    def _release(self, failure: StoreFailed) -> None:
        waiting, self._waiting = self._waiting, []
        self._answer(waiting, failure)

    def _answer(self, waiting: list[asyncio.Future[None]], failure: StoreFailed | None) -> None:
        for waits in waiting:
            if waits.done():
                continue
            if failure is None:
                waits.set_result(None)
            else:
                waits.set_exception(failure)
                waits.exception()  # whoever was cancelled meanwhile does not ask for it
