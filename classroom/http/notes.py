"""Private notes over HTTP: written by who sees the client, read by who wrote them.

Administrators read all where the organisation says so, and write in nobody's. No note is in a
message to other systems, a letter or the log.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import read_body
from classroom.http.client_door import desk_of_client
from classroom.http.client_told import (
    NewNoteBody,
    NoteSave,
    NoteTold,
    NoteVersionTold,
    note_told,
    version_told,
)
from classroom.http.desk_door import Desk, desk
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.store import notes as store
from classroom.store.members import own_client_ids

TEXT_MAX = 120
_CLIENT = ("client.unknown", "client.erased", "right.missing")
_NOTE = ("note.unknown", *_CLIENT)


def note_routes(doors: Doors) -> Blueprint:
    """`/api/clients/<client_id>/notes` and `/api/notes`."""
    routes = Blueprint("notes", __name__)

    @routes.get("/api/clients/<client_id>/notes")
    @tells(list[NoteTold], by="account", refuses=_CLIENT)
    async def listing(client_id: str) -> Response:
        """List the notes about a client whoever asks may read, the newest first."""
        mine, _ = await desk_of_client(doors, client_id, "notes.read")
        rows = await store.notes_of(client_id, account_id=_whose(mine))
        await mine.opened("notes.read", client_id, client_id)
        return jsonify([note_told(row, mine.account.id) for row in rows])

    @routes.post("/api/clients/<client_id>/notes")
    @tells(
        NoteTold,
        by="account",
        status=201,
        body=NewNoteBody,
        refuses=(*_CLIENT, "note.limit", "rate.limited"),
    )
    async def add(client_id: str) -> Response:
        """Begin a note about a client, or about one of their talks."""
        mine, _ = await desk_of_client(doors, client_id, "notes.write")
        spend(doors.limits.note, mine.account.id)
        body = await read_body(NewNoteBody)
        new = store.NewNote(
            org_id=mine.org.id,
            client_id=client_id,
            booking_id=body.booking_id,
            account_id=mine.account.id,
            name=mine.account.name,
            body=body.body,
        )
        response = jsonify(note_told(await store.add_note(new, at=utc_now()), mine.account.id))
        response.status_code = 201
        return response

    _add_search(doors, routes)
    _add_one(doors, routes)
    return routes


def _add_search(doors: Doors, routes: Blueprint) -> None:
    @routes.get("/api/notes")
    @tells(
        list[NoteTold],
        by="account",
        query={"org": "the organisation's id", "q": "a text that is in them"},
        refuses=("organisation.unknown", "right.missing", "rate.limited"),
    )
    async def search() -> Response:
        """Find notes by what they say, up to 50, of clients whoever asks may see."""
        mine = await desk(doors, request.args.get("org", ""))
        spend(doors.limits.client_look, mine.account.id)
        if not mine.may_with_some("notes.read"):
            raise Refused("right.missing", {"right": "notes.read"})
        text = request.args.get("q", "")[:TEXT_MAX].strip()
        rows = await store.search_notes(mine.org.id, text, account_id=_whose(mine)) if text else []
        hosts = mine.hosts_for("client.see")
        seen = None if hosts is None else await own_client_ids(hosts)
        told = [row for row in rows if seen is None or row.client_id in seen]
        for row in told:
            await mine.opened("notes.read", row.id, row.client_id)
        return jsonify([note_told(row, mine.account.id) for row in told])


def _add_one(doors: Doors, routes: Blueprint) -> None:
    @routes.put("/api/notes/<note_id>")
    @tells(NoteTold, by="account", body=NoteSave, refuses=(*_NOTE, "note.changed", "rate.limited"))
    async def save(note_id: str) -> Response:
        """Save a note while it is written; refused when it was changed elsewhere meanwhile."""
        mine, row = await _own(doors, note_id)
        spend(doors.limits.note, mine.account.id)
        body = await read_body(NoteSave)
        saved = await store.save_note(row.id, body.body, body.number, at=utc_now())
        return jsonify(note_told(saved, mine.account.id))

    @routes.delete("/api/notes/<note_id>")
    @tells(None, by="account", status=204, refuses=_NOTE)
    async def remove(note_id: str) -> Response:
        """Delete a note one wrote, with what it said before."""
        mine, row = await _own(doors, note_id)
        await store.remove_note(row.id)
        await mine.opened("notes.remove", row.id, row.client_id)
        return Response(b"", status=204)

    @routes.get("/api/notes/<note_id>/versions")
    @tells(list[NoteVersionTold], by="account", refuses=_NOTE)
    async def versions(note_id: str) -> Response:
        """List what a note said before, up to 20, the newest first."""
        _, row = await _own(doors, note_id)
        return jsonify([version_told(one) for one in await store.versions_of(row.id)])


def _whose(mine: Desk) -> str:
    """Whose notes they read: their own, or all (empty)."""
    return "" if mine.may("notes.read") else mine.account.id


async def _own(doors: Doors, note_id: str) -> tuple[Desk, store.NoteRow]:
    """A note whoever asks wrote, about a client they see; Refused `note.unknown` for every other,
    whether there is one or not."""
    row = await store.find_note(note_id) if may_be_id(note_id) else None
    if row is None:
        raise Refused("note.unknown")
    try:
        mine, _ = await desk_of_client(doors, row.client_id, "notes.write")
    except Refused as refused:
        if refused.code == "session.required":
            raise
        raise Refused("note.unknown") from None
    if row.account_id != mine.account.id:
        raise Refused("note.unknown")
    return mine, row
