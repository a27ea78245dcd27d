"""What hangs fails by name, and what is left running is found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import left_running

ROOT = Path(__file__).resolve().parents[2]
WAITS = """
import asyncio
import time

async def for_nobody():
    await asyncio.Event().wait()

async def test_a_task_waits():
    try:
        await for_nobody()
    finally:
        print("cleaned up")

def test_a_thread_waits():
    time.sleep(60)

def test_the_next():
    pass
"""


def test_a_test_that_hangs_fails_and_says_where_it_stood(tmp_path: Path) -> None:
    (tmp_path / "test_waits.py").write_text(WAITS)
    plugins = ("tests.support.hang", "no:cacheprovider", "no:xdist", "no:hypothesispytest")
    chosen = ("limit_s=0.2", "asyncio_mode=auto", "asyncio_default_fixture_loop_scope=function")
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", tmp_path, tmp_path]
    for plugin in plugins:
        command += ["-p", plugin]
    for setting in chosen:
        command += ["-o", setting]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "2 failed, 1 passed" in ran.stdout, ran.stdout + ran.stderr
    assert "test_waits.py::test_a_task_waits takes too long. It stood at:" in ran.stdout
    assert "test_waits.py:6 for_nobody" in ran.stdout
    assert "cleaned up" in ran.stdout
    assert "test_waits.py:15 test_a_thread_waits" in ran.stdout


def test_what_is_left_running_is_named_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_running, "GONE_WITHIN_S", 0.0)
    mark = {"TESTS_OF_NOBODY": "left by a test"}
    with subprocess.Popen(["sleep", "60"], env={**os.environ, **mark}) as left:
        try:
            environ = Path(f"/proc/{left.pid}/environ")
            while b"TESTS_OF_NOBODY" not in environ.read_bytes():
                pass  # Popen returns a moment before the kernel shows what it was begun with
            said = left_running.ended("TESTS_OF_NOBODY=left by a test")
            assert said == [f"{left.pid}: sleep 60 "]
            assert left.wait(10) == -9
        finally:
            left.kill()
