"""The web client's own tests and checks, so that one command runs everything."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "web"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=WEB,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env={**os.environ, "CI": "true", "NO_COLOR": "1"},
    )


def test_the_clients_unit_tests_pass() -> None:
    result = run("node_modules/.bin/vitest", "run")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "passed" in result.stdout
