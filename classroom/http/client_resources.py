"""Everything under `/api` that is about clients: for the team, and for themselves."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.client_export import client_export_routes
from classroom.http.client_files import client_file_routes
from classroom.http.client_history import client_history_routes
from classroom.http.client_merging import client_merging_routes
from classroom.http.client_tasks import client_task_routes
from classroom.http.clients import client_routes
from classroom.http.doors import Doors
from classroom.http.mine_forms import mine_form_routes
from classroom.http.notes import note_routes
from classroom.http.talk_room import talk_room_routes


def client_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The routes of who books, and of the rooms in which they talk."""
    return (
        client_routes(doors),
        client_merging_routes(doors),
        client_task_routes(doors),
        client_history_routes(doors),
        client_file_routes(doors),
        client_export_routes(doors),
        note_routes(doors),
        mine_form_routes(doors),
        talk_room_routes(doors),
    )
