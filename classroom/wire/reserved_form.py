"""Reserved pages in the form they cross the wire: for each participant what they may see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from classroom.room.board import BoardState
from classroom.room.page import BoardPage
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from classroom.room.reserve import Reserve
from classroom.room.room import Room
from classroom.wire import values
from classroom.wire.page_form import page_form
from classroom.wire.reserved import Reserved

NOTHING = Reserved()


def reserved_form(reserve: Reserve, board: BoardState, viewer: Participant) -> Reserved:
    """The reserved pages somebody may open, which of them is their own, and which all look at."""
    if not reserve.pages:
        return NOTHING
    own = dict(reserve.own).get(viewer.id, "")
    if is_staff(viewer.role):
        pages = [page_form(page) for page in board.pages if page.belongs_to]
        return Reserved(pages, own, reserve.shown or "")
    named = {page_id for page_id, people in reserve.pages if viewer.id in dict(people)}
    seen = [page for page in board.pages if page.belongs_to and page.id in named]
    is_shown = reserve.shown if reserve.shown in named else None
    return Reserved([_page(page, own, reserve) for page in seen], own, is_shown or "")


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """Its field of a snapshot."""
    return {"reserved": reserved_form(room.reserve(), room.board, viewer)}


def _page(page: BoardPage, own: str, reserve: Reserve) -> values.BoardPage:
    """A page of somebody else says whose it is only when that may be known."""
    hides = page.id == reserve.shown and page.id != own and not reserve.is_named
    return page_form(replace(page, name="") if hides else page)
