"""Puts the project root on the path, so that tests import `tests.support` and `bench`, and Node on
PATH where only the installed wheel has one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hypothesis import HealthCheck, settings

from hatch_build import find_node

if node := find_node():
    os.environ["PATH"] = os.pathsep.join((str(node.folder), os.environ.get("PATH", "")))

# How long an example takes is the machine's affair, and which ones are tried is the same each time.
settings.register_profile(
    "classroom", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("classroom")

pytest_plugins = [
    "tests.support.hang",
    "tests.support.heap",
    "tests.support.left_running",
    "tests.support.scratch",
]
