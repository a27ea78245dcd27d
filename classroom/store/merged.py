"""Clients who were found to be others: under which ids somebody is kept, and who they are now.

A signature stays under the id it was given with, as its hash takes that in; a private link under
the id it was made for. Everything else is moved when two are merged.
"""

from __future__ import annotations

from classroom.store.client_tables import MergedClient


async def ids_of(client_id: str) -> list[str]:
    """Theirs, and those of everybody who was found to be them."""
    gone = await MergedClient.filter(into_id=client_id).values_list("client_id", flat=True)
    return [client_id, *(str(one) for one in gone)]


async def who_is(client_id: str) -> str:
    """Whom a client was found to be; themselves when nobody else."""
    row = await MergedClient.get_or_none(client_id=client_id)
    return client_id if row is None else row.into_id


async def older_links(client_id: str, link_number: int) -> list[tuple[str, int]]:
    """Under which ids and numbers links were made that are good as long as this client's newest
    number is this one."""
    rows = MergedClient.filter(into_id=client_id, into_number=link_number, link_number__gt=0)
    return [(row.client_id, row.link_number) for row in await rows]
