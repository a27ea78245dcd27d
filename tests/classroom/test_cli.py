"""The command line in this process: accounts, migrations, the demo class, sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classroom import __version__
from classroom.cli import main
from tests.support.database import MIGRATIONS
from tests.support.migrated import begin_migrated
from tests.support.people import GOOD_PASSWORD

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def create(email: str = "mei@example.org", *more: str, password: str = GOOD_PASSWORD) -> Result:
    options = ("--email", email, "--name", "Mei", "--password-stdin", *more)
    return run("create-account", *options, given=password + "\n")


def test_the_version_is_the_packages() -> None:
    assert __version__ in run("--version").output
    assert f'\nversion = "{__version__}"\n' in (ROOT / "pyproject.toml").read_text()


@pytest.fixture
def tables(here: Path) -> Path:
    """The folder of a server that was started before."""
    begin_migrated(here / "data" / "classroom.db")
    return here


def test_migrations_are_applied_once(here: Path) -> None:
    assert run("migrate").output == "".join(f"applied {step}\n" for step in MIGRATIONS)
    assert run("migrate").output == "nothing to do\n"
    assert (here / "data" / "classroom.db").is_file()


def test_an_account_is_made_by_hand(tables: Path) -> None:
    result = create()
    assert (result.exit_code, result.output) == (0, "mei@example.org can sign in now.\n")
    again = create("MEI@example.org")
    assert again.exit_code == 1
    assert "There is an account with this address already." in again.output
    assert GOOD_PASSWORD.encode() not in (tables / "data" / "classroom.db").read_bytes()


def test_a_password_is_asked_for_twice(tables: Path) -> None:
    given = f"mei@example.org\nMei\n{GOOD_PASSWORD}\n{GOOD_PASSWORD}\n"
    result = run("create-account", "--admin", given=given)
    assert result.exit_code == 0, result.output
    assert GOOD_PASSWORD not in result.output


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (lambda: create(password="short"), "at least 10 characters"),
        (lambda: create("nowhere"), "This is not an e-mail address."),
        (lambda: run("--settings", "none.env", "migrate"), "none.env does not exist."),
    ],
)
def test_what_cannot_be_is_a_sentence(tables: Path, result: object, sentence: str) -> None:
    assert tables
    assert callable(result)
    done = result()
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_the_demo_class_stays_the_same(tables: Path) -> None:
    first = run("demo")
    assert re.search(r"http://127\.0\.0\.1:8080/enter/\S+\n", first.output)
    assert re.search(r"http://127\.0\.0\.1:8080/r/\w{3}-\w{3}-\w{3}\n", first.output)
    assert run("demo").output == first.output
    (tables / "classroom.env").write_text("CLASSROOM_PUBLIC_URL=https://class.example.org\n")
    public = run("demo").output
    assert public == first.output.replace("http://127.0.0.1:8080", "https://class.example.org")


def test_the_doctor_fails_only_when_something_is_wrong(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "index.html").write_text("built")
    monkeypatch.setenv("CLASSROOM_STATIC_DIR", str(here))
    monkeypatch.setenv("CLASSROOM_HTTP_PORT", "0")
    monkeypatch.setenv("CLASSROOM_MEDIA_PORT", "0")
    well = run("doctor")
    assert well.exit_code == 0, well.output
    assert "wrong" not in well.output
    (here / "index.html").unlink()
    wrong = run("doctor")
    assert wrong.exit_code == 1
    assert "The web client is not built." in wrong.output
    assert not (here / "data").exists()
