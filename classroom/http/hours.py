"""Hours of hosts over HTTP: told, written, and tried before they are written."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.booking.diary import Diary
from classroom.clock import iso, utc_now
from classroom.http.body import read_body
from classroom.http.desk_door import desk_of_host
from classroom.http.doors import Doors
from classroom.http.hours_preview import oversights_told, preview_of
from classroom.http.hours_told import DiaryBody, HoursTold, PreviewBody, PreviewTold, diary_told
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.store.feeds import reread
from classroom.store.hours import host_of, write_hours

_UNKNOWN = ("host.unknown", "right.missing")


def hours_routes(doors: Doors) -> Blueprint:
    """`/api/hosts/<host_id>/hours` and its preview."""
    routes = Blueprint("hours", __name__)

    @routes.get("/api/hosts/<host_id>/hours")
    @tells(HoursTold, by="account", refuses=_UNKNOWN)
    async def look(host_id: str) -> Response:
        """Tell when a host can be booked, and what may not be meant by it."""
        await desk_of_host(doors, host_id, "host.see")
        return jsonify(await _told(host_id, (await host_of(host_id)).hours()))

    @routes.put("/api/hosts/<host_id>/hours")
    @tells(HoursTold, by="account", body=DiaryBody, refuses=(*_UNKNOWN, "hours.wrong"))
    async def write(host_id: str) -> Response:
        """Write when a host can be booked; what is booked already stays booked."""
        await desk_of_host(doors, host_id, "host.change")
        diary = (await read_body(DiaryBody)).read()
        before = (await host_of(host_id)).hours()
        await write_hours(host_id, diary)
        if diary.zone != before.zone:  # days of calendars mean the host's
            await reread(host_id, at=utc_now())
            doors.appointments.wake("feeds")
        return jsonify(await _told(host_id, diary))

    @routes.post("/api/hosts/<host_id>/hours/preview")
    @tells(
        PreviewTold,
        by="account",
        body=PreviewBody,
        refuses=(*_UNKNOWN, "hours.wrong", "offer.unknown", "rate.limited"),
    )
    async def preview(host_id: str) -> Response:
        """Try hours without writing them: which times would be free, and what takes the others."""
        mine = await desk_of_host(doors, host_id, "host.see")
        spend(doors.limits.hours_try, mine.account.id)
        body = await read_body(PreviewBody)
        return jsonify(await preview_of(host_id, body))

    return routes


async def _told(host_id: str, diary: Diary) -> HoursTold:
    return HoursTold(iso(utc_now()), diary_told(diary), await oversights_told(host_id, diary))
