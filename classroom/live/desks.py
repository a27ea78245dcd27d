"""The desks of all organisations and whoever waits at them, as far as this process knows them.

What is kept is in the database, and written before it is told: after a restart everybody finds
their place again. Here is only who looks on right now, and that everybody is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog

from classroom.booking.queue import WAITING, Seen
from classroom.errors import Refused
from classroom.live.streams import Stream, Streams, View
from classroom.store.booking_rows import Change
from classroom.store.desk_look import HostNow, OrgNow, free_hosts, look_at, next_starts, switch_free
from classroom.store.visits import VisitRow, open_visits, turn_visit

LOOK_EVERY_S = 5.0
AWAY_S = 20.0
"""Without a line for so long somebody is shown as away."""
LEFT_S = 10 * 60.0
"""For so long their place is kept."""
FREE_GONE_S = 2 * 60.0
"""Whoever is free now and looks at no desk for so long is not free any more."""
FREE_MAX_S = 12 * 3600
FREE_BEFORE_S = 5 * 60
"""Before an appointment nobody is free now."""
KEPT_S = 5.0
"""For so long what was read is good, while nothing is changed."""

log = structlog.get_logger("classroom.live")


class Desks:
    """Made once. Invariant: whatever is changed here, or told to `changed`, is seen at once by
    everybody who looks on and may see it."""

    def __init__(self, utc_now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._utc_now, self._monotonic = utc_now, monotonic
        self._streams = Streams()
        self._known: dict[str, tuple[float, OrgNow]] = {}
        self._changes = 0
        self._seen: dict[str, float] = {}
        """When a visit's page was last open, by visit; of hosts, by account."""
        self._away: set[str] = set()
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to notice who goes."""
        self._sweeper = asyncio.create_task(self._sweep(), name="sweep waiting rooms")

    async def close(self) -> None:
        """End all streams; whoever looked on comes back to the next server."""
        self._streams.close()
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await asyncio.sleep(0)

    @property
    def now_s(self) -> int:
        """Seconds since 1970."""
        return int(self._utc_now().timestamp())

    # Looking on

    def watch_desk(self, org_id: str, account_id: str, view: View) -> Stream:
        """Refused `rate.limited`, `server.busy`."""
        return self._streams.subscribe(desk_key(org_id), account_id, view)

    def watch_visit(self, visit: VisitRow, view: View) -> Stream:
        """The same for whoever waits."""
        return self._streams.subscribe(wait_key(visit.org_id), visit.id, view)

    async def look(self, org_id: str) -> OrgNow:
        """An organisation's waiting room as it is now."""
        known = self._known.get(org_id)
        if known is not None and self._monotonic() - known[0] < KEPT_S:
            return known[1]
        read_at, changes = self._monotonic(), self._changes
        found = await look_at(org_id, now_s=self.now_s)
        if self._changes == changes:
            self._known[org_id] = (read_at, found)
        return found

    def is_away(self, visit: VisitRow) -> bool:
        """Whether somebody who waits has not been heard of for a while."""
        return visit.id in self._away

    def is_here(self, org_id: str, host: HostNow, now: OrgNow) -> bool:
        """Whether a host looks at a desk of theirs, or is in a talk."""
        if host.id in now.talk_to_s:
            return True
        return self._streams.is_watched_by(desk_key(org_id), host.account_id)

    def seen(self, org_id: str, host: HostNow, now: OrgNow) -> Seen:
        """The host, as who waits for them expects them."""
        return Seen(self.is_here(org_id, host, now), now.talk_to_s.get(host.id))

    # Telling

    def changed(self, org_id: str) -> None:
        """Something of the organisation's waiting room is not so any more."""
        self._changes += 1
        self._known.pop(org_id, None)
        self._streams.change(desk_key(org_id))
        self._streams.change(wait_key(org_id))

    def tell_desk(self, org_id: str, kind: str, body: dict[str, Any]) -> None:
        """News for everybody at the desks of an organisation: ids only, nobody's name."""
        self._streams.tell(desk_key(org_id), "news", {"kind": kind, **body})

    def on_change(self, change: Change) -> None:
        """A booking is not as it was: calendars that are open look again."""
        body = {"host_id": change.host.id, "booking_id": change.after.id}
        self.tell_desk(change.org.id, change.deed, body)
        self.changed(change.org.id)

    def on_letter(self, org_id: str, letter_id: int) -> None:
        """Nobody will get a letter, or perhaps nobody."""
        self.tell_desk(org_id, "letter", {"letter_id": str(letter_id)})

    # Who goes

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for work in (self.look_after_visits, self.look_after_free):
                await _whatever_happens(work)

    async def look_after_visits(self) -> None:
        """Who waits and has no page open is away, and after a while has left."""
        now, waiting = self._monotonic(), set()
        for visit in await open_visits():
            if visit.state not in WAITING:
                continue
            waiting.add(visit.id)
            if self._streams.is_watched_by(wait_key(visit.org_id), visit.id):
                self._seen[visit.id] = now
            gone_s = now - self._seen.setdefault(visit.id, now)
            if gone_s >= LEFT_S:
                await self._leave(visit)
            elif (gone_s >= AWAY_S) != (visit.id in self._away):
                self._away ^= {visit.id}
                self.changed(visit.org_id)
        self._away &= waiting
        hosts = {key for key in self._seen if key.startswith(HOST)}
        self._seen = {key: at for key, at in self._seen.items() if key in waiting | hosts}

    async def look_after_free(self) -> None:
        """Nobody stays free now who has gone, has an appointment, or forgot it."""
        now, free = self._monotonic(), await free_hosts()
        for org_id, host in free:
            key = HOST + host.id
            if self._streams.is_watched_by(desk_key(org_id), host.account_id):
                self._seen[key] = now
            is_gone = now - self._seen.setdefault(key, now) >= FREE_GONE_S
            if is_gone or self._is_long(host) or await self._has_next(host):
                await switch_free(host.id, at=None)
                self.changed(org_id)
        left = {HOST + host.id for _, host in free}
        for key in [one for one in self._seen if one.startswith(HOST) and one not in left]:
            del self._seen[key]

    async def _leave(self, visit: VisitRow) -> None:
        try:
            left = await turn_visit(visit.id, "leave", now_s=self.now_s)
        except Refused:  # somebody was faster
            return
        self.changed(left.org_id)

    def _is_long(self, host: HostNow) -> bool:
        since = host.free_since or datetime.fromtimestamp(0, UTC)
        return self.now_s - since.timestamp() >= FREE_MAX_S

    async def _has_next(self, host: HostNow) -> bool:
        next_s = (await next_starts([host.id], now_s=self.now_s)).get(host.id)
        return next_s is not None and next_s - self.now_s <= FREE_BEFORE_S


HOST = "host "


def desk_key(org_id: str) -> str:
    """What desks of an organisation look at."""
    return f"desk {org_id}"


def wait_key(org_id: str) -> str:
    """What those who wait there look at, each at their own."""
    return f"wait {org_id}"


async def _whatever_happens(work: Callable[[], Awaitable[None]]) -> None:
    """A database that is away now is there later."""
    try:
        await work()
    except Exception:
        log.exception("desk.sweep_failed")
