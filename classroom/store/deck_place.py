"""How much of its owner's library what was made of a file takes, when that is more than was sent.

May raise StoreFailed.
"""

from __future__ import annotations

from tortoise.transactions import in_transaction

from classroom.errors import Refused
from classroom.store.boards import failing
from classroom.store.deck_tables import DeckPrint, DeckVersion
from classroom.store.decks import used_bytes
from classroom.store.held import hold
from classroom.store.tables import Account, Room
from courseware.deck import MEGABYTE


async def hold_owner(owner: str) -> None:
    """One at a time counts and adds for an owner; inside a transaction."""
    kind, _, room_id = owner.rpartition(":")
    if kind == "room":
        await hold(Room.filter(id=room_id), "title")
    else:
        await hold(Account.filter(id=owner), "name")


async def take_place(print_id: str, size: int, most_bytes: int) -> None:
    """Every version of the print counts so many bytes from now on, if that is more than before.

    Refused `deck.quota`, with nothing changed, when no owner has so much place: what one of them
    can pay for is kept for all of them.
    """
    with failing():
        async with in_transaction():
            versions = DeckVersion.filter(printed_id=print_id)
            found = await versions.values_list("deck__owner", flat=True)
            owners = sorted({str(owner) for owner in found})
            for owner in owners:
                await hold_owner(owner)
            row = await DeckPrint.filter(id=print_id).select_for_update().first()
            if row is None or size <= row.bytes:
                return
            await DeckPrint.filter(id=print_id).update(bytes=size)
            await versions.update(bytes=size)
            used = [await used_bytes(owner) for owner in owners]
            if used and min(used) > most_bytes:
                raise Refused("deck.quota", {"megabytes": most_bytes // MEGABYTE})
