"""What two ends of a bundle say to each other on each of its WebSockets: short lines of text.

    B<key>,<name>,<seen>[,<held>]   first, from the client; the name of a new bundle is empty
    B<name>,<seen>[,<held>]         first, from the server
    G                               from the server: it knows no such bundle (any more)
    F<number>,<seen>:<text>         a payload, or its last piece
    P<number>,<seen>:<text>         a piece with more to follow
    E<number>,<seen>:               the end: nothing follows
    A<seen>                         only what was seen

A small letter instead of F, P, E and A says that answers are late at the end that writes it.
`seen` says that every piece up to this number has come; `held` are later ones, parted by dots.
The same forms are in `web/src/wire/bundle/frames.ts`; `tests/corpus/bundle.json` holds for both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PIECE_MAX = 8_192
"""Characters of one piece. The two ends may have cut differently, never larger."""
HELD_MAX = 64
GONE = "G"

Kind = Literal["F", "P", "E"]

_NUMBER = r"(0|[1-9][0-9]{0,8})"
_HELD = rf"(?:,((?:{_NUMBER[1:-1]})(?:\.(?:{_NUMBER[1:-1]})){{0,{HELD_MAX - 1}}}))?"
_HELLO = re.compile(rf"B([A-Za-z0-9_-]{{22,64}}),([0-9a-f]{{0,16}}),{_NUMBER}{_HELD}", re.ASCII)
_PIECE = re.compile(rf"([FPEfpe]){_NUMBER},{_NUMBER}:", re.ASCII)
_SEEN = re.compile(rf"[Aa]{_NUMBER}", re.ASCII)


class MalformedBundle(ValueError):
    """Not a line that an honest other end sends; the argument is a code."""


@dataclass(frozen=True, slots=True)
class Hello:
    """A client's first line."""

    key: str
    name: str
    seen: int
    held: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One numbered part of what is said. Numbers begin at 1."""

    kind: Kind
    number: int
    text: str = ""


def read_hello(line: str) -> Hello:
    """A client's first line, or MalformedBundle."""
    found = _HELLO.fullmatch(line)
    if found is None:
        raise MalformedBundle("bundle.hello")
    held = tuple(int(number) for number in (found[4] or "").split(".") if number)
    return Hello(found[1], found[2], int(found[3]), held)


def write_welcome(name: str, seen: int, held: tuple[int, ...]) -> str:
    """The server's first line."""
    return f"B{name},{seen}{_held(held)}"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the other end: how far it has seen, whether answers are late for it, the piece."""

    seen: int
    is_late: bool
    piece: Piece | None


def read_line(line: str) -> Said:
    """Any line after the first, or MalformedBundle."""
    found = _PIECE.match(line)
    if found is None:
        seen = _SEEN.fullmatch(line)
        if seen is None:
            raise MalformedBundle("bundle.line")
        return Said(int(seen[1]), line[0] == "a", None)
    text = line[found.end() :]
    kind: Kind = found[1].upper()  # type: ignore[assignment]
    if len(text) > PIECE_MAX or (kind == "E" and text) or found[2] == "0":
        raise MalformedBundle("bundle.piece")
    return Said(int(found[3]), found[1].islower(), Piece(kind, int(found[2]), text))


def write_line(said: Said) -> str:
    """What `read_line` reads."""
    piece = said.piece
    kind = "A" if piece is None else piece.kind
    head = kind.lower() if said.is_late else kind
    return (
        f"{head}{said.seen}" if piece is None else f"{head}{piece.number},{said.seen}:{piece.text}"
    )


def _held(held: tuple[int, ...]) -> str:
    return "," + ".".join(map(str, held[:HELD_MAX])) if held else ""
