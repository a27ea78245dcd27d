"""How many cores this process may use: what it is bound to, within what its container grants it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
OWN_GROUP = Path("/proc/self/cgroup")


def usable_cores() -> int:
    """At least one."""
    try:
        bound = len(os.sched_getaffinity(0))
    except AttributeError:  # only some systems know it
        bound = os.cpu_count() or 1
    return max(1, min([bound, *(int(cores) for cores in _quotas())]))


def _quotas() -> Iterator[float]:
    """Cores' worth of time that each of our control groups grants (cgroups(7), version 2)."""
    try:
        (line,) = (one for one in OWN_GROUP.read_text().splitlines() if one.startswith("0::"))
    except (OSError, ValueError):
        return
    inner = CGROUPS / line.removeprefix("0::").lstrip("/")
    for group in (inner, *inner.parents):
        if group.is_relative_to(CGROUPS):
            yield from _quota(group / "cpu.max")


def _quota(file: Path) -> Iterator[float]:
    try:
        granted, period = file.read_text().split()
        yield int(granted) / int(period)
    except (OSError, ValueError, ZeroDivisionError):  # no limit reads "max 100000"
        return
