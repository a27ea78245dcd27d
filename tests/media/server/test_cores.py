"""How many workers one for each core is, also where a container grants less than there is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from media.server import cores
from media.server.cores import usable_cores


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of eight cores, and its control groups, of which we are in `a/b`."""
    inner = tmp_path / "groups" / "a" / "b"
    inner.mkdir(parents=True)
    own = tmp_path / "own"
    own.write_text("1:cpu:/old\n0::/a/b\n")
    monkeypatch.setattr(cores, "CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(cores, "OWN_GROUP", own)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)
    return tmp_path / "groups"


def test_without_a_limit_every_core_counts(groups: Path) -> None:
    assert usable_cores() == 8
    (groups / "a" / "cpu.max").write_text("max 100000\n")
    assert usable_cores() == 8


@pytest.mark.parametrize(
    ("outer", "inner", "cores"),
    [
        ("400000 100000", "max 100000", 4),
        ("400000 100000", "250000 100000", 2),
        ("150000 50000", "900000 100000", 3),
        ("50000 100000", "max 100000", 1),
        ("nonsense", "", 8),
        ("1 0", "max 100000", 8),
    ],
)
def test_the_narrowest_limit_counts(groups: Path, outer: str, inner: str, cores: int) -> None:
    (groups / "a" / "cpu.max").write_text(outer)
    (groups / "a" / "b" / "cpu.max").write_text(inner)
    assert usable_cores() == cores


def test_a_system_without_control_groups(groups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "OWN_GROUP", groups / "none")
    assert usable_cores() == 8
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_cores() == 1
