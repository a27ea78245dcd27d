"""Databases for store tests: a fresh SQLite file, or a fresh database in a private PostgreSQL.

The PostgreSQL is a real cluster, made from the machine's own binaries in a temporary folder, on a
free loopback port. It never touches an installed one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.product import free_port

ROOTS = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
MISSING = (
    "PostgreSQL's binaries were not found. The store tests run on a real PostgreSQL: install it "
    "(on Debian: apt-get install postgresql), or set CLASSROOM_TEST_POSTGRESQL to the folder that "
    "holds initdb and postgres."
)
START_WITHIN_S = 30
MIGRATIONS = (
    "0001_initial",
    "0002_board",
    "0003_asset_author",
    "0004_lessons",
    "0005_chat",
    "0006_quizzes",
    "0007_door",
    "0008_hooks",
    "0009_tokens",
    "0010_enrolments",
    "0011_files",
    "0012_lesson_pieces",
    "0013_decks",
    "0014_placements",
    "0015_deck_questions",
    "0016_recordings",
    "0017_appointments",
    "0018_letters",
    "0019_clients",
    "0020_visits",
    "0021_payments",
    "0022_feeds",
    "0023_hook_people",
    "0024_merged_clients",
    "0025_pay_keys",
)
"""In the order in which they are applied."""


class PostgresqlMissing(RuntimeError):
    """There is nothing to start; the text says what to do."""


def postgresql_binaries() -> Path:
    """The folder with initdb and postgres, the newest version first."""
    named = os.environ.get("CLASSROOM_TEST_POSTGRESQL")
    candidates = [Path(named)] if named else []
    on_path = shutil.which("initdb")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    for root in ROOTS:
        found = Path(root).glob("*/bin/initdb")
        candidates += [p.parent for p in sorted(found, key=_version, reverse=True)]
    for folder in candidates:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise PostgresqlMissing(MISSING)


class Postgresql:
    """A private cluster; it can be stopped and started again, as in an update."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = folder
        self._made = 0
        self.port = free_port()

    def create(self) -> None:
        """Make its files."""
        run_quietly(
            as_postgres(
                str(self._binaries / "initdb"),
                *("-D", str(self._folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8"),
                *("--locale=C", "--no-sync"),
            )
        )

    def start(self) -> None:
        """Run; returns when it answers."""
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -c fsync=off "
            f"-c unix_socket_directories={self._folder} -c max_connections=40 "
            "-c shared_buffers=16MB"
        )
        log = ("-l", str(self._folder / "log"), "-t", str(START_WITHIN_S))
        self._control(*log, "-o", options, "start")

    def stop(self) -> None:
        """Cut every connection and end."""
        self._control("-m", "immediate", "stop")

    def new_database(self, like: str = "template1") -> str:
        """The URL of a database of its own: empty, or a copy of another to which nobody is
        connected."""
        self._made += 1
        name = f"classroom_{self._made}"
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "tester"]
        run_quietly([str(self._binaries / "createdb"), *address, "-T", like, name])
        return f"postgresql://tester@127.0.0.1:{self.port}/{name}"

    def _control(self, *command: str) -> None:
        program = str(self._binaries / "pg_ctl")
        run_quietly(as_postgres(program, "-D", str(self._folder / "data"), "-w", *command))


@contextmanager
def postgresql() -> Iterator[Postgresql]:
    """Start a cluster, and at the end stop it and remove everything."""
    binaries = postgresql_binaries()
    folder = Path(tempfile.mkdtemp(prefix="classroom-postgresql-"))
    try:
        _give_to_postgres(folder)
        cluster = Postgresql(binaries, folder)
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as the user its package made."""
    if os.geteuid() != 0:
        return list(command)
    return ["runuser", "-u", "postgres", "--", *command]


def run_quietly(command: list[str]) -> None:
    """Run it; on failure raise with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd="/")
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _give_to_postgres(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", str(path.parent.parent.name)))
