"""The library of decks: looked through, renamed, moved, versions chosen, deleted."""

from __future__ import annotations

from pydantic import Field
from quart import Blueprint, Response, jsonify, request

from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.body import Body, read_body
from classroom.http.deck_door import DeckAsker, DeckDoor
from classroom.http.deck_told import DeckTold, LibraryTold, deck_told, folder_told
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.ids import may_be_id
from classroom.people.account import clean_line
from classroom.store import decks as store
from classroom.store.deck_folders import folders_of

MEGABYTE = 1024**2
NAME_MAX = 120
QUERY_MAX = 200
_KNOWN = ("deck.unknown", "right.missing")


class DeckChange(Body):
    """What is absent stays. An empty `folder_id` is the top."""

    name: str | None = Field(default=None, max_length=NAME_MAX * 4)
    folder_id: str | None = Field(default=None, max_length=64)


def library_routes(doors: Doors, door: DeckDoor) -> Blueprint:
    """`decks` and one deck."""
    routes = Blueprint(f"{door.name}decks", __name__)
    desk = _Desk(doors, door)
    look = doors.limits.deck_look

    @routes.get(f"{door.prefix}/decks")
    @tells(
        LibraryTold,
        by=door.by,
        query={"folder": "a folder's id, empty for the top", "q": "words of names"},
        refuses=door.refuses,
    )
    async def listing(code: str = "") -> Response:
        """List decks and folders."""
        asker = await door.asker(code, doors.limits.deck_library)
        folder, words = request.args.get("folder"), request.args.get("q", "")[:QUERY_MAX]
        found = await store.decks_of(asker.reader, folder_id=folder, words=words)
        folders = await folders_of(asker.owner) if asker.owner else []
        return jsonify(
            LibraryTold(
                folders=[folder_told(row) for row in folders],
                decks=[deck_told(doors.secret, deck, owner=asker.owner) for deck in found],
                used_bytes=await store.used_bytes(asker.owner) if asker.owner else 0,
                max_bytes=doors.settings.decks_mb * MEGABYTE,
                office=doors.decks.office,
            )
        )

    @routes.get(f"{door.prefix}/decks/<deck_id>")
    @tells(DeckTold, by=door.by, refuses=(*door.refuses, "deck.unknown"))
    async def one(deck_id: str, code: str = "") -> Response:
        """Tell of one deck, also how far it is."""
        return await desk.told(await door.asker(code, look), deck_id)

    _add_changes(doors, desk, routes)
    _add_versions(doors, desk, routes)
    return routes


def _add_changes(doors: Doors, desk: _Desk, routes: Blueprint) -> None:
    door, change = desk.door, doors.limits.deck_change

    @routes.patch(f"{door.prefix}/decks/<deck_id>")
    @tells(
        DeckTold,
        by=door.by,
        body=DeckChange,
        refuses=(*door.refuses, *_KNOWN, "folder.unknown", "title.empty", "title.long"),
    )
    async def patch(deck_id: str, code: str = "") -> Response:
        """Rename an own deck, or put it into another folder."""
        asker = await door.asker(code, change)
        await desk.own(asker, deck_id)
        body = await read_body(DeckChange)
        name = None if body.name is None else clean_deck_name(body.name)
        await store.change_deck(
            asker.must_own(), deck_id, at=utc_now(), name=name, folder_id=body.folder_id
        )
        return await desk.told(asker, deck_id)

    @routes.delete(f"{door.prefix}/decks/<deck_id>")
    @tells(None, by=door.by, status=204, refuses=(*door.refuses, *_KNOWN))
    async def remove(deck_id: str, code: str = "") -> Response:
        """Delete an own deck with all its versions."""
        asker = await door.asker(code, change)
        await desk.own(asker, deck_id)
        await doors.decks.disposal.prints(await store.delete_deck(asker.must_own(), deck_id))
        return Response(b"", status=204)


def _add_versions(doors: Doors, desk: _Desk, routes: Blueprint) -> None:
    door, change = desk.door, doors.limits.deck_change

    @routes.post(f"{door.prefix}/decks/<deck_id>/versions/<version_id>/use")
    @tells(DeckTold, by=door.by, refuses=(*door.refuses, *_KNOWN, "version.unknown", "deck.failed"))
    async def use(deck_id: str, version_id: str, code: str = "") -> Response:
        """Use another version of an own deck from now on."""
        asker = await door.asker(code, change)
        await desk.own(asker, deck_id)
        await store.use_version(asker.must_own(), deck_id, version_id, at=utc_now())
        return await desk.told(asker, deck_id)

    @routes.delete(f"{door.prefix}/decks/<deck_id>/versions/<version_id>")
    @tells(
        None,
        by=door.by,
        status=204,
        refuses=(*door.refuses, *_KNOWN, "version.unknown", "version.used"),
    )
    async def remove_version(deck_id: str, version_id: str, code: str = "") -> Response:
        """Delete a version of an own deck that is not in use."""
        asker = await door.asker(code, change)
        await desk.own(asker, deck_id)
        gone = await store.remove_version(asker.must_own(), deck_id, version_id)
        await doors.decks.disposal.prints([gone])
        return Response(b"", status=204)


class _Desk:
    """What the routes of one deck share."""

    def __init__(self, doors: Doors, door: DeckDoor) -> None:
        self.door = door
        self._doors = doors

    async def told(self, asker: DeckAsker, deck_id: str) -> Response:
        """The deck; Refused `deck.unknown`."""
        deck = await self._seen(asker, deck_id)
        return jsonify(deck_told(self._doors.secret, deck, owner=asker.owner))

    async def own(self, asker: DeckAsker, deck_id: str) -> None:
        """Refused `deck.unknown` for what they may not see, `right.missing` for another's."""
        deck = await self._seen(asker, deck_id)
        if deck.owner != asker.owner:
            raise Refused("right.missing", {"right": "own"})

    async def _seen(self, asker: DeckAsker, deck_id: str) -> store.DeckRow:
        deck = await store.find_deck(asker.reader, deck_id) if may_be_id(deck_id) else None
        if deck is None:
            raise Refused("deck.unknown")
        return deck


def clean_deck_name(text: str) -> str:
    """One line; Refused `title.empty`, `title.long`."""
    return clean_line(text, field="title", longest=NAME_MAX)
