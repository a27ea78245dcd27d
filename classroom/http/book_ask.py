"""What a form of a public page asks for, read and judged."""

from __future__ import annotations

from classroom.booking.intake import read_answers
from classroom.http.book_told import NewBooking
from classroom.http.doors import Doors
from classroom.http.known_client import clients_here
from classroom.http.limits import spend
from classroom.store.booking_asked import Take
from classroom.store.booking_rows import By, HostRow, OfferRow
from classroom.store.clients_found import ClientGiven, is_address_proved
from classroom.store.organisations import OrganisationRow


async def asked_of(
    doors: Doors, body: NewBooking, place: OrganisationRow, host: HostRow, offer: OfferRow
) -> Take | None:
    """None when a program filled it in; Refused as the values are, or `rate.limited` for too many
    with the same address."""
    start_s = body.start_s()
    given = body.clean(tuple(one.id for one in await clients_here(doors)))
    answers = read_answers(offer.intake, body.intake)
    if body.is_program:
        return None
    spend(doors.limits.book_email, f"{place.id} {given.email}")
    return Take(
        host_id=host.id,
        offer_id=offer.id,
        start_s=start_s,
        client=given,
        by=By("client"),
        intake=answers,
        once=body.once,
        state=await _state(place, given),
        body={"voucher": body.voucher, "agreed": body.agreed},
    )


async def _state(place: OrganisationRow, given: ClientGiven) -> str:
    """Whether the address has to be proved before the booking counts."""
    confirms = place.office.confirms
    if confirms == "always":
        return "unconfirmed"
    if confirms == "unknown" and not await is_address_proved(place.id, given):
        return "unconfirmed"
    return ""
