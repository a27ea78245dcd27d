"""Letters put together: who they come from, where their links lead, what sends them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from classroom.jobs.appointments import Loop
from classroom.jobs.post import Office, Post
from classroom.jobs.reminders import Reminders
from classroom.mail.server import MailServerAt, read_mail_url
from classroom.people.client_link import Shown, digits_of, ticket_token
from classroom.people.enrolment import Ticket
from classroom.people.links import enrolment_token
from classroom.people.secret import Secret
from classroom.settings import Settings
from classroom.store.letter_posting import Letterhead, Letters
from classroom.store.reminding import TellDue


def make_letters(settings: Settings, secret: Secret, address: str) -> Letters:
    """Whoever writes letters; `address` is the whole address of our pages."""
    host = urlsplit(address).hostname or "localhost"
    return Letters(
        Letterhead(
            settings.mail_sender,
            host,
            lambda client: digits_of(secret, client.id, client.code_number),
        )
    )


def letter_loops(
    settings: Settings,
    letters: Letters,
    address_of: Callable[[str], str],
    *,
    tell: TellDue | None = None,
    on_failed: Callable[[str, int], None] = lambda _org, _letter: None,
) -> dict[str, Loop]:
    """What writes and sends them; `on_failed` is told of letters nobody will get, `tell` of
    reminders for other systems."""
    office = Office(
        server=mail_server_of(settings),
        sender=settings.mail_sender,
        marks_file=settings.marks_file,
        address_of=address_of,
        on_failed=on_failed,
        per_minute=settings.mail_per_minute,
    )
    post = Post(office)
    reminders = Reminders(letters, tell=tell)
    reminders.on_written = post.wake
    return {"reminders": reminders, "post": post}


def mail_server_of(settings: Settings) -> MailServerAt | None:
    """The mail server that is set; None when there is none."""
    url = settings.mail_url.get_secret_value()
    return read_mail_url(url) if url else None


def link_address(secret: Secret, address: str, link: str) -> str:
    """The whole address of a letter's link: `path:/week` is a page, `ticket:...` a private one,
    `enrolled:...` that of somebody who belongs to a room."""
    kind, _, rest = link.partition(":")
    if kind == "enrolled":
        enrolment, _, number = rest.partition(":")
        return f"{address}/enter/{enrolment_token(secret, Ticket(enrolment, int(number)))}"
    if kind == "ticket":
        booking, client, client_number, number = rest.split(":")
        shown = Shown(client, int(client_number))
        return f"{address}/k/{ticket_token(secret, booking, shown, int(number))}"
    return address + rest
