"""The build of the web client, with a Node that only pretends."""

from __future__ import annotations

import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import hatch_build
from hatch_build import BuildFailed, build_client, is_new_enough, sources_hash

NODE = "#!/bin/sh\necho ${FAKE_NODE:-v22.13.0}\n"
NPM = """#!/bin/sh
echo "$@" >> ../calls
case "$1" in
ci) mkdir -p node_modules && touch node_modules/.package-lock.json ;;
run) [ -z "$FAKE_FAILS" ] || { echo "cannot resolve x"; exit 3; }
    mkdir -p ../classroom/static && echo built > ../classroom/static/index.html ;;
esac
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in {"node": NODE, "npm": NPM}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(hatch_build, "find_spec", lambda name: None)
    web = tmp_path / "project" / "web"
    (web / "src").mkdir(parents=True)
    (web / "src" / "main.ts").write_text("export {}\n")
    (web / "package-lock.json").write_text("{}\n")
    return tmp_path / "project"


def calls(tree: Path) -> list[str]:
    return (tree / "calls").read_text().splitlines()


def build(tree: Path) -> bool:
    return build_client(tree, install_node=False)


def test_it_is_built_once(tree: Path) -> None:
    assert build(tree) is True
    assert build(tree) is False
    assert [call.split()[0] for call in calls(tree)] == ["ci", "run"]
    assert "--ignore-scripts" in calls(tree)[0]


def test_the_build_tool_can_load_it_its_way() -> None:
    spec = spec_from_file_location("some_hook", hatch_build.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)  # without an entry in sys.modules
    assert issubclass(module.CustomBuildHook, module.BuildHookInterface)


def test_a_changed_source_is_built_again_without_installing(tree: Path) -> None:
    build(tree)
    (tree / "web" / "src" / "main.ts").write_text("export const changed = 1;\n")
    assert build(tree) is True
    assert [call.split()[0] for call in calls(tree)] == ["ci", "run", "run"]


def test_a_lost_result_is_built_again(tree: Path) -> None:
    build(tree)
    (tree / "classroom" / "static" / ".built-from").unlink()
    assert build(tree) is True


def test_a_failure_tells_what_was_said(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_FAILS", "1")
    with pytest.raises(BuildFailed, match="cannot resolve x"):
        build(tree)
    assert not (tree / "classroom" / "static" / ".built-from").exists()


def test_an_old_node_is_none(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_NODE", "v18.20.0")
    with pytest.raises(BuildFailed, match=r"needs Node 20\.19"):
        build(tree)


@pytest.mark.parametrize(
    ("version", "new_enough"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("", False),
        ("nonsense", False),
    ],
)
def test_which_node_is_new_enough(version: str, new_enough: bool) -> None:
    assert is_new_enough(version) is new_enough


def test_the_hash_knows_names_and_bytes_but_not_packages(tree: Path) -> None:
    web = tree / "web"
    first = sources_hash(web)
    (web / "node_modules").mkdir()
    (web / "node_modules" / "x.js").write_text("x")
    assert sources_hash(web) == first
    (web / "src" / "main.ts").rename(web / "src" / "other.ts")
    assert sources_hash(web) != first
