"""The board core's counts, as the operator's numbers."""

from __future__ import annotations

from collections.abc import Mapping

from classroom.live.metrics import (
    BOARD_DENIED,
    BOARD_DROPPED,
    BOARD_FRAMES_REFUSED,
    BOARD_REPEATED,
    BOARD_UPDATES,
)

_PLAIN = {"updates": BOARD_UPDATES, "repeated": BOARD_REPEATED}
_BY_LABEL = {
    "denied": BOARD_DENIED,
    "frame": BOARD_FRAMES_REFUSED,
    "dropped": BOARD_DROPPED,
}


def count_board(counts: Mapping[str, int]) -> None:
    """Add what happened since the last time: `updates`, or `denied.` and a code, and the like."""
    for name, number in counts.items():
        kind, _, label = name.partition(".")
        if kind in _PLAIN:
            _PLAIN[kind].inc(number)
        elif kind in _BY_LABEL:
            _BY_LABEL[kind].labels(label).inc(number)
