"""The forms of all parts of a room, joined: what happened, what is recorded, what a snapshot has.

A part's `<part>_form` has FORMS (by the kind of event), RECORDS where its record differs from what
is told, and `snapshot`, which gives its fields of a `RoomSnapshot`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.room.participant import Participant
from classroom.room.room import Room
from classroom.wire import (
    activity_form,
    aids_form,
    ask_form,
    chat_form,
    files_form,
    film_form,
    floor_form,
    groups_form,
    ink_form,
    lobby_form,
    recording_form,
    reserved_form,
    wall_form,
)

FORMS: dict[type[Any], Callable[[Any], Any]] = {
    **floor_form.FORMS,
    **chat_form.FORMS,
    **wall_form.FORMS,
    **ask_form.FORMS,
    **aids_form.FORMS,
    **groups_form.FORMS,
    **lobby_form.FORMS,
    **files_form.FORMS,
    **film_form.FORMS,
    **activity_form.FORMS,
    **ink_form.FORMS,
    **recording_form.FORMS,
}
RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    **chat_form.RECORDS,
    **ask_form.RECORDS,
    **lobby_form.RECORDS,
    **wall_form.RECORDS,
    **files_form.RECORDS,
    **ink_form.RECORDS,
    **activity_form.RECORDS,
    **recording_form.RECORDS,
}
"""What is written of a body; None when it is not recorded at all."""
SNAPSHOTS: tuple[Callable[[Room, Participant], dict[str, Any]], ...] = (
    floor_form.snapshot,
    chat_form.snapshot,
    reserved_form.snapshot,
    wall_form.snapshot,
    ask_form.snapshot,
    aids_form.snapshot,
    groups_form.snapshot,
    lobby_form.snapshot,
    files_form.snapshot,
    film_form.snapshot,
    activity_form.snapshot,
    ink_form.snapshot,
    recording_form.snapshot,
)
