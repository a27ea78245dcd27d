"""A page of the board in the form it crosses the wire, the class's or one that is reserved."""

from __future__ import annotations

from classroom.room.page import BoardPage, Placement
from classroom.wire import values


def page_form(page: BoardPage) -> values.BoardPage:
    """One page of the board. Where its picture is, is not told before the class was on it."""
    return values.BoardPage(
        id=page.id,
        name=page.name,
        paper=page.paper,
        width=page.width,
        height=page.height,
        is_locked=page.is_locked,
        epoch=page.epoch,
        may_unclear=page.cleared_epoch is not None,
        kind=page.kind,
        backdrop=page.backdrop if page.is_seen else "",
        placement=page.placement,
        slide=page.slide,
        step=page.step,
        is_seen=page.is_seen,
    )


def placement_form(placement: Placement) -> values.Placement:
    """A deck on the stage."""
    return values.Placement(
        id=placement.id,
        deck_id=placement.deck_id,
        print_id=placement.print_id,
        name=placement.name,
        kind=placement.kind,
        begun_at=placement.begun_at,
    )
