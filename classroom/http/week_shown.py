"""What stands in a host's calendar on some days, put together for one answer."""

from __future__ import annotations

from datetime import date

from classroom.booking.diary import Diary
from classroom.booking.slot import Lengths, free_starts, open_spans
from classroom.booking.span import Span, Spans, joined
from classroom.booking.zone import DAY_MIN, instants, iso_s
from classroom.clock import iso, utc_now
from classroom.http.week_told import DayTold, WeekFreeTold, WeekTold, entry_told, span_told
from classroom.store.booking_rows import HostRow
from classroom.store.host_times import times_of
from classroom.store.host_week import entries_of


async def week_of(host: HostRow, days: list[date], offer: Lengths | None, may: bool) -> WeekTold:
    """Of days in a row; `offer` is whose free times are told, `may` whether it may be changed."""
    diary = host.hours()
    shown = joined(one for day in days for one in instants(diary.zone_on(day), day, 0, DAY_MIN))
    from_s, to_s = shown[0].from_s, shown[-1].to_s
    times = await times_of(host, from_s, to_s)
    now = utc_now()
    free = (
        []
        if offer is None
        else free_starts(
            diary,
            offer,
            busy=times.busy,
            taken=times.taken,
            now_s=int(now.timestamp()),
            from_s=from_s,
            to_s=to_s,
        )
    )
    busy = [Span(max(a, from_s), min(b, to_s)) for a, b in Spans(times.busy).met(from_s, to_s)]
    return WeekTold(
        now=iso(now),
        zone=diary.zone,
        step_min=diary.bounds.step_min,
        days=[_day(diary, day) for day in days],
        entries=[entry_told(one) for one in await entries_of(host.id, from_s, to_s)],
        busy=[span_told(one) for one in busy],
        open=[span_told(one) for one in open_spans(diary, from_s, to_s)],
        free=[WeekFreeTold(iso_s(one.start_s), one.left) for one in free],
        may_change=may,
    )


def _day(diary: Diary, day: date) -> DayTold:
    why = next((one.why for one in diary.away if one.from_day <= day <= one.to_day), "")
    return DayTold(day.isoformat(), diary.zone_on(day), diary.is_away(day), why)
