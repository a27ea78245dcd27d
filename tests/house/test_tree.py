"""What the tree may hold: names that mean something, no registry hosts, no skipped tests."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EMPTY_WORDS = {
    "manager",
    "managers",
    "helper",
    "helpers",
    "util",
    "utils",
    "handler",
    "handlers",
    "service",
    "services",
    "base",
    "impl",
    "data",
    "info",
    "common",
    "misc",
    "processor",
    "wrapper",
}
REGISTRIES = [".".join(words) for words in (("registry", "npmjs"), ("files", "pythonhosted"))]
"""Joined here, so that this file does not name them."""


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_file_has_an_empty_word_for_a_name() -> None:
    named = [path for path in tracked() if path.suffix in {".py", ".ts", ".tsx"}]
    assert len(named) > 50
    wrong = [path for path in named if EMPTY_WORDS & set(path.stem.lower().split("_"))]
    assert wrong == []


def test_no_class_has_an_empty_word_for_a_name() -> None:
    pattern = re.compile(r"^class ([A-Za-z]+)", re.MULTILINE)
    wrong = []
    for path in tracked():
        if path.suffix == ".py" and "tests" not in path.parts:
            for name in pattern.findall(path.read_text(encoding="utf-8")):
                words = {word.lower() for word in re.findall(r"[A-Z][a-z]+", name)}
                wrong += [f"{path.name}:{name}"] if words & EMPTY_WORDS else []
    assert wrong == []


def test_no_file_names_a_registry() -> None:
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".jpg", ".ico", ".wav", ".bin"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        wrong += [path.name for host in REGISTRIES if host in text]
    assert wrong == []


def test_the_client_lock_carries_no_download_addresses() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    assert len(lock["packages"]) > 20
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_no_test_is_skipped_or_retried() -> None:
    pattern = re.compile(r"pytest\.(mark\.)?(skip|skipif|xfail|flaky)|\b(it|test|describe)\.skip\(")
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix in {".py", ".ts", ".tsx"}
        and path != Path(__file__).resolve()
        and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_client_tests_that_replace_a_module_run_alone() -> None:
    """The others share their modules, so that each is loaded once."""
    listed = (ROOT / "web" / "vite.config.ts").read_text(encoding="utf-8")
    source = ROOT / "web" / "src"
    wrong = [
        name
        for path in source.rglob("*.test.ts")
        if re.search(r"vi\.(doM|m)ock\(", path.read_text(encoding="utf-8"))
        and f'"{(name := path.relative_to(source).as_posix().removesuffix(".test.ts"))}"'
        not in listed
    ]
    assert wrong == []
