"""Looks whether the settings can work here, and says each thing in a sentence with the way out.

Asks the machine, changes nothing: no table, file or key is made.
"""

from __future__ import annotations

import ipaddress
import os
import shlex
import shutil
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from classroom.appointments_check import kept_say, reached_say
from classroom.bucket import bucket_says
from classroom.errors import Misfit
from classroom.office_check import office_says
from classroom.recording_check import recordings_say
from classroom.settings import Settings, turn_host
from classroom.store.database import ask_database, pending_migrations
from classroom.store.jobs import count_jobs
from classroom.store.webhooks import KIND
from media.errors import Refused
from media.server.address import resolve, split
from media.server.cores import usable_cores

Verdict = Literal["well", "look", "wrong"]
FREE_MIN_BYTES = 1024**3
"""Five boards full of pictures, or a year of a school's strokes."""

LATE_S = 600.0
"""A running server is never so far behind."""
GIVEN_UP_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """`look`: it works, but not as somebody may expect. `wrong`: the class will not work."""

    verdict: Verdict
    sentence: str


async def examine(settings: Settings) -> list[Finding]:
    """Everything there is to say, in the order somebody would look."""
    return [
        *_variables(),
        _data_dir(settings),
        *_disk(settings),
        *_scanner(settings),
        *_secret(settings),
        *await _database(settings),
        _client(settings),
        *_ports(settings),
        _secure_context(settings),
        *_proxies(settings),
        *_announced(settings),
        *_turn(settings),
        _webhooks(settings),
        *(Finding(verdict, words) for verdict, words in await office_says(settings)),
        *(Finding(verdict, words) for verdict, words in recordings_say(settings)),
        *(Finding(verdict, words) for verdict, words in await bucket_says(settings)),
        *(Finding(verdict, words) for verdict, words in await reached_say(settings)),
    ]


def _variables() -> Iterator[Finding]:
    known = {"CLASSROOM_" + name.upper() for name in Settings.model_fields}
    known |= {"CLASSROOM_SETTINGS", "CLASSROOM_SKIP_WEB", "CLASSROOM_TEST_POSTGRESQL"}
    for name in sorted(os.environ):
        if name.startswith("CLASSROOM_") and name not in known:
            yield Finding("look", f"{name} is set, but no setting has that name.")


def _data_dir(settings: Settings) -> Finding:
    folder = settings.data_dir.resolve()
    existing = _existing(folder)
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return Finding("well", f"The data folder {folder} can be written.")
    return Finding(
        "wrong",
        f"The data folder {folder} cannot be written. Change its owner, or set "
        "CLASSROOM_DATA_DIR to a folder of the user who runs the server.",
    )


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir.resolve()
    free = shutil.disk_usage(_existing(folder)).free
    if free < FREE_MIN_BYTES:
        yield Finding(
            "look",
            f"The disk of the data folder {folder} has {free // 1024**2} MB left. Files and "
            "pictures are not taken any more, and no class can be kept when it is full: free some "
            "room, or set CLASSROOM_DATA_DIR to another disk.",
        )


def _scanner(settings: Settings) -> Iterator[Finding]:
    """The command as it would be called; whether it finds anything only a file can tell."""
    words = shlex.split(settings.scan_command)
    if not words:
        return
    if shutil.which(words[0]) is None:
        yield Finding(
            "wrong",
            f"CLASSROOM_SCAN_COMMAND begins with {words[0]}, which is no program here, so no file "
            "can be sent. Install it, write its whole path, or leave the setting empty.",
        )
    else:
        yield Finding("well", f"Files are shown to {words[0]} before anybody can have them.")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _secret(settings: Settings) -> Iterator[Finding]:
    try:
        mode = stat.S_IMODE(settings.secret_file.stat().st_mode)
    except OSError:
        return
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(
            "look",
            f"Others can read the secret key {settings.secret_file}: run "
            f"chmod 600 {settings.secret_file}.",
        )


