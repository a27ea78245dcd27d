"""Series of bookings for one client."""

from __future__ import annotations

from dataclasses import replace

from quart import Blueprint, Response, jsonify

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.desk_door import desk_of_host
from classroom.http.doors import Doors
from classroom.http.series_made import asks_of, host_and_offer
from classroom.http.series_told import (
    CancelledTold,
    SeriesBody,
    SeriesTold,
    answered,
    must_fit,
    series_told,
)
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import series as store
from classroom.store.clients_found import settled

_REFUSES = (
    *("voucher.unknown", "voucher.used", "voucher.old", "voucher.offer"),
    "booking.series",
    "booking.taken",
    "booking.full",
    "booking.zone",
    "client.unknown",
    "client.erased",
    "host.unknown",
    "offer.unknown",
    "right.missing",
    "name.empty",
    "name.long",
    "account.invalid_email",
)


def series_routes(doors: Doors) -> Blueprint:
    """`/api/series`."""
    routes = Blueprint("series", __name__)

    @routes.post("/api/series")
    @tells(SeriesTold, by="account", status=201, body=SeriesBody, refuses=_REFUSES)
    async def create() -> Response:
        """Book the same hour of the host's wall again and again: all of them, or those that fit."""
        body = await read_body(SeriesBody)
        mine = await desk_of_host(doors, body.host_id, "booking.change")
        given = await body.given(mine)
        host, offer = await host_and_offer(body.host_id, body.offer_id)
        at = utc_now()
        judged = await store.judge(
            host,
            offer.lengths(),
            body.starts(host.hours().zone),
            anyway=body.anyway,
            now_s=int(at.timestamp()),
        )
        if body.dry:
            return answered(series_told(judged))
        must_fit(judged, skip=body.skip)
        given = await settled(mine.org.id, given, at=at)
        series_id = await store.new_series(host.id, body.rule(), at=at, offer_id=offer.id)
        paid = {"credit": body.credit_id}
        asks = [
            replace(one, body={**one.body, **paid})
            for one in asks_of(mine, offer, given, judged, series_id)
        ]
        made = await store.book_series(
            doors.appointments.bookings, doors.appointments.letters, asks, tell=body.tell, at=at
        )
        doors.appointments.wake("post")
        return answered(series_told(judged, series_id, [one.id for one in made]))

    _add_cancel(doors, routes)
    return routes


def _add_cancel(doors: Doors, routes: Blueprint) -> None:
    @routes.delete("/api/series/<series_id>")
    @tells(CancelledTold, by="account", refuses=("booking.unknown", "right.missing"))
    async def cancel(series_id: str) -> Response:
        """Cancel what of a series is still to come."""
        host_id = await store.host_of_series(series_id) if may_be_id(series_id) else None
        if host_id is None:
            raise Refused("booking.unknown")
        try:
            mine = await desk_of_host(doors, host_id, "booking.change")
        except Refused as refused:
            code = "booking.unknown" if refused.code == "host.unknown" else refused.code
            raise Refused(code, refused.params) from refused
        count = await store.cancel_rest(
            doors.appointments.bookings, series_id, by=mine.by, at=utc_now()
        )
        doors.appointments.wake("post")
        return jsonify(CancelledTold(count))
