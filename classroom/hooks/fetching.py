"""Fetches a calendar over HTTP: from addresses that were looked at on every hop, within bounds.

As with messages, a name is looked up once and that address is connected to. Nothing is asked for
packed, so that few bytes cannot become many.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

from classroom.booking.feed_fault import FeedFault, Fetched, Unread
from classroom.errors import Refused
from classroom.hooks.address import Target, read_url
from classroom.hooks.beside import beside
from classroom.hooks.delivery import Connection, address_of, allowed, ending

WITHIN_S = 15.0
"""All hops together."""
HOPS_MAX = 3
BYTES_MAX = 5 * 1024 * 1024
PIECE = 64 * 1024
ETAG_MAX = 200
HEADERS = {
    "User-Agent": "Classroom-Calendars/1",
    "Accept": "text/calendar, */*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_SENT_ON = frozenset({301, 302, 303, 307, 308})
_FAULTS: tuple[tuple[type[Exception], FeedFault], ...] = (
    (socket.gaierror, "name"),
    (ssl.SSLError, "certificate"),
    (TimeoutError, "slow"),
    (OSError, "refused"),
    (http.client.HTTPException, "broken"),
    (ValueError, "address"),
)
"""The first that fits: the others are kinds of OSError."""

MayConnect = Callable[[str], bool]


def fetcher(*, may_be_private: bool) -> Callable[[str, str], Awaitable[Fetched]]:
    """What fetches an address unless it is still as its `etag` says; raises Unread."""

    async def fetch(url: str, etag: str) -> Fetched:
        may_connect = allowed(may_be_private=may_be_private)
        told = await beside(lambda: outcome(url, etag, may_connect=may_connect))
        if isinstance(told, Unread):
            raise told
        return told

    return fetch


def outcome(url: str, etag: str, *, may_connect: MayConnect) -> Fetched | Unread:
    """The calendar, or why there is none; nothing raises. Waits up to 15 s, in a thread."""
    ends_at = time.monotonic() + WITHIN_S
    try:
        for _ in range(HOPS_MAX + 1):
            found = _hop(read_url(url), etag, ends_at, may_connect)
            if isinstance(found, Fetched):
                return found
            sent_to = urljoin(url, found)
            if url.startswith("https:") and not sent_to.startswith("https:"):
                return Unread("redirects")  # the address is a secret
            url = sent_to
    except Unread as error:
        return error
    except Refused:
        return Unread("address")
    except Exception as error:
        if time.monotonic() >= ends_at:
            return Unread("slow")
        return Unread(next((fault for kind, fault in _FAULTS if isinstance(error, kind)), "broken"))
    return Unread("redirects")


def _hop(target: Target, etag: str, ends_at: float, may_connect: MayConnect) -> Fetched | str:
    """What one address answers: the calendar, or where else it is."""
    address = address_of(target, may_connect)
    if address is None:
        raise Unread("private")
    left_s = ends_at - time.monotonic()
    if left_s <= 0:
        raise Unread("slow")
    with ending(Connection(target, address, left_s), left_s) as connection:
        asked = {"If-None-Match": etag} if etag else {}
        connection.request("GET", target.path, None, {**HEADERS, "Host": target.name, **asked})
        with connection.getresponse() as answer:
            told = _told(answer, etag)
        if connection.is_over:
            raise Unread("slow")
        return told


def _told(answer: http.client.HTTPResponse, etag: str) -> Fetched | str:
    if answer.status in _SENT_ON and answer.headers["Location"]:
        return str(answer.headers["Location"])
    if answer.status == 304 and etag:
        return Fetched(None, etag)
    if answer.status != 200:
        raise Unread("status", str(answer.status))
    if (answer.headers["Content-Encoding"] or "identity").lower() != "identity":
        raise Unread("broken")
    body, mark = _body(answer), answer.headers["ETag"] or ""
    is_usable = len(mark) <= ETAG_MAX and mark.isascii() and mark.isprintable()
    return Fetched(body, mark if is_usable else "")


def _body(answer: http.client.HTTPResponse) -> bytes:
    """All of it, whatever length it announces."""
    if answer.length is not None and answer.length > BYTES_MAX:
        raise Unread("large")
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > BYTES_MAX:
            raise Unread("large")
    if answer.length:
        raise Unread("broken")  # it ended before what it announced
    return b"".join(pieces)
