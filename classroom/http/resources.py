"""Everything under `/api`, and where its files lie."""

from __future__ import annotations

from quart import Blueprint

from classroom.blobs.files import FileBlobs
from classroom.http.accounts import account_routes
from classroom.http.board import board_routes
from classroom.http.browsers import browser_routes
from classroom.http.doors import Doors
from classroom.http.lessons import lesson_routes
from classroom.http.quizzes import quiz_routes
from classroom.http.rooms import room_routes
from classroom.http.seat import seat_routes
from classroom.http.session import session_routes
from classroom.http.webhooks import webhook_routes


def resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of people, rooms, seats and boards."""
    blobs = FileBlobs(doors.settings.board_folder)
    return (
        session_routes(doors),
        browser_routes(doors),
        account_routes(doors),
        room_routes(doors, blobs),
        seat_routes(doors),
        board_routes(doors, blobs),
        lesson_routes(doors),
        webhook_routes(doors),
        quiz_routes(doors),
    )
