"""Files of activities, for the frame in which one runs: with rules that let it reach nothing else.

The frame has an origin of its own that is nobody's (`sandbox` without `allow-same-origin`): no
cookie is sent from it and nothing of ours can be read. Its rules name the one folder it may fetch.
"""

from __future__ import annotations

import asyncio
from functools import partial

from quart import Blueprint, Response, request

from classroom.blobs.decks import checksum_of, folder_of
from classroom.errors import Refused
from classroom.http.activity_script import NAME, SCRIPT
from classroom.http.doors import Doors
from classroom.http.files_answer import part_of
from classroom.http.headers import FramedResponse, is_host
from classroom.http.limits import spend
from classroom.http.pictures import KEPT_BY_BROWSERS, FetchingTurns
from classroom.http.play_address import ACTIVITY, read_print
from classroom.http.visitor import asking_address
from classroom.jobs.conversion import ENTRY
from classroom.store.deck_prints import find_print_file

AT_ONCE = 200
"""Fetched from one address: a class behind it opens an activity at the same time."""
SCRIPT_KEPT = "private, max-age=3600"
"""Another version of ours may have another one."""
PAGES = ("text/html", "image/svg+xml", "application/xml")
PAGE_KEPT = "private, no-cache"
"""With a page its rules are kept, and those may have to be mended: its ETag is of both."""
TAB = "document"
"""Sec-Fetch-Dest of a page that is opened by itself: in a tab it would stand under our address
alone, and could ask for a password."""


def activity_routes(doors: Doors) -> Blueprint:
    """`/activities/...`."""
    routes = Blueprint("activities", __name__)
    fetching = FetchingTurns(AT_ONCE)

    @routes.get("/activities/<shown>/<path:path>")
    async def activity(shown: str, path: str) -> Response:
        """A file of the activity, or with `Range` a part of it."""
        print_id = read_print(doors.secret, ACTIVITY, shown)
        who = f"{print_id} {asking_address()}"
        spend(doors.limits.activity_look, who)
        rules = policy(request.host or "", shown)
        if path == NAME:
            response: Response = FramedResponse(SCRIPT, content_type="text/javascript")
            response.headers["Cache-Control"] = SCRIPT_KEPT
        else:
            response = await _file(doors, print_id, path, rules, fetching.of(who))
        response.headers["Content-Security-Policy"] = rules
        # Whoever asks is of no origin, so also its own files are those of somebody else to it.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return routes


async def _file(
    doors: Doors, print_id: str, path: str, rules: str, turn: asyncio.Semaphore
) -> Response:
    file = await find_print_file(print_id, ENTRY + path)
    if file is None:
        raise Refused("activity.unknown")
    pieces = partial(doors.decks.blobs.pieces, folder_of(file.checksum), file.checksum)
    if file.kind.partition(";")[0] not in PAGES:
        part = part_of(pieces, file.bytes, kind=file.kind, turn=turn, answer=FramedResponse)
        part.headers["Cache-Control"] = KEPT_BY_BROWSERS
        return part
    if request.headers.get("Sec-Fetch-Dest") == TAB:
        raise Refused("activity.unknown")
    mark = checksum_of(f"{file.checksum} {rules}".encode())
    if request.if_none_match.contains(mark):
        page: Response = FramedResponse(status=304, content_type=file.kind)
    else:
        page = part_of(pieces, file.bytes, kind=file.kind, turn=turn, answer=FramedResponse)
    page.set_etag(mark)
    page.headers["Cache-Control"] = PAGE_KEPT
    return page


def policy(host: str, shown: str) -> str:
    """What the frame may do: run and show what lies in its own folder."""
    schemes = ("https", "http") if is_host(host) else ()
    own = " ".join(f"{scheme}://{host}/activities/{shown}/" for scheme in schemes) or "'none'"
    ours = " ".join(f"{scheme}://{host}" for scheme in schemes) or "'none'"
    return "; ".join(
        (
            "sandbox allow-scripts",
            "default-src 'none'",
            f"script-src {own} 'unsafe-inline' 'unsafe-eval'",
            f"style-src {own} 'unsafe-inline'",
            f"img-src {own} data: blob:",
            f"font-src {own} data:",
            f"media-src {own} data: blob:",
            f"connect-src {own}",
            f"worker-src {own} blob:",
            "form-action 'none'",
            "base-uri 'none'",
            f"frame-ancestors {ours}",
        )
    )
