"""Figures as every benchmark with goals tells them: a table, and one flat object in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path


def tell(
    figures: Mapping[str, float],
    goals: Mapping[str, float],
    file: Path | None,
    *,
    above: Mapping[str, float] | None = None,
) -> None:
    """Print the figures beside the goals they have to stay below, or `above`; `file` gets them as
    JSON."""
    print("| figure | measured | goal |")
    print("|---|---|---|")
    for name, value in figures.items():
        goal = f"< {goals[name]}" if name in goals else ""
        if above is not None and name in above:
            goal = f"> {above[name]}"
        print(f"| {name} | {value:g} | {goal} |")
    if file is not None:
        file.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
