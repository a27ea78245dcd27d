"""Digits mailed to a client: numbered and written in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from tortoise.transactions import in_transaction

from classroom.store.booking_asked import Scene
from classroom.store.booking_rows import ClientRow
from classroom.store.client_codes import GOOD_FOR, new_code
from classroom.store.letter_matter import Asked
from classroom.store.letter_posting import Letters


async def post_digits(
    letters: Letters, scene: Scene, digits: Callable[[ClientRow], str], *, at: datetime
) -> None:
    """Other digits than before, to the address that was written down; Refused `client.unknown`."""
    async with in_transaction():
        client = await new_code(scene.client.id, until=at + GOOD_FOR)
        asked = Asked(
            once=f"digits.{client.id}.{client.code_number}",
            secrets={"digits": digits(client)},
            until=at + GOOD_FOR,
        )
        await letters.write("digits", replace(scene, client=client), asked, at=at)
