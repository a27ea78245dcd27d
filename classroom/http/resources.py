"""Everything under `/api`, and where its files lie."""

from __future__ import annotations

from quart import Blueprint

from classroom.blobs.files import FileBlobs
from classroom.http.appointment_resources import appointment_resources
from classroom.http.class_resources import class_resources
from classroom.http.doors import Doors
from classroom.http.enrolments import enrolment_routes
from classroom.http.entering import entering_routes
from classroom.http.lessons import lesson_routes
from classroom.http.programs import program_resources
from classroom.http.recording_resources import recording_resources
from classroom.http.rooms import room_routes
from classroom.http.seat import seat_routes
from classroom.http.signing_in import sign_in_resources


def resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of people, rooms, seats and boards, and those for programs."""
    blobs = FileBlobs(doors.settings.board_folder)
    return (
        *sign_in_resources(doors),
        room_routes(doors, blobs, FileBlobs(doors.settings.file_folder)),
        seat_routes(doors),
        entering_routes(doors),
        enrolment_routes(doors),
        *class_resources(doors, blobs),
        lesson_routes(doors),
        *program_resources(doors),
        *recording_resources(doors),
        *appointment_resources(doors),
    )
