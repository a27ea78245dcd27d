"""Everything over HTTP that has to do with decks, put together."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.activities import activity_routes
from classroom.http.deck_door import DeckDoor
from classroom.http.deck_folders import folder_routes
from classroom.http.deck_questions import question_routes
from classroom.http.deck_slides import slides_routes
from classroom.http.deck_uploads import Receiving, upload_routes
from classroom.http.decks import library_routes
from classroom.http.doors import Doors
from classroom.http.films import film_routes
from classroom.http.slides import slide_routes


def deck_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of both doors, and the pictures."""
    receiving = Receiving.of(doors)
    account, seat = DeckDoor(doors, "account"), DeckDoor(doors, "seat")
    return (
        library_routes(doors, account),
        folder_routes(doors, account),
        upload_routes(doors, account, receiving),
        slides_routes(doors, account),
        question_routes(doors, account),
        library_routes(doors, seat),
        folder_routes(doors, seat),
        upload_routes(doors, seat, receiving),
        slides_routes(doors, seat),
        question_routes(doors, seat),
        slide_routes(doors),
        film_routes(doors),
        activity_routes(doors),
    )
