"""Free times of an offer in a window, and the next ones after a moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quart import request

from classroom.booking.slot import Free, free_starts
from classroom.booking.zone import DAY_S, iso_s
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.book_told import FreeTime, FreeTimes, read_at
from classroom.store.booking_asked import Scene
from classroom.store.booking_fitting import as_booked
from classroom.store.booking_rows import HostRow, OfferRow
from classroom.store.host_times import times_of

WINDOW_MAX_S = 62 * DAY_S
NEXT = 6
"""Free times a refusal names."""
NEXT_WITHIN_S = 30 * DAY_S
TAKING = (
    "booking.taken",
    "booking.full",
    "booking.closed",
    "booking.early",
    "booking.far",
    "booking.cap",
)
"""Why a time cannot be had."""
_GONE = ("booking.taken", "booking.full", "booking.closed", "booking.early", "booking.cap")


def asked_window() -> tuple[int, int]:
    """The `from` and `to` of the address; Refused `body.malformed`."""
    from_s = read_at(request.args.get("from", "")[:40], "from")
    to_s = read_at(request.args.get("to", "")[:40], "to")
    if not from_s < to_s <= from_s + WINDOW_MAX_S:
        raise Refused("body.malformed", {"field": "to"})
    return from_s, to_s


async def free_between(
    host: HostRow, offer: OfferRow, window: tuple[int, int], *, now_s: int, but: str = ""
) -> list[Free]:
    """Free starts of a window; `but` is an appointment that is about to move."""
    times = await times_of(host, *window, but=but)
    return free_starts(
        times.diary,
        offer.lengths(),
        busy=times.busy,
        taken=times.taken,
        now_s=now_s,
        from_s=window[0],
        to_s=window[1],
    )


async def free_told(
    host: HostRow, offer: OfferRow, window: tuple[int, int], *, but: str = ""
) -> FreeTimes:
    """As it is sent; `next` only when the window has none."""
    now = utc_now()
    now_s = int(now.timestamp())
    found = await free_between(host, offer, window, now_s=now_s, but=but)
    later: list[Free] = []
    if not found:
        last_s = now_s + host.hours().bounds.horizon_days * DAY_S + 1
        if window[1] < last_s:
            later = await free_between(host, offer, (window[1], last_s), now_s=now_s, but=but)
    return FreeTimes(
        now=iso(now),
        zone=host.hours().zone,
        free=[FreeTime(iso_s(one.start_s), one.left) for one in found],
        next=iso_s(later[0].start_s) if later else None,
    )


@asynccontextmanager
async def naming_next(
    host: HostRow, offer: OfferRow | None, start_s: int, *, but: str = ""
) -> AsyncIterator[None]:
    """What is refused inside because the time is gone names the next free ones after it."""
    try:
        yield
    except Refused as refused:
        if refused.code in _GONE and offer is not None:
            refused.params["next"] = await _next(host, offer, start_s, but)
        raise


@asynccontextmanager
async def naming_next_move(scene: Scene, start_s: int) -> AsyncIterator[None]:
    """The same for a booking that is to be moved: with the length that was booked."""
    own = scene.appointment
    offer = None if scene.offer is None else as_booked(scene.offer, own)
    async with naming_next(scene.host, offer, start_s, but=own.id):
        yield


async def _next(host: HostRow, offer: OfferRow, start_s: int, but: str) -> str:
    now_s = int(utc_now().timestamp())
    begin = max(now_s, start_s)
    found = await free_between(host, offer, (begin, begin + NEXT_WITHIN_S), now_s=now_s, but=but)
    return " ".join(iso_s(one.start_s) for one in found[:NEXT])


def must_be_offered(scene: Scene) -> OfferRow:
    """What was booked, when it can be booked still; Refused `offer.unknown`."""
    if scene.offer is None or scene.host.removed_at is not None:
        raise Refused("offer.unknown")
    return scene.offer
