"""Pictures and texts of leaves, for whoever was told their address."""

from __future__ import annotations

from dataclasses import dataclass

from quart import Blueprint, Response, jsonify, request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.pictures import KEPT_BY_BROWSERS
from classroom.http.slide_address import read_leaf
from classroom.http.visitor import asking_address
from classroom.ids import may_be_id
from classroom.jobs.slide_pictures import WIDTHS

ENDING = ".webp"
COME_BACK_S = 1


@dataclass(frozen=True, slots=True)
class TextTold:
    """What stands on a page."""

    text: str


def slide_routes(doors: Doors) -> Blueprint:
    """`/slides/...`."""
    routes = Blueprint("slides", __name__)

    @routes.get("/slides/<print_id>/<leaf>/text.json")
    async def text(print_id: str, leaf: str) -> Response:
        """What stands on a page."""
        slide, step = _asked(doors, print_id, leaf)
        found = await doors.decks.pictures.text(print_id, slide, step)
        if found is None:
            raise await _missing(doors, print_id)
        return _kept(jsonify(TextTold(found)))

    @routes.get("/slides/<print_id>/<leaf>/<name>")
    async def picture(print_id: str, leaf: str, name: str) -> Response:
        """The picture of a page, 320, 1280 or 2560 pixels wide."""
        slide, step = _asked(doors, print_id, leaf)
        px = next((px for px in WIDTHS if name == f"{px}{ENDING}"), None)
        if px is None:
            raise Refused("slide.unknown")
        content = await doors.decks.pictures.find(print_id, slide, step, px)
        if content is None:
            raise await _missing(doors, print_id)
        response = _kept(Response(content, content_type="image/webp"))
        response.set_etag(f"{leaf.partition('.')[0]}-{px}")
        await response.make_conditional(request)
        return response

    return routes


def _asked(doors: Doors, print_id: str, leaf: str) -> tuple[int, int]:
    if not may_be_id(print_id):
        raise Refused("slide.unknown")
    slide, step = read_leaf(doors.secret, print_id, leaf)
    spend(doors.limits.slide_look, f"{print_id} {asking_address()}")
    return slide, step


async def _missing(doors: Doors, print_id: str) -> Refused:
    """It is being made, or there will never be one."""
    if await doors.decks.is_coming(print_id):
        return Refused("slide.coming", {"retry_after_s": COME_BACK_S})
    return Refused("slide.unknown")


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = KEPT_BY_BROWSERS
    return response
