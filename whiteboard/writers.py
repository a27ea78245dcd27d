"""Writers: whose client ids a page knows while it is open, and which of them the disk has to know.

A client id is given to an author when a channel opens, and is theirs for good once something that
was written with it is in the page. Until then nothing of it is stored, and it is free again when
the channel closes. On the page's other epochs it is nobody's: their contents may be united later.
"""

from __future__ import annotations

from whiteboard.errors import Refused
from whiteboard.ids import AuthorId, ClientId, PageDocId
from whiteboard.page import Page

Claims = dict[ClientId, PageDocId]
"""Of one page: the document on which each client id was given, over all epochs in memory."""


class Writers:
    """Of one loaded document. `claims` are its page's, shared with the other epochs."""

    __slots__ = ("_claims", "_page", "_unsaved")

    def __init__(self, page: Page, claims: Claims) -> None:
        self._page = page
        self._claims = claims
        self._unsaved: dict[ClientId, AuthorId] = {}

    def bind(self, client_id: ClientId, author: AuthorId) -> None:
        """Give a client id to an author; Refused `client.taken`."""
        page = self._page
        if self._claims.get(client_id, page.doc_id) != page.doc_id:
            raise Refused("client.taken", "given on another epoch")
        if page.bind(client_id, author):
            self._unsaved[client_id] = author
            self._claims[client_id] = page.doc_id

    def release(self, client_id: ClientId) -> None:
        """Its last channel is closed: free again, unless something was written with it."""
        if client_id in self._unsaved and self._page.unbind(client_id):
            del self._unsaved[client_id]
            self._claims.pop(client_id, None)

    def unsaved(self) -> tuple[tuple[ClientId, AuthorId], ...]:
        """The bindings that what is in the document needs, and that are not on disk."""
        page = self._page
        return tuple(one for one in self._unsaved.items() if page.has_written(one[0]))

    def saved(self, bindings: tuple[tuple[ClientId, AuthorId], ...]) -> None:
        """These are on disk."""
        for client, _ in bindings:
            self._unsaved.pop(client, None)
