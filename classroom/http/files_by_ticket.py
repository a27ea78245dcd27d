"""Addresses of files that need no header, for downloads by the browser and for players.

The class is asked each time, also when such an address is used: who was removed gets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pydantic import Field
from quart import Blueprint, Response, jsonify

from classroom.clock import monotonic
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.doors import Doors
from classroom.http.files_answer import ALL_NAME, file_answer, zip_answer
from classroom.http.files_desk import FilesDesk
from classroom.http.files_tickets import FileTickets, Pass
from classroom.http.limits import spend
from classroom.http.pictures import FetchingTurns
from classroom.http.shown_seat import seat_key
from classroom.http.told import tells
from classroom.room.file_card import FileCard

_SEEING = ("room.not_joined", "file.unknown", "rate.limited")


class TicketBody(Body):
    """For one file, or with null for all of them; `play` for a sound or a video in a page."""

    file_id: str | None = Field(max_length=64)
    play: bool = False


@dataclass(frozen=True, slots=True)
class TicketTold:
    """An address of this site."""

    url: str


def ticket_routes(doors: Doors, desk: FilesDesk) -> Blueprint:
    """Where tickets are given, and `/files/...`."""
    routes = Blueprint("file_tickets", __name__)
    tickets, fetching = FileTickets(), FetchingTurns()

    @routes.post("/api/rooms/by-code/<code>/files/ticket")
    @tells(TicketTold, by="seat", status=201, body=TicketBody, refuses=_SEEING)
    async def give(code: str) -> Response:
        """Give an address to download one file, or all as a zip, or to play one."""
        seat = desk.seat_inside(code)
        spend(doors.limits.file_look, seat_key(seat))
        asked = await read_body(TicketBody)
        shown = Pass(seat.room_id, seat.participant_id, asked.file_id or "", plays=asked.play)
        name = ALL_NAME if asked.file_id is None else _seen(doors, shown).name
        if asked.file_id is None and (asked.play or not _all_seen(doors, shown)):
            raise Refused("file.unknown")
        ticket = tickets.give(shown, now=monotonic())
        response = jsonify(TicketTold(f"/files/{ticket}/{quote(name, safe='')}"))
        response.status_code = 201
        return response

    @routes.get("/files/<ticket>/<name>")
    async def use(ticket: str, name: str) -> Response:
        """Whatever the ticket is for; the name in the address only pleases the browser."""
        shown = tickets.take(ticket, now=monotonic())
        if shown is None:
            raise Refused("file.unknown")
        turn = fetching.of(shown.key)
        if shown.file_id:
            return await file_answer(desk.drafts, shown.room_id, _seen(doors, shown), turn)
        return zip_answer(desk.drafts, shown.room_id, _all_seen(doors, shown), turn)

    return routes


def _seen(doors: Doors, shown: Pass) -> FileCard:
    """The file of a pass, as long as its holder may see it."""
    card = doors.live.file_for(shown.room_id, shown.who, shown.file_id)
    if shown.plays and not card.kind.startswith(("audio/", "video/")):
        raise Refused("file.unknown")
    return card


def _all_seen(doors: Doors, shown: Pass) -> tuple[FileCard, ...]:
    return doors.live.files_for(shown.room_id, shown.who)
