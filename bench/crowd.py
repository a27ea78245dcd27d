"""People of one large class without browsers: each says things, and times what it hears.

A delivery is timed from the moment its sender wrote it to its socket; sender and hearer share this
process and its clock. What is said carries its moment: a chat line in its text, a hand by whose it
is.
"""

from __future__ import annotations

import asyncio
import re
from time import monotonic
from typing import Self

from bench.seat import Refusal, RoomSocket
from bench.websocket import LineClosed

_STAMP = re.compile(r'"text":"at (\d+\.\d+)"')
_HAND = re.compile(r'"hand_raised","hand":\{"participant_id":"([^"]+)"')
_HAND_LAST = re.compile(r'"hand":\{"participant_id":"([^"]+)"[^}]*\},"type":"hand_raised"')
AGAIN_S = 0.3
"""Before somebody who was refused connects again."""


class Hearing:
    """What the whole crowd heard. `delays_s` are of deliveries whose moment is known."""

    def __init__(self) -> None:
        self.delivered = 0
        self.delays_s: list[float] = []
        self.raised: dict[str, float] = {}
        """When each hand went up, by participant id."""

    def hear(self, frame: str) -> None:
        """A notice, as it came."""
        self.delivered += frame.count('"clock_ms":') if frame.startswith('42["room.') else 0
        now = monotonic()
        self.delays_s += [now - float(stamp) for stamp in _STAMP.findall(frame)]
        for who in (*_HAND.findall(frame), *_HAND_LAST.findall(frame)):
            if who in self.raised:
                self.delays_s.append(now - self.raised[who])


class Member(RoomSocket):
    """One person in the class."""

    seat = ""
    hearing: Hearing
    is_hand_up = False

    @classmethod
    async def come(cls, port: int, seat: str, tab: str, hearing: Hearing) -> Self:
        """Into the class; again after a moment while the server asks for patience."""
        while True:
            cls.hearing = hearing
            try:
                member = await cls.join(port, seat, tab)
            except (Refusal, ConnectionError, LineClosed):
                await asyncio.sleep(AGAIN_S)
                continue
            member.seat, member.hearing = seat, hearing
            return member

    @property
    def id(self) -> str:
        """Who this is in the room."""
        return str(self.welcome["self_id"])

    async def wave(self) -> None:
        """Raise the hand, or lower it."""
        if not self.is_hand_up:
            self.hearing.raised[self.id] = monotonic()
        await self.ask("hand.lower" if self.is_hand_up else "hand.raise", {})
        self.is_hand_up = not self.is_hand_up

    async def write(self, number: int) -> None:
        """A line in the chat that says when it was written."""
        await self.ask("chat.post", {"text": f"at {monotonic():.6f}", "client_id": f"c{number}"})

    async def vote(self, poll_id: str) -> None:
        """Answer the open question."""
        await self.ask("ask.answer", {"poll_id": poll_id, "choices": [0]})

    def _take_notice(self, frame: str) -> None:
        self.hearing.hear(frame)
