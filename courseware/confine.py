"""What a child puts on itself before it reads anything: how much it may take, and who it is.

Runs in the child alone. POSIX; `prctl` where it is Linux.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from dataclasses import asdict, dataclass
from typing import Any, Final

NOBODY: Final = 65534
DESK: Final = "desk"
"""Where a child stands, in the job's folder: the only place where it may write."""
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_ALARM_SLACK_S: Final = 5
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one child: address space, processor time, time on the clock, the largest file it may
    write, and how many it may have open. Whoever starts it watches the clock, too."""

    memory_mb: int
    cpu_s: int
    wall_s: int
    file_mb: int
    files: int

    def plain(self) -> dict[str, int]:
        """As it stands in an order."""
        return asdict(self)


def bounds_of(plain: dict[str, Any]) -> Bounds:
    """The other way round."""
    return Bounds(**plain)


def limit(bounds: Bounds) -> None:
    """From here on the kernel keeps the bounds. Processor time first ends with a signal of its
    own, so that it can be told from a kill; the alarm ends a child whose parent is gone."""
    memory, file = bounds.memory_mb * _MEGABYTE, bounds.file_mb * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.nullcontext() if sys.platform == "linux" else contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))  # macOS takes none
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu_s, bounds.cpu_s + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_NOFILE, (bounds.files, bounds.files))
    signal.alarm(bounds.wall_s + _ALARM_SLACK_S)


def become_nobody() -> None:
    """Give up being root, for good. Files that were opened stay open."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def die_with(parent: int) -> None:
    """Ask the kernel to end this process with the one that started it, and to let it gain no
    rights; when that one is gone already, end now. To be said after becoming nobody, which takes
    the first back."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if os.getppid() != parent:  # the kernel tells of ends after the asking alone
            os._exit(0)
