"""What is there in a class and beside it: boards, files, decks, quizzes, put together."""

from __future__ import annotations

from quart import Blueprint

from classroom.blobs.files import BlobStore
from classroom.http.board import board_routes
from classroom.http.deck_resources import deck_resources
from classroom.http.doors import Doors
from classroom.http.files_resources import file_resources
from classroom.http.quizzes import quiz_routes


def class_resources(doors: Doors, blobs: BlobStore) -> tuple[Blueprint, ...]:
    """Their routes; `blobs` are the pictures of boards."""
    return (
        board_routes(doors, blobs),
        *file_resources(doors),
        *deck_resources(doors),
        quiz_routes(doors),
    )
