"""What a child can be told to do, by name. A task's module is loaded only in a child that needs
it, and before it gives up its rights: where it lies may be closed to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from courseware.errors import LocalError

Task = Callable[[list[BinaryIO], dict[str, Any]], Iterator[dict[str, Any]]]
"""Takes the opened files and the order's numbers; yields what is said, line by line."""


def task_named(name: str) -> Task:
    """The task of this name; LocalError without one."""
    if name in ("probe", "draw"):
        from courseware import pdf

        return pdf.probe if name == "probe" else pdf.draw
    if name == "mend":
        from courseware.mending import mend

        return mend
    if name == "substitute":
        from courseware.picture import substitute

        return substitute
    raise LocalError(f"no task {name}")
