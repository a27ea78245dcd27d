"""What enrolled people agreed to for every recording of their room. May raise StoreFailed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from classroom.store.boards import failing
from classroom.store.consent_tables import EnrolmentConsent


async def standing_text(enrolment_id: str) -> str:
    """The text somebody agreed to and did not take back; empty when they did not."""
    with failing():
        row = await EnrolmentConsent.get_or_none(enrolment_id=enrolment_id)
    return "" if row is None else row.text


async def keep_standing(
    enrolment_id: str, text: str, kinds: Sequence[str], *, at: datetime
) -> None:
    """They agree from now on, in place of what they agreed to before."""
    with failing():
        await EnrolmentConsent.update_or_create(
            defaults={"text": text, "kinds": json.dumps(list(kinds)), "at": at},
            enrolment_id=enrolment_id,
        )


async def forget_standing(enrolment_id: str) -> None:
    """They are asked again when they come the next time."""
    with failing():
        await EnrolmentConsent.filter(enrolment_id=enrolment_id).delete()
