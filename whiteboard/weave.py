"""Weaving letters into texts: the last question before an update is applied, what it would cost.

Everything else about the letters was checked before. The chains of the texts are changed as the
document will change; when that takes too many steps or pieces, all is taken back and the update is
refused (`page.full`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from whiteboard.chain import Chain, Log, Piece, Walked
from whiteboard.errors import LocalError, Refused
from whiteboard.ids import ClientId
from whiteboard.index import Index, Words
from whiteboard.update import Struct, StructId

MOST_PIECES: Final = 8_000
"""Of one text, erased letters too. A document is read again with up to the square of it in steps of
60 ns; 30 people writing one text for an hour make a third of it."""
MOST_PIECES_OF_PAGE: Final = 50_000
"""Of all texts of a page that are still there."""
MOST_STEPS: Final = 10_000
"""Of one update. Somebody who comes back with letters put where others wrote meanwhile walks over
the pieces those wrote, once."""
MOST_STEPS_OF_LOADING: Final = 500_000
"""Of a whole page, 0.4 s. What is left then stays as it is."""


class Letters(NamedTuple):
    """Letters (or what is left of them) that go into a text."""

    words: Words
    client: ClientId
    struct: Struct


class Erased(NamedTuple):
    """Letters of one client that go from a text."""

    words: Words
    client: ClientId
    start: int
    end: int


def weave(index: Index, letters: Sequence[Letters], erased: Sequence[Erased]) -> None:
    """Change the chains, or refuse and leave them as they were."""
    logs: dict[Words, Log] = {}
    try:
        pieces = _weave(index, letters, erased, logs)
    except Refused:
        for words, log in logs.items():
            words.chain.undo(log)
        raise
    index.pieces = pieces


def _weave(
    index: Index,
    letters: Sequence[Letters],
    erased: Sequence[Erased],
    logs: dict[Words, Log],
) -> int:
    left = MOST_STEPS
    before = 0
    for words in {one.words for one in letters} | {one.words for one in erased}:
        before += words.chain.size
        logs[words] = []
    try:
        for words, client, struct in letters:
            if words.chain.is_closed:
                raise Refused("page.full", "a text too tangled")
            left -= words.chain.insert(piece_of(client, struct), logs[words], most=left)
    except Walked:
        raise Refused("page.full", "letters too far from their place") from None
    for words, client, start, end in erased:
        _erase(index, words.chain, client, (start, end), logs[words])
    after = sum(words.chain.size for words in logs)
    if letters and any(words.chain.size > MOST_PIECES for words in logs):
        raise Refused("page.full", "a text of too many pieces")
    pieces = index.pieces + after - before
    if letters and pieces > MOST_PIECES_OF_PAGE:
        pieces = index.living_pieces()
        pieces += sum(one.chain.size for one in logs if one.made_by not in index.texts)
        if pieces > MOST_PIECES_OF_PAGE:
            raise Refused("page.full", "texts of too many pieces")
    return pieces


def _erase(index: Index, chain: Chain, client: ClientId, gone: tuple[int, int], log: Log) -> None:
    # The document makes one of erased pieces that lie side by side.
    track = index.tracks.get(client)
    start, end = gone
    for border, beside in ((start, start - 1), (end, end)):
        chain.cut(client, border, log)
        if track is not None and beside >= 0 and beside in track.deleted:
            chain.join(client, border, log)


def piece_of(client: ClientId, struct: Struct) -> Piece:
    """The piece a struct begins as."""
    piece = Piece((client, struct.clock), struct.length, struct.ref)
    piece.origin, piece.right = struct.origin, struct.right_origin
    return piece


def weave_all(texts: Iterable[tuple[Words, dict[ClientId, list[Piece]]]]) -> None:
    """The chains of a page that is loaded, from all pieces by client in the order of clocks."""
    left = MOST_STEPS_OF_LOADING
    for words, pieces in texts:
        try:
            left -= _weave_text(words.chain, pieces, left)
        except (Walked, Refused):
            words.chain.is_closed = True


def _weave_text(chain: Chain, pieces: dict[ClientId, list[Piece]], most: int) -> int:
    """Put each piece after those it names, the largest client first, as Yjs does."""
    steps = 0
    heads = dict.fromkeys(pieces, 0)
    ends = {client: row[-1].end for client, row in pieces.items()}
    log: Log = []
    for client in sorted(pieces, reverse=True):
        asked = [client]
        while asked:
            one = asked[-1]
            row = pieces[one]
            if heads[one] == len(row):
                asked.pop()
                continue
            piece = row[heads[one]]
            named = [one for one in (piece.origin, piece.right) if one is not None]
            if any(clock >= ends.get(other, 0) for other, clock in named):
                raise LocalError("letters beside unknown ones")
            missing = _missing(named, pieces, heads)
            if missing is None:
                steps += chain.insert(piece, log, most=most - steps, may_grow=False)
                log.clear()
                heads[one] += 1
                if len(asked) > 1:
                    asked.pop()
            elif missing in asked:
                raise LocalError("a text whose letters name each other")
            else:
                asked.append(missing)
    return steps


def _missing(
    named: list[StructId], pieces: dict[ClientId, list[Piece]], heads: dict[ClientId, int]
) -> ClientId | None:
    """The client whose next piece has to come first."""
    for client, clock in named:
        row, head = pieces[client], heads[client]
        if head < len(row) and row[head].start <= clock:
            return client
    return None
