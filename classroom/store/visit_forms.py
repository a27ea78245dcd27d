"""What somebody who waits has still to sign before they are let in."""

from __future__ import annotations

import json
from datetime import datetime

from classroom.errors import Refused
from classroom.store.booking_rows import OfferRow, offer_row
from classroom.store.forms import VersionRow, asked_by, sign, signed_by, to_sign, why_not
from classroom.store.practice_tables import Offer
from classroom.store.visit_tables import Visit
from classroom.store.visits import VisitRow


async def shortest_talk(host_id: str) -> OfferRow | None:
    """What a visitor without an appointment is given: the shortest talk that is offered; None when
    there is no talk at all."""
    talks = Offer.filter(host_id=host_id, kind="talk").order_by("minutes", "position", "id")
    row = await talks.filter(is_on=True).first() or await talks.first()
    return None if row is None else offer_row(row)


async def unsigned(visit: VisitRow) -> list[VersionRow]:
    """The texts they have not signed yet, in their order."""
    if visit.booking_id:
        return await to_sign(visit.booking_id)
    offer = await shortest_talk(visit.host_id)
    asked = await asked_by(() if offer is None else offer.form_ids)
    return [one for one in asked if one.id not in visit.agreed]


async def agree(visit: VisitRow, version_id: str, name: str, *, at: datetime) -> None:
    """They sign it; Refused `form.unknown` for a text nobody asks them for, `form.changed`.

    Without an appointment it is kept with the visit, and becomes a signature when they are let in.
    """
    if visit.booking_id:
        asked = {one.id for one in await to_sign(visit.booking_id)}
        if version_id not in asked | await signed_by(visit.client_id):
            raise Refused(await why_not(visit.org_id, version_id))
        await sign(visit.client_id, visit.booking_id, version_id, name, at=at)
        return
    if version_id not in {one.id for one in await unsigned(visit)}:
        raise Refused("form.unknown")
    agreed = json.dumps([*visit.agreed, version_id])
    await Visit.filter(id=visit.id).update(agreed=agreed)
