"""The ladder of weak networks: which cases there are, and what each has to reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a case has to stay below or, of `fps`, above. None is no goal."""

    concealed_pct: float | None = None
    fps: float | None = None
    freeze_s: float | None = None
    """In a minute."""
    added_ms: float | None = None
    back_s: float | None = None
    down_kbps: float | None = None
    up_kbps: float | None = None
    rough_s: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """`loss` is that of both directions of one person's line, or with `both` of two people's, who
    then are two such links apart. Caps are in kbit/s with a queue of 300 ms."""

    name: str
    loss: float
    both: bool = False
    mean_burst: float = 0.0
    down_cap: float = 0.0
    up_cap: float = 0.0
    goal: Goal = field(default_factory=Goal)

    def shapes(self) -> tuple[Json, Json]:
        """Down and up, as fields of `link.Shape`."""
        common = {"loss": self.loss, "mean_burst": self.mean_burst}
        return (
            {**common, "rate_bps": self.down_cap * 1000},
            {**common, "rate_bps": self.up_cap * 1000},
        )


CALM: Json = {"loss": 0.0, "mean_burst": 0.0, "rate_bps": 0.0}

_BACK_S = 15.0
_CASES = (
    Case("one10", 0.1, goal=Goal(0.3, added_ms=150, back_s=_BACK_S)),
    Case("one30", 0.3, goal=Goal(0.3, back_s=_BACK_S)),
    Case("one50", 0.5, goal=Goal(0.5, back_s=_BACK_S)),
    Case("one70", 0.7, goal=Goal(0.5, 14, 1, 750, _BACK_S, 2500, 1200, rough_s=1.0)),
    Case("both10", 0.1, both=True, goal=Goal(0.3, added_ms=150, back_s=_BACK_S)),
    Case("both30", 0.3, both=True, goal=Goal(0.3, back_s=_BACK_S)),
    Case("both50", 0.5, both=True, goal=Goal(0.5, back_s=_BACK_S)),
    Case("both70", 0.7, both=True, goal=Goal(1.0, added_ms=750, back_s=_BACK_S, down_kbps=2500,
                                             up_kbps=1200, rough_s=1.0)),
    Case("burst5", 0.7, mean_burst=5, goal=Goal(1.0)),
    Case("burst10", 0.3, mean_burst=10, goal=Goal(1.0)),
    Case("capped70", 0.7, down_cap=800, up_cap=500, goal=Goal(1.0, 7)),
    Case("capped30", 0.3, down_cap=400, up_cap=400, goal=Goal(down_kbps=400, up_kbps=400)),
    Case("narrow", 0.0, down_cap=400, up_cap=400, goal=Goal(down_kbps=400, up_kbps=400)),
)  # fmt: skip
CASES = {case.name: case for case in _CASES}
QUICK = ("one30", "one70", "both70")
PLAIN = ("one10", "one30", "one50", "one70", "both70")
"""Measured with all remedies off beside them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case as one person met it. `side` is `down` for who sits at the weak line, `up` for who
    hears them, `both` where both do. Delays in ms; `control_*` is the same person in the seconds
    before; `rough_s` is how much sound was made up while the network turned bad."""

    case: str
    side: str
    remedies: bool
    concealed_pct: float
    control_pct: float
    events_min: float
    delay_ms: float
    target_ms: float
    added_ms: float
    back_s: float
    rough_s: float
    fps: float
    control_fps: float
    freezes_min: float
    freeze_s: float
    video_delay_ms: float
    height: int
    down_kbps: float
    up_kbps: float
    down_dropped: float
    up_dropped: float
    load: float
    faults: str = ""

    def misses(self, goal: Goal) -> list[str]:
        """Which goals this row does not meet, by name."""
        bounds = {
            "concealed_pct": goal.concealed_pct,
            "freeze_s": goal.freeze_s,
            "added_ms": goal.added_ms,
            "back_s": goal.back_s,
            "down_kbps": goal.down_kbps,
            "up_kbps": goal.up_kbps,
            "rough_s": goal.rough_s,
        }
        found = [
            name for name, most in bounds.items() if most is not None and getattr(self, name) > most
        ]
        if goal.fps is not None and self.fps < goal.fps:
            found.append("fps")
        return [*found, "faults"] if self.faults else found


_COLUMNS = (
    ("case", "{0.case}"),
    ("heard", "{0.side}"),
    ("remedies", "{1}"),
    ("concealed %", "{0.concealed_pct:.2f}"),
    ("control %", "{0.control_pct:.2f}"),
    ("rough s", "{0.rough_s:.2f}"),
    ("delay ms", "{0.delay_ms:.0f}"),
    ("added ms", "{0.added_ms:.0f}"),
    ("back s", "{0.back_s:.0f}"),
    ("frames/s", "{0.fps:.1f}"),
    ("control", "{0.control_fps:.1f}"),
    ("frozen s/min", "{0.freeze_s:.1f}"),
    ("height", "{0.height}"),
    ("down kbit/s", "{0.down_kbps:.0f}"),
    ("up kbit/s", "{0.up_kbps:.0f}"),
    ("load", "{0.load:.1f}"),
    ("missed", "{2}"),
)


def head() -> str:
    """The two first lines of the table."""
    names = " | ".join(name for name, _ in _COLUMNS)
    return f"| {names} |\n|{'---|' * len(_COLUMNS)}"


def line(row: Row) -> str:
    """A row of the table; goals are only for what the product does about loss."""
    missed = ", ".join(row.misses(CASES[row.case].goal)) if row.remedies else ""
    words = ("on" if row.remedies else "off", missed or row.faults)
    return "| " + " | ".join(form.format(row, *words) for _, form in _COLUMNS) + " |"


def headline(rows: Iterable[Row]) -> dict[str, float]:
    """Flat, by name: the worst of whom a case concerns; what was not measured is left out."""
    found: dict[tuple[str, str, bool], list[Row]] = {}
    for row in rows:
        found.setdefault((row.case, row.side, row.remedies), []).append(row)
        found.setdefault((row.case, "", row.remedies), []).append(row)
    figures: dict[str, float] = {}
    for name, (case, side, remedies, field_name, worst) in _HEADLINE.items():
        chosen = found.get((case, side, remedies), [])
        if chosen:
            figures[name] = worst(getattr(row, field_name) for row in chosen)
    return figures


_HEADLINE: Mapping[str, tuple[str, str, bool, str, Any]] = {
    "concealed_pct_down70": ("one70", "down", True, "concealed_pct", max),
    "concealed_pct_up70": ("one70", "up", True, "concealed_pct", max),
    "concealed_pct_both70": ("both70", "", True, "concealed_pct", max),
    "concealed_pct_both70_plain": ("both70", "", False, "concealed_pct", max),
    "fps_one70": ("one70", "", True, "fps", min),
    "freeze_s_one70": ("one70", "", True, "freeze_s", max),
    "delay_ms_both70": ("both70", "", True, "added_ms", max),
}
