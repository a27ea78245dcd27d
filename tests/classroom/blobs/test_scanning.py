"""A scanner is shown the file's path and nothing of ours; only its clear word lets a file pass."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from classroom.blobs.scanning import Scanner
from classroom.errors import Refused

FILE = Path("/nowhere/a file; $(id)")


async def verdict(command: str, within_s: float = 10.0) -> str:
    try:
        await Scanner(command, within_s=within_s).check(FILE)
    except Refused as refused:
        return refused.code
    return "clean"


def script(folder: Path, *lines: str) -> str:
    path = folder / "scan it"
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)
    return f"'{path}' --fast"


@pytest.mark.parametrize(
    ("ends_with", "said"),
    [(0, "clean"), (1, "file.infected"), (2, "file.not_scanned"), (127, "file.not_scanned")],
)
async def test_what_the_scanner_ends_with(tmp_path: Path, ends_with: int, said: str) -> None:
    assert await verdict(script(tmp_path, f"exit {ends_with}")) == said


async def test_it_is_called_with_the_path_and_without_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASSROOM_TURN_SECRET", "very secret")
    told = tmp_path / "told"
    command = script(tmp_path, f'printf "%s|" "$@" "$CLASSROOM_TURN_SECRET" > {told}')
    assert await verdict(command) == "clean"
    assert told.read_text() == f"--fast|{FILE}||"


async def test_without_a_command_everything_passes() -> None:
    assert await verdict("") == "clean"


async def test_a_scanner_that_is_not_there_lets_nothing_pass(tmp_path: Path) -> None:
    assert await verdict(str(tmp_path / "none")) == "file.not_scanned"


async def test_a_scanner_that_never_ends_is_ended(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    command = script(tmp_path, "sleep 30 &", f"echo $! > {pid}", "wait")
    assert await verdict(command, within_s=0.3) == "file.not_scanned"
    assert await is_gone(int(pid.read_text()))


async def is_gone(pid: int) -> bool:
    """Whether a process ends; what it left may lie there for a moment."""
    async with asyncio.timeout(20):
        while True:
            try:
                os.kill(pid, 0)
                state = await asyncio.to_thread(Path(f"/proc/{pid}/stat").read_text)
            except (ProcessLookupError, FileNotFoundError):
                return True
            if state.rpartition(")")[2].split()[0] == "Z":
                return True
            await asyncio.sleep(0.02)


async def test_two_files_are_scanned_at_once_and_no_more(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = script(tmp_path, f"echo in >> {log}", "sleep 0.1", f"echo out >> {log}")
    scanner = Scanner(command)
    await asyncio.gather(*(scanner.check(FILE) for _ in range(5)))
    inside = most = 0
    for line in log.read_text().split():
        inside += 1 if line == "in" else -1
        most = max(most, inside)
    assert most == 2
