"""What a client gets to read after a talk, and which files of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from classroom.store.booking_asked import host_of, scene_of
from classroom.store.booking_lines import add_line
from classroom.store.booking_rows import By
from classroom.store.booking_tables import Booking
from classroom.store.letter_matter import Asked
from classroom.store.letter_posting import Letters
from classroom.store.times_taken import hold_any


async def send_summary(
    letters: Letters,
    booking_id: str,
    text: str,
    files: Sequence[dict[str, Any]],
    *,
    by: By,
    at: datetime,
) -> None:
    """Kept with the booking, and mailed; another one replaces it. Refused `booking.unknown`."""
    host_id = await host_of(booking_id)
    async with in_transaction():
        await hold_any(host_id)
        await Booking.filter(id=booking_id).update(
            summary=text, files=json.dumps(list(files), ensure_ascii=False)
        )
        await add_line(booking_id, "summary", {"files": len(files)}, by=by, at=at)
        asked = Asked(
            once=f"summary.{booking_id}.{int(at.timestamp() * 1000)}", words={"summary": text}
        )
        await letters.write("summary", await scene_of(booking_id), asked, at=at)
