"""What is there in a class and beside it: boards, files, decks, quizzes, put together."""

from __future__ import annotations

from quart import Blueprint

from classroom.blobs.files import BlobStore
from classroom.http.board import board_routes
from classroom.http.deck_export import export_routes
from classroom.http.deck_resources import deck_resources
from classroom.http.doors import Doors
from classroom.http.files_resources import file_resources, files_desk
from classroom.http.quizzes import quiz_routes


def class_resources(doors: Doors, blobs: BlobStore) -> tuple[Blueprint, ...]:
    """Their routes; `blobs` are the pictures of boards."""
    files = files_desk(doors)
    return (
        board_routes(doors, blobs),
        *file_resources(doors, files),
        *deck_resources(doors),
        export_routes(doors, files),
        quiz_routes(doors),
    )
