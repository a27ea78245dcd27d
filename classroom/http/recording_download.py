"""Tickets for files of recordings, and the files they fetch."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.clock import monotonic
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.recording_export_told import (
    DATA,
    GONE,
    TOKEN_MAX,
    NewTicket,
    TicketTold,
    file_name,
)
from classroom.http.recording_file import FileDesk
from classroom.http.recording_taker import NOT_READY, taker
from classroom.http.told import tells
from classroom.http.visitor import asking_address
from classroom.people.taking import Taking, TakingTickets
from classroom.store.recording_exports import find_export


def download_routes(doors: Doors) -> Blueprint:
    """`.../exports/<export_id>/ticket` and `/recorded/take/<word>`."""
    routes = Blueprint("recording_download", __name__)
    tickets = TakingTickets()
    desk = FileDesk(doors)

    @routes.post("/api/recordings/<recording_id>/exports/<export_id>/ticket")
    @tells(
        TicketTold,
        by="browser",
        body=NewTicket,
        refuses=("recording.unknown", *NOT_READY, GONE, "rate.limited"),
    )
    async def ticket(recording_id: str, export_id: str) -> Response:
        """Get an address for a file that is ready; `data` is all but picture and sound."""
        spend(doors.limits.recording_look, asking_address())
        body = await read_body(NewTicket)
        row, playing = await taker(doors, recording_id, body.session)
        form = DATA
        if export_id != DATA:
            export = await find_export(row.id, export_id[:32])
            if export is None or export.state != "ready":
                raise Refused(GONE)
            form = export.form
        word = tickets.open(Taking(playing, export_id, body.language), now=monotonic())
        return jsonify(TicketTold(f"/recorded/take/{word}", file_name(row, form)))

    @routes.get("/recorded/take/<word>")
    async def take(word: str) -> Response:
        """The file, or with `Range` a part of it."""
        used = tickets.use(word[:TOKEN_MAX], asking_address(), now=monotonic())
        if used is None:
            raise Refused(GONE)
        taking, is_first = used
        spend(doors.limits.recorded, f"{taking.playing.viewer} {taking.what} {asking_address()}")
        return await desk.answer(taking, asking_address(), is_first=is_first)

    return routes
