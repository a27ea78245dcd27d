"""Letters: posted once, in the transaction of what they tell of.

`letter_sending` has what their sender asks, `letter_log` what is asked about them later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from classroom.ids import new_id
from classroom.store.letter_tables import Letter
from classroom.store.statement import add

TEXT_MAX = 20_000


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be sent from `run_at` (None: at once) to `until` (None: a day of tries).

    `once` names what it is the only letter of. `revision` of the booking it speaks of makes it
    drop when the booking is moved or cancelled before it is sent. `links` are names with what the
    sender makes an address of; they stand as `{{link:name}}` in the bodies.
    """

    org: str
    kind: str
    once: str
    to_name: str
    to_email: str
    locale: str
    subject: str
    text: str
    html: str
    calendar: str = ""
    from_name: str = ""
    reply_to: str = ""
    booking: str = ""
    revision: int | None = None
    client: str = ""
    host: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    run_at: datetime | None = None
    until: datetime | None = None
    dropped: str = ""
    """Why it is not sent at all, but stands in the log."""


async def post(new: NewLetter, *, at: datetime) -> None:
    """To be sent; one with the same `once` is the same letter. Part of the caller's transaction."""
    await post_all((new,), at=at)


async def post_all(new: Sequence[NewLetter], *, at: datetime) -> None:
    """Many at once, as `post`."""
    await add([_made(one, at) for one in new], once=True)


def _made(new: NewLetter, at: datetime) -> Letter:
    return Letter(
        org=new.org,
        booking=new.booking,
        revision=new.revision,
        client=new.client,
        host=new.host,
        kind=new.kind,
        once=new.once,
        from_name=new.from_name[:120],
        to_name=new.to_name[:120],
        to_email=new.to_email,
        reply_to=new.reply_to,
        locale=new.locale,
        subject=new.subject[:200],
        text=new.text[:TEXT_MAX],
        html=new.html,
        calendar=new.calendar,
        links=json.dumps(dict(new.links), separators=(",", ":")),
        message_id=new_id() + new_id(),
        state="dropped" if new.dropped else "waiting",
        attempts=0,
        run_at=new.run_at or at,
        until=new.until,
        holder="",
        failure=new.dropped,
        sent_at=at if new.dropped else None,
        created_at=at,
    )
