"""What a child puts on itself before it reads anything: how much it may take, no network, and that
it ends with whoever began it. Runs in the child alone. POSIX; the rest where it is Linux.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from typing import Final

MEMORY: Final = 1536 * 1024 * 1024
"""Bytes of address space: FFmpeg's libraries take half of it before they do anything."""
FILES: Final = 512
NICE: Final = 5
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


def confine(parent: int) -> None:
    """`parent` is the process that began this one. When it is gone already, this one ends."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard > FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, max(soft, FILES)), FILES))
    if sys.platform != "linux":
        return
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # where that is not allowed, neither is this
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
