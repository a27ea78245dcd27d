"""One end of a bundle: one conversation over several streams, each of which may stall or break.

Whatever is `put` is cut into numbered pieces; the other end gives each payload once, in order, and
says how far it has seen. On a calm line one strand carries everything and the others are silent.
When an answer is late every strand carries everything, each in another order, so that what stalls
here is there already. A strand that breaks takes nothing with it.

Sans-IO: time is an argument, in seconds; strands are named by whoever owns them. `web/src/wire/
bundle/bundle.ts` decides the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from classroom.live.bundle_frames import (
    HELD_MAX,
    PIECE_MAX,
    Kind,
    MalformedBundle,
    Piece,
    Said,
    read_line,
    write_line,
)

WINDOW = 256
"""Pieces on their way at once."""
WINDOW_CHARACTERS = 128 * 1024
"""The same by size, and at least one piece."""
SMALL_PIECE = 1_200
"""About a packet: of a stream that stalls in the middle, what came before is good for something."""
CUTS = 16
"""A long payload has about so many pieces, so that a calm line does not pay for them."""
ACK_WITHIN_S = 0.05
LATE_S = 0.25
"""When no answer comes for longer, and for twice what is usual, it is late."""
USUAL_S = 0.1
"""What is taken for usual before anything was measured."""
WEAK_FOR_S = 10.0
"""How long all strands carry everything after something was late."""
GRAIN_S = 0.001
"""Something is late only after its time."""
ECHO_S = 2.0
"""The same, after the other end said that something is late for it."""


@dataclass(slots=True)
class Strand:
    """One stream of the bundle. `sent` are the pieces on it that are not seen yet."""

    sent: set[int] = field(default_factory=set)
    told: int = 0
    """How far the other end was told here that we have seen."""
    heard_at: float = 0.0


@dataclass(slots=True)
class Waiting:
    """A piece that the other end has not seen. `at` is when it first went, or was put."""

    piece: Piece
    at: float
    is_sent: bool = False
    is_measure: bool = True


class Bundle:
    """Invariant: a payload is given at most once, and never before what was put before it."""

    def __init__(self, *, payload_max: int | None = None, quiet_s: float | None = None) -> None:
        """`payload_max`: characters the other end may send as one. `quiet_s`: so long the other
        end is never silent."""
        self._payload_max = payload_max
        self._quiet_s = quiet_s
        self.strands: dict[int, Strand] = {}
        self.seen = 0
        self.is_over = False
        """Whether the other end said its last; nothing is given any more."""
        self.heard_at = 0.0
        self.usual_s = USUAL_S
        self._acked = 0
        self._last = 0
        self._waiting: dict[int, Waiting] = {}
        self._characters = 0
        self._ahead: dict[int, Piece] = {}
        self._ahead_characters = 0
        self._parts: list[str] = []
        self._parts_characters = 0
        self._owed_since: float | None = None
        self._progress_at = 0.0
        self._late_until = 0.0
        self._echo_until = 0.0

    # What the owner says

    def put(self, text: str, *, now: float) -> None:
        """Say this to the other end."""
        size = min(max(len(text) // CUTS, SMALL_PIECE), PIECE_MAX)
        while len(text) > size:
            self._number("P", text[:size], now)
            text = text[size:]
        self._number("F", text, now)

    def end(self, *, now: float) -> None:
        """Say that nothing follows."""
        self._number("E", "", now)

    @property
    def is_said(self) -> bool:
        """Whether the other end has seen everything."""
        return not self._waiting

    @property
    def said(self) -> int:
        """The number of the last piece that was put."""
        return self._last

    @property
    def is_full(self) -> bool:
        """Whether more waits than may be on its way: the owner should wait before it puts more."""
        return len(self._waiting) > WINDOW or self._characters > WINDOW_CHARACTERS

    # Strands

    @property
    def held(self) -> tuple[int, ...]:
        """Pieces that came before their turn."""
        return tuple(sorted(self._ahead)[:HELD_MAX])

    def attach(self, name: int, seen: int, held: tuple[int, ...], *, now: float) -> None:
        """A strand is open, on which the other end greeted; or MalformedBundle. It was told
        `self.seen` and `self.held` there."""
        self._saw(seen, now)
        self.strands[name] = Strand(set(held), self.seen)
        self._owed_since = None
        self.heard_at = now

    def detach(self, name: int) -> None:
        """A strand is gone, and with it what may have been on it."""
        gone = self.strands.pop(name, None)
        if gone is None or not gone.sent:
            return
        for number in gone.sent & self._waiting.keys():
            self._waiting[number].is_measure = False

    def came(self, name: int, line: str, *, now: float) -> list[str]:
        """A line arrived on a strand: the payloads that are whole now. MalformedBundle when no
        honest other end sends it."""
        strand = self.strands.get(name)
        if strand is None:
            return []
        said = read_line(line)
        strand.heard_at = self.heard_at = now
        if said.is_late:
            self._echo_until = now + ECHO_S
        self._saw(said.seen, now)
        return [] if said.piece is None else self._take(said.piece, now)

    def may_carry(self, name: int, *, now: float) -> bool:
        """Whether a strand is not to be silent now."""
        return name == self._carrier() or self.is_weak(now=now)

    def next_on(self, name: int, *, now: float) -> str | None:
        """The next line for a strand; None when it has nothing to carry now."""
        strand = self.strands.get(name)
        if strand is None or not self.may_carry(name, now=now):
            return None
        number = self._pick(strand, name)
        if number is None and (strand.told >= self.seen or not self._owes(now)):
            return None
        strand.told = self.seen
        self._owed_since = None
        piece = None if number is None else self._go(number, strand, now)
        return write_line(Said(self.seen, now < self._late_until, piece))

    # Time

    def is_weak(self, *, now: float) -> bool:
        """Whether something was late a short while ago, here or at the other end."""
        if self.late_s(now=now) > self._patience_s() or self._is_quiet(now):
            self._late_until = now + WEAK_FOR_S
        return now < max(self._late_until, self._echo_until)

    def late_s(self, *, now: float) -> float:
        """For how long nothing was seen by the other end that should be."""
        first = self._waiting.get(self._acked + 1)
        return now - max(first.at, self._progress_at) if first is not None else 0.0

    def wake_at(self, *, now: float) -> float | None:
        """When `next_on` may say something that it does not say now."""
        if not self.strands:
            return None
        times = []
        if self._owed_since is not None:
            times.append(self._owed_since + ACK_WITHIN_S)
        if not self.is_weak(now=now):
            first = self._waiting.get(self._acked + 1)
            if first is not None:
                times.append(max(first.at, self._progress_at) + self._patience_s() + GRAIN_S)
            if self._quiet_s is not None:
                times.append(self.heard_at + self._quiet_s + GRAIN_S)
        return min(times, default=None)

    # Steps

    def _number(self, kind: Kind, text: str, now: float) -> None:
        self._last += 1
        self._waiting[self._last] = Waiting(Piece(kind, self._last, text), now)
        self._characters += len(text)

    def _saw(self, seen: int, now: float) -> None:
        if seen > self._last:
            raise MalformedBundle("bundle.seen")
        while self._acked < seen:
            self._acked += 1
            waited = self._waiting.pop(self._acked)
            self._characters -= len(waited.piece.text)
            self._progress_at = now
            if waited.is_measure and now >= self._late_until:
                self.usual_s += (now - waited.at - self.usual_s) / 8
            for strand in self.strands.values():
                strand.sent.discard(self._acked)

    def _go(self, number: int, strand: Strand, now: float) -> Piece:
        """The piece, which goes on this strand now."""
        waiting = self._waiting[number]
        if not waiting.is_sent:
            waiting.is_sent, waiting.at = True, now
        strand.sent.add(number)
        return waiting.piece

    def _take(self, piece: Piece, now: float) -> list[str]:
        if piece.number <= self.seen or piece.number in self._ahead:
            return []
        ahead = self._ahead_characters + len(piece.text)
        if piece.number > self.seen + WINDOW or ahead > 2 * WINDOW_CHARACTERS:
            raise MalformedBundle("bundle.window")
        self._ahead[piece.number] = piece
        self._ahead_characters = ahead
        given: list[str] = []
        if piece.number == self.seen + 1 and self._owed_since is None:
            self._owed_since = now
        while (following := self._ahead.pop(self.seen + 1, None)) is not None:
            self.seen += 1
            self._ahead_characters -= len(following.text)
            given += self._give(following)
        return given

    def _give(self, piece: Piece) -> list[str]:
        if self.is_over:
            return []
        if piece.kind == "E":
            self.is_over = True
            return []
        self._parts.append(piece.text)
        self._parts_characters += len(piece.text)
        if self._payload_max is not None and self._parts_characters > self._payload_max:
            raise MalformedBundle("bundle.payload")
        if piece.kind == "P":
            return []
        text = "".join(self._parts)
        self._parts, self._parts_characters = [], 0
        return [text]

    def _carrier(self) -> int | None:
        """The strand on which something was heard last; of equals the first."""
        return max(self.strands, key=lambda name: self.strands[name].heard_at, default=None)

    def _pick(self, strand: Strand, name: int) -> int | None:
        """The next piece for a strand: the first has them from the front, the second from the
        back, the third from the middle."""
        open_to = []
        characters = 0
        rank = list(self.strands).index(name) % 3
        for number in range(self._acked + 1, min(self._last, self._acked + WINDOW) + 1):
            characters += len(self._waiting[number].piece.text)
            if characters > WINDOW_CHARACTERS and number > self._acked + 1:
                break
            if number not in strand.sent:
                if rank == 0:
                    return number
                open_to.append(number)
        if not open_to:
            return None
        return open_to[-1] if rank == 1 else open_to[len(open_to) // 2]

    def _owes(self, now: float) -> bool:
        if self._owed_since is None or self.is_weak(now=now):
            return True
        return now >= self._owed_since + ACK_WITHIN_S

    def _patience_s(self) -> float:
        return max(LATE_S, 2 * self.usual_s)

    def _is_quiet(self, now: float) -> bool:
        return self._quiet_s is not None and now - self.heard_at > self._quiet_s
