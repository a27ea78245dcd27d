"""Hours that are tried: which times would be free, and what takes the others away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from classroom.booking.diary import Diary, day_at, write_diary
from classroom.booking.oversight import oversights
from classroom.booking.slot import Judged, Lengths, judged_starts
from classroom.booking.zone import DAY_S, iso_s, read_iso_s
from classroom.clock import iso, utc_now
from classroom.errors import Refused
from classroom.http.hours_told import (
    OversightTold,
    PreviewBody,
    PreviewTold,
    StartTold,
    oversight_told,
)
from classroom.store.feeds import FeedTimes, busy_by_feed
from classroom.store.host_times import times_of
from classroom.store.hours import host_of, lengths_of, shortest_of

WINDOW_MAX_S = 62 * DAY_S
TRIED = Lengths(30)
"""What hours are tried with while nothing is offered."""


async def oversights_told(host_id: str, diary: Diary) -> list[OversightTold]:
    """What may not be meant by these hours, from today on."""
    today = day_at(diary, int(utc_now().timestamp()))
    found = oversights(diary, today, await shortest_of(host_id))
    return [oversight_told(one) for one in found]


async def preview_of(host_id: str, body: PreviewBody) -> PreviewTold:
    """Nothing is written; Refused `hours.wrong`, `offer.unknown`, `body.malformed`."""
    offer = await lengths_of(host_id, body.offer_id) if body.offer_id else TRIED
    diary = body.diary.read()
    from_s, to_s = read_iso_s(body.from_at), read_iso_s(body.to_at)
    if from_s is None or to_s is None or not 0 <= to_s - from_s <= WINDOW_MAX_S:
        raise Refused("body.malformed", {"field": "from_at"})
    tried = replace(await host_of(host_id), diary=json.dumps(write_diary(diary)))
    times = await times_of(tried, from_s, to_s)
    calendars = await busy_by_feed(host_id, from_s - DAY_S, to_s + DAY_S)
    now = utc_now()
    starts = judged_starts(
        diary,
        offer,
        busy=times.busy,
        taken=times.taken,
        now_s=int(now.timestamp()),
        from_s=from_s,
        to_s=to_s,
    )
    return PreviewTold(
        now=iso(now),
        zone=diary.zone,
        starts=[_start(one, offer, calendars) for one in starts],
        problems=await oversights_told(host_id, diary),
    )


def _start(one: Judged, offer: Lengths, calendars: Sequence[FeedTimes]) -> StartTold:
    """With the calendar that is in the way, when one is."""
    name = ""
    if one.why == "busy":
        end_s = one.start_s + offer.minutes * 60
        name = next(
            (
                calendar.name
                for calendar in calendars
                if any(a < end_s and one.start_s < b for a, b in calendar.spans)
            ),
            "",
        )
    return StartTold(iso_s(one.start_s), one.left, one.why or "", name)
