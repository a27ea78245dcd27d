"""A letter as a mail server takes it: text and HTML, and an invitation where there is one.

RFC 5322 and 2046. The invitation stands twice, as mail programs want it: in the alternatives with
its method (Outlook and Gmail show buttons then), and as a file that any calendar opens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_WORD = r"[^\s\x00-\x1f\x7f@<>()\[\],;:\\\".]+"
_LOCAL = re.compile(rf"{_WORD}(\.{_WORD})*")
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|localhost")
LOCAL_MAX = 64
_DOT = re.compile(rb"(?m)^\.")
FILE_NAME = "invite.ics"


class BadAddress(Exception):
    """No mail can go to this address."""


@dataclass(frozen=True, slots=True)
class Written:
    """Everything a letter says. `calendar` is iCalendar or ""; `unsubscribe` an address or ""."""

    message_id: str
    from_name: str
    from_email: str
    to_name: str
    to_email: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    calendar: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter as it goes over the line: `data` is dot-stuffed and lacks only the last dot.

    `is_wide`: the address needs a server that knows SMTPUTF8 (RFC 6531).
    """

    id: int
    sender: str
    to: str
    data: bytes
    is_wide: bool = False


def write_message(letter_id: int, letter: Written, *, at: datetime) -> Outgoing:
    """The letter, dated `at`; BadAddress when there is no such address."""
    to = wire_address(letter.to_email)
    sender = wire_address(letter.from_email)
    is_wide = not (to.isascii() and sender.isascii())
    message = EmailMessage(policy.SMTPUTF8 if is_wide else policy.SMTP)
    message["From"] = _address(letter.from_name, sender)
    message["To"] = _address(letter.to_name, to)
    _answers(message, letter.reply_to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{letter.message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    message.set_content(letter.text, cte=_encoding(letter.text))
    message.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    if letter.calendar:
        _invite(message, letter.calendar)
    data = _DOT.sub(b"..", bytes(message))
    return Outgoing(letter_id, sender, to, data, is_wide)


def wire_address(text: str) -> str:
    """The address as mail servers take it, its domain in ASCII; BadAddress when it is none."""
    local, _, domain = text.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise BadAddress("no address") from error
    if not (_LOCAL.fullmatch(local) and len(local) <= LOCAL_MAX and _DOMAIN.fullmatch(domain)):
        raise BadAddress("no address")
    return f"{local}@{domain}"


def _answers(message: EmailMessage, to: str) -> None:
    """Answers go there, where that is an address; one that is none stops no letter."""
    try:
        address = wire_address(to) if to else ""
    except BadAddress:
        return
    if address:
        message["Reply-To"] = _address("", address)


def one_line(text: str) -> str:
    """Without line ends and other signs that could end a header."""
    return _SPACES.sub(" ", text).strip()


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(one_line(name), local, domain)


def _encoding(text: str) -> str:
    """Both keep lines short: some servers refuse lines of more than 998 bytes."""
    return "quoted-printable" if text.isascii() else "base64"


def _invite(message: EmailMessage, calendar: str) -> None:
    found = _METHOD.search(calendar)
    method = found.group(1) if found else "PUBLISH"
    message.add_alternative(calendar, subtype="calendar", cte="base64", params={"method": method})
    message.add_attachment(
        calendar.encode(), maintype="application", subtype="ics", filename=FILE_NAME
    )
