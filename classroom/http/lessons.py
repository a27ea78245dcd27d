"""Lessons and their reports, for whoever owns the room or came by its host link.

Somebody else's lesson does not exist here.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.lesson_told import LessonsTold, LessonTold
from classroom.http.reports import add_reports
from classroom.http.shown_lesson import begun_before, lesson_of, reading, telling
from classroom.http.told import tells
from classroom.http.visitor import this_visitor
from classroom.ids import RoomId, may_be_id
from classroom.store.lesson_reading import lessons_of

PAGE = 50
"""Lessons told at once."""


def lesson_routes(doors: Doors) -> Blueprint:
    """`/api/lessons` and what is below it."""
    routes = Blueprint("lessons", __name__)

    @routes.get("/api/lessons")
    @tells(
        LessonsTold,
        by="account",
        query={
            "room_id": "Only lessons of this room.",
            "before": "Only lessons that began before this moment (ISO 8601).",
        },
        refuses=("room.unknown", "body.malformed", "server.busy"),
    )
    async def listing() -> Response:
        """List lessons of own rooms, the newest first, 50 at a time."""
        account = (await this_visitor(doors)).must_be_signed_in()
        room_id = request.args.get("room_id")
        if room_id is not None and not may_be_id(room_id):
            raise Refused("room.unknown")
        before = begun_before()
        with reading():
            found = await lessons_of(
                account.id,
                limit=PAGE + 1,
                room_id=None if room_id is None else RoomId(room_id),
                before=before,
            )
        lessons = [telling(doors, lesson) for lesson in found[:PAGE]]
        return jsonify(LessonsTold(lessons, has_more=len(found) > PAGE))

    @routes.get("/api/lessons/<lesson_id>")
    @tells(LessonTold, by="account", refuses=("lesson.unknown", "server.busy"))
    async def show(lesson_id: str) -> Response:
        """Show one lesson."""
        return jsonify(telling(doors, await lesson_of(doors, lesson_id)))

    add_reports(doors, routes)
    return routes
