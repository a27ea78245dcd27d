"""Everything under `/api` that is about letters."""

from __future__ import annotations

from quart import Blueprint

from classroom.http.doors import Doors
from classroom.http.letter_words import letter_words_routes
from classroom.http.letters import letter_routes
from classroom.http.reminder_rules import reminder_rules_routes


def letter_resources(doors: Doors) -> tuple[Blueprint, ...]:
    """The log, how letters are written, and when people are reminded."""
    return (letter_routes(doors), letter_words_routes(doors), reminder_rules_routes(doors))
