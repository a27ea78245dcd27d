"""Files of tests lie in memory, where there is room for them.

Hundreds of tests have a database of their own, which waits for the disk at every commit: a quarter
of their time. `PYTEST_DEBUG_TEMPROOT` says another place, as ever. What is kept is that of tests
that failed (`tmp_path_retention_policy` in pyproject.toml).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHOSEN = "PYTEST_DEBUG_TEMPROOT"
MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 << 30
"""A whole run writes some 1.7 GB, if nothing is removed before its end."""


def pytest_configure(config: pytest.Config) -> None:
    """Chooses for the run as a whole; its workers are told."""
    if not hasattr(config, "workerinput") and has_room(MEMORY):
        os.environ.setdefault(CHOSEN, str(MEMORY))


def has_room(folder: Path) -> bool:
    """Whether files may lie there, and programs among them be run."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= ROOM_BYTES and not found.f_flag & os.ST_NOEXEC
