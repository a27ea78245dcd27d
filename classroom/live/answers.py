"""What each request of a room's parts does, and how often it may be asked: their tables, joined."""

from __future__ import annotations

from typing import Any

from classroom.live import (
    activity_requests,
    aids_requests,
    ask_requests,
    chat_requests,
    decks_requests,
    files_requests,
    film_requests,
    floor_requests,
    groups_requests,
    ink_requests,
    lobby_requests,
    recording_requests,
    wall_requests,
)
from classroom.live.limits import Limit
from classroom.live.requests import Answer

ANSWERS: dict[type[Any], Answer] = {
    **chat_requests.ANSWERS,
    **floor_requests.ANSWERS,
    **wall_requests.ANSWERS,
    **groups_requests.ANSWERS,
    **ask_requests.ANSWERS,
    **aids_requests.ANSWERS,
    **lobby_requests.ANSWERS,
    **files_requests.ANSWERS,
    **film_requests.ANSWERS,
    **activity_requests.ANSWERS,
    **ink_requests.ANSWERS,
    **recording_requests.ANSWERS,
}
"""By the kind of request; each raises Refused, or gives the reply."""
LIMITS: dict[type[Any], Limit] = {
    **chat_requests.LIMITS,
    **floor_requests.LIMITS,
    **wall_requests.LIMITS,
    **groups_requests.LIMITS,
    **ask_requests.LIMITS,
    **aids_requests.LIMITS,
    **lobby_requests.LIMITS,
    **files_requests.LIMITS,
    **decks_requests.LIMITS,
    **film_requests.LIMITS,
    **activity_requests.LIMITS,
    **ink_requests.LIMITS,
    **recording_requests.LIMITS,
}
