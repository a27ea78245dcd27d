"""Puts the project root on the path, so that tests import `tests.support` and `bench`, and Node on
PATH where only the installed wheel has one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hatch_build import find_node

if node := find_node():
    os.environ["PATH"] = os.pathsep.join((str(node.folder), os.environ.get("PATH", "")))

pytest_plugins = ["tests.support.hang", "tests.support.heap", "tests.support.left_running"]
