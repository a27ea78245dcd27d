"""What is told of letters, of how they are written, and of when people are reminded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom.booking.reminder import Channel
from classroom.store.letter_sending import State

Reason = Literal[
    "",
    "address",
    "refused",
    "sender",
    "later",
    "server",
    "tls",
    "login",
    "cut",
    "stopped",
    "given_up",
    "late",
    "moved",
    "cancelled",
    "over",
    "off",
    "summary",
    "none",
    "ours",
]
"""Why it is not sent. `address`: there is none such. `refused`, `sender`, `later`: the mail server
does not take it, our address, or takes it later. `server`, `tls`, `login`, `cut`: it could not be
reached. `stopped`: our machine ended while it was sent. `given_up`: nobody took it within its time.
`late`, `moved`, `cancelled`, `over`, `summary`: it was no more true. `off`: the client wants none.
`none`: there is no mail server. `ours`: a fault of ours."""


@dataclass(frozen=True, slots=True)
class LetterTold:
    """A letter as it is listed."""

    id: str
    booking_id: str
    """Empty when it is about none."""
    client_id: str
    host_id: str
    kind: str
    to_name: str
    to_email: str
    locale: str
    subject: str
    has_calendar: bool
    state: State
    reason: str
    """Why, in a word (`Reason`); empty when there is nothing to say."""
    code: int | None
    """What the mail server answered, when it answered a no."""
    attempts: int
    waits_since: str | None
    """Since when the mail server does not take it."""
    next_at: str | None
    """When it is tried next."""
    done_at: str | None
    """When it was sent, given up or dropped."""
    created_at: str
    second_of: str | None
    """The letter it is sent again of."""
    may_go_again: bool


@dataclass(frozen=True, slots=True)
class LettersTold:
    """The newest first."""

    now: str
    letters: list[LetterTold]
    has_more: bool
    is_mail_set: bool
    """Whether there is a mail server at all."""


@dataclass(frozen=True, slots=True)
class WholeLetterTold:
    """A letter to read."""

    letter: LetterTold
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class TemplateTold:
    """How one kind of letter is written in one language."""

    kind: str
    locale: str
    subject: str
    text: str
    is_own: bool
    """Whether the organisation wrote it itself."""
    words: list[str]
    """What may stand in braces."""


@dataclass(frozen=True, slots=True)
class PreviewTold:
    """A letter with sample values."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """So long before."""

    minutes: int
    channel: Channel


@dataclass(frozen=True, slots=True)
class RulesTold:
    """When people are reminded: of all offers, and of those that have rules of their own."""

    rules: list[RuleTold]
    is_own: bool
    """Whether the organisation decided it itself."""
    offers: dict[str, list[RuleTold]]
