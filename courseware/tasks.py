"""What a child can be told to do, by name. A task's module is loaded only in a child that needs
it, and before it gives up its rights: where it lies may be closed to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, BinaryIO, Final, cast

from courseware.errors import LocalError

Task = Callable[[list[BinaryIO], dict[str, Any]], Iterator[dict[str, Any]]]
"""Takes the opened files and the order's numbers; yields what is said, line by line."""
TASKS: Final[Mapping[str, tuple[str, str]]] = {
    "probe": ("pdf", "probe"),
    "draw": ("pdf", "draw"),
    "mend": ("mending", "mend"),
    "substitute": ("picture", "substitute"),
    "pictures": ("picture", "page_pictures"),
    "bind": ("picture", "bind"),
    "prepare": ("office", "prepare"),
    "office": ("office", "convert"),
    "unpack": ("unpacking", "unpack"),
    "burn": ("overlay", "burn"),
}
"""The module and its function."""


def task_named(name: str) -> Task:
    """The task of this name; LocalError without one."""
    if name not in TASKS:
        raise LocalError(f"no task {name}")
    module, function = TASKS[name]
    return cast(Task, getattr(import_module(f"courseware.{module}"), function))
