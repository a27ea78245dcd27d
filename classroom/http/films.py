"""Films and sounds as they were sent, in the parts a player asks for."""

from __future__ import annotations

from functools import partial

from quart import Blueprint, Response

from classroom.blobs.decks import folder_of
from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.files_answer import part_answer
from classroom.http.limits import spend
from classroom.http.pictures import KEPT_BY_BROWSERS, FetchingTurns
from classroom.http.play_address import FILM, MEDIA, read_print
from classroom.http.visitor import asking_address
from classroom.jobs.conversion import SOURCE
from classroom.store.deck_prints import find_print_file

AT_ONCE = 200
"""Fetched from one address: a class behind it holds one open each, also while the film stands."""


def film_routes(doors: Doors) -> Blueprint:
    """`/films/...`."""
    routes = Blueprint("films", __name__)
    fetching = FetchingTurns(AT_ONCE)

    @routes.get("/films/<shown>/<name>")
    async def film(shown: str, name: str) -> Response:
        """The file, or with `Range` a part of it."""
        print_id = read_print(doors.secret, FILM, shown)
        stem, _, ending = name.rpartition(".")
        kind = MEDIA.get(ending) if stem == FILM else None
        who = f"{print_id} {asking_address()}"
        spend(doors.limits.slide_look, who)
        file = await find_print_file(print_id, f"{SOURCE}000.{ending}") if kind else None
        if kind is None or file is None:
            raise Refused("film.unknown")
        pieces = partial(doors.decks.blobs.pieces, folder_of(file.checksum), file.checksum)
        turn = fetching.of(who)
        response = part_answer(pieces, file.bytes, kind=kind, name=name, turn=turn)
        response.headers["Cache-Control"] = KEPT_BY_BROWSERS
        return response

    return routes
