"""Looks whether appointments can work as they are set: mail and payments, for `doctor`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from classroom.mail_check import letters_say, mail_says
from classroom.payments_check import payments_say
from classroom.settings import Settings

Said = tuple[Literal["well", "look", "wrong"], str]


async def kept_say(settings: Settings) -> list[Said]:
    """What the database, whose tables are up to date, says of letters and payments."""
    return [*await letters_say(settings), *await payments_say(settings)]


async def reached_say(settings: Settings) -> Iterable[Said]:
    """Whether the mail server can be reached."""
    return await mail_says(settings)
