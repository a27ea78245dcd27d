"""What HTTP needs to be paid online: the gateways of this house, and whole addresses of ours."""

from __future__ import annotations

from quart import request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.jobs.paying import Paying
from classroom.pay.gateways import Gateways

BACK_MAX = 300


def gateways_of(doors: Doors) -> Gateways:
    """They open sealed keys."""
    return Gateways(doors.secret, doors.settings.stripe_url)


def paying_of(doors: Doors) -> Paying:
    """Whoever begins pages and takes messages."""
    return Paying(doors.appointments.bookings, gateways_of(doors))


def whole_address(doors: Doors, path: str) -> str:
    """Of one of our pages; Refused `body.malformed` for what leads elsewhere."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    if not is_ours or len(path) > BACK_MAX or not path.isprintable():
        raise Refused("body.malformed", {"field": "back"})
    address = doors.settings.public_url or f"{request.scheme}://{request.host}"
    return address + path
