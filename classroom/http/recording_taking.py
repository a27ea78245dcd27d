"""Taking recordings away, put together: files that are made, and the tickets that fetch them."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.recording_download import download_routes
from classroom.http.recording_exports import export_routes


def taking_routes(doors: Doors) -> tuple[Blueprint, ...]:
    """`/api/recordings/<recording_id>/exports` and `/recorded/take/<word>`."""
    return export_routes(doors), download_routes(doors)
