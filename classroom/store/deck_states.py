"""How far a print is, as a table: what may come next in each state. A core.

waiting -> opening -> showing (its first leaf can be shown) -> ready; failed from everywhere before
that. A print that failed can be asked for again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

PrintState = Literal["waiting", "opening", "showing", "ready", "failed"]
PrintEvent = Literal["begin", "show", "finish", "fail", "again"]

STATES: Final[tuple[PrintState, ...]] = ("waiting", "opening", "showing", "ready", "failed")
EVENTS: Final[tuple[PrintEvent, ...]] = ("begin", "show", "finish", "fail", "again")

NEXT: Final[Mapping[tuple[PrintState, PrintEvent], PrintState]] = {
    ("waiting", "begin"): "opening",
    ("waiting", "fail"): "failed",
    ("opening", "begin"): "opening",
    ("opening", "show"): "showing",
    ("opening", "finish"): "ready",
    ("opening", "fail"): "failed",
    ("showing", "begin"): "showing",
    ("showing", "show"): "showing",
    ("showing", "finish"): "ready",
    ("showing", "fail"): "failed",
    ("failed", "again"): "waiting",
}
"""What is not here changes nothing. Films have no leaves: they finish while they are opened.
`begin` again is a server that goes on with what another one left."""


def after(state: PrintState, event: PrintEvent) -> PrintState | None:
    """The state that follows; None when such a thing cannot happen in this one."""
    return NEXT.get((state, event))
