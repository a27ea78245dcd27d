"""The order of the letters of one text, as the document has it, and what it costs to find a place.

A letter names the two it was put between. When others were put there at the same moment, the
document walks over their pieces to find its place; for honest writers that are a few. Here the same
walk is made first (Yjs' own rule), counted, and can be taken back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from whiteboard.errors import Refused
from whiteboard.ids import ClientId
from whiteboard.update import StructId


class Piece:
    """Clocks `start .. end` of one client that follow each other in the text. `kind` is the kind of
    the struct it began as."""

    __slots__ = ("after", "client", "end", "kind", "origin", "right", "start")

    def __init__(self, first: StructId, length: int, kind: int) -> None:
        self.client, self.start = first
        self.end = self.start + length
        self.kind = kind
        self.origin: StructId | None = None
        self.right: StructId | None = None
        self.after: Piece | None = None


class Walked(Exception):
    """More steps than allowed."""


CUT, JOIN, GROW, PUT = range(4)
Log = list[tuple[int, Piece, Piece | None, int]]
"""What was done, so that it can be taken back."""


class Chain:
    """The pieces of one text."""

    __slots__ = ("_first", "_pieces", "_starts", "is_closed", "size")

    def __init__(self) -> None:
        self.size = 0
        """Pieces."""
        self.is_closed = False
        """It was too tangled to be followed; nothing is put into it any more."""
        self._first: Piece | None = None
        self._starts: dict[ClientId, list[int]] = {}
        self._pieces: dict[ClientId, list[Piece]] = {}

    def order(self) -> list[tuple[ClientId, int, int]]:
        """Client, first clock and the one after the last, from the first piece on."""
        found, piece = [], self._first
        while piece is not None:
            found.append((piece.client, piece.start, piece.end))
            piece = piece.after
        return found

    def insert(self, piece: Piece, log: Log, *, most: int, may_grow: bool = True) -> int:
        """Put a piece at its place; gives the steps it took, `Walked` beyond `most`.

        Its origin and its right origin are known and lie in this text; `Refused` when they do not
        lie in this order: the document and a browser would put it at different places.
        """
        if piece.origin is not None:
            self.cut(piece.origin[0], piece.origin[1] + 1, log)
        if piece.right is not None:
            self.cut(*piece.right, log)
        left = None if piece.origin is None else self._at(*piece.origin)
        right = None if piece.right is None else self._at(*piece.right)
        steps = 0
        if left is None or left.right != piece.right:
            # Else the piece before it has the same one on its right, and that was seen then.
            steps = _distance(self._first if left is None else left.after, right, most)
        left, more = self._walk(piece, left, right, most - steps)
        steps += more
        if may_grow and left is not None and _continues(left, piece) and left.kind == piece.kind:
            left.end = piece.end
            log.append((GROW, left, None, piece.end - piece.start))
        else:
            self._put(piece, left)
            log.append((PUT, piece, left, 0))
        return steps

    def _walk(
        self, piece: Piece, left: Piece | None, right: Piece | None, most: int
    ) -> tuple[Piece | None, int]:
        """Yjs' rule for letters put at one place at once."""
        other = self._first if left is None else left.after
        steps = 0
        before: set[Piece] = set()
        conflicting: set[Piece] = set()
        while other is not None and other is not right:
            steps += 1
            if steps > most:
                raise Walked
            before.add(other)
            conflicting.add(other)
            if other.origin == piece.origin:
                if other.client < piece.client:
                    left = other
                    conflicting.clear()
                elif other.right == piece.right:
                    break
            elif other.origin is not None and (there := self._at(*other.origin)) in before:
                if there not in conflicting:
                    left = other
                    conflicting.clear()
            else:
                break
            other = other.after
        return left, steps

    def cut(self, client: ClientId, clock: int, log: Log) -> None:
        """See that a piece begins at this clock, if it is in the text at all."""
        starts = self._starts.get(client, [])
        number = bisect_right(starts, clock) - 1
        if number < 0 or starts[number] == clock:
            return
        head = self._pieces[client][number]
        if clock >= head.end:
            return
        tail = Piece((client, clock), head.end - clock, head.kind)
        tail.origin, tail.right = (client, clock - 1), head.right
        self._split(head, tail)
        log.append((CUT, head, tail, 0))

    def join(self, client: ClientId, clock: int, log: Log) -> None:
        """Make one of the two pieces that meet at this clock, if they do and lie in one row."""
        starts = self._starts.get(client, [])
        number = bisect_left(starts, clock)
        if not 0 < number < len(starts) or starts[number] != clock:
            return
        head, tail = self._pieces[client][number - 1 : number + 1]
        if head.after is tail and _continues(head, tail):
            self._merge(head, tail)
            log.append((JOIN, head, tail, 0))

    def undo(self, log: Log) -> None:
        """Take back everything in the log."""
        while log:
            what, piece, other, length = log.pop()
            if what == GROW:
                piece.end -= length
            elif what == PUT:
                self._remove(piece, other)
            elif other is not None and what == CUT:
                self._merge(piece, other)
            elif other is not None:
                self._split(piece, other)

    def _at(self, client: ClientId, clock: int) -> Piece:
        return self._pieces[client][bisect_right(self._starts[client], clock) - 1]

    def _split(self, head: Piece, tail: Piece) -> None:
        tail.end, tail.after = head.end, head.after
        head.end, head.after = tail.start, tail
        self._enter(tail)

    def _merge(self, head: Piece, tail: Piece) -> None:
        head.end, head.after = tail.end, tail.after
        self._leave(tail)

    def _put(self, piece: Piece, left: Piece | None) -> None:
        if left is None:
            piece.after, self._first = self._first, piece
        else:
            piece.after, left.after = left.after, piece
        self._enter(piece)

    def _remove(self, piece: Piece, left: Piece | None) -> None:
        if left is None:
            self._first = piece.after
        else:
            left.after = piece.after
        self._leave(piece)

    def _enter(self, piece: Piece) -> None:
        starts = self._starts.setdefault(piece.client, [])
        number = bisect_left(starts, piece.start)
        starts.insert(number, piece.start)
        self._pieces.setdefault(piece.client, []).insert(number, piece)
        self.size += 1

    def _leave(self, piece: Piece) -> None:
        starts = self._starts[piece.client]
        number = bisect_left(starts, piece.start)
        del starts[number], self._pieces[piece.client][number]
        self.size -= 1


def _distance(first: Piece | None, right: Piece | None, most: int) -> int:
    """The pieces before a piece, from another one on."""
    steps = 0
    while right is not None and first is not right:
        if first is None:
            raise Refused("update.malformed", "letters between neighbours in the wrong order")
        first = first.after
        steps += 1
        if steps > most:
            raise Walked
    return steps


def _continues(head: Piece, tail: Piece) -> bool:
    """Whether the document keeps the two as one."""
    return (
        head.client == tail.client
        and head.end == tail.start
        and tail.origin == (head.client, tail.start - 1)
        and head.right == tail.right
    )
