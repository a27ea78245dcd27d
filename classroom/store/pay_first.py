"""Whether an appointment that has to be paid before waits for the money, or counts at once."""

from __future__ import annotations

from classroom.store.pay_tables import CreditUse, PayWays

OFFLINE = "offline"


async def pays_first(org_id: str, booking_id: str) -> bool:
    """Whether the price of something paid before has to come before it counts.

    Not by hand: an account takes days, and nobody would hold the time so long. Not with a package
    that paid this booking when it was made.
    """
    if not await PayWays.filter(org_id=org_id).exclude(gateway=OFFLINE).exists():
        return False
    return not await CreditUse.filter(booking_id=booking_id).exists()
