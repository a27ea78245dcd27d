"""Which shapes and lines of a slide come and go at which click, read from `p:timing` (ECMA-376-1
19.5). Only the main sequence counts, and of it what appears and what disappears: movements,
emphasis and effects that wait for a shape to be clicked leave the slide as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from courseware.deck import CLICKS_MAX
from courseware.markup import SLIDES, Walk, number

_NODE: Final = f"{{{SLIDES}}}cTn"
_SHAPE: Final = f"{{{SLIDES}}}spTgt"
_LINES: Final = f"{{{SLIDES}}}pRg"
_WORDS: Final = f"{{{SLIDES}}}txEl"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same timing once more, for older programs (ECMA-376-3): read only in its first form."""
_COMES: Final[Mapping[str, bool]] = {"entr": True, "exit": False}


@dataclass(frozen=True, slots=True)
class Target:
    """A shape by its id, or some of its lines, counted from 0, the last one included."""

    shape: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """It is there from then on, or no more."""

    target: Target
    comes: bool


Step = tuple[Effect, ...]


def steps_of(xml: bytes) -> tuple[Step, ...]:
    """What happens before the first click, and then at each click that changes what is there; at
    most CLICKS_MAX, the last of which does what all further ones would do."""
    walk = _Timing()
    walk.over(xml)
    before, *clicks = walk.steps
    telling = [tuple(click) for click in clicks if click]
    if len(telling) > CLICKS_MAX:
        rest = tuple(effect for click in telling[CLICKS_MAX - 1 :] for effect in click)
        telling = [*telling[: CLICKS_MAX - 1], rest]
    return (tuple(before), *telling)


def hidden_at(steps: Sequence[Step], step: int) -> frozenset[Target]:
    """What is not there after so many clicks. What comes is away before; what goes is there."""
    there: dict[Target, bool] = {}
    for number_, effects in enumerate(steps):
        for effect in effects:
            if number_ <= step:
                there[effect.target] = effect.comes
            else:
                there.setdefault(effect.target, not effect.comes)
    return frozenset(target for target, is_there in there.items() if not is_there)


_Of = Literal["main", "other", ""]


class _Timing(Walk):
    def __init__(self) -> None:
        super().__init__()
        self.steps: list[list[Effect]] = [[]]
        self._sequence: _Of = ""
        self._ends_at = 0
        self._effects: list[bool | None] = []
        """Of each open node: whether its targets come or go, or None."""
        self._shape = ""
        self._lines: tuple[int, int] | None = None
        self._is_part = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _NODE:
            self._begin_node(attributes)
        elif name == _SHAPE:
            self._shape, self._lines, self._is_part = attributes.get("spid", ""), None, False
        elif self._shape and name == _LINES:
            first, last = number(attributes.get("st")), number(attributes.get("end"))
            self._is_part = first is None or last is None
            self._lines = None if first is None or last is None else (first, last)
        elif self._shape and name != _WORDS:
            self._is_part = True  # its background, a range of letters, a piece of a chart

    def _begin_node(self, attributes: Mapping[str, str]) -> None:
        node, preset = attributes.get("nodeType", ""), attributes.get("presetClass", "")
        if node in ("mainSeq", "interactiveSeq") and not self._sequence:
            self._sequence = "main" if node == "mainSeq" else "other"
            self._ends_at = len(self.path)
        if self._sequence == "main" and node == "clickEffect" and _FALLBACK not in self.path:
            self.steps.append([])
        above = self._effects[-1] if self._effects else None
        self._effects.append(_COMES.get(preset) if preset else above)

    def end(self, name: str, start: int, end: int) -> None:
        if name == _SHAPE:
            self._note()
            self._shape = ""
        elif name == _NODE:
            self._effects.pop()
            if self._sequence and len(self.path) == self._ends_at:
                self._sequence = ""

    def _note(self) -> None:
        comes = self._effects[-1] if self._effects else None
        if comes is None or self._sequence != "main" or not self._shape or self._is_part:
            return
        if _FALLBACK in self.path:
            return
        effect = Effect(Target(self._shape, *(self._lines or (None, None))), comes)
        if effect not in self.steps[-1]:
            self.steps[-1].append(effect)
