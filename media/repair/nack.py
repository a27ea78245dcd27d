"""MissingPackets: what one received stream lacks, and when to ask for it (RFC 4585 section 6.2.1).

Decides which numbers go into a NACK and when to give up; does not build the packet. Missing
numbers are bits of one integer, so a stream without loss costs two comparisons a packet.
"""

from __future__ import annotations

from collections.abc import Iterator

from media.repair.guesses import Guesses
from media.repair.manner import Manner

MAX_ATTEMPTS = 10
"""At 30 % loss each way a round of asking fails half the time; ten in a row, one in a thousand."""
WINDOW = 512
"""Numbers behind the newest still asked for; half the history, so the answer is still usable."""
MAX_GAP = 256
"""A longer jump is a new start or a hopeless burst: a key frame is cheaper."""
MAX_ASKED = 128
"""Numbers in one NACK: it stays far below one datagram."""
FIRST_DELAY = 0.01
"""Seconds a gap may close by itself: packets that only changed places."""
_SHORTEST_WAIT = 0.02
_LONGEST_WAIT = 0.2
_SMOOTHING = 0.25  # of a new measure of the round trip


class MissingPackets:
    """Of one stream. `due_at` is when to ask next, None when nothing is missing. What nobody knows
    to be missing is in `guesses`.
    """

    __slots__ = (
        "_asked",
        "_highest",
        "_manner",
        "_missing",
        "abandoned",
        "due_at",
        "guesses",
        "round_trip",
    )

    def __init__(self) -> None:
        self.due_at: float | None = None
        self.round_trip = 0.1
        """Seconds from asking to the answer; a guess until one came."""
        self.abandoned = 0
        """Packets given up since somebody last looked."""
        self.guesses: Guesses | None = None
        """None where nothing is asked for that may not have been sent."""
        self._manner: Manner | None = None
        self._highest = -1
        self._missing = 0  # bit n: number `_highest - n` is missing
        self._asked: dict[int, tuple[int, float]] = {}
        """How often and when last, by number; only of numbers that are missing."""

    def ask(self, manner: Manner | None) -> None:
        """In this manner from now on; None is once in a round trip, as on any line."""
        self._manner = manner
        self.guesses = Guesses(manner) if manner is not None and manner.speculative else None

    @property
    def next_at(self) -> float | None:
        """When there is something to ask for, known or guessed."""
        guess_at = None if self.guesses is None else self.guesses.due_at
        if self.due_at is None or guess_at is None:
            return guess_at if self.due_at is None else self.due_at
        return min(self.due_at, guess_at)

    def received(self, number: int, *, now: float) -> None:
        """Packet `number` (extended) came, in whatever way."""
        if self.guesses is not None:
            self.guesses.came(number, now=now)
        ahead = number - self._highest
        if ahead == 1:
            if self._missing:
                self._shift(1)
            self._highest = number
        elif self._highest < 0 or ahead > MAX_GAP:
            self._restart(number)
        elif ahead > 0:
            self._shift(ahead)
            self._missing |= ((1 << ahead) - 1) & ~1
            self._highest = number
            if self.due_at is None:
                self.due_at = now + FIRST_DELAY
        elif self._missing >> -ahead & 1:
            self._found(number, now)

    def _found(self, number: int, now: float) -> None:
        attempts, asked_at = self._asked.get(number, (0, now))
        if attempts == 1:  # of several, it would not be known which was answered
            self.round_trip += (now - asked_at - self.round_trip) * _SMOOTHING
        self._forget(1 << (self._highest - number))

    def _shift(self, steps: int) -> None:
        hopeless = self._missing << steps >> WINDOW
        if hopeless:
            # Still against the old highest number, as `_asked` goes by numbers.
            self._give_up(hopeless << WINDOW >> steps)
        self._missing <<= steps

    def _restart(self, number: int) -> None:
        if self._highest >= 0:
            self.abandoned += number - self._highest - 1 + self._missing.bit_count()
        self._highest = number
        self._missing = 0
        self._asked.clear()
        self.due_at = None

    def _give_up(self, bits: int) -> None:
        self.abandoned += bits.bit_count()
        self._forget(bits)

    def _forget(self, bits: int) -> None:
        self._missing &= ~bits
        if self._missing:
            for number in self._numbers(bits):
                self._asked.pop(number, None)
        else:
            self._asked.clear()
            self.due_at = None

    def _numbers(self, bits: int) -> Iterator[int]:
        """The numbers that `bits` stand for, oldest first."""
        while bits:
            position = bits.bit_length() - 1
            bits ^= 1 << position
            yield self._highest - position

    def take(self, *, now: float, most: int = MAX_ASKED) -> list[int]:
        """Extended numbers to ask for now, oldest first; each is asked MAX_ATTEMPTS times, or as
        its manner says.

        What `most` leaves out has its turn next time, but not more often for it: on a line without
        room for repairs pictures must go on with a key frame, not wait.
        """
        if self.due_at is None or self.due_at > now:
            return []
        most_attempts = MAX_ATTEMPTS
        wait = min(max(self.round_trip * 1.1, _SHORTEST_WAIT), _LONGEST_WAIT)
        if self._manner is not None:
            wait, most_attempts = self._manner.wait_s, self._manner.attempts
        asked: list[int] = []
        hopeless = 0
        for number in self._numbers(self._missing):
            attempts, _ = self._asked.get(number, (0, now))
            if attempts >= most_attempts:
                hopeless |= 1 << (self._highest - number)
            elif len(asked) < min(most, MAX_ASKED):
                self._asked[number] = (attempts + 1, now)
                asked.append(number)
            else:
                self._asked[number] = (max(attempts + 1, 2), now)  # not for the round trip
        self.due_at = now + wait
        if hopeless:
            self._give_up(hopeless)
        return asked

    def rounds(self, number: int) -> int:
        """How often `number` was asked for so far."""
        return self._asked.get(number, (0, 0.0))[0]

    def take_abandoned(self) -> int:
        """How many packets were given up since the last call."""
        abandoned, self.abandoned = self.abandoned, 0
        return abandoned
