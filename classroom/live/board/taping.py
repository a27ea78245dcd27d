"""Taping: tells whoever records what became of the items on a board's pages, and by whose hand.

Listens to the pages in memory from `begin` to `end`; before and after that a board costs nothing
more. A page that is loaded, or loaded anew after it broke, is told of as a whole page is: what lies
on it is read with `items`. Decides nothing of whose items are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

import structlog

from classroom.live.board.live_board import LiveBoard
from whiteboard.ids import AuthorId, PageDocId
from whiteboard.tape import Item, PageTape, Taken

SLICE = 500
"""Items that are read in one go: 5 ms."""

log = structlog.get_logger("classroom.live.board")

OnTaken = Callable[[PageDocId, str, Taken], None]
"""A page, the participant who changed it, and what became of its items."""
OnPage = Callable[[PageDocId], None]
"""A page is listened to from now on: what lies on it is there to be read."""


class Taping:
    """Of one live board."""

    def __init__(self, board: LiveBoard, on_taken: OnTaken, on_page: OnPage) -> None:
        self._board = board
        self._on_taken = on_taken
        self._on_page = on_page
        self._tapes: dict[PageDocId, PageTape] = {}

    def begin(self) -> None:
        """Listens from now on; `on_page` is called for each page that is in memory."""
        self._board.on_heard, self._board.on_step = self._heard, self._follow
        self._follow()

    def end(self) -> None:
        """Listens no more. Once is enough, and again does no harm."""
        if self._board.on_step == self._follow:
            self._board.on_heard = self._board.on_step = None
        tapes, self._tapes = self._tapes, {}
        for tape in tapes.values():
            _detach(tape)

    def pages(self) -> list[PageDocId]:
        """Those that are listened to now."""
        return list(self._tapes)

    def author_of(self, doc_id: PageDocId, item_id: str) -> AuthorId | None:
        """Whose an item is, also one that is gone; None when the page is not in memory."""
        tape = self._tapes.get(doc_id)
        return None if tape is None else tape.page.author_of(item_id)

    def touched_by(self, doc_id: PageDocId, authors: Callable[[AuthorId | None], bool]) -> set[str]:
        """The items of others in which any of these authors has a part."""
        tape = self._tapes.get(doc_id)
        return set() if tape is None else tape.page.touched_by(authors)

    def items(self, doc_id: PageDocId, authors: Collection[AuthorId]) -> Iterator[dict[str, Item]]:
        """What these authors have on a page, in slices that take 5 ms each: between two of them
        others may have their turn. What changes meanwhile is told as ever. Ends early when the page
        goes."""
        tape = self._tapes.get(doc_id)
        if tape is None:
            return
        mine = [each for each in tape.ids() if tape.page.author_of(each) in authors]
        for at in range(0, len(mine), SLICE):
            if self._tapes.get(doc_id) is not tape:
                return
            yield tape.items(mine[at : at + SLICE])

    def _heard(self, peer: int) -> None:
        """A message was taken in."""
        for page in self._board.pages():
            tape = self._tapes.get(page.doc_id)
            if tape is None or tape.page is not page or not tape.is_touched:
                continue
            who = self._board.visitor(peer)
            writer = "" if who is None else who.participant_id
            _tell(partial(self._on_taken, page.doc_id, writer, tape.take()))

    def _follow(self) -> None:
        """Pages may have come or gone."""
        pages = {page.doc_id: page for page in self._board.pages()}
        for doc_id, tape in list(self._tapes.items()):
            if pages.get(doc_id) is not tape.page:
                del self._tapes[doc_id]
                _detach(tape)
        for doc_id, page in pages.items():
            if doc_id not in self._tapes:
                tape = self._tapes[doc_id] = PageTape(page)
                tape.attach()
                _tell(partial(self._on_page, doc_id))


def _detach(tape: PageTape) -> None:
    try:
        tape.detach()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the document is broken, and its panics are no Exceptions
        log.warning("board.tape_broken")


def _tell(word: Callable[[], None]) -> None:
    """The board goes on whatever becomes of a recording."""
    try:
        word()
    except Exception:
        log.exception("board.taping_failed")