async def _database(settings: Settings) -> list[Finding]:
    kind = "PostgreSQL" if settings.database_url.startswith("postgres") else "SQLite"
    try:
        pending = await pending_migrations(settings.database)
    except Misfit as misfit:
        return [Finding("wrong", f"{misfit} Check CLASSROOM_DATABASE_URL.")]
    if pending:
        words = (
            f"The database ({kind}) answers; the next start applies {len(pending)} "
            "migration(s) by itself."
        )
        return [Finding("well", words)]
    known = Finding("well", f"The database ({kind}) answers and is up to date.")
    kept = [Finding(verdict, words) for verdict, words in await kept_say(settings)]
    return [known, *await _jobs(settings), *kept]


async def _jobs(settings: Settings) -> list[Finding]:
    at = datetime.now(UTC)
    count = partial(count_jobs, at=at, given_up_since=at - GIVEN_UP_WITHIN, kind=KIND)
    try:
        jobs = await ask_database(settings.database, count)
    except Misfit as misfit:
        return [Finding("wrong", f"{misfit} Check CLASSROOM_DATABASE_URL.")]
    found = []
    if jobs.late_s > LATE_S:
        found.append(
            Finding(
                "look",
                f"{jobs.waiting} message(s) of webhooks wait, one of them for "
                f"{jobs.late_s / 60:.0f} minutes. They are sent while the server runs: start it, "
                "or look into its log when it does run.",
            )
        )
    if jobs.given_up:
        found.append(
            Finding(
                "look",
                f"{jobs.given_up} message(s) of webhooks were given up in the last day, because "
                "the other side did not take them. Whoever owns the webhook sees why in the "
                "settings.",
            )
        )
    return found or [Finding("well", f"Of webhooks, {jobs.waiting} message(s) wait to be sent.")]


def _webhooks(settings: Settings) -> Finding:
    if settings.hooks_private:
        return Finding(
            "look",
            "Webhooks may reach this machine and private networks (CLASSROOM_HOOKS_PRIVATE=true): "
            "everybody who has an account can have messages sent there. Leave it out unless the "
            "systems that hear of classes are inside.",
        )
    return Finding("well", "Webhooks reach addresses of the internet only.")


def _client(settings: Settings) -> Finding:
    if (settings.static_dir / "index.html").is_file():
        return Finding("well", "The web client is built.")
    return Finding("wrong", "The web client is not built. Run `make run`, or reinstall.")


def _ports(settings: Settings) -> Iterator[Finding]:
    web, media = settings.http_port, settings.media_port
    yield _port(settings.host, web, _WEB, "web", "CLASSROOM_HTTP_PORT")
    numbers = range(media, media + _workers(settings)) if media else (0,)
    for number in numbers:
        yield _port(settings.media_bind, number, _MEDIA, "media", "CLASSROOM_MEDIA_PORT")
    if media and web in numbers:
        yield Finding(
            "wrong",
            f"TCP port {web} is to be used for web and for media. Set CLASSROOM_HTTP_PORT or "
            "CLASSROOM_MEDIA_PORT to another one; each media worker takes one more number.",
        )


_WEB = (socket.SOCK_STREAM,)
_MEDIA = (socket.SOCK_DGRAM, socket.SOCK_STREAM)
_PROTOCOLS = {socket.SOCK_DGRAM: "UDP", socket.SOCK_STREAM: "TCP"}


def _port(
    host: str, port: int, kinds: tuple[socket.SocketKind, ...], what: str, name: str
) -> Finding:
    both = " and ".join(_PROTOCOLS[kind] for kind in kinds)
    if port == 0:
        return Finding("well", f"The system chooses the {both} port for {what}.")
    for kind in kinds:
        try:
            _try_to_bind(host, port, kind)
        except OSError as error:
            return Finding(
                "wrong",
                f"{_PROTOCOLS[kind]} port {port} on {host} cannot be used for {what} "
                f"({error.strerror or error}). Stop what uses it, or set {name} to another port.",
            )
    return Finding("well", f"{both} port {port} on {host} is free for {what}.")


