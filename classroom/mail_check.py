"""Looks whether letters can be sent from here, for `doctor`. Sends none."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Literal
from urllib.parse import urlsplit

from classroom.errors import Misfit
from classroom.letterhead import mail_server_of
from classroom.mail.line import NoServer, Patience, open_line
from classroom.mail.message import BadAddress, wire_address
from classroom.mail.server import MailServerAt
from classroom.settings import Settings
from classroom.store.database import ask_database
from classroom.store.letter_log import count_letters

WITHIN_S = 5.0
LATE_S = 900.0
Said = tuple[Literal["well", "look", "wrong"], str]

_AWAY = {
    "server": "does not answer. Check its name, its port and the firewall",
    "tls": "offers no TLS that can be trusted, so nothing is said to it. Check its certificate, or "
    "the beginning of CLASSROOM_MAIL_URL: smtps:// is TLS from the beginning, smtp+starttls:// "
    "begins without",
    "login": "does not take the name and password of CLASSROOM_MAIL_URL. Check both",
}


async def mail_says(settings: Settings) -> list[Said]:
    """The mail server, the address letters come from, and whether the password is safe."""
    server = mail_server_of(settings)
    if server is None:
        return [
            (
                "well",
                "No mail server is set, so letters are kept in the log and sent to nobody. For "
                "appointments set CLASSROOM_MAIL_URL and CLASSROOM_MAIL_FROM.",
            )
        ]
    return [await _reached(server), *_sender(settings), *_safe(server)]


async def letters_say(settings: Settings) -> list[Said]:
    """What waits, and what was given up; the tables have to be there."""
    try:
        counts = await ask_database(settings.database, partial(count_letters, at=datetime.now(UTC)))
    except Misfit as misfit:
        return [("wrong", f"{misfit} Check CLASSROOM_DATABASE_URL.")]
    if settings.mail_url.get_secret_value() and counts.late_s > LATE_S:
        return [
            (
                "look",
                f"{counts.states['waiting']} letter(s) wait, one of them for "
                f"{counts.late_s / 60:.0f} minutes. They are sent while the server runs and its "
                "mail server takes them: look into its log.",
            )
        ]
    return []


async def _reached(server: MailServerAt) -> Said:
    where = f"The mail server {server.host}:{server.port}"
    try:
        line = await open_line(server, Patience(connect=WITHIN_S, command=WITHIN_S))
    except NoServer as gone:
        return ("wrong", f"{where} {_AWAY[gone.why]}.")
    await line.quit()
    return ("well", f"{where} answers{' and takes the password' if server.user else ''}.")


def _sender(settings: Settings) -> list[Said]:
    try:
        domain = wire_address(settings.mail_sender).rpartition("@")[2]
    except BadAddress:
        return [("wrong", "CLASSROOM_MAIL_FROM is no address that mail can come from.")]
    if domain == "localhost":
        return [
            (
                "wrong",
                "Letters would come from an address at localhost, which others refuse. Set "
                "CLASSROOM_MAIL_FROM to an address of yours.",
            )
        ]
    host = urlsplit(settings.public_url).hostname
    if host is None:
        return [
            (
                "look",
                "CLASSROOM_PUBLIC_URL is empty, so links in letters lead to this machine only. Set "
                "it to the address people type.",
            )
        ]
    return [("well", f"Letters come from an address at {domain}.")]


def _safe(server: MailServerAt) -> list[Said]:
    if server.tls == "none" and server.user and server.host not in ("localhost", "127.0.0.1"):
        return [
            (
                "look",
                "The password of the mail server goes over the network as it is. Begin "
                "CLASSROOM_MAIL_URL with smtp+starttls:// or smtps://.",
            )
        ]
    return []
