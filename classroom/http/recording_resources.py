"""Everything over HTTP that has to do with recordings, put together."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.recorded import recorded_routes
from classroom.http.recording_captions import caption_routes
from classroom.http.recording_change import change_routes
from classroom.http.recording_library import library_routes
from classroom.http.recording_people import person_resources
from classroom.http.recording_play import play_routes
from classroom.http.recording_poster import poster_routes
from classroom.http.recording_record import record_routes
from classroom.http.recording_shares import share_routes
from classroom.http.recording_taking import taking_routes
from classroom.http.recording_watch import watch_routes


def recording_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The library, links, and what a session plays."""
    return (
        library_routes(doors),
        change_routes(doors),
        *person_resources(doors),
        poster_routes(doors),
        record_routes(doors),
        share_routes(doors),
        caption_routes(doors),
        play_routes(doors),
        watch_routes(doors),
        *taking_routes(doors),
        recorded_routes(doors),
    )