def _try_to_bind(host: str, port: int, kind: socket.SocketKind) -> None:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=kind)[0]
    with socket.socket(family, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _secure_context(settings: Settings) -> Finding:
    if settings.is_secure:
        return Finding("well", f"People come by https ({settings.public_url}).")
    host = urlsplit(settings.public_url).hostname if settings.public_url else None
    if host in ("localhost", "127.0.0.1", "::1") or (host is None and settings.is_loopback):
        return Finding("well", "People come from this machine only, where browsers need no https.")
    return Finding(
        "wrong",
        "Browsers give no camera and no microphone to a page without https. Put a proxy with a "
        "certificate in front and set CLASSROOM_PUBLIC_URL to its https address.",
    )


def _proxies(settings: Settings) -> Iterator[Finding]:
    if settings.is_secure and not settings.trusted_proxies:
        yield Finding(
            "look",
            "CLASSROOM_PUBLIC_URL is https but CLASSROOM_TRUSTED_PROXIES is empty: everybody "
            "seems to come from the proxy's address, so limits count them together. Set it to "
            "that address.",
        )


def _announced(settings: Settings) -> Iterator[Finding]:
    if not settings.announce:
        yield _unannounced(settings)
    for text in settings.announce:
        try:
            bound = resolve(settings.media_bind)
            host, port = split(text, settings.media_port)
            address = ipaddress.ip_address(resolve(host))
        except Refused as refused:
            yield Finding("wrong", f"CLASSROOM_ANNOUNCE: {str(refused).partition(': ')[2]}.")
            continue
        if not address.is_loopback and ipaddress.ip_address(bound).is_loopback:
            yield Finding(
                "wrong",
                f"Media is announced at {address}, but the media port listens on {bound} only, "
                "which nobody else reaches. Set CLASSROOM_MEDIA_HOST to 0.0.0.0, or leave it out.",
            )
        elif settings.is_secure and not address.is_global:
            yield Finding(
                "look",
                f"Media is announced at {address}, which only the local network can reach. Set "
                "CLASSROOM_ANNOUNCE to the server's public address.",
            )
        else:
            where = _numbers(port, _workers(settings))
            yield Finding("well", f"Media is announced at {address}, UDP and TCP {where}.")


def _workers(settings: Settings) -> int:
    return settings.media_workers or usable_cores()


def _numbers(port: int, count: int) -> str:
    """Each media worker has the next number."""
    return f"port {port}" if count == 1 else f"ports {port} to {port + count - 1}"


def _unannounced(settings: Settings) -> Finding:
    if settings.is_loopback and not settings.is_secure:
        return Finding("well", "Media is announced to this machine only.")
    everywhere = settings.media_bind in ("0.0.0.0", "::")
    where = "this machine's own address" if everywhere else settings.media_bind
    return Finding(
        "look" if not settings.is_loopback else "wrong",
        f"CLASSROOM_ANNOUNCE is empty, so browsers are told to send media to {where}. Set it "
        "to the address they can reach (it may differ behind a router or in a container).",
    )


def _turn(settings: Settings) -> Iterator[Finding]:
    if settings.turn_secret.get_secret_value() and not settings.turn_urls:
        yield Finding(
            "look",
            "CLASSROOM_TURN_SECRET is set but CLASSROOM_TURN_URLS is empty, so browsers are told "
            "of no relay. Set it to the addresses of your TURN server.",
        )
    for url in settings.turn_urls:
        try:
            resolve(turn_host(url) or "")
        except Refused as refused:
            yield Finding("wrong", f"CLASSROOM_TURN_URLS: {str(refused).partition(': ')[2]}.")
            continue
        yield Finding(
            "well",
            f"Browsers that reach no media port are told of the relay {url}, each with a password "
            f"for {settings.turn_lifetime_s / 3600:.3g} hours. Whether the relay takes it only a "
            "browser can tell.",
        )
