"""Channel: one page open on one connection.

Decides its pen and which acknowledgements it is owed. Its way:

    WAITING ──page is there──▶ OPEN ──denied, gone, closed──▶ SHUT
       └───────────refused, gone, closed──────────────────────▲

A shut channel hears nothing and says nothing; a new OPEN of the same number replaces it.
"""

from __future__ import annotations

from collections import deque
from enum import Enum

from whiteboard.ids import PageDocId
from whiteboard.limits import DENIED_BYTES, DENIED_COST, Budget
from whiteboard.pen import Pen
from whiteboard.postbox import Postbox
from whiteboard.visitor import Visitor


class ChannelState(Enum):
    """How far an OPEN has come."""

    WAITING = "waiting"
    OPEN = "open"
    SHUT = "shut"


class Channel:
    """`number` is the client's choice. `is_writer`: opened to write, not only to look."""

    __slots__ = (
        "_owed",
        "budget",
        "client_id",
        "cursors_seen",
        "doc_id",
        "is_veiled",
        "is_writer",
        "number",
        "pen",
        "postbox",
        "previews",
        "state",
        "visitor",
    )

    def __init__(
        self,
        number: int,
        doc_id: PageDocId,
        *,
        client_id: int,
        is_writer: bool,
        visitor: Visitor,
        postbox: Postbox,
        budget: Budget,
    ) -> None:
        self.number = number
        self.doc_id = doc_id
        self.client_id = client_id
        self.is_writer = is_writer
        self.is_veiled = False
        """Its person is not to know who drew here. Set before it is opened, and then it stays."""
        self.visitor = visitor
        self.postbox = postbox
        self.budget = budget
        """Its connection's: what opening a page costs comes out of it."""
        self.state = ChannelState.WAITING
        self.pen: Pen = "none"
        self.previews: set[str] = set()
        """Keys of LIVE frames that were passed on and have not ended."""
        self.cursors_seen = 0
        self._owed: deque[tuple[int, int]] = deque()

    @property
    def peer(self) -> int:
        """The connection's number."""
        return self.postbox.peer

    def pen_under(self, pen: Pen, *, is_locked: bool) -> Pen:
        """What its person may do on this page, having `pen` on the board."""
        if not self.is_writer or (is_locked and not self.visitor.is_staff):
            return "none"
        return pen

    def charge_denied(self, size: int) -> None:
        """An update of so many bytes was denied."""
        self.budget.spend(DENIED_BYTES + DENIED_COST * size)

    def owe(self, no: int, *, seq: int) -> None:
        """Update `no` is in the page at `seq` or earlier, and waits for the disk."""
        if self._owed and self._owed[-1][1] == seq:  # repeated ones cost no memory
            no = max(no, self._owed.pop()[0])
        self._owed.append((no, seq))

    def settle(self, *, committed: int) -> int | None:
        """The newest update all of which is on disk now, if there is a new one."""
        newest = None
        while self._owed and self._owed[0][1] <= committed:
            newest = self._owed.popleft()[0]
        return newest
