"""Peer: one connection to a board: its person, its channels, its rates, its postbox."""

from __future__ import annotations

from whiteboard.channel import Channel
from whiteboard.frame import Fault, Welcome
from whiteboard.frame_writing import encode
from whiteboard.ids import PageDocId
from whiteboard.limits import (
    BYTES_BURST,
    BYTES_PER_S,
    EPHEMERA_BURST,
    EPHEMERA_PER_S,
    FRAMES_BURST,
    FRAMES_PER_S,
    FRESH_IDS_BURST,
    FRESH_IDS_PER_S,
    REPEATS_BURST,
    REPEATS_PER_S,
    REQUESTS_BURST,
    REQUESTS_PER_S,
    UPDATES_BURST,
    UPDATES_PER_S,
    Budget,
    TokenBucket,
)
from whiteboard.pen import Pen
from whiteboard.postbox import Postbox
from whiteboard.visitor import Visitor


class Peer:
    """`pen` is the room's present word; a channel's own may be less."""

    __slots__ = (
        "_fresh",
        "_last_ids",
        "budget",
        "channels",
        "ephemera",
        "frames",
        "number",
        "pen",
        "postbox",
        "repeats",
        "requests",
        "roster_seen",
        "updates",
        "view_seen",
        "visitor",
    )

    def __init__(self, number: int, visitor: Visitor, awake: set[int], *, now: float) -> None:
        self.number = number
        self.visitor = visitor
        self.pen: Pen = visitor.pen
        self.channels: dict[int, Channel] = {}
        self.postbox = Postbox(number, awake)
        self.budget = Budget(BYTES_PER_S, BYTES_BURST, now=now)
        self.frames = TokenBucket(FRAMES_PER_S, FRAMES_BURST, now=now)
        self.updates = TokenBucket(UPDATES_PER_S, UPDATES_BURST, now=now)
        self.repeats = TokenBucket(REPEATS_PER_S, REPEATS_BURST, now=now)
        self.ephemera = TokenBucket(EPHEMERA_PER_S, EPHEMERA_BURST, now=now)
        self.requests = TokenBucket(REQUESTS_PER_S, REQUESTS_BURST, now=now)
        self._fresh: dict[PageDocId, TokenBucket] = {}
        self._last_ids: dict[PageDocId, int] = {}
        self.roster_seen = 0
        self.view_seen = 0

    def may_write_with(self, client_id: int, doc_id: PageDocId, *, now: float) -> bool:
        """Whether it may bring one more client id to a page; the last one again costs nothing."""
        if self._last_ids.get(doc_id) == client_id:
            return True
        self._last_ids[doc_id] = client_id
        fresh = self._fresh.get(doc_id)
        if fresh is None:
            fresh = self._fresh[doc_id] = TokenBucket(FRESH_IDS_PER_S, FRESH_IDS_BURST, now=now)
        return fresh.take(now=now)

    def welcome(self) -> None:
        """The first frame of all."""
        identity = {"peer": self.number, "author": self.visitor.author}
        self.postbox.put(encode(Welcome(identity)))

    def tell(self, code: str) -> None:
        """A FAULT the connection lives on with."""
        self.postbox.put(encode(Fault(code)))
