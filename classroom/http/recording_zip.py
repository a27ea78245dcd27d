"""Everything of a recording but its pictures and its sound, as one zip."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Any

from classroom.blobs.zipping import Packed, packed, zipped
from classroom.clock import iso, utc_now
from classroom.jobs import recording_lines
from classroom.jobs.recording_opening import Opened
from classroom.lesson.captions import outside_of
from classroom.lesson.csv import Language
from classroom.lesson.recorded_lines import Line, chat_for, events_for, tape_for, to_the_end
from classroom.lesson.recorded_tables import chat_csv, chat_html, people_csv, polls_csv
from classroom.store.consent import lines_of
from classroom.store.recording_captions import captions_of
from recording.playtime import Holes, merged

ANSWERS = ("answered", "shown", "withdrawn", "seen", "late_join", "included", "excluded")
"""Deeds of the record that say what one person answered: they are not for whoever has the file."""


async def data_of(opened: Opened, language: Language) -> list[Packed]:
    """The files of the zip: the class, what happened, chat, polls, people, the board, captions and
    the record. Nothing of parts that were cut out. Damaged, OSError, StoreFailed."""
    row, at = opened.row, utc_now()
    cuts = merged(row.cuts)
    holes = merged((*opened.manifest.pauses, *cuts))
    ended = to_the_end(cuts, row.duration_ms)
    people = {one.pid: one.kinds for one in opened.people}
    names = {one.pid: one.name for one in opened.people}
    events = list(events_for(await recording_lines.events(opened), people, ended))
    chat = list(chat_for(await recording_lines.chat(opened), ended))
    board = list(tape_for(await recording_lines.tape(opened), ended))
    kinds = [(one.name, one.kinds) for one in opened.people if one.kinds]
    made = {
        "class.json": _json(_class(opened, holes)),
        "events.jsonl": _lines(events),
        "chat.csv": chat_csv(chat, names, holes, language),
        "chat.html": chat_html(chat, names, holes, row.title, language),
        "polls.csv": polls_csv(events, holes, language),
        "people.csv": people_csv(kinds, language),
        "board.jsonl": _lines(board),
        "record.json": _json(await _record(row.id)),
    }
    for one in await captions_of(row.id):
        made[f"captions-{one.locale}.vtt"] = outside_of(one.body, ended).encode()
    return [packed(name, body, at) for name, body in made.items()]


def zip_of(files: list[Packed]) -> Callable[[], AsyncGenerator[bytes, None]]:
    """Made while it is sent."""
    return partial(zipped, files)


def _class(opened: Opened, holes: Holes) -> dict[str, Any]:
    row = opened.row
    return {
        "title": row.title,
        "room_title": row.room_title,
        "began_at": iso(row.began_at),
        "duration_ms": row.duration_ms,
        "left_out": [list(hole) for hole in holes],
        "people": [
            {"id": one.pid, "name": one.name, "kinds": list(one.kinds)} for one in opened.people
        ],
    }


async def _record(recording_id: str) -> list[dict[str, Any]]:
    """What was done with the recording, without what anybody answered."""
    return [
        {"at": iso(line.deed.at), "deed": line.deed.deed, "body": dict(line.deed.body)}
        for line in await lines_of(recording_id)
        if not line.deed.pid and line.deed.deed not in ANSWERS
    ]


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def _lines(lines: list[Line]) -> bytes:
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
