"""The command line: `classroom serve`, `doctor`, `migrate`, `create-account`, `demo`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from classroom import __version__
from classroom.errors import Misfit, Refused
from classroom.settings import Settings, read_settings

SETTINGS_FILE = "classroom.env"
T = TypeVar("T")

REFUSALS = {
    "account.email_taken": "There is an account with this address already.",
    "account.invalid_email": "This is not an e-mail address.",
    "account.weak_password": "The password needs at least 10 characters that are not all the same.",
    "name.empty": "The name is empty.",
    "name.long": "The name is longer than 60 characters.",
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "--settings",
    "file",
    type=click.Path(path_type=Path),
    envvar="CLASSROOM_SETTINGS",
    help=f"A file of CLASSROOM_NAME=value lines. {SETTINGS_FILE} in this folder, if there.",
)
@click.pass_context
def main(context: click.Context, file: Path | None) -> None:
    """A live classroom in one process."""
    if file is None and Path(SETTINGS_FILE).is_file():
        file = Path(SETTINGS_FILE)
    context.obj = file


@main.command()
@click.option("--host", help="Address to listen on.")
@click.option("--http-port", type=int, help="TCP port of the pages; 0: any.")
@click.option("--media-port", type=int, help="Port of the media, UDP and TCP; 0: any.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where everything is kept.")
@click.pass_context
def serve(context: click.Context, /, **given: Any) -> None:
    """Start the server and print where it is."""
    from classroom.app import serve as run  # here, because it loads everything else

    _run(run(_settings(context, **given)))


@main.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Say what is missing, each thing with the way out."""
    from classroom.doctor import examine

    marks = {"well": "  ok    ", "look": "  look  ", "wrong": "  wrong "}
    findings = _run(examine(_settings(context)))
    for finding in findings:
        click.echo(marks[finding.verdict] + finding.sentence)
    if any(finding.verdict == "wrong" for finding in findings):
        sys.exit(1)


@main.command()
@click.pass_context
def migrate(context: click.Context) -> None:
    """Bring the database up to date (every start does it too)."""
    from classroom.store.database import close_database, open_database

    async def run() -> list[str]:
        try:
            return await open_database(settings.database)
        finally:
            await close_database()

    settings = _settings(context)
    applied = _run(run())
    click.echo("\n".join(f"applied {name}" for name in applied) or "nothing to do")


@main.command("create-account")
@click.option("--email", prompt=True)
@click.option("--name", prompt=True)
@click.option("--admin", is_flag=True, help="May administer the server.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, not a prompt."
)
@click.pass_context
def create_account(
    context: click.Context, email: str, name: str, admin: bool, password_stdin: bool
) -> None:
    """Make an account by hand."""
    from classroom.registration import register

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    account = _run(register(_settings(context), email, name, password, is_admin=admin))
    click.echo(f"{account.email} can sign in now.")


@main.command()
@click.pass_context
def demo(context: click.Context) -> None:
    """Print the links of the demo class, which is made when there is none."""
    from classroom.welcome import demo_lines, demo_links

    links = _run(demo_links(_settings(context)))
    click.echo("\n".join(demo_lines(*links)))


def _settings(context: click.Context, **given: Any) -> Settings:
    try:
        return read_settings(context.obj, **given)
    except Misfit as misfit:
        raise click.ClickException(str(misfit)) from misfit


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end; what cannot work is said in a sentence, without a traceback."""
    try:
        return asyncio.run(work)
    except Misfit as misfit:
        raise click.ClickException(str(misfit)) from misfit
    except Refused as refused:
        raise click.ClickException(REFUSALS.get(refused.code, refused.code)) from refused
    except KeyboardInterrupt:
        os._exit(130)
