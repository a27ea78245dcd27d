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

KEPT_MAX = 32
"""Answers of one person: more than a client has open at once."""
VALUES_MAX = 100
CHARACTERS_MAX = 4_000
"""Of an answer. What answers at greater length only reads, and may be done twice."""


class Repeats:
    """Of one person. Invariant: while an answer is remembered, its request is not done again."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, asyncio.Future[Answer]] = OrderedDict()

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
        if not answer["ok"] or not _is_short(answer["data"]):
            del self._answers[name]
        elif len(self._answers) > KEPT_MAX:
            self._forget_oldest()
        return answer

    def _forget_oldest(self) -> None:
        """Of those that were answered: one that is being done must be found by who asks again."""
        oldest = next(name for name, answer in self._answers.items() if answer.done())
        del self._answers[oldest]


def _is_short(data: Any) -> bool:
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
    return values <= VALUES_MAX and characters <= CHARACTERS_MAX
