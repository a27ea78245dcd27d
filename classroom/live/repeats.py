"""A request that is asked again, after a connection that broke, is not done again.

A client names its requests and asks those anew that had no answer. Who was answered already gets
the same answer; whose request is still being done waits for it with the first one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

Answer = dict[str, Any]

KEPT_MAX = 300
"""Answers of one person: as many as a client may ask for at once (`limits.EVERY`)."""
KEPT_CHARACTERS_MAX = 128_000
"""Of them all; most say no more than that it was done."""
VALUES_MAX = 100
CHARACTERS_MAX = 4_000
"""Of an answer. What answers at greater length only reads, and may be done twice."""


class Repeats:
    """Of one person. Invariant: while an answer is remembered, its request is not done again."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, asyncio.Future[Answer]] = OrderedDict()
        self._sizes: dict[str, int] = {}
        """Characters of those that were answered."""

    def knows(self, name: str) -> bool:
        """Whether this request was done, or is being done."""
        return name in self._answers

    async def once(self, name: str, do: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """The answer of `do`, or what it answered before; None when it was broken off. What was
        refused was not done, so it may be asked again."""
        known = self._answers.get(name)
        if known is not None:
            await asyncio.wait([known])
            return None if known.cancelled() else known.result()
        known = self._answers[name] = asyncio.get_running_loop().create_future()
        try:
            answer = await do()
        except BaseException:
            known.cancel()
            del self._answers[name]
            raise
        known.set_result(answer)
        size = _size(answer["data"]) if answer["ok"] else None
        if size is None:
            del self._answers[name]
        else:
            self._keep(name, size)
        return answer

    def _keep(self, name: str, size: int) -> None:
        """Remember one more answer, and forget the oldest ones there is no room for."""
        self._sizes[name] = size
        while len(self._sizes) > KEPT_MAX or sum(self._sizes.values()) > KEPT_CHARACTERS_MAX:
            oldest = next(iter(self._sizes))
            del self._sizes[oldest], self._answers[oldest]


def _size(data: Any) -> int | None:
    """Characters of an answer; None of a long one."""
    values, characters, rest = 0, 0, [data]
    while rest and values <= VALUES_MAX and characters <= CHARACTERS_MAX:
        one = rest.pop()
        values += 1
        if isinstance(one, dict):
            rest += one.values()
        elif isinstance(one, list):
            rest += one
        elif isinstance(one, str):
            characters += len(one)
    return characters if values <= VALUES_MAX and characters <= CHARACTERS_MAX else None
