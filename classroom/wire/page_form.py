"""A page of the board in the form it crosses the wire, the class's or one that is reserved."""

from __future__ import annotations

from classroom.room.board import BoardPage
from classroom.wire import values


def page_form(page: BoardPage) -> values.BoardPage:
    """One page of the board."""
    return values.BoardPage(
        id=page.id,
        name=page.name,
        paper=page.paper,
        width=page.width,
        height=page.height,
        is_locked=page.is_locked,
        epoch=page.epoch,
        may_unclear=page.cleared_epoch is not None,
    )
