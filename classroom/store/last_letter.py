"""Letters of somebody who is erased: what they got goes, and one last letter says that it is done.

That one alone has their address, until it is sent.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from classroom.booking.letter import Matter, compose
from classroom.booking.letter_kind import LetterKind
from classroom.store.booking_tables import Client
from classroom.store.hook_tables import Job
from classroom.store.letter_matter import Lookups, language_of
from classroom.store.letter_tables import Letter
from classroom.store.letters import NewLetter, post
from classroom.store.merged import ids_of
from classroom.store.organisations import find_organisation

KIND: LetterKind = "erased"
TRIED_FOR = timedelta(days=3)
"""Then the address goes, whether the letter went or not."""


async def drop_letters(client_id: str, at: datetime) -> None:
    """None is sent any more, and none says anything; nor do messages to other systems."""
    letters = Letter.filter(client=client_id)
    await letters.filter(state__in=["waiting", "begun"]).update(state="dropped", sent_at=at)
    await letters.update(
        to_name="", to_email="", reply_to="", subject="", text="", html="", calendar="", links="[]"
    )
    # Messages that name them, whether they were sent or wait.
    for one in await ids_of(client_id):
        await Job.filter(body__contains=one).delete()


async def post_last(client_id: str, *, at: datetime) -> None:
    """Post it, in the transaction in which the person goes; nobody without an address gets one. It
    names neither the client nor a booking, so that the log of letters leads nowhere."""
    client = await Client.get_or_none(id=client_id)
    org = None if client is None else await find_organisation(client.org_id)
    if client is None or org is None or not client.email:
        return
    words = {"client": client.name, "org": org.name}
    chosen = await Lookups().template(org.id, KIND, client.locale)
    made = compose(chosen, Matter(words, has_link=False), client.locale)
    letter = NewLetter(
        org=org.id,
        kind=KIND,
        once=f"{KIND}.{client_id}",
        to_name=client.name,
        to_email=client.email,
        locale=language_of(client.locale),
        subject=made.subject,
        text=made.text,
        html=made.html,
        from_name=org.name,
        until=at + TRIED_FOR,
    )
    await post(letter, at=at)


async def forget_last(ids: Collection[int] | None = None) -> None:
    """Those that were sent, or never will be, say nothing any more; of these letters, or of all,
    which looks at the whole log. Part of the transaction of what became of them."""
    told = Letter.filter(kind=KIND).exclude(state__in=["waiting", "begun"])
    if ids is not None:
        told = told.filter(id__in=list(ids))
    await told.exclude(to_email="").update(
        to_name="", to_email="", reply_to="", subject="", text="", html="", links="{}"
    )
